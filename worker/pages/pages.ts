/** The guide without JavaScript: one address, each choice a form sent to it. The first view, answered here too, is the same page with the web app in it. */

import { ancestors } from '../../guide/area-codes.ts'
import { choose, goTo, type Position, recover, stop } from '../../guide/engine.ts'
import type { Guide } from '../../guide/guide.ts'
import { type Heard, hear, interrupted, takesWords } from '../../guide/heard.ts'
import type { Html } from '../../guide/html.ts'
import { crisisHtml, heardHtml, ownWordsHtml } from '../../guide/html-heard.ts'
import { servicesHtml } from '../../guide/html-services.ts'
import { list } from '../../guide/listing.ts'
import { askPlace } from '../../guide/place-asked.ts'
import { type PlaceMatch, placeOf } from '../../guide/places-shown.ts'
import { decodeIn, encode } from '../../guide/position.ts'
import { say } from '../../guide/say.ts'
import { isStop } from '../../guide/stop.ts'
import { understand } from '../../guide/understand/understand.ts'
import { countryOf, guess, languageIn } from '../../guide/whereabouts.ts'
import type { Country, Language } from '../../schema/terms.ts'
import { bookOf, common, type OpenBook, placesOf } from '../books.ts'
import { page } from '../http/compress.ts'
import { wishesOf } from '../language.ts'
import { readerOf } from '../reader.ts'
import { countNoAnswer } from '../store/no-answer.ts'
import { document } from './document.ts'
import { readForm, type Sent } from './form.ts'

const { organisation } = common
const otherwise = { country: organisation.default_country as Country, language: organisation.default_language as Language }

const guessed = (request: Request) => guess(wishesOf(request.headers.get('Accept-Language')), organisation, otherwise)

export function firstPage(request: Request): Response {
  const { country, language } = guessed(request)
  const book = bookOf(country, language)
  return page(request, document(book, recover(book.guide, {}), { app: true }), { padded: false })
}

export async function nextPage(request: Request, env: Pick<Env, 'DB' | 'ASSETS'>): Promise<Response> {
  const sent = await readForm(request)
  const noted = sent.noAnswer === null || request.headers.get('Sec-Fetch-Site') === 'cross-site' ? false : await note(env.DB, sent.noAnswer)
  if (sent.signal) return new Response(null, { status: 204 })
  const { book, at, language } = open(request, sent)
  const taken = await take(book, at, sent, env.ASSETS)
  const country = countryOf(taken.at.answers, organisation, otherwise.country)
  const wanted = languageIn(country, taken.at.answers.language ?? language, organisation)
  return page(request, plain(bookOf(country, wanted), taken, noted && sent.noAnswer !== null ? [sent.noAnswer] : []), { padded: true })
}

/** Where she stands, in the guide of the country that is told there. Steps have the same codes in all of them. */
function open(request: Request, { position }: Sent): { book: OpenBook; at: Position; language: Language } {
  const landOf = (answers: Record<string, string>) => countryOf(answers, organisation, otherwise.country)
  const guideOf = (answers: Record<string, string>) => bookOf(landOf(answers), languageIn(landOf(answers), null, organisation)).guide
  const sent = decodeIn(guideOf, common.codes, position)
  const country = sent.guide.country
  const language = languageIn(country, sent.language ?? guessed(request).language, organisation)
  return { book: bookOf(country, language), at: atHome(sent.at, country), language }
}

/** An area that does not lie in this country has no services: better the whole country's than an empty list. */
const atHome = (at: Position, country: Country): Position =>
  at.area === null || ancestors(at.area).includes(country) ? at : { ...at, area: null }

type Taken = {
  at: Position
  typed: { text: string; matches: PlaceMatch[] } | null
  gone: boolean
  /** What was made of her own words. */
  heard?: Pick<Heard, 'crisis' | 'steps' | 'menu'>
}

