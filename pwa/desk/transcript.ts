/** What stands on the screen of one talk, as a list that changes only by these functions. Pure: whoever calls has the clock. */
import type { Said } from '../../schema/said.ts'
import type { Danger } from './danger.ts'

/** `sending` until the mailbox has it; `sent`; `arrived` at her page; `seen` by her. `failed`: not taken, may be tried again. */
export type Mark = 'sending' | 'sent' | 'arrived' | 'seen' | 'failed'

type Which = { epoch: number; n: number }

/** What the desk shows as a line of its own. `null`: a message this desk cannot show. */
export type Shown = Extract<Said, { kind: 'text' | 'question' | 'answer' | 'ask-word' | 'word' }> | null

/** `at`: milliseconds. `answered`: which answer she tapped. `danger`: what the desk found in her words. */
export type Entry = Which & {
  mine: boolean
  said: Shown
  at: number
  mark: Mark
  isRemoved: boolean
  answered: number | null
  danger: Danger | null
}

export type Transcript = readonly Entry[]

const isSame = (entry: Which, { epoch, n }: Which): boolean => entry.epoch === epoch && entry.n === n
const isUpTo = (entry: Which, { epoch, n }: Which): boolean => entry.epoch < epoch || (entry.epoch === epoch && entry.n <= n)

const ORDER: readonly Mark[] = ['failed', 'sending', 'sent', 'arrived', 'seen']

const SHOWN: readonly string[] = ['text', 'question', 'answer', 'ask-word', 'word']

export const isShown = (said: Said | null): said is Shown => said === null || SHOWN.includes(said.kind)

/** Kept in the order of numbers on each side: what was late takes its place. An answer also marks its question. */
export function withEntry(list: Transcript, entry: Omit<Entry, 'isRemoved' | 'answered'>): Transcript {
  if (list.some((one) => one.mine === entry.mine && isSame(one, entry))) return list
  const later = list.findIndex((one) => one.mine === entry.mine && one.epoch === entry.epoch && one.n > entry.n)
  const at = later < 0 ? list.length : later
  const added = [...list.slice(0, at), { ...entry, isRemoved: false, answered: null }, ...list.slice(at)]
  if (entry.mine || entry.said?.kind !== 'answer') return added
  const { to, answer } = entry.said
  return added.map((one) => (one.mine && isSame(one, to) ? { ...one, answered: answer } : one))
}

/** A mark only rises, whatever order the news of it comes in; only a failure is taken back by a new try. */
export function withMark(list: Transcript, which: Which, mark: Mark): Transcript {
  const rises = (one: Entry): boolean => one.mark === 'sending' || ORDER.indexOf(mark) > ORDER.indexOf(one.mark)
  return list.map((one) => (one.mine && isSame(one, which) && rises(one) ? { ...one, mark } : one))
}

/** Everything of ours up to this one. */
export function withMarkUpTo(list: Transcript, which: Which, mark: Mark): Transcript {
  return list.map((one) => (one.mine && isUpTo(one, which) && ORDER.indexOf(mark) > ORDER.indexOf(one.mark) ? { ...one, mark } : one))
}

/** Takes back what one side wrote: the words are dropped here, not hidden. */
export function withRemoved(list: Transcript, mine: boolean, which: Which | 'all'): Transcript {
  const hits = (one: Entry): boolean => one.mine === mine && (which === 'all' || isSame(one, which))
  return list.map((one) => (hits(one) ? { ...one, isRemoved: true, said: null, danger: null } : one))
}

/** Of which question this answer is, for showing both together. */
export function questionOf(list: Transcript, { epoch, n }: Which): Extract<Said, { kind: 'question' }> | null {
  const said = list.find((one) => one.mine && isSame(one, { epoch, n }))?.said
  return said?.kind === 'question' ? said : null
}

/** The last of hers that is on the screen. */
export const lastHers = (list: Transcript): Which | null => list.findLast(({ mine }) => !mine) ?? null

/** As people type a word they remember. */
export const isSameWord = (one: string, other: string): boolean => folded(one) === folded(other)

const folded = (word: string): string => word.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ').replaceAll('ё', 'е')
