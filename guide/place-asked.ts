/** What to make of a place somebody typed: taken at once when only one place is written exactly so, else offered as a list. */

import { type NameLanguage, type Places, searchPlaces } from './places.ts'
import type { PlaceMatch } from './places-shown.ts'

/** `more`: how many places fit as well as those in the list, which has no room for them. */
export type AskedPlace = { area: string } | { text: string; matches: PlaceMatch[]; more: number }

export function askPlace(places: Places, text: string, language: NameLanguage): AskedPlace {
  const { matches, more } = searchPlaces(places, text, language)
  const exact = matches.filter((match) => match.exact)
  return more === 0 && exact.length === 1 && exact[0] ? { area: exact[0].code } : { text, matches, more }
}
