/** A message a second, a few at once: what somebody writes, and no flood. In memory only. */

const AT_ONCE = 12
const A_SECOND = 1

export class Pace {
  #left = AT_ONCE
  #at = 0

  /** @param ms  the caller's clock, which may jump back */
  takes(ms: number): boolean {
    this.#left = Math.min(AT_ONCE, this.#left + (Math.max(0, ms - this.#at) / 1000) * A_SECOND)
    this.#at = ms
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
