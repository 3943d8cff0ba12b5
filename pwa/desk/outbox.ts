/** Frames on their way: each is kept as it was sealed and sent again, the same bytes, until her page has it. So nothing is lost and nothing doubles. */
import type { Bytes } from '../../crypto/bytes.ts'

type Waiting = { frame: Bytes; tries: number; nextAt: number; isKept: boolean; isTold: boolean }

const AGAIN_MS = 3000
const SLOW_MS = 1500
/** So many tries without "sent" are a failure that is shown; it goes on trying all the same when asked. */
const TRIES = 5

export class Outbox {
  readonly #waiting = new Map<number, Waiting>()

  add(n: number, frame: Bytes): void {
    this.#waiting.set(n, { frame, tries: 0, nextAt: 0, isKept: false, isTold: false })
  }

  /** What should go now. @param ms  the caller's clock @returns frames in order, and the numbers that have now failed */
  due(ms: number): { frames: Bytes[]; failed: number[] } {
    const [frames, failed]: [Bytes[], number[]] = [[], []]
    for (const [n, one] of this.#waiting) {
      // Farther off than any pause of ours: the clock was set back.
      if (one.isKept || (ms < one.nextAt && one.nextAt - ms <= AGAIN_MS)) continue
      if (one.tries >= TRIES) {
        if (!one.isTold) failed.push(n)
        one.isTold = true
        continue
      }
      one.tries += 1
      one.nextAt = ms + AGAIN_MS
      frames.push(one.frame)
    }
    return { frames, failed }
  }

  /** The line is new, or somebody said "again": everything without an acknowledgement goes once more. */
  again(n?: number): void {
    for (const [at, one] of this.#waiting)
      if (n === undefined || n === at) Object.assign(one, { tries: 0, nextAt: 0, isKept: false, isTold: false })
  }

  kept(n: number): void {
    const one = this.#waiting.get(n)
    if (one) one.isKept = true
  }

  /** Too fast: once more in a moment, and it does not count as a try. */
  slow(n: number, ms: number): void {
    const one = this.#waiting.get(n)
    if (one) Object.assign(one, { tries: Math.max(0, one.tries - 1), nextAt: ms + SLOW_MS })
  }

  acknowledged(upTo: number): void {
    for (const n of this.#waiting.keys()) if (n <= upTo) this.#waiting.delete(n)
  }

  drop(): void {
    this.#waiting.clear()
  }
}
