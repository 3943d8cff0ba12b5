/** What came inside a sealed message, looked at by hand: the parser of `schema/said.ts` is larger than all of this page's keys. */
import type { Said } from '../../../../schema/said.ts'

type Raw = Record<string, unknown>

const isWords = (value: unknown): value is string => typeof value === 'string' && value.length <= 4000
const isWhich = (value: unknown): value is { epoch: number; n: number } =>
  typeof value === 'object' && value !== null && Number.isInteger((value as Raw).epoch) && Number.isInteger((value as Raw).n)

const isAnswers = (value: unknown): boolean =>
  value === 'yes-no' || (Array.isArray(value) && value.length >= 2 && value.length <= 4 && value.every(isWords))

/** What a counsellor may say, each with what must hold for it. */
const KINDS: Record<string, (raw: Raw) => boolean> = {
  text: ({ text }) => isWords(text),
  question: ({ text, answers }) => isWords(text) && isAnswers(answers),
  remove: ({ which }) => which === 'all' || isWhich(which),
  seen: isWhich,
  'ask-word': () => true,
  pause: ({ on }) => typeof on === 'boolean',
  writing: () => true,
  'may-hand': () => true,
}

/** @returns null for what this page cannot show */
export function readSaid(text: string): Said | null {
  try {
    const raw = JSON.parse(text) as Raw
    const kind = String(raw.kind)
    return Object.hasOwn(KINDS, kind) && KINDS[kind]?.(raw) ? (raw as Said) : null
  } catch {
    return null
  }
}
