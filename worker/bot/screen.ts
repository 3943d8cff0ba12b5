/** A screen of the guide as a message: text as Telegram's HTML, choices as buttons. What stands on it is `guide/view.ts`; screens about services are `services.ts`. */
import type { Guide, Words } from '../../guide/guide.ts'
import { crisisText } from '../../guide/heard.ts'
import { escape as escaped } from '../../guide/html.ts'
import { say } from '../../guide/say.ts'
import { type Inline, settingsLabel, show, type View } from '../../guide/view.ts'
import { type Language, SPOKEN } from '../../schema/terms.ts'
import type { OpenBook } from '../books.ts'
import { botBook } from './book.ts'
import { drawHeard, safeRow } from './heard.ts'
import { hidingNow, hidingOffers, hidingText } from './hiding-screen.ts'
import { fitted, joined } from './list-text.ts'
import { bar, barBackTo, buttonOn, paired } from './rows.ts'
import { drawList, drawMatches, drawOblasts, type OfStep } from './services.ts'
import { bookAt, type LabelledButton, type Screen, type Shown } from './shown.ts'
import { drawNoted, drawUnanswered } from './unanswered.ts'
import { botParagraphs, botSay } from './words.ts'

export function draw(asked: Shown, languages: readonly Language[], now: Date): Screen {
  const book = botBook(bookAt(asked))
  const shown = { ...asked, language: book.words.language }
  if (shown.screen === 'card' || shown.screen === 'tidied') return own(book, shown, shown.screen)
  if (shown.screen === 'hiding') return hiding(book, shown)
  if (shown.screen === 'oblasts') return drawOblasts(book, shown)
  if (shown.screen === 'heard' && shown.heard) return drawHeard(book, shown, shown.heard)
  const step = stepOf(book, shown, languages)
  const need = book.guide.steps[shown.at.step]?.services
  if (need === undefined) return { text: fitted([...step.head, ...step.tail], step.notice), rows: step.rows }
  if (shown.screen === 'unanswered') return drawUnanswered(book, shown, { ...step, need }, now)
  if (shown.screen === 'noted') return drawNoted(book, shown, need, now)
  return shown.asked ? drawMatches(book, shown, step, shown.asked) : drawList(book, shown, { ...step, need }, now)
}

/** Who sees this chat, or what was tidied. */
function own({ words }: OpenBook, shown: Shown, screen: 'card' | 'tidied'): Screen {
  const card = screen === 'card'
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
      ...barBackTo('show', shown, words),
    ],
  }
}

function hiding({ words }: OpenBook, shown: Shown): Screen {
  const key = buttonOn(shown)
  return {
    text: joined([hidingText(shown.language, shown.hiding ?? null), noticeOf(shown)]),
    rows: [...paired(hidingOffers(shown.language).map(({ label, action }) => key(label, { action }))), ...barBackTo('card', shown, words)],
  }
}

function stepOf(book: OpenBook, shown: Shown, languages: readonly Language[]): OfStep {
  const { words, guide } = book
  const view = show(book, shown.at)
  const first = shown.at.step === guide.start
  const key = buttonOn(shown)
  const choices = paired(forChat(guide, view).map(({ id, label }) => key(label, { choice: id })))
  const elsewhere = view.withheld === null ? [] : [[key(say(words, `goOn.${view.withheld}`), { choice: view.withheld })]]
  const last = bar(shown, words, view.canGoBack)
  const crisis = shown.heard?.crisis ?? null
  return {
    head: [
      crisis === null ? '' : `<i>${escaped(crisisText(words, crisis))}</i>`,
      `<b>${escaped(view.title)}</b>`,
      ...view.text.map(inline),
    ],
    tail: [
      view.general ? `<i>${escaped(say(words, 'general'))}</i>` : '',
      view.care.map(({ name, text }) => `• <b>${escaped(name)}</b> ${escaped(text)}`).join('\n'),
      inline(view.hope),
      callsOf(view, words),
      view.withheld === null ? '' : `<i>${escaped(say(words, `withheld.${view.withheld}`))}</i>`,
      first ? escaped(botSay(shown.language, 'firstLine')) : '',
      first && WATCHED.includes(guide.country) ? escaped(botSay(shown.language, 'firstLineWatched')) : '',
      sourcesOf(view, words),
      view.wordsNote === null ? '' : `<i>${escaped(say(words, `words.${view.wordsNote}`))}</i>`,
    ],
    notice: noticeOf(shown),
    rows: [
      ...(shown.heard && crisis !== null ? [safeRow(book, shown, shown.heard)] : []),
      ...elsewhere,
      ...choices,
      ...(first ? firstRows(shown, book, languages) : []),
      ...last,
    ],
    last,
  }
}

/** Where having a bot at all is reported to be dangerous: its first screen says so, and that the page is quieter. */
const WATCHED: readonly string[] = ['TM']

/** A chat has no page to leave. */
const forChat = ({ steps }: Guide, { step, choices }: View): View['choices'] =>
  choices.filter(({ id }) => !steps[step]?.choices.some((choice) => choice.pages && choice.id === id))

const noticeOf = ({ notice, again, language }: Shown): string =>
  notice === undefined ? '' : `<i>${escaped(botSay(language, again ? `${notice}Again` : notice))}</i>`

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
function firstRows(shown: Shown, book: OpenBook, languages: readonly Language[]): LabelledButton[][] {
  const key = buttonOn(shown)
  const names = book.words.steps.settings?.choices ?? {}
  const others = SPOKEN[book.guide.country].filter((language) => language !== shown.language && languages.includes(language))
  return [
    ...paired(others.map((language) => key(names[`language-${language}`] ?? language, { action: 'show' }, { language }))),
    [key(settingsLabel(book), { choice: 'settings' }), key(botSay(shown.language, 'card'), { action: 'card' })],
  ]
}
