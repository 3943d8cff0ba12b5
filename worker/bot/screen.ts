/** A screen of the guide as a message: text as Telegram's HTML, choices as buttons. What stands on it is `guide/view.ts`; lists of services are `list-text.ts`. */
import type { Position } from '../../guide/engine.ts'
import type { Guide, Words } from '../../guide/guide.ts'
import { escape as escaped } from '../../guide/html.ts'
import { list } from '../../guide/listing.ts'
import type { PlaceMatch } from '../../guide/places-shown.ts'
import { say } from '../../guide/say.ts'
import { type Inline, show, type View } from '../../guide/view.ts'
import type { Country, Language } from '../../schema/terms.ts'
import { bookOf, common, type OpenBook, placesOf } from '../books.ts'
import type { Hiding } from '../store/hiding.ts'
import type { Button } from './data.ts'
import { hidingNow, hidingOffers, hidingText } from './hiding-screen.ts'
import { fitted, headingOf, joined, matchLabel, servicePages } from './list-text.ts'
import { botParagraphs, botSay, type Key } from './words.ts'

/** What the live message becomes. */
export type Shown = {
  screen: 'step' | 'card' | 'oblasts' | 'tidied' | 'hiding'
  at: Position
  language: Language
  page: number
  /** A sentence above the screen. */
  notice?: Key
  /** Places she may have meant. */
  matches?: PlaceMatch[]
  /** When it hides itself: what this tap chose, else what is remembered of her, if anything. */
  hiding?: Hiding | null
}

export type LabelledButton = Button & { label: string }

export type Screen = { text: string; rows: LabelledButton[][] }

/** Two buttons stand side by side when both are this short: a longer label would be cut on a small phone. */
const SHORT = 16

/** DESIGN, budgets: choices on a screen. */
const MAX_CHOICES = 8

export const country = common.organisation.default_country as Country

export function draw(shown: Shown, languages: readonly Language[], now: Date): Screen {
  const book = bookOf(country, shown.language)
  if (shown.screen === 'oblasts') return oblasts(book, shown)
  if (shown.screen === 'step') return step(book, shown, languages, now)
  if (shown.screen === 'hiding') return hiding(book, shown)
  const card = shown.screen === 'card'
  const key = buttonOn(shown)
  const [title, text, hope] = card ? (['cardTitle', 'cardText', 'cardHope'] as const) : (['tidyTitle', 'tidyText', 'tidyHope'] as const)
  return {
    text: joined([
      `<b>${escaped(botSay(shown.language, title))}</b>`,
      ...botParagraphs(shown.language, text).map(escaped),
      card ? escaped(hidingNow(shown.language, shown.hiding ?? null)) : '',
      `<i>${escaped(botSay(shown.language, hope))}</i>`,
    ]),
    rows: [
      ...(card ? (['tidy', 'hiding'] as const) : []).map((action) => [key(botSay(shown.language, action), { action })]),
      [key(say(book.words, 'back'), { action: 'show' }), key(say(book.words, 'home'), { choice: 'home' })],
      lastRow(shown, book.words),
    ],
  }
}

const buttonOn =
  ({ at, language }: Shown) =>
  (label: string, ask: Button['ask'], more: Partial<Button> = {}): LabelledButton => ({ label, ask, at, language, page: 0, ...more })

function step(book: OpenBook, shown: Shown, languages: readonly Language[], now: Date): Screen {
  const { words, guide } = book
  const { at } = shown
  const view = show(book, at)
  const head = [noticeOf(shown), `<b>${escaped(view.title)}</b>`, ...view.text.map(inline)]
  const first = at.step === guide.start
  const tail = [
    view.general ? `<i>${escaped(say(words, 'general'))}</i>` : '',
    view.care.map(({ name, text }) => `• <b>${escaped(name)}</b> ${escaped(text)}`).join('\n'),
    inline(view.hope),
    callsOf(view, words),
    view.withheld === null ? '' : `<i>${escaped(say(words, `withheld.${view.withheld}`))}</i>`,
    first || tellsWhoSees(guide, at.step) ? escaped(botSay(shown.language, 'firstLine')) : '',
    sourcesOf(view, words),
  ]
  const key = buttonOn(shown)
  const choices = paired(view.choices.map(({ id, label }) => key(label, { choice: id })))
  const elsewhere = view.withheld === null ? [] : [[key(say(words, `goOn.${view.withheld}`), { choice: view.withheld })]]
  const rows = [...elsewhere, ...choices, ...(first ? firstRows(shown, words, languages) : []), ...bar(shown, words, view.canGoBack)]
  const need = guide.steps[at.step]?.services
  if (need === undefined) return { text: fitted([...head, ...tail]), rows }
  const pick = [key(botSay(shown.language, 'placePick'), { action: 'oblasts' })]
  if (shown.matches !== undefined) {
    const found = shown.matches.map((match) => [key(matchLabel(match, words), { action: 'show' }, { at: { ...at, area: match.code } })])
    return { text: joined(head.slice(0, 2)), rows: [...found, pick, ...bar(shown, words, view.canGoBack)] }
  }
  const listing = list(book, at.area === null ? null : placesOf(country), { need, position: at, at: now })
  const place = escaped(botSay(shown.language, 'placeAsk'))
  const pages = servicePages(words, [...head, ...tail, place, `<b>${escaped(headingOf(listing, words))}</b>`], listing.cards)
  const page = Math.min(shown.page, pages.length - 1)
  const turn = turnRow(shown, page, pages.length, { action: 'show' })
  return { text: pageText(shown, pages, page), rows: [...turn, pick, ...rows] }
}

