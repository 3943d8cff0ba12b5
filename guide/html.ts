/**
 * A view as HTML: the one renderer of plain pages and web app. Everything is escaped here; nothing else makes HTML.
 * The document around it is `worker/pages/document.ts`; lists of services are `html-services.ts`.
 */
import type { Codes } from './content.ts'
import type { Words } from './guide.ts'
import { say } from './say.ts'
import type { Situation } from './situation.ts'
import type { Inline, View } from './view.ts'

/** A piece of HTML that `html` made: what is interpolated again without escaping. A plain shape, so that two bundles agree on it. */
export type Html = { readonly html: string }

type Piece = Html | string | number | null | undefined | false | readonly Piece[]

/** Text that is HTML already: only for constants of ours. */
export const raw = (text: string): Html => ({ html: text })

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

const piece = (value: Piece): string => {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value !== 'object') return escape(String(value))
  return 'html' in value ? value.html : value.map(piece).join('')
}

/** Template tag: every value is escaped unless it is already `Html`. */
export const html = (strings: TemplateStringsArray, ...values: Piece[]): Html =>
  raw(strings.reduce((text, string, index) => text + piece(values[index - 1]) + string))

/** Codes for the forms of a page that works without script; the web app keeps its position in memory and passes none. */
export type FormCodes = Pick<Codes, 'choices'> | null

export const inlineHtml = (inlines: readonly Inline[]): Html =>
  html`${inlines.map((one) => (typeof one === 'string' ? one : html`<a href="tel:${one.tel}">${one.text}</a>`))}`

const BULLET = '• '

/** Paragraphs; those that begin with a bullet stand as one list. */
function proseHtml(text: readonly Inline[][]): Html {
  const isItem = (paragraph: Inline[] | undefined) => typeof paragraph?.[0] === 'string' && paragraph[0].startsWith(BULLET)
  const item = ([first, ...rest]: Inline[]) => html`<li>${inlineHtml([String(first).slice(BULLET.length), ...rest])}</li>`
  return html`${text.map((paragraph, index) => {
    if (!isItem(paragraph)) return html`<p>${inlineHtml(paragraph)}</p>`
    if (isItem(text[index - 1])) return null
    const end = text.findIndex((one, at) => at > index && !isItem(one))
    return html`<ul class="prose">${text.slice(index, end < 0 ? undefined : end).map(item)}</ul>`
  })}`
}

/**
 * Every form of ours calls itself a search, and each of its buttons says where it really goes. Chromium asks its maker about a form
 * with a field in it, by the site's name and the fields' names, and keeps the answer on the disk; it does not ask about searches.
 */
export const SEARCH: Html = raw('method="post" action="/search" autocomplete="off"')
export const HERE: Html = raw(' formaction="/"')

/**
 * In every form that is really sent. For a closed or killed tab Chromium keeps on the disk what was sent to get the page: where she
 * was, what she typed. Not so when the form has a filled password field. This one is never seen, and never sent.
 */
export const UNKEPT: Html = raw('<input type="password" value="-" autocomplete="off" disabled hidden>')

/** The button of a choice. It belongs to the page's one form wherever it stands. */
export const choiceButton = (codes: FormCodes, id: string, label: string, look = ''): Html =>
  html`<button form="f"${HERE} name="c" value="${codes?.choices[id] ?? id}" data-choice="${id}"${look ? html` class="${look}"` : ''}>${label}</button>`

/**
 * Everything of one screen but the exit and the bar, which stay in place around it.
 *
 * @param around  above all else, and behind the choices: what her own words asked for, and the field for them
 * @param note  stands before the choices: what is to be known before the first of them, calls included
 */
export function screenHtml(
  view: View,
  words: Words,
  codes: FormCodes,
  services: Html | null = null,
  note: Html | null = null,
  around: { above?: Html; below?: Html } = {},
): Html {
  return html`${around.above}<h1 id="title" tabindex="-1">${view.title}</h1>${proseHtml(view.text)}${
    view.general && html`<p class="note">${say(words, 'general')}</p>`
  }${view.care.length > 0 && html`<ul class="care">${view.care.map(({ name, text }) => html`<li><b>${name}</b> ${text}</li>`)}</ul>`}${
    view.hope.length > 0 && html`<p class="hope">${inlineHtml(view.hope)}</p>`
  }${view.calls.length > 0 && callsHtml(view)}${view.callable && services === null && note === null && html`<p class="note">${say(words, 'callWarning')}</p>`}${view.withheld !== null && withheldHtml(view.withheld, words, codes)}${services}${note}${
    view.choices.length > 0 && html`<div class="choices">${view.choices.map(({ id, label }) => choiceButton(codes, id, label))}</div>`
  }${around.below}${
    view.sources.length > 0 &&
    html`<details class="sources"><summary>${say(words, 'sources')}</summary><ul>${view.sources.map((source) => html`<li>${source}</li>`)}</ul></details>`
  }${view.wordsNote !== null && html`<p class="note">${say(words, `words.${view.wordsNote}`)}</p>`}`
}

const callsHtml = (view: View): Html =>
  html`<ul class="calls">${view.calls.map(
    (call) =>
      html`<li><a class="call" href="tel:${call.tel}" data-call="${call.id}"><b>${call.text}</b> <span>${call.name}</span></a></li>`,
  )}</ul>`

/** In place of numbers that are of no use, or a danger, where she is: why, and the way on. */
const withheldHtml = (where: Situation, words: Words, codes: FormCodes): Html =>
  html`<p class="note">${say(words, `withheld.${where}`)}</p>${choiceButton(codes, where, say(words, `goOn.${where}`))}`

/** Back, start and stop; the exit stands beside them, as a link. */
export const barHtml = (words: Words, codes: FormCodes, canGoBack: boolean): Html =>
  html`${canGoBack && choiceButton(codes, 'back', say(words, 'back'))}${canGoBack && choiceButton(codes, 'home', say(words, 'home'))}${choiceButton(
    codes,
    'stop',
    say(words, 'stop'),
  )}`
