/**
 * What to do about one thing she said: pure, so that it can be known before the store is asked. Sending is `line.ts`.
 * The same words and taps lead to the same screens as on the pages, by the same functions.
 */
import { choose, goTo, open, type Position, recover, SAFE_STEP, stop } from '../../guide/engine.ts'
import type { ChoiceId, Guide } from '../../guide/guide.ts'
import { hear, interrupted, isNothing } from '../../guide/heard.ts'
import { askPlace } from '../../guide/place-asked.ts'
import { placeOf } from '../../guide/places-shown.ts'
import { decodeIn } from '../../guide/position.ts'
import { isStop } from '../../guide/stop.ts'
import { understand } from '../../guide/understand/understand.ts'
import { guess } from '../../guide/whereabouts.ts'
import { type Country, LANGUAGES, type Language } from '../../schema/terms.ts'
import { bookOf, common, placesOf } from '../books.ts'
import { readerOf } from '../reader.ts'
import { readData } from './data.ts'
import { guessesIn } from './heard.ts'
import { hidingAsked } from './hiding-screen.ts'
import { readLink } from './link.ts'
import type { Session } from './session.ts'
import { bookAt, guideAt, type Shown } from './shown.ts'
import type { Said } from './update.ts'

export const languages = LANGUAGES.filter((language) => common.organisation.languages.includes(language))
const otherwise = common.organisation.default_language as Language
const home = { country: common.organisation.default_country as Country, language: otherwise }

const guideOf = ({ at }: Pick<Stand, 'at'>): Guide => guideAt(at.answers)

/** Where she stands: what a session remembers of the screens. */
export type Stand = { at: Position; language: Language }

export const standOf = ({ position, language }: Session): Stand => ({
  at: decodeIn(guideAt, common.codes, position).at,
  language,
})

export type Plan = {
  /** What the live message becomes; null hides it. */
  show: Shown | null
  /** What a message to be hidden becomes when Telegram removes it no more. */
  otherwise?: Shown
  /** Her own messages, to be removed. */
  remove: number[]
  /** In a new message at the end of the chat, the old one removed: she began anew, and may have lost sight of it. */
  anew?: true
  /** What is remembered of her goes now. */
  forget?: true
  /** Code of a service that did not answer, to be counted. */
  silent?: number
}

/** A button says by itself where she stands. */
export async function answerTap(said: Extract<Said, { kind: 'tap' }>, key: CryptoKey): Promise<Plan> {
  const read = await readData(key, said.chat, guideAt, common.codes, said.data)
  const stand = { at: read.at, language: read.language ?? otherwise }
  if (!read.genuine) return { show: { ...step(stand), notice: 'gone' }, remove: [] }
  if ('choice' in read.ask) return choice(stand, read.ask.choice)
  if ('silent' in read.ask) return silent(stand, read.page, read.ask.silent)
  const { action } = read.ask
  if (action === 'hide') return { ...hidden(stand), remove: [] }
  if (action === 'tidy') return { show: { ...step(stand), screen: 'tidied' }, remove: [] }
  if (action === 'card' || action === 'oblasts' || action === 'unanswered')
    return { show: { ...step(stand), page: read.page, screen: action }, remove: [] }
  if (action === 'heard') {
    const guide = guideOf(stand)
    const heard = { crisis: null, ...guessesIn(guide, stand.at) }
    if (heard.steps.length === 0) return { show: step({ ...stand, at: goTo(guide, { ...stand.at, trail: [] }, heard.menu) }), remove: [] }
    return { show: { ...step({ ...stand, at: { ...stand.at, trail: [] } }), screen: 'heard', heard }, remove: [] }
  }
  if (action === 'show') return { show: { ...step(stand), page: read.page }, remove: [] }
  const hiding = hidingAsked(action)
  return { show: { ...step(stand), screen: 'hiding', ...(hiding && { hiding }) }, remove: [] }
}

const step = ({ at, language }: Stand): Shown => ({ screen: 'step', at, language, page: 0 })

function choice(stand: Stand, id: ChoiceId): Plan {
  const next = choose(guideOf(stand), stand.at, id)
  if (!next.ok) return { show: { ...step(stand), notice: 'gone' }, remove: [] }
  return shown({ at: next.value, language: spoken(next.value) ?? stand.language })
}

/** The safe screen is the last that is remembered of a visit: nothing. */
function shown(stand: Stand): Plan {
  return { show: step(stand), remove: [], ...(stand.at.step === SAFE_STEP && { forget: true as const }) }
}

/** What a message becomes that Telegram does not remove: nothing telling stands on it. */
export const emptied = (stand: Stand): Shown => step({ ...stand, at: stop(guideOf(stand), stand.at) })

