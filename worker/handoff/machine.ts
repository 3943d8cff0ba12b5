/**
 * What may become of a talk: `waiting → joined → ended`, `joined → handed → joined`, and back to waiting when her page seals anew.
 * Pure: it knows neither clock nor store nor line. Whatever is asked twice gives the same answer twice.
 */

import type { Wish } from '../../schema/api.ts'
import { fail, ok, type Result } from '../../schema/result.ts'
import type { Language } from '../../schema/terms.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import type { State } from '../store/talk.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** How long a state lives without a page. */
const IDLE: Record<State, number> = { waiting: 10 * MINUTE, joined: 2 * HOUR, handed: 2 * HOUR, ended: 10 * MINUTE }
export const LONGEST_SECONDS = 12 * HOUR

/** Texts are base64url of what the two ends made. */
export type Talk = {
  state: State
  /** Which request counts, from 1. */
  rev: number
  /** 0 before the first accept. */
  epoch: number
  /** SHA-256 of the visitor's pass. */
  pass: string
  /** The talk's name on the wire. */
  wire: string
  request: string
  language: Language
  wish: Wish
  accept: string | null
  transfer: string | null
  close: string | null
  /** Row name of the shift that has it. */
  holder: string | null
  /** Nobody is at her end, and the counsellor may not write: it takes no place among the few one may have. Until her page seals anew. */
  isAside?: boolean
  /** Name of the shift it is handed to. */
  to: string | null
  /** Row name of the capsule that goes with it. */
  capsule: string | null
  /** Since when she waits, whole minutes. */
  since: EpochSeconds
  /** Of those that ask within the same minute, which. */
  turn?: number
  /** Its last second, whatever happens. */
  until: EpochSeconds
}

/** What is to be said or done once the change is stored. `release`: the shift's line closes, the talk is no longer its own. */
export type Effect =
  | { do: 'show-state' }
  | { do: 'show-accept' }
  | { do: 'show-close'; to: 'visitor' | 'counsellor' }
  | { do: 'release'; holder: string }
  | { do: 'forget-mail'; direction?: 0 | 1 }
  | { do: 'forget-capsule'; name: string }

export type Change = { next: Talk; effects: Effect[] }

/** `gone`: it ended. `changed`: it is no longer as the asker believes. `not-yours`: another shift has it. */
export type HandoffError = { reason: 'gone' | 'changed' | 'not-yours' }

type Outcome = Result<Change, HandoffError>

/** Done before: what was to be shown is shown again, as nobody knows whether it was. */
const same = (talk: Talk, ...effects: Effect[]): Outcome => ok({ next: talk, effects })

export type Opening = Pick<Talk, 'pass' | 'wire' | 'request' | 'language' | 'wish'>

/** In the order of asking. */
export const inOrder = (one: Talk, other: Talk): number =>
  one.since - other.since || (one.turn ?? 0) - (other.turn ?? 0) || (one.wire < other.wire ? -1 : 1)

/** Behind all that ask in this minute. */
export const turnAfter = (waiting: readonly Talk[], now: EpochSeconds): number =>
  1 + Math.max(0, ...waiting.filter(({ since }) => since === minuteOf(now)).map(({ turn }) => turn ?? 0))

const minuteOf = (now: EpochSeconds): EpochSeconds => Math.floor(now / MINUTE) * MINUTE

export const open = (asked: Opening, now: EpochSeconds, turn = 0): Talk => ({
  ...asked,
  ...{ state: 'waiting', rev: 1, epoch: 0, accept: null, transfer: null, close: null, holder: null, to: null, capsule: null },
  since: minuteOf(now),
  turn,
  until: now + LONGEST_SECONDS,
})

/** `from`: only as long as nobody accepted, or whoever has it. */
export type Resealing = { from: 'waiting' | 'any'; rev: number; request: string }

/** Her page sealed the request anew. Who had the talk has it no longer; what lay in the mailbox was for another epoch. */
export function reseal(talk: Talk, { from, rev, request }: Resealing, now: EpochSeconds, turn = 0): Outcome {
  if (talk.state === 'ended') return fail({ reason: 'gone' })
  if (rev === talk.rev && request === talk.request) return same(talk, { do: 'show-state' })
  if (rev !== talk.rev + 1 || (from === 'waiting' && talk.state !== 'waiting')) return fail({ reason: 'changed' })
  const waited = talk.state === 'waiting'
  const next: Talk = {
    ...talk,
    ...{ state: 'waiting', rev, request, accept: null, transfer: null, holder: null, to: null, isAside: false },
    ...(!waited && { since: minuteOf(now), turn }),
  }
  const effects: Effect[] = talk.holder === null ? [] : [{ do: 'release', holder: talk.holder }, { do: 'forget-mail' }]
  return ok({ next, effects: [...effects, { do: 'show-state' }] })
}

