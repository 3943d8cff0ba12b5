/** Areas as people say them: the dataset's adjectives with the word they belong to. Cities and Crimea stand as they are. */
import type { Language } from '../schema/terms.ts'

type Kind = 'settlement' | 'hromada' | 'raion' | 'oblast'

// Most end as Житомирська does, a few as Вишнева and Пристолична do.
const ADJECTIVE: Record<Language, RegExp> = { uk: /(на|ва|ька|ький)$/, ru: /(ая|ий|ый)$/, en: /(na|va|ka|kyi)$/ }
const OBLAST: Record<Language, string> = { uk: 'область', ru: 'область', en: 'oblast' }
const RAION: Record<Language, string> = { uk: 'район', ru: 'район', en: 'raion' }
const HROMADA: Record<Language, string> = { uk: 'громада', ru: 'громада', en: 'hromada' }

/** A former name may stand after the name, in brackets. */
const withWord = (name: string, language: Language, words: Record<Language, string>): string =>
  ADJECTIVE[language].test(name.replace(/ \(.*\)$/, '')) ? `${name} ${words[language]}` : name

export const oblastName = (name: string, language: Language): string => withWord(name, language, OBLAST)

export const raionName = (name: string, language: Language): string => withWord(name, language, RAION)

export const hromadaName = (name: string, language: Language): string => withWord(name, language, HROMADA)

const WITH_WORD = { settlement: (name: string) => name, hromada: hromadaName, raion: raionName, oblast: oblastName }

/** A place of any kind; a settlement's name needs no word. */
export const placeName = ({ name, kind }: { name: string; kind: Kind }, language: Language): string => WITH_WORD[kind](name, language)

type Where = { name: string; raion: string | null; oblast: string; hromada: string | null }

/** What a place lies in, nearest first, as far as it tells the reader something. */
export const whereIs = ({ name, hromada, raion, oblast }: Where, language: Language): string =>
  [
    hromada === null ? '' : hromadaName(hromada, language),
    raion === null ? '' : raionName(raion, language),
    oblast === name ? '' : oblastName(oblast, language),
  ]
    .filter((one) => one !== '')
    .join(', ')
