/** What to make of a place somebody typed: taken at once when only one place is written exactly so, else offered as a list. */
import { findPlaces, type NameLanguage, type PlaceMatch, type Places } from './places.ts'

export type AskedPlace = { area: string } | { text: string; matches: PlaceMatch[] }

export function askPlace(places: Places, text: string, language: NameLanguage): AskedPlace {
  const matches = findPlaces(places, text, language)
  const exact = matches.filter((match) => match.exact)
  return exact.length === 1 && exact[0] ? { area: exact[0].code } : { text, matches }
}
