/**
 * Load, change, store, and say what is to be told. Every change is written only over the version it was made from, so that of two that
 * come at once one is decided on what the other left; and all of it may be done again after a broken connection.
 */
import { type Bytes, bytesOf, equal, fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { fail, ok, type Result } from '../../schema/result.ts'
import { dropCapsuleOf } from '../store/capsule.ts'
import { dropMail } from '../store/mail.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { heldTalks, insertTalk, openTalks, type Row, readTalk, touchTalk, writeTalk } from '../store/talk.ts'
import {
  type Accepting,
  accept,
  type Change,
  close,
  type Effect,
  expiryOf,
  type HandoffError,
  inOrder,
  isQuiet,
  leave,
  type Opening,
  open,
  type Resealing,
  reseal,
  setAside,
  type Talk,
  tie,
  transfer,
  turnAfter,
} from './machine.ts'
import type { Name, Rows } from './rows.ts'

const TABLE = 'talk'

/** So many may wait; more would wait in vain. */
export const MOST_WAITING = 50
/** So many a counsellor may have at once. */
export const MOST_HELD = 3

/** A talk with its row's name: whoever has it may act on it. */
export type Found = { name: Name; talk: Talk; version: number; expiresAt: EpochSeconds }

/** `unavailable`: the store did not answer, or somebody was quicker again and again. `full`: nothing more is taken. `limit`: of the shift. */
export type Refused = HandoffError | { reason: 'unavailable' | 'full' | 'limit' }

export type Done = { found: Found; effects: Effect[] }

type Outcome = Result<Change, HandoffError>

const TRIES = 4

export class Handoff {
  readonly #db: D1Database
  readonly #rows: Rows

  constructor(db: D1Database, rows: Rows) {
    this.#db = db
    this.#rows = rows
  }

  async open(wire: Bytes, asked: Opening, now: EpochSeconds): Promise<Result<Done, Refused>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      try {
        const found = await this.find(wire, now)
        if (found)
          return found.talk.pass === asked.pass && found.talk.state !== 'ended' ? ok({ found, effects: [] }) : fail({ reason: 'gone' })
        const [name] = (await this.#rows.names(TABLE, wire, now)) ?? []
        if (!name) return fail({ reason: 'unavailable' })
        const talk = open(asked, now, await this.#turn(now))
        const row = { tag: name.tag, state: talk.state, sealed: await this.#rows.seal(TABLE, name, talk), expiresAt: expiryOf(talk, now) }
        if (await insertTalk(this.#db, row, now, MOST_WAITING))
          return ok({ found: { name, talk, version: 1, expiresAt: row.expiresAt }, effects: [] })
        if (!(await this.find(wire, now))) return fail({ reason: 'full' })
      } catch {
        // The store: tried again, from what it holds now.
      }
    }
    return fail({ reason: 'unavailable' })
  }

  /** @returns null for a talk that is not there, expired, or whose day's keys are gone */
  async find(wire: Bytes, now: EpochSeconds): Promise<Found | null> {
    const names = await this.#rows.names(TABLE, wire, now)
    const row =
      names &&
      (await readTalk(
        this.#db,
        names.map(({ tag }) => tag),
        now,
      ))
    return row && this.#opened(row, now)
  }

  async findRow(tag: Bytes, now: EpochSeconds): Promise<Found | null> {
    const row = await readTalk(this.#db, [tag], now)
    return row && this.#opened(row, now)
  }

  async reseal(wire: Bytes, asked: Resealing, now: EpochSeconds): Promise<Result<Done, Refused>> {
    // Who waits already keeps her place.
    const turn = asked.from === 'waiting' ? 0 : await this.#turn(now).catch(() => 0)
    return this.#change(wire, now, (talk) => reseal(talk, asked, now, turn))
  }

  accept(wire: Bytes, by: Accepting, now: EpochSeconds): Promise<Result<Done, Refused>> {
    return this.#change(wire, now, (talk) => accept(talk, by))
  }

  transfer(wire: Bytes, holder: string, to: string, epoch: number, frame: string, now: EpochSeconds): Promise<Result<Done, Refused>> {
    return this.#change(wire, now, (talk) => transfer(talk, holder, to, epoch, frame))
  }

  setAside(wire: Bytes, holder: string, now: EpochSeconds): Promise<Result<Done, Refused>> {
    return this.#change(wire, now, (talk, expiresAt) => setAside(talk, holder, isQuiet(talk, expiresAt, now)))
  }

  close(wire: Bytes, holder: string, frame: string, now: EpochSeconds): Promise<Result<Done, Refused>> {
    return this.#change(wire, now, (talk) => close(talk, holder, frame))
  }

  leave(wire: Bytes, frame: string, now: EpochSeconds): Promise<Result<Done, Refused>> {
    return this.#change(wire, now, (talk) => leave(talk, frame))
  }

  tie(wire: Bytes, capsule: string, now: EpochSeconds): Promise<Result<Done, Refused>> {
    return this.#change(wire, now, (talk) => tie(talk, capsule))
  }

  /** A page is there: its talk lives on. */
  async touch({ name, talk }: Pick<Found, 'name' | 'talk'>, now: EpochSeconds): Promise<void> {
    await touchTalk(this.#db, name.tag, expiryOf(talk, now), now)
  }

  /** All that wait, and all that were handed on; oldest first. */
  async waiting(now: EpochSeconds): Promise<Found[]> {
    const found = await this.#openedAll(await openTalks(this.#db, now, 2 * MOST_WAITING), now)
    return found.sort((one, other) => inOrder(one.talk, other.talk))
  }

  /** How many of those that wait are in front of her. @returns null when she does not wait */
  async aheadOf({ name }: Pick<Found, 'name'>, now: EpochSeconds): Promise<number | null> {
    const waiting = (await this.waiting(now)).filter(({ talk }) => talk.state === 'waiting')
    const at = waiting.findIndex((one) => equal(one.name.tag, name.tag))
    return at < 0 ? null : at
  }

  async heldBy(holder: Bytes, now: EpochSeconds): Promise<Found[]> {
    return this.#openedAll(await heldTalks(this.#db, holder, now), now)
  }

  async #turn(now: EpochSeconds): Promise<number> {
    return turnAfter(
      (await this.waiting(now)).map(({ talk }) => talk),
      now,
    )
  }

  async #change(wire: Bytes, now: EpochSeconds, decide: (talk: Talk, expiresAt: EpochSeconds) => Outcome): Promise<Result<Done, Refused>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      try {
        const found = await this.find(wire, now)
        if (!found) return fail({ reason: 'gone' })
        const outcome = decide(found.talk, found.expiresAt)
        if (!outcome.ok) return outcome
        const { next, effects } = outcome.value
        if (next === found.talk) return ok({ found, effects })
        const row = await this.#row(found, next, now)
        if (await writeTalk(this.#db, row, now, MOST_HELD)) {
          await this.#forget(found.name, effects, now)
          return ok({ found: { ...found, talk: next, version: found.version + 1, expiresAt: row.expiresAt }, effects })
        }
        const still = await this.find(wire, now)
        if (still?.version === found.version && next.holder !== null) return fail({ reason: 'limit' })
      } catch {
        // The store: tried again, from what it holds now.
      }
    }
    return fail({ reason: 'unavailable' })
  }

  async #row({ name, version }: Found, next: Talk, now: EpochSeconds): Promise<Row> {
    // The column only counts places; whose talk it is stands inside.
    const holder = next.holder === null || next.isAside ? null : fromBase64url(next.holder)
    const sealed = await this.#rows.seal(TABLE, name, next)
    return { tag: name.tag, state: next.state, version, holder, sealed, expiresAt: expiryOf(next, now) }
  }

  /** Housekeeping that may fail: what is left expires by itself. */
  async #forget({ tag }: Name, effects: readonly Effect[], now: EpochSeconds): Promise<void> {
    const work = effects.flatMap((effect) => {
      if (effect.do === 'forget-mail') return [dropMail(this.#db, tag, now, effect.direction)]
      if (effect.do === 'forget-capsule') return [dropCapsuleOf(this.#db, bytesOf(effect.name), now)]
      return []
    })
    await Promise.allSettled(work)
  }

  async #opened(row: Row, now: EpochSeconds): Promise<Found | null> {
    const opened = await this.#rows.openAny<Talk>(TABLE, row.tag, row.sealed, now)
    return opened && { name: opened.name, talk: opened.value, version: row.version, expiresAt: row.expiresAt }
  }

  async #openedAll(rows: readonly Row[], now: EpochSeconds): Promise<Found[]> {
    const found = await Promise.all(rows.map((row) => this.#opened(row, now)))
    return found.filter((one) => one !== null)
  }
}

/** The hash of a pass, as a talk keeps it. */
export async function passHash(pass: Bytes): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', pass)))
}
