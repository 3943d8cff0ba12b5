/**
 * When each end was heard last, so that the other may know. In memory only; what a sleeping object forgets, an open socket's last ping says.
 * A clock may be set back: what was heard in the future says nothing.
 */
import { AWAY_SECONDS, type Peer } from '../../schema/line.ts'

export type Side = 'visitor' | 'counsellor'

export const otherOf = (side: Side): Side => (side === 'visitor' ? 'counsellor' : 'visitor')

export class Presence {
  readonly #heard = new Map<Side, number>()

  hear(side: Side, ms: number): void {
    this.#heard.set(side, ms)
  }

  forget(side: Side): void {
    this.#heard.delete(side)
  }

  /** @param pinged  when an open socket of this side pinged last */
  of(side: Side, pinged: number, ms: number): Peer {
    const isNear = (at: number): boolean => Math.abs(ms - at) < AWAY_SECONDS * 1000
    return isNear(this.#heard.get(side) ?? 0) || isNear(pinged) ? 'here' : 'away'
  }
}
