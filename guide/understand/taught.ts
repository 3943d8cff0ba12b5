/** Which languages a country's file was taught, and so which file reads a language there. */
import { COUNTRIES, type Country, type Language } from '../../schema/terms.ts'

/** What a file was taught: a country's own language and Russian, or English by itself. */
export type Knows = Country | 'EN'

/** The language that only this country's file knows. */
export const OWN: Record<Country, Language> = { UA: 'uk', KZ: 'kk', KG: 'ky', UZ: 'uz', TJ: 'tg', TM: 'tk' }

/** Two countries whose files of the edge learnt the same Russian, each beside another language: a Russian text is read by both. */
export const BESIDE: Partial<Record<Knows, Country>> = { UA: 'KZ', KZ: 'UA' }

const isTaught = (country: Country, language: Language): boolean => [OWN[country], 'ru', 'en'].includes(language)

/** @returns the country whose file reads this language: a Kazakh text in Ukraine is read as in Kazakhstan */
export const readAsIn = (country: Country, language: Language): Country =>
  isTaught(country, language) ? country : (COUNTRIES.find((one) => OWN[one] === language.split('-')[0]) ?? country)