/** `shift`: its name, as a transfer says it. `holder`: its row's name. */
export type Accepting = { holder: string; shift: string; rev: number; epoch: number; accept: string }

export function accept(talk: Talk, { holder, shift, rev, epoch, accept: frame }: Accepting): Outcome {
  if (talk.state === 'ended') return fail({ reason: 'gone' })
  if (talk.holder === holder && talk.accept === frame) return same(talk, { do: 'show-accept' }, { do: 'show-state' })
  const isOpen = talk.state === 'waiting' || (talk.state === 'handed' && talk.to === shift)
  if (!isOpen || rev !== talk.rev || epoch !== talk.epoch + 1) return fail({ reason: 'changed' })
  const next: Talk = { ...talk, state: 'joined', epoch, accept: frame, holder, transfer: null, to: null, isAside: false }
  const release: Effect[] = talk.holder === null ? [] : [{ do: 'release', holder: talk.holder }, { do: 'forget-mail' }]
  return ok({ next, effects: [...release, { do: 'show-accept' }, { do: 'show-state' }] })
}

/** Until the other shift accepts, this one goes on; it may also hand it to somebody else meanwhile. */
export function transfer(talk: Talk, holder: string, to: string, epoch: number, frame: string): Outcome {
  if (talk.state === 'ended') return fail({ reason: 'gone' })
  if (talk.holder !== holder) return fail({ reason: 'not-yours' })
  if (epoch !== talk.epoch) return fail({ reason: 'changed' })
  if (talk.transfer === frame) return same(talk, { do: 'show-state' })
  return ok({ next: { ...talk, state: 'handed', to, transfer: frame }, effects: [{ do: 'show-state' }] })
}

/**
 * It stays as it is, with its code, for her to come back to; only its place is free. Ending it instead would end the code too.
 *
 * @param isQuiet  her page was not heard for some minutes: a talk with somebody at the other end always has a place
 */
export function setAside(talk: Talk, holder: string, isQuiet: boolean): Outcome {
  if (talk.state === 'ended') return fail({ reason: 'gone' })
  if (talk.holder !== holder) return fail({ reason: 'not-yours' })
  if (talk.isAside) return same(talk)
  return isQuiet ? ok({ next: { ...talk, isAside: true }, effects: [] }) : fail({ reason: 'changed' })
}

/** A counsellor ends it. What she has not read yet stays until the talk's row goes; what was for the counsellor goes now. */
export function close(talk: Talk, holder: string, frame: string): Outcome {
  if (talk.state === 'ended')
    return talk.close === frame ? same(talk, { do: 'show-close', to: 'visitor' }, { do: 'show-state' }) : fail({ reason: 'gone' })
  if (talk.holder !== holder) return fail({ reason: 'not-yours' })
  return ended(talk, frame, 'visitor')
}

/** @param frame  as her page would have written it: it carries no signature, and says only "left" */
export const leave = (talk: Talk, frame: string): Outcome =>
  talk.state === 'ended' ? same(talk, { do: 'show-state' }) : ended(talk, frame, 'counsellor')

function ended(talk: Talk, frame: string, to: 'visitor' | 'counsellor'): Outcome {
  const capsule: Effect[] = talk.capsule === null ? [] : [{ do: 'forget-capsule', name: talk.capsule }]
  const mail: Effect = to === 'visitor' ? { do: 'forget-mail', direction: 0 } : { do: 'forget-mail' }
  return ok({
    // Neither request nor accept is needed again; pass and close are, for ten minutes, so that both ends learn it.
    next: { ...talk, state: 'ended', request: '', accept: null, transfer: null, to: null, close: frame, capsule: null, isAside: false },
    effects: [{ do: 'show-close', to }, { do: 'show-state' }, mail, ...capsule],
  })
}

/** The capsule that goes when the talk does. */
export const tie = (talk: Talk, capsule: string): Outcome =>
  talk.state === 'ended'
    ? fail({ reason: 'gone' })
    : talk.capsule === capsule
      ? same(talk)
      : ok({ next: { ...talk, capsule }, effects: [] })

/** When the row expires: whole five minutes, rounded up, never past the talk's last second by more than that. */
export const expiryOf = ({ state, until }: Pick<Talk, 'state' | 'until'>, now: EpochSeconds): EpochSeconds =>
  Math.ceil(Math.min(now + IDLE[state], until) / (5 * MINUTE)) * 5 * MINUTE

/** Whether her page was not heard for some minutes: the row was not prolonged meanwhile. An object says so every four minutes while she is there. */
export const isQuiet = (talk: Pick<Talk, 'state' | 'until'>, expiresAt: EpochSeconds, now: EpochSeconds): boolean =>
  expiresAt <= expiryOf(talk, now - 10 * MINUTE)
