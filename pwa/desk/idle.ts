/** How long nobody has been at the desk: first nothing of it stays on the screen, then its keys go. */
const IDLE_MS = 5 * 60 * 1000
/** Locked for so long, the keys go too. */
const WIPE_MS = 30 * 60 * 1000

export class Idle {
  #touchedAt: number
  #lockedAt = 0

  constructor(ms: number) {
    this.#touchedAt = ms
  }

  /** Somebody is there. */
  touched(ms: number): void {
    this.#touchedAt = ms
  }

  locked(ms: number): void {
    this.#lockedAt = ms
  }

  isTimeToLock(ms: number): boolean {
    return ms - this.#touchedAt >= IDLE_MS
  }

  isTimeToWipe(ms: number): boolean {
    return ms - this.#lockedAt >= WIPE_MS
  }
}
