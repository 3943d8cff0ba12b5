/** Areas as people say them: the dataset's adjectives with the word they belong to. Cities and Crimea stand as they are. */
import type { Language } from '../schema/terms.ts'

type Kind = 'settlement' | 'hromada' | 'raion' | 'oblast'

type Words = { adjective: RegExp; oblast: string; raion: string; hromada: string }

// Most end as Житомирська does, a few as Вишнева and Пристолична do.
const UK: Words = { adjective: /(на|ва|ька|ький)$/, oblast: 'область', raion: 'район', hromada: 'громада' }
const RU: Words = { adjective: /(ая|ий|ый)$/, oblast: 'область', raion: 'район', hromada: 'громада' }
const EN: Words = { adjective: /(na|va|ka|kyi)$/, oblast: 'oblast', raion: 'raion', hromada: 'hromada' }

/** Others read Ukraine's areas in Russian; areas of other countries bring their word with them. */
const wordsOf = (language: Language): Words => (language === 'uk' ? UK : language === 'en' ? EN : RU)

/** Ends as an adjective does, and is a city. */
const CITY = /^(Астана|Astana)$/

/** A former name may stand after the name, in brackets. */
const withWord = (name: string, language: Language, kind: 'oblast' | 'raion' | 'hromada'): string => {
  const words = wordsOf(language)
  return words.adjective.test(name.replace(/ \(.*\)$/, '')) && !CITY.test(name) ? `${name} ${words[kind]}` : name
}

export const oblastName = (name: string, language: Language): string => withWord(name, language, 'oblast')

export const raionName = (name: string, language: Language): string => withWord(name, language, 'raion')

export const hromadaName = (name: string, language: Language): string => withWord(name, language, 'hromada')

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
