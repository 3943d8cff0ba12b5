/** Which country's guide, in which language: what she picked, else what was guessed, as far as the organisation offers it. */
import { BASE, COUNTRIES, type Country, LANGUAGES, type Language, SPOKEN } from '../schema/terms.ts'

/** What the organisation offers, in its own order; the first of each is what people come to. */
export type Offered = { countries: readonly string[]; languages: readonly string[] }

/** @param otherwise when she has picked none, or one that is not offered */
export const countryOf = (answers: Record<string, string>, offered: Offered, otherwise: Country): Country =>
  COUNTRIES.find((country) => country === answers.country && offered.countries.includes(country)) ?? otherwise

export const languagesIn = (country: Country, offered: Offered): Language[] =>
  SPOKEN[country].filter((language) => offered.languages.includes(language))

/** Whether a choice of language or country leads anywhere here; any other does. */
export const isOfferedIn = (country: Country, sets: Record<string, string> | undefined, offered: Offered): boolean =>
  (sets?.language === undefined || languagesIn(country, offered).some((one) => one === sets.language)) &&
  (sets?.country === undefined || offered.countries.includes(sets.country))

/** The language she wants where it is spoken there, else the one that most read there. */
export function languageIn(country: Country, wanted: string | null | undefined, offered: Offered): Language {
  const spoken = languagesIn(country, offered)
  return spoken.find((one) => one === wanted) ?? spoken.find((one) => one === BASE[country]) ?? spoken[0] ?? BASE[country]
}

/** Whose own language it is: a browser that asks for Kazakh is guessed to be in Kazakhstan. */
const HOME: Partial<Record<Language, Country>> = { uk: 'UA', kk: 'KZ', ky: 'KG', uz: 'UZ', tg: 'TJ', tk: 'TM' }

/**
 * Country and language of a wish such as `ru-KZ` or `kk`: a guess, shown on the first screen and never imposed. Where she is is asked of
 * nobody: no network address, no position.
 *
 * @param wishes language tags, the dearest first
 */
export function guess(
  wishes: readonly string[],
  offered: Offered,
  otherwise: { country: Country; language: Language },
): { country: Country; language: Language } {
  const tags = wishes.map((wish) => wish.toLowerCase().split('-'))
  const isOffered = (country: Country | undefined): country is Country => country !== undefined && offered.countries.includes(country)
  const regions = tags.flatMap((parts) => COUNTRIES.find((one) => parts.slice(1).includes(one.toLowerCase())) ?? [])
  const homes = tags.flatMap(([language]) => HOME[LANGUAGES.find((one) => one === language) ?? 'en'] ?? [])
  const country = [...regions, ...homes].find(isOffered) ?? otherwise.country
  const wanted = tags.flatMap(([language]) => languagesIn(country, offered).find((one) => one === language) ?? [])[0]
  return { country, language: wanted ?? (country === otherwise.country ? otherwise.language : languageIn(country, null, offered)) }
}
