/**
 * How long nothing came from her end: when the agreed word is due, as the phone may have changed hands meanwhile, and since when nobody is
 * there. It counts by the caller's clock.
 */
import type { Peer } from '../../schema/line.ts'

export const GAP_MS = 10 * 60 * 1000
/** Away for longer than a bad connection usually lasts. */
export const AWAY_MS = 60 * 1000
/** Nobody's page was there for so long that the talk expired by itself. */
const EXPIRED_MS = 100 * 60 * 1000

/** After the word for danger a talk keeps its place so long, should she come back at once. */
export const PLACE_MS = 10 * 60 * 1000
/** Asked again so much later, when the server heard her page a moment ago or nothing at all. */
const ASIDE_AGAIN_MS = 60 * 1000

/** Milliseconds, all of them. */
export type Told = { heardAt: number; cameAt: number; wasSilentFor: number; wasAwayFor: number; checkedAt: number }

/**
 * Whether the desk should ask for the agreed word now: after ten minutes without a word from her, after she was away, or when she comes
 * from elsewhere. The phone may have changed hands.
 *
 * @param told  `checkedAt`: when it was last asked for, or the talk began
 */
export function isWordDue(told: Told): boolean {
  const afterGap = told.wasSilentFor >= GAP_MS && told.heardAt > told.checkedAt
  const afterAway = told.wasAwayFor >= AWAY_MS && told.cameAt > told.checkedAt
  return afterGap || afterAway
}

export class Gaps {
  #told: Told
  #awaySince: number | null = null
  #asideAt = 0

  /** @param isFromElsewhere  somebody who comes from elsewhere, or from another counsellor, is asked at once */
  constructor(isFromElsewhere: boolean, ms: number) {
    const comes = isFromElsewhere ? { cameAt: ms + 1, wasAwayFor: Number.POSITIVE_INFINITY } : { cameAt: 0, wasAwayFor: 0 }
    this.#told = { heardAt: ms, wasSilentFor: 0, checkedAt: ms, ...comes }
  }

  get isWordDue(): boolean {
    return isWordDue(this.#told)
  }

  /** She said something. */
  heard(ms: number): void {
    this.#told = { ...this.#told, wasSilentFor: ms - this.#told.heardAt, heardAt: ms }
  }

  wordChecked(ms: number): void {
    this.#told = { ...this.#told, checkedAt: ms }
  }

  peerIs(peer: Peer, ms: number): void {
    if (peer === 'away') this.#awaySince ??= ms
    if (peer !== 'here' || this.#awaySince === null) return
    this.#told = { ...this.#told, cameAt: ms, wasAwayFor: ms - this.#awaySince }
    this.#awaySince = null
  }

  isExpired(ms: number): boolean {
    return this.#awayFor(ms) > EXPIRED_MS
  }

  /** Whether to ask now that a talk in which nothing may be written takes no place any more: nobody has been there for long. Said once a minute. */
  isAsideDue(ms: number): boolean {
    if (this.#awayFor(ms) < PLACE_MS || ms - this.#asideAt < ASIDE_AGAIN_MS) return false
    this.#asideAt = ms
    return true
  }

  #awayFor(ms: number): number {
    return this.#awaySince === null ? 0 : ms - this.#awaySince
  }
}
