/** What the live message becomes, as far as it is known before it is drawn. */
import type { Position } from '../../guide/engine.ts'
import type { Guide } from '../../guide/guide.ts'
import type { Heard } from '../../guide/heard.ts'
import type { PlaceMatch } from '../../guide/places-shown.ts'
import { countryOf, languageIn } from '../../guide/whereabouts.ts'
import type { Country, Language } from '../../schema/terms.ts'
import { bookOf, common, type OpenBook } from '../books.ts'
import type { Hiding } from '../store/hiding.ts'
import type { Button } from './data.ts'

/** Said about what she has just sent; each is also said in other words, for when it stands there already. */
export type Notice = 'notUnderstood' | 'refused' | 'gone' | 'placeNotFound' | 'hidingLost'

export type Shown = {
  screen: 'step' | 'card' | 'oblasts' | 'tidied' | 'hiding' | 'unanswered' | 'noted' | 'heard'
  at: Position
  language: Language
  page: number
  /** A sentence below the text, just above the buttons, where her eye is. */
  notice?: Notice
  /** The same stands there already: in other words, so that she sees that this was noticed too. */
  again?: true
  /** Places she may have meant, and how many more fit as well. */
  asked?: { matches: PlaceMatch[]; more: number }
  /** What was made of her own words; on a step it interrupts, on its own screen it is asked about. */
  heard?: Pick<Heard, 'crisis' | 'steps' | 'menu'>
  /** Of the service that did not answer: its code, and whether that could be counted. */
  silent?: { service: number; counted: boolean }
  /** When it hides itself: what this tap chose, else what is remembered of her, if anything. */
  hiding?: Hiding | null
}

export type LabelledButton = Button & { label: string }

export type Screen = { text: string; rows: LabelledButton[][] }

/** DESIGN, budgets: choices on a screen. */
export const MAX_CHOICES = 8

const { organisation } = common

/** The country she told of, or the one people come to first. */
export const countryAt = ({ answers }: Pick<Position, 'answers'>): Country =>
  countryOf(answers, organisation, organisation.default_country as Country)

/** What is said where she stands, in her language as far as it is spoken there. */
export function bookAt({ at, language }: { at: Pick<Position, 'answers'>; language: string | null }): OpenBook {
  const country = countryAt(at)
  return bookOf(country, languageIn(country, language, organisation))
}

export const guideAt = (answers: Record<string, string>): Guide => bookAt({ at: { answers }, language: null }).guide
