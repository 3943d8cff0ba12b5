/** The document around a screen: head, the exit at the top and in the bar, and for the web app the first steps to start from. */
import type { Position } from '../../guide/engine.ts'
import { barHtml, choiceButton, type FormCodes, type Html, html, raw, SEARCH, screenHtml } from '../../guide/html.ts'
import { positionHtml } from '../../guide/html-position.ts'
import { exitOf, offOf } from '../../guide/leaving.ts'
import { encode } from '../../guide/position.ts'
import { say } from '../../guide/say.ts'
import { settingsLabel, show } from '../../guide/view.ts'
import type { Asset } from '../../schema/manifest.ts'
import { common, manifest, type OpenBook } from '../books.ts'
import { firstBook } from './first.ts'

type Shown = {
  /** The list of services of a plain page. */
  services?: Html | null
  /** In place of the screen: what her own words may have meant. */
  instead?: Html
  /** Above the screen, and behind its choices. */
  around?: { above?: Html; below?: Html }
  /** A sentence above the screen: an old button, a place not found. */
  notice?: string | null
  /** Only the first view starts the web app; a page reached by a form stays plain. */
  app: boolean
}

/** A browser keeps a site's picture beside its address; without this it would ask for one. */
const NO_ICON = raw('<link rel="icon" href="data:,">')

export function document(book: OpenBook, at: Position, { services = null, notice = null, instead, around, app }: Shown): string {
  const { words, house } = book
  const view = show(book, at)
  const codes: FormCodes = common.codes
  const exit = exitOf(house, at.answers)
  const off = offOf(at.answers)
  const exitLink = (key: string, look: string) =>
    html`<a class="${look}" href="${exit?.url ?? 'about:blank'}" rel="noreferrer noopener" data-exit>${say(words, key)}</a>`
  return html`${raw('<!doctype html>')}<html lang="${words.language}"${off !== '' && html` data-off="${off}"`}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,interactive-widget=resizes-content"><title>${house.neutralName}</title>${NO_ICON}<link rel="stylesheet" href="${manifest.style.src}" integrity="${manifest.style.integrity}">${app && html`${script(manifest.core)}<script type="application/json" id="first">${json(firstBook(book, at))}</script>`}${!app && script(manifest.exit)}</head><body><form id="f" ${SEARCH}>${positionHtml(encode(common.codes, at, words.language))}</form>
<header>${exitLink('exitTop', 'exit-top')}${choiceButton(codes, 'settings', settingsLabel(book), 'quiet')}</header>
<main id="screen" data-step="${at.step}">${notice !== null && html`<p class="notice" role="status">${notice}</p>`}${instead ?? screenHtml(view, words, codes, services, app ? firstNote(book, codes) : null, around)}</main>
<nav class="bar" aria-label="${say(words, 'bar')}"><span id="bar">${barHtml(words, codes, view.canGoBack || instead !== undefined)}</span>${exitLink('exit', 'exit')}</nav>
<div id="gone" aria-live="assertive" data-text="${say(words, 'neutral')}"></div></body></html>`.html
}

/** What leaving cannot hide, and how it is done: once, on the very first view. "I understand" is the way to the first screen without it. */
const firstNote = ({ words }: OpenBook, codes: FormCodes): Html =>
  html`<div class="notice note" id="before"><p>${say(words, 'firstNote')}</p>${choiceButton(codes, 'home', say(words, 'firstNoteRead'), 'quiet')}</div>`

const script = ({ src, integrity }: Asset): Html => html`<script defer src="${src}" integrity="${integrity}" crossorigin></script>`

/** Data inside a script element: not run, and unable to close the element. */
const json = (value: unknown): Html => raw(JSON.stringify(value).replaceAll('<', '\\u003c'))
