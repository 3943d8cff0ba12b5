/**
 * A position as a short opaque string, for forms and buttons: nothing in it can be read by who looks at the page's source or
 * a history. Layout: version (1) language (2) `.` step and trail, newest first (3 each) `.` answers (3 each) `.` area.
 *
 * It is not secret and not signed: whatever comes back is checked against the guide, and what does not hold is dropped.
 */
import { LANGUAGES, type Language } from '../schema/terms.ts'
import type { Codes } from './content.ts'
import { type Position, recover } from './engine.ts'
import type { Guide } from './guide.ts'

export type StepCodes = Pick<Codes, 'steps'>

const VERSION = '1'
const CODE_LENGTH = 3

/** No position is longer; more is somebody's garbage. */
const SENT_CHARACTERS = 400

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A stable three-character name for an answer such as `home=together`. FNV-1a, so it needs no list. */
export function answerCode(question: string, answer: string): string {
  let hash = 0x811c9dc5
  for (const char of `${question}=${answer}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  let code = ''
  for (let n = 0; n < CODE_LENGTH; n += 1) {
    code += DIGITS[hash % DIGITS.length]
    hash = Math.floor(hash / DIGITS.length)
  }
  return code
}

export function encode(codes: StepCodes, at: Position, language: Language): string {
  const walked = [at.step, ...[...at.trail].reverse()].map((step) => codes.steps[step] ?? '').join('')
  const answers = Object.entries(at.answers)
    .map(([question, answer]) => answerCode(question, answer))
    .join('')
  return `${VERSION}${language}.${walked}.${answers}.${at.area ?? ''}`
}

/** Whatever was sent, as a position that holds: of no use, it is the first screen. */
export function decode(guide: Guide, codes: StepCodes, sent: string): { at: Position; language: Language | null } {
  // The area comes last, for a district's code has points in it: kz.61.54.
  const [head = '', walked = '', answered = '', ...rest] = sent.slice(0, SENT_CHARACTERS).split('.')
  const area = rest.join('.')
  const language = LANGUAGES.find((one) => one === head.slice(1)) ?? null
  if (head[0] !== VERSION) return { at: recover(guide, {}), language }
  const [step, ...trail] = chunks(walked).flatMap((code) => stepOf(codes, code) ?? [])
  const pairs = answersOf(guide)
  return {
    at: recover(guide, {
      ...(step === undefined ? {} : { step }),
      trail: trail.reverse(),
      answers: Object.fromEntries(chunks(answered).flatMap((code) => (pairs.has(code) ? [pairs.get(code) as [string, string]] : []))),
      area: /^[A-Za-z0-9.-]{2,12}$/.test(area) ? area : null,
    }),
    language,
  }
}

/**
 * The same where several countries have a guide: what is sent says which. Steps have the same codes in all of them.
 *
 * @param guideOf of the country these answers tell, or of the one people come to first
 */
export function decodeIn(
  guideOf: (answers: Record<string, string>) => Guide,
  codes: StepCodes,
  sent: string,
): ReturnType<typeof decode> & { guide: Guide } {
  const anywhere = guideOf({})
  const first = decode(anywhere, codes, sent)
  const guide = guideOf(first.at.answers)
  return { ...(guide === anywhere ? first : decode(guide, codes, sent)), guide }
}

const chunks = (text: string): string[] => text.slice(0, 40 * CODE_LENGTH).match(new RegExp(`.{${CODE_LENGTH}}`, 'g')) ?? []

const reversed = new WeakMap<object, Map<string, string>>()

function stepOf(codes: StepCodes, code: string): string | undefined {
  const table = reversed.get(codes.steps) ?? new Map(Object.entries(codes.steps).map(([id, short]) => [short, id]))
  reversed.set(codes.steps, table)
  return table.get(code)
}

const answerTables = new WeakMap<Guide, Map<string, [string, string]>>()

/** Every answer the guide can remember, by its code. */
function answersOf(guide: Guide): Map<string, [string, string]> {
  let table = answerTables.get(guide)
  if (!table) {
    table = new Map()
    for (const step of Object.values(guide.steps))
      for (const { sets } of step.choices)
        for (const [question, answer] of Object.entries(sets ?? {})) table.set(answerCode(question, answer), [question, answer])
    answerTables.set(guide, table)
  }
  return table
}
