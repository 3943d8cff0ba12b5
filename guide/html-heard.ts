/** The field for her own words, and what is asked back, as HTML. What it means is `heard.ts`. */
import type { Codes } from './content.ts'
import type { StepId, Words } from './guide.ts'
import { type Crisis, crisisText, guessLabel, type Heard, offers } from './heard.ts'
import { HERE, type Html, html, SEARCH } from './html.ts'
import { positionHtml } from './html-position.ts'
import { say } from './say.ts'
import type { Book } from './view.ts'

/** Codes of steps for forms; the web app passes none. */
type StepCodes = Pick<Codes, 'steps'> | null

/** Longer than most messages; what comes after is not read. */
export const OWN_WORDS_CHARACTERS = 500

/** What is said above the field: that her words were not understood, or that what reads them could not be loaded. */
export type OwnWordsNotice = 'nothing' | 'unreachable' | null

/** @param position hidden in the form, so that it works without script; `null` in the web app, where the words stay on the device */
export const ownWordsHtml = (words: Words, position: string | null, notice: OwnWordsNotice = null): Html =>
  html`<form class="place own" ${SEARCH} data-own>${position !== null && positionHtml(position)}${
    notice !== null &&
    html`<p class="notice" role="status" tabindex="-1">${say(words, notice === 'nothing' ? 'heard.nothing' : 'heard.unreachable')}</p>`
  }<label for="own">${say(words, 'own.label')}</label><p class="note" id="own-note">${say(words, position === null ? 'own.here' : 'own.sent')}</p><div class="row"><input id="own" name="y" type="text" inputmode="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="${OWN_WORDS_CHARACTERS}" aria-describedby="own-note"><button${HERE}>${say(words, 'own.send')}</button></div></form>`

const stepButton = (codes: StepCodes, step: StepId, label: string): Html =>
  html`<button form="f"${HERE} name="g" value="${codes?.steps[step] ?? step}" data-go="${step}">${label}</button>`

/** "I understood … Is that right?" with the way to the menus last. */
export const heardHtml = ({ guide, words }: Pick<Book, 'guide' | 'words'>, heard: Pick<Heard, 'steps' | 'menu'>, codes: StepCodes): Html =>
  html`<h1 id="title" tabindex="-1">${say(words, 'heard.title')}</h1><p>${say(words, 'heard.text')}</p><div class="choices">${offers(
    guide,
    heard,
  ).map((step) =>
    stepButton(codes, step, guessLabel(words, step)),
  )}<button form="f"${HERE} name="g" value="${codes?.steps[heard.menu] ?? heard.menu}" data-go="${heard.menu}">${say(words, 'heard.other')}</button></div>`

/** Above the screen that interrupts: that it was heard, and the way on for who is safe. */
export const crisisHtml = (words: Words, crisis: Crisis, { steps, menu }: Pick<Heard, 'steps' | 'menu'>, codes: StepCodes): Html =>
  html`<div class="notice"><p role="status">${crisisText(words, crisis)}</p><button form="f"${HERE} class="quiet" name="h" value="${[
    menu,
    ...steps,
  ]
    .map((step) => codes?.steps[step] ?? step)
    .join('')}" data-heard>${say(words, 'heard.safe')}</button></div>`