/** Steps that say what is kept: written for the web, where no third party holds the conversation. */
const tellsWhoSees = (guide: Guide, id: string): boolean => id === 'exit-limits' || guide.steps[id]?.topic === 'privacy'

const noticeOf = ({ notice, language }: Shown): string => (notice === undefined ? '' : `<i>${escaped(botSay(language, notice))}</i>`)

/** Numbers stand as plain text: Telegram makes them links by itself. */
const inline = (inlines: readonly Inline[]): string => inlines.map((one) => escaped(typeof one === 'string' ? one : one.text)).join('')

function callsOf(view: View, words: Words): string {
  if (!view.callable) return ''
  return [
    ...view.calls.map(({ text, name }) => `☎ <b>${escaped(text)}</b> ${escaped(name)}`),
    `<i>${escaped(say(words, 'callWarning'))}</i>`,
  ].join('\n')
}

const sourcesOf = (view: View, words: Words): string =>
  view.sources.length === 0
    ? ''
    : `<blockquote expandable>${escaped([say(words, 'sources'), ...view.sources.map((source) => `• ${source}`)].join('\n'))}</blockquote>`

/** The other languages, by their own names, and who can see this: at once, on the first screen. */
function firstRows(shown: Shown, words: Words, languages: readonly Language[]): LabelledButton[][] {
  const key = buttonOn(shown)
  const names = words.steps.settings?.choices ?? {}
  const others = languages.filter((language) => language !== shown.language)
  return [
    ...paired(others.map((language) => key(names[`language-${language}`] ?? language, { action: 'show' }, { language }))),
    [key(say(words, 'settings'), { choice: 'settings' }), key(botSay(shown.language, 'card'), { action: 'card' })],
  ]
}

/** Always the last rows: back and start, then stop and hide. */
function bar(shown: Shown, words: Words, canGoBack: boolean): LabelledButton[][] {
  const key = buttonOn(shown)
  const back = [key(say(words, 'back'), { choice: 'back' }), key(say(words, 'home'), { choice: 'home' })]
  return [...(canGoBack ? [back] : []), lastRow(shown, words)]
}

function lastRow(shown: Shown, words: Words): LabelledButton[] {
  const key = buttonOn(shown)
  return [key(say(words, 'stop'), { choice: 'stop' }), key(botSay(shown.language, 'hide'), { action: 'hide' })]
}

function paired(buttons: LabelledButton[]): LabelledButton[][] {
  const rows: LabelledButton[][] = []
  for (const button of buttons) {
    const last = rows.at(-1)
    if (last?.length === 1 && [...last, button].every(({ label }) => label.length <= SHORT)) last.push(button)
    else rows.push([button])
  }
  return rows
}

function turnRow(shown: Shown, page: number, pages: number, ask: Button['ask']): LabelledButton[][] {
  if (pages < 2) return []
  const key = buttonOn(shown)
  const earlier = key(botSay(shown.language, 'earlier'), ask, { page: page - 1 })
  const later = key(botSay(shown.language, 'later'), ask, { page: page + 1 })
  return [[...(page > 0 ? [earlier] : []), ...(page < pages - 1 ? [later] : [])]]
}

const pageText = ({ language }: Shown, pages: readonly string[], page: number): string =>
  joined([pages[page] ?? '', pages.length > 1 ? escaped(botSay(language, 'page', { page: page + 1, pages: pages.length })) : ''])

function oblasts(book: OpenBook, shown: Shown): Screen {
  const { words, directory } = book
  const key = buttonOn(shown)
  const pages = Math.ceil(directory.oblasts.length / MAX_CHOICES)
  const page = Math.min(shown.page, pages - 1)
  const here = directory.oblasts.slice(page * MAX_CHOICES, (page + 1) * MAX_CHOICES)
  return {
    text: pageText(shown, Array(pages).fill(`<b>${escaped(botSay(shown.language, 'oblastTitle'))}</b>`), page),
    rows: [
      ...here.map(({ code, name }) => [key(name, { action: 'show' }, { at: { ...shown.at, area: code } })]),
      ...turnRow(shown, page, pages, { action: 'oblasts' }),
      [key(say(words, 'back'), { action: 'show' }), key(say(words, 'home'), { choice: 'home' })],
      lastRow(shown, words),
    ],
  }
}

function hiding({ words }: OpenBook, shown: Shown): Screen {
  const key = buttonOn(shown)
  return {
    text: joined([hidingText(shown.language, shown.hiding ?? null), noticeOf(shown)]),
    rows: [
      ...paired(hidingOffers(shown.language).map(({ label, action }) => key(label, { action }))),
      [key(say(words, 'back'), { action: 'card' }), key(say(words, 'home'), { choice: 'home' })],
      lastRow(shown, words),
    ],
  }
}
