/**
 * What a button carries: where she stands and what it asks for, in at most 64 bytes that say nothing to who reads them.
 *
 * Layout, all of it text: `version (1) language (1) page (1) action (2) step (3) service (2, where the action is about one) answers
 * (3 each) "." area "." trail, newest first (3 each) mac (8)`. The codes are those of `guide/position.ts`; the trail takes what room is left. The MAC binds the button to its chat.
 */
import { toBase64url } from '../../crypto/bytes.ts'
import { same, tag } from '../../crypto/tag.ts'
import type { Codes } from '../../guide/content.ts'
import { type Position, recover } from '../../guide/engine.ts'
import type { ChoiceId, Guide } from '../../guide/guide.ts'
import { decodeIn, encode } from '../../guide/position.ts'
import { LANGUAGES, type Language } from '../../schema/terms.ts'

/** What a button asks for beside a choice of the step: only to show, or a screen that only a bot has. */
const ACTIONS = {
  show: '--',
  hide: '-h',
  card: '-c',
  tidy: '-t',
  oblasts: '-o',
  unanswered: '-u',
  heard: '-w',
  hiding: '-q',
  'hide-five': '-5',
  'hide-quarter': '-1',
  'hide-hour': '-6',
  'hide-never': '-0',
} as const

export type Action = keyof typeof ACTIONS

/** `silent`: the code of a service that did not answer. */
export type Ask = { action: Action } | { choice: ChoiceId } | { silent: number }

export type Button = { at: Position; language: Language; page: number; ask: Ask }

/** What `silent` is written as. */
const SILENT = '-n'

const VERSION = '1'
const CODE = 3
/** Room for the code of a service: 62 × 62 of them. */
const SERVICE = 2
const HEAD = 5
const MAC = 8
const MAC_BYTES = 6
/** Bot API: callback_data is 1–64 bytes. */
const MAX_BYTES = 64

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** More pages than any list has. */
export const MAX_PAGE = DIGITS.length - 1

/** Codes are given one by one and never again; the directory is many years from this one. */
export const MAX_SERVICE = DIGITS.length ** SERVICE - 1

export async function writeData(key: CryptoKey, chat: number, codes: Codes, { at, language, page, ask }: Button): Promise<string> {
  const { language: _, ...answers } = at.answers
  const [, walked = '', answered = '', ...area] = encode(codes, { ...at, answers }, language).split('.')
  const asked = `${codeOf(codes, ask)}${walked.slice(0, CODE)}${'silent' in ask ? serviceCode(ask.silent) : ''}`
  const head = `${VERSION}${DIGITS[LANGUAGES.indexOf(language)]}${DIGITS[Math.min(page, MAX_PAGE)]}${asked}${answered}.${packArea(area.join('.'))}.`
  const room = Math.floor((MAX_BYTES - MAC - head.length) / CODE) * CODE
  const body = head + walked.slice(CODE, CODE + room)
  return body + (await macOf(key, chat, body))
}

function codeOf(codes: Codes, ask: Ask): string {
  if ('silent' in ask) return SILENT
  return 'action' in ask ? ACTIONS[ask.action] : (codes.choices[ask.choice] ?? ACTIONS.show)
}

const serviceCode = (service: number): string => `${DIGITS[Math.floor(service / DIGITS.length)]}${DIGITS[service % DIGITS.length]}`

const serviceOf = (code: string): number => [...code].reduce((sum, digit) => sum * DIGITS.length + DIGITS.indexOf(digit), 0)

const macOf = async (key: CryptoKey, chat: number, body: string): Promise<string> =>
  toBase64url(await tag(key, 'button', `${chat}\0${body}`, MAC_BYTES))

/**
 * Whatever a button sent, as something that can be done. An old button, or one that is not ours, is read for its step and language only:
 * the nearest screen, and nothing taken over from it.
 */
export async function readData(
  key: CryptoKey,
  chat: number,
  guideOf: (answers: Record<string, string>) => Guide,
  codes: Codes,
  sent: string,
): Promise<Omit<Button, 'language'> & { language: Language | null; genuine: boolean }> {
  const body = sent.slice(0, -MAC)
  const language = LANGUAGES[DIGITS.indexOf(body[1] ?? '-')] ?? null
  const [head = '', area = '', ...trail] = body.split('.')
  const ours = body[0] === VERSION
  const action = body.slice(3, HEAD)
  const step = head.slice(HEAD, HEAD + CODE)
  const answers = HEAD + CODE + (action === SILENT ? SERVICE : 0)
  const coded = `${VERSION}${language ?? ''}.${step}${trail.join('')}.${head.slice(answers)}.${unpackArea(area)}`
  const { at, guide } = decodeIn(guideOf, codes, ours ? coded : '')
  const genuine = ours && language !== null && (await same(await macOf(key, chat, body), sent.slice(-MAC)))
  if (!genuine) return { at: recover(guide, { step: at.step }), language, page: 0, ask: { action: 'show' }, genuine }
  const ask = action === SILENT ? { silent: serviceOf(head.slice(HEAD + CODE, answers)) } : askOf(codes, action)
  return { at, language, page: Math.max(0, DIGITS.indexOf(body[2] ?? '0')), ask, genuine }
}

const actions = new Map<string, Action>(Object.entries(ACTIONS).map(([action, code]) => [code, action as Action]))

function askOf(codes: Codes, code: string): Ask {
  const action = actions.get(code)
  if (action !== undefined) return { action }
  return { choice: choicesOf(codes).get(code) ?? '' }
}

const reversed = new WeakMap<Codes, Map<string, ChoiceId>>()

function choicesOf(codes: Codes): Map<string, ChoiceId> {
  const table = reversed.get(codes) ?? new Map(Object.entries(codes.choices).map(([id, code]) => [code, id]))
  reversed.set(codes, table)
  return table
}

/** `UA1804019` as the number 11804019 in 62 digits; the one in front keeps the zeros. Any other code stays as it is. */
export function packArea(area: string): string {
  const digits = /^UA(\d+)$/.exec(area)?.[1]
  if (digits === undefined) return area.replaceAll('.', '~')
  let packed = ''
  for (let rest = Number(`1${digits}`); rest > 0; rest = Math.floor(rest / DIGITS.length)) packed = DIGITS[rest % DIGITS.length] + packed
  return `_${packed}`
}

export function unpackArea(packed: string): string {
  if (!packed.startsWith('_')) return packed.replaceAll('~', '.')
  const number = [...packed.slice(1)].reduce((sum, digit) => sum * DIGITS.length + DIGITS.indexOf(digit), 0)
  return `UA${String(number).slice(1)}`
}