/** What the form asks for, done; what it asks for in vain leaves her where she was. */
async function take(book: OpenBook, at: Position, sent: Sent, files: Fetcher): Promise<Taken> {
  const { guide, words } = book
  const { country } = guide
  const { language } = words
  const stay = { at, typed: null, gone: false }
  if (sent.area !== null)
    return placeOf(placesOf(country), sent.area, language) === null ? stay : { ...stay, at: { ...at, area: sent.area } }
  if (sent.typed !== null) {
    if (isStop(sent.typed)) return { ...stay, at: stop(guide, at) }
    const asked = askPlace(placesOf(country), sent.typed, language)
    return 'area' in asked ? { ...stay, at: { ...at, area: asked.area } } : { ...stay, typed: asked }
  }
  if (sent.words !== null) return read(book, at, sent.words, files)
  if (sent.heard !== null) {
    const heard = heardAgain(guide, at, sent.heard)
    return heard.steps.length > 0 ? { ...stay, heard } : { ...stay, at: goTo(guide, at, heard.menu) }
  }
  if (sent.go !== null) {
    const step = stepOf(sent.go)
    const next = step === undefined || guide.steps[step] === undefined ? null : goTo(guide, at, step)
    return next === null ? { ...stay, gone: true } : { ...stay, at: next }
  }
  if (sent.choice === null) return stay
  const choice = choiceOf(sent.choice)
  const next = choose(guide, at, choice)
  return next.ok ? { ...stay, at: next.value } : { ...stay, gone: true }
}

/** The words are read here and forgotten; danger interrupts. */
async function read({ guide, words }: OpenBook, at: Position, text: string, files: Fetcher): Promise<Taken> {
  const stay = { at, typed: null, gone: false }
  if (isStop(text)) return { ...stay, at: stop(guide, at) }
  const setting = { language: words.language, country: guide.country }
  const heard = hear(guide, at, understand(await readerOf(files, text, setting), text, setting, placesOf(guide.country)))
  const there = heard.area === null ? at : { ...at, area: heard.area }
  return { ...stay, at: heard.crisis === null ? there : interrupted(guide, there, heard.crisis), heard }
}

const steps = new Map(Object.entries(common.codes.steps).map(([id, code]) => [code, id]))

const stepOf = (code: string): string | undefined => steps.get(code)

/** Three characters a step, the menu first; whatever was made up is left out. */
function heardAgain(guide: Guide, at: Position, codes: string): NonNullable<Taken['heard']> {
  const [menu, ...rest] = (codes.match(/.{3}/g) ?? [])
    .flatMap((code) => stepOf(code) ?? [])
    .filter((step) => guide.steps[step] !== undefined)
  return { crisis: null, menu: menu ?? at.step, steps: rest.slice(0, 3) }
}

const choices = new Map(Object.entries(common.codes.choices).map(([id, code]) => [code, id]))

const choiceOf = (sent: string): string => choices.get(sent) ?? sent

function plain(book: OpenBook, { at, typed, gone, heard }: Taken, noted: number[]): string {
  const need = book.guide.steps[at.step]?.services
  const services =
    need === undefined
      ? null
      : servicesHtml(
          list(book, at.area === null ? null : placesOf(book.guide.country), { need, position: at, at: new Date(), typed, noted }),
          book.words,
          encode(common.codes, at, book.words.language),
          common.codes,
        )
  return document(book, at, { services, ...aroundOf(book, at, heard), notice: gone ? say(book.words, 'gone') : null, app: false })
}

function aroundOf(book: OpenBook, at: Position, heard: Taken['heard']): { instead?: Html; around?: { above?: Html; below?: Html } } {
  const { words } = book
  if (heard?.crisis) return { around: { above: crisisHtml(words, heard.crisis, heard, common.codes) } }
  if (heard && heard.steps.length > 0) return { instead: heardHtml(book, heard, common.codes) }
  if (!takesWords(at)) return {}
  return { around: { below: ownWordsHtml(words, encode(common.codes, at, words.language), heard === undefined ? null : 'nothing') } }
}

/** She is not kept waiting for a count longer than this. */
const NOTE_MS = 1000

/** @returns whether it was counted; a store that is down, or does not answer, takes nothing else with it */
async function note(db: D1Database, service: number): Promise<boolean> {
  if (!Object.values(common.codes.services).includes(service)) return false
  try {
    return await Promise.race([
      countNoAnswer(db, service, Math.floor(Date.now() / 1000)).then(() => true),
      scheduler.wait(NOTE_MS).then(() => false),
    ])
  } catch {
    return false
  }
}
