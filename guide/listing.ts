/** The list of services a step shows, put together: the place she named, who is near, and what the cards say. */
import type { Language, Need } from '../schema/terms.ts'
import { ancestors } from './area-codes.ts'
import { hromadaName, raionName } from './area-names.ts'
import { card } from './cards.ts'
import type { Position } from './engine.ts'
import type { Directory } from './guide.ts'
import type { Listing } from './html-services.ts'
import type { Places } from './places.ts'
import { type PlaceMatch, placeOf } from './places-shown.ts'
import { servicesFor } from './services.ts'
import { hostOf, maybeOccupied, situationOf } from './situation.ts'
import type { Book } from './view.ts'

export type Asked = {
  need: Need
  position: Position
  at: Date
  /** What she typed, when it was not one place. */
  typed?: { text: string; matches: PlaceMatch[]; more?: number; unreachable?: true } | null
  noted?: number[]
}

/** @param places null until the table is loaded; an oblast can be named without it */
export function list(book: Book & { directory: Directory }, places: Places | null, asked: Asked): Listing {
  const { area, answers } = asked.position
  const situation = situationOf(answers)
  const host = hostOf(answers)
  const question = { need: asked.need, area, at: asked.at, ...(situation && { situation }), ...(host && { host }) }
  const offers = servicesFor(book.directory, book.house, question)
  return {
    place: area === null ? null : named(book.directory, places, area, book.words.language),
    asked: asked.typed?.text ?? null,
    matches: asked.typed?.matches ?? [],
    more: asked.typed?.more ?? 0,
    unreachable: asked.typed?.unreachable === true,
    oblasts: book.directory.oblasts,
    cards: offers.map((offer) => card(book.words, offer)),
    noted: asked.noted ?? [],
    askOccupied: area !== null && situation === undefined && maybeOccupied(area),
  }
}

function named(directory: Directory, places: Places | null, area: string, language: Language): Listing['place'] {
  const oblast = directory.oblasts.find(({ code }) => [area, ...ancestors(area)].includes(code))?.name ?? null
  const place = places === null ? null : placeOf(places, area, language)
  if (place === null) return oblast === null ? null : { name: oblast, oblast: null }
  const name =
    place.kind === 'hromada' ? hromadaName(place.name, language) : place.kind === 'raion' ? raionName(place.name, language) : place.name
  if (place.kind === 'oblast') return { name: oblast ?? name, oblast: null }
  return { name, oblast: oblast }
}