const hidden = (stand: Stand): Omit<Plan, 'remove'> => ({
  show: null,
  otherwise: emptied(stand),
  forget: true,
})

const services = new Set(Object.values(common.codes.services))

/** Counted as on the pages; an old button may speak of a service that there is no more. */
function silent(stand: Stand, page: number, service: number): Plan {
  if (!services.has(service)) return { show: { ...step(stand), notice: 'gone' }, remove: [] }
  return { show: { ...step(stand), screen: 'noted', page, silent: { service, counted: true } }, remove: [], silent: service }
}

/** The language she has just picked. */
const spoken = ({ answers }: Position): Language | undefined => languages.find((language) => language === answers.language)

/**
 * @param before where she stands, as far as it is remembered
 * @param files where what reads her words lies
 * @returns the message she typed is always among those to remove
 */
export async function answerWords(said: Extract<Said, { kind: 'words' }>, before: Stand | null, files: Fetcher): Promise<Plan> {
  const remove = [said.message]
  const stand = before ?? newcomer(said.tongue)
  if (isStop(said.text)) return { ...shown({ ...stand, at: stop(guideOf(stand), stand.at) }), remove }
  const [name = '', payload = ''] = said.text.split(/\s+/, 2)
  if (name.startsWith('/')) return { ...command(name.slice(1).split('@')[0]?.toLowerCase() ?? '', payload, stand), remove }
  return { show: await typed(said.text, stand, files), remove }
}

function command(name: string, payload: string, stand: Stand): Omit<Plan, 'remove'> {
  const to = (id: string): Omit<Plan, 'remove'> => ({ show: step({ ...stand, at: goTo(guideOf(stand), stand.at, id) }) })
  switch (name) {
    case 'start':
      return { show: step(welcome(payload, stand)), anew: true }
    case 'menu':
    case 'help':
      return choice(stand, 'home')
    case 'language':
      return to('settings')
    case 'person':
      return to('counsellor')
    case 'privacy':
      return { show: { ...step(stand), screen: 'card' } }
    case 'hide':
      return hidden(stand)
    default:
      return { show: { ...step(stand), notice: 'notUnderstood' } }
  }
}

/** Nobody we know: country and language are guessed from what her Telegram speaks. */
function newcomer(tongue: string | null): Stand {
  const { country, language } = guess(tongue === null ? [] : [tongue], common.organisation, home)
  return { at: open(bookOf(country, language).guide), language }
}

/** A link may bring country, language and place with it; of an earlier visit only country and language stay. */
function welcome(payload: string, stand: Stand): Stand {
  const link = payload === '' ? null : readLink(payload)
  const answers = link === null ? stand.at.answers : { country: link.country }
  const { guide, words } = bookAt({ at: { answers }, language: link?.language ?? stand.language })
  const area = link?.area && placeOf(placesOf(guide.country), link.area, words.language) !== null ? link.area : null
  return { at: { ...open(guide), area }, language: words.language }
}

/** Longer than most messages; what comes after is not read. */
const READ_CHARACTERS = 500

/** Danger interrupts wherever she stands. Else, where services are listed it is a place first; anywhere else it is what she means. */
async function typed(text: string, stand: Stand, files: Fetcher): Promise<Shown> {
  const guide = guideOf(stand)
  const here = step({ ...stand, at: recover(guide, stand.at) })
  const setting = { language: stand.language, country: guide.country }
  const beginning = text.slice(0, READ_CHARACTERS)
  const meant = understand(await readerOf(files, beginning, setting), beginning, setting, placesOf(guide.country))
  const heard = hear(guide, here.at, meant)
  if (heard.crisis) return { ...here, at: interrupted(guide, here.at, heard.crisis), heard }
  const asks: Shown = { ...here, at: { ...here.at, area: heard.area ?? here.at.area }, screen: 'heard', heard }
  if (guide.steps[here.at.step]?.services === undefined) return isNothing(heard) ? { ...here, notice: 'notUnderstood' } : asks
  const asked = askPlace(placesOf(guide.country), text.slice(0, 80), stand.language)
  if ('area' in asked) return { ...here, at: { ...here.at, area: asked.area } }
  if (asked.matches.length === 0 && !isNothing(heard)) return asks
  return asked.matches.length === 0
    ? { ...here, notice: 'placeNotFound' }
    : { ...here, asked: { matches: asked.matches, more: asked.more } }
}

/** A photo, a voice, a contact, a place on the map. */
export function answerUnasked(said: Extract<Said, { kind: 'unasked' }>, before: Stand | null): Plan {
  const stand = before ?? newcomer(null)
  return { show: { ...step(stand), notice: 'refused' }, remove: [said.message] }
}
