/** Areas as people say them: the dataset's adjectives with the word they belong to. Cities and Crimea stand as they are. */
import type { Language } from '../schema/terms.ts'

const ADJECTIVE: Record<Language, RegExp> = { uk: /(ька|ький)$/, ru: /(ая|ий)$/, en: /(ska|skyi|tska|tskyi)$/ }
const OBLAST: Record<Language, string> = { uk: 'область', ru: 'область', en: 'oblast' }
const RAION: Record<Language, string> = { uk: 'район', ru: 'район', en: 'raion' }
const HROMADA: Record<Language, string> = { uk: 'громада', ru: 'громада', en: 'hromada' }

const withWord = (name: string, language: Language, words: Record<Language, string>): string =>
  ADJECTIVE[language].test(name) ? `${name} ${words[language]}` : name

export const oblastName = (name: string, language: Language): string => withWord(name, language, OBLAST)

export const raionName = (name: string, language: Language): string => withWord(name, language, RAION)

export const hromadaName = (name: string, language: Language): string => withWord(name, language, HROMADA)
