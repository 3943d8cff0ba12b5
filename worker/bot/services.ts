/** Screens about services: their list, the places she may have meant, and the oblasts. Which of them did not answer is `unanswered.ts`. How a card reads is `list-text.ts`. */
import type { Card } from '../../guide/cards.ts'
import { escape as escaped } from '../../guide/html.ts'
import { list } from '../../guide/listing.ts'
import { say } from '../../guide/say.ts'
import type { Need } from '../../schema/terms.ts'
import { type OpenBook, placesOf } from '../books.ts'
import { headingOf, joined, matchLabel, type Page, servicePages } from './list-text.ts'
import { barBackTo, buttonOn, paired, turnRow } from './rows.ts'
import { type LabelledButton, MAX_CHOICES, type Screen, type Shown } from './shown.ts'
import { botSay } from './words.ts'

/** What a step says around its services, as Telegram's HTML, and its rows; `last` are those that every screen ends with. */
export type OfStep = { head: string[]; tail: string[]; notice: string; rows: LabelledButton[][]; last: LabelledButton[][] }

export type Services = OfStep & { need: Need }

export const listingOf = (book: OpenBook, { at }: Shown, need: Need, now: Date) =>
  list(book, at.area === null ? null : placesOf(book.guide.country), { need, position: at, at: now })

/** @returns all the pages, and which of them stands here */
export function pagesOf(book: OpenBook, shown: Shown, { need, head, tail, notice }: Services, now: Date) {
  const listing = listingOf(book, shown, need, now)
  const { words } = book
  const occupied = listing.askOccupied ? `⚠ ${escaped(say(words, 'askOccupied'))}` : ''
  const place = escaped(botSay(shown.language, 'placeAsk'))
  const before = [...head, ...tail, place, `<b>${escaped(headingOf(listing, words))}</b>`, occupied]
  const pages = servicePages(words, before, listing.cards, notice)
  return { pages, page: Math.min(shown.page, pages.length - 1), askOccupied: listing.askOccupied }
}

/** Only what has a number to ring can fail to answer. */
export const isCallable = ({ phones, via }: Card): boolean => phones.length > 0 || via.length > 0

export function drawList(book: OpenBook, shown: Shown, step: Services, now: Date): Screen {
  const { words } = book
  const key = buttonOn(shown)
  const { pages, page, askOccupied } = pagesOf(book, shown, step, now)
  const unanswered = pages[page]?.cards.some(isCallable) ? [key(say(words, 'didNotAnswer'), { action: 'unanswered' }, { page })] : []
  const around = paired([key(botSay(shown.language, 'placePick'), { action: 'oblasts' }), ...unanswered])
  const occupied = askOccupied ? [[key(say(words, 'goOn.occupied'), { choice: 'occupied' })]] : []
  return {
    text: joined([textOf(pages, page), pageLine(shown, page, pages.length, 'pageMore'), step.notice]),
    rows: [...turnRow(shown, page, pages.length, { action: 'show' }), ...occupied, ...around, ...step.rows],
  }
}

const textOf = (pages: readonly Page[], page: number): string => pages[page]?.text ?? ''

/** @param more said instead on every page but the last */
const pageLine = ({ language }: Shown, page: number, pages: number, more: 'page' | 'pageMore'): string =>
  pages < 2 ? '' : escaped(botSay(language, page < pages - 1 ? more : 'page', { page: page + 1, pages }))

/** Places she may have meant. An oblast can always be picked instead, and counts among the choices. */
export function drawMatches(book: OpenBook, shown: Shown, step: OfStep, { matches, more }: NonNullable<Shown['asked']>): Screen {
  const { words } = book
  const key = buttonOn(shown)
  const offered = matches.slice(0, MAX_CHOICES - 1)
  const others = more + matches.length - offered.length
  const question = say(words, matches.some(({ exact }) => exact) ? 'placeWhich' : 'placeGuess')
  const found = offered.map((match) => [key(matchLabel(match, words), { action: 'show' }, { at: { ...shown.at, area: match.code } })])
  return {
    text: joined([step.head[0] ?? '', escaped(question), others > 0 ? escaped(say(words, 'placeMore', { count: others })) : '']),
    rows: [...found, [key(botSay(shown.language, 'placePick'), { action: 'oblasts' })], ...step.last],
  }
}

export function drawOblasts({ words, directory }: OpenBook, shown: Shown): Screen {
  const key = buttonOn(shown)
  const pages = Math.ceil(directory.oblasts.length / MAX_CHOICES)
  const page = Math.min(shown.page, pages - 1)
  const here = directory.oblasts.slice(page * MAX_CHOICES, (page + 1) * MAX_CHOICES)
  return {
    text: joined([`<b>${escaped(botSay(shown.language, 'oblastTitle'))}</b>`, pageLine(shown, page, pages, 'page')]),
    rows: [
      ...here.map(({ code, name }) => [key(name, { action: 'show' }, { at: { ...shown.at, area: code } })]),
      ...turnRow(shown, page, pages, { action: 'oblasts' }),
      ...barBackTo('show', shown, words),
    ],
  }
}
