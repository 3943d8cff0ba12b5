/** Lists of services as messages, cut into pages that fit. Which services, in which order, is `guide/listing.ts`. */
import { placeName, whereIs } from '../../guide/area-names.ts'
import type { Card } from '../../guide/cards.ts'
import type { Words } from '../../guide/guide.ts'
import { escape as escaped } from '../../guide/html.ts'
import type { Listing } from '../../guide/html-services.ts'
import type { PlaceMatch } from '../../guide/places-shown.ts'
import { say } from '../../guide/say.ts'

/** Bot API: a message is 1–4096 characters after entities parsing. Counted with the tags, so it is never more. */
const TEXT_CHARACTERS = 4096

/** Left free for the line that numbers the pages. */
const PAGE_LINE = 60

/** More cards than this are no help on a small screen. */
const CARDS_A_PAGE = 4

export const joined = (blocks: readonly string[]): string => blocks.filter((block) => block !== '').join('\n\n')

/** Blocks as far as they fit; the last ones, which matter least, give way whole. `end` stands below them and always stays. */
export function fitted(blocks: readonly string[], end = '', room = TEXT_CHARACTERS): string {
  const kept = [...blocks]
  while (kept.length > 1 && joined([...kept, end]).length > room) kept.pop()
  return joined([...kept, end])
}

export type Page = { text: string; cards: Card[] }

/** @param end what will stand below the page, and needs its room  @returns at least one page, each with the head on it */
export function servicePages(words: Words, head: readonly string[], cards: readonly Card[], end: string): Page[] {
  const before = fitted(head, '', TEXT_CHARACTERS / 2)
  if (cards.length === 0) return [{ text: joined([before, escaped(say(words, 'noServices'))]), cards: [] }]
  const room = TEXT_CHARACTERS - PAGE_LINE - end.length - 2
  const pages: Page[] = [{ text: before, cards: [] }]
  for (const card of cards) {
    const text = cardText(card, words, room - before.length - 2)
    const page = pages.at(-1) as Page
    const longer = joined([page.text, text])
    if (page.cards.length < CARDS_A_PAGE && longer.length <= room) pages[pages.length - 1] = { text: longer, cards: [...page.cards, card] }
    else pages.push({ text: joined([before, text]), cards: [card] })
  }
  return pages
}

/** Shorter by its details when it would not fit alone. */
function cardText(card: Card, words: Words, room: number): string {
  const phones = card.phones.map(({ text }) => `☎ <b>${escaped(text)}</b>`)
  const via = card.via.map(({ name, phones: [phone] }) => `• ${escaped(name)}${phone ? ` ☎ <b>${escaped(phone.text)}</b>` : ''}`)
  const details = [[say(words, 'whom'), card.whom] as const, ...card.details].map(([label, value]) => `${label}: ${value}`).join('\n')
  const lines = [
    `<b>${escaped(card.name)}</b>`,
    ...phones,
    ...(via.length > 0 ? [escaped(say(words, 'askThrough')), ...via] : []),
    ...card.channels.map(({ text }) => escaped(text)),
    escaped(`${card.answersText} · ${card.reach}`),
    ...card.cautions.map((caution) => `⚠ ${escaped(caution)}`),
    escaped(card.what),
    `<i>${escaped(card.checked)}</i>`,
  ]
  const whole = [...lines, `<blockquote expandable>${escaped(details)}</blockquote>`].join('\n')
  if (whole.length <= room) return whole
  while (lines.length > 1 && lines.join('\n').length > room) lines.pop()
  return lines.join('\n')
}

export const headingOf = ({ place }: Listing, words: Words): string => {
  if (place === null) return say(words, 'wholeCountry')
  return say(words, 'near', { place: place.oblast === null || place.oblast === place.name ? place.name : `${place.name}, ${place.oblast}` })
}

export const matchLabel = (match: PlaceMatch, { language }: Words): string =>
  [placeName(match, language), whereIs(match, language)].filter((one) => one !== '').join(', ')
