/**
 * What was sealed and has not arrived at the other page: the same bytes go again until it has. Pure: the clock is an argument, and may jump:
 * a phone that finds the network is often set right then.
 * `epoch` and `n` name a frame; what it says is kept to seal it anew when another counsellor takes over.
 */
import type { Bytes } from '../../../../crypto/bytes.ts'

export type Parcel = {
  epoch: number
  n: number
  frame: Bytes
  /** As JSON. */
  text: string
  /** Lies in the mailbox. */
  kept: boolean
  tries: number
  /** Milliseconds: when it was first and last sent. */
  since: number
  last: number
}

/** Not kept within this: sent again. */
const AGAIN_MS = 4000
/** Not kept within this: said to have failed; it still goes again with the next line. */
export const FAILED_MS = 12_000

export class Outbox {
  #parcels: Parcel[] = []

  add(parcel: Pick<Parcel, 'epoch' | 'n' | 'frame' | 'text'>, now: number): void {
    this.#parcels.push({ ...parcel, kept: false, tries: 1, since: now, last: now })
  }

  kept(epoch: number, n: number): void {
    for (const parcel of this.#parcels) if (parcel.epoch === epoch && parcel.n === n) parcel.kept = true
  }

  /** Everything up to `n` is at the other page. */
  arrived(epoch: number, n: number): void {
    this.#parcels = this.#parcels.filter((parcel) => parcel.epoch !== epoch || parcel.n > n)
  }

  /** A new line: whatever has not arrived, in order. */
  all(now: number): Parcel[] {
    for (const parcel of this.#parcels) parcel.last = now
    return [...this.#parcels]
  }

  /** What is to be sent again now. */
  due(now: number): Parcel[] {
    const due = this.#parcels.filter(({ kept, last }) => !kept && Math.abs(now - last) >= AGAIN_MS)
    for (const parcel of due) {
      parcel.last = now
      parcel.tries += 1
    }
    return due
  }

  failed(now: number): Parcel[] {
    return this.#parcels.filter(({ kept, since }) => !kept && Math.abs(now - since) >= FAILED_MS)
  }

  /** She taps a message that failed: its time begins anew. */
  again(epoch: number, n: number, now: number): Parcel | undefined {
    const parcel = this.#parcels.find((one) => one.epoch === epoch && one.n === n)
    if (parcel) Object.assign(parcel, { since: now, last: now })
    return parcel
  }

  /** Of an epoch that ended: nobody can open these any more. */
  takeAll(): Parcel[] {
    return this.#parcels.splice(0)
  }

  get size(): number {
    return this.#parcels.length
  }
}
