/**
 * The two ends of a hash chain: each message has its own key, and a key that was used leads nowhere. What arrives out of order is opened
 * once, up to 64 messages past the first that is missing: what is further ahead waits until its sender, unacknowledged, sends it again, so
 * that a gap is never forgotten. The chain moves only when a message really opened: forged numbers move nothing.
 */
import type { Bytes } from '../bytes.ts'
import { chainStep } from './kdf.ts'
import { type Opened, refuse } from './refusal.ts'

export const WINDOW = 64

/** One thing after another: two messages at once would take the same step of a chain twice. */
class Line {
  #last: Promise<unknown> = Promise.resolve()

  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => {})
    return done
  }
}

export class SendingChain {
  readonly #line = new Line()
  #chain: Bytes
  #n = 0

  constructor(key: Bytes) {
    this.#chain = key.slice()
  }

  /** Hands out the next number with its key, which is overwritten afterwards. */
  seal<T>(use: (n: number, key: Bytes) => Promise<T>): Promise<T> {
    return this.#line.take(async () => {
      const { message, next } = await chainStep(this.#chain)
      this.#chain.fill(0)
      this.#chain = next
      const n = this.#n
      this.#n += 1
      try {
        return await use(n, message)
      } finally {
        message.fill(0)
      }
    })
  }

  forget(): void {
    this.#chain.fill(0)
  }
}

export class ReceivingChain {
  readonly #line = new Line()
  readonly #skipped = new Map<number, Bytes>()
  #chain: Bytes
  /** The number the chain stands at: one more than the highest that was opened. */
  #n = 0

  constructor(key: Bytes) {
    this.#chain = key.slice()
  }

  /** Opens number `n` with its key, once. What `use` refuses leaves everything as it was. */
  open<T>(n: number, use: (key: Bytes) => Promise<Opened<T>>): Promise<Opened<T>> {
    return this.#line.take(() => (n < this.#n ? this.#openSkipped(n, use) : this.#openAhead(n, use)))
  }

  /** The highest number up to which nothing is missing; -1 before the first. */
  get complete(): number {
    return Math.min(this.#n, ...this.#skipped.keys()) - 1
  }

  forget(): void {
    for (const key of [this.#chain, ...this.#skipped.values()]) key.fill(0)
    this.#skipped.clear()
  }

  async #openSkipped<T>(n: number, use: (key: Bytes) => Promise<Opened<T>>): Promise<Opened<T>> {
    const key = this.#skipped.get(n)
    if (key === undefined) return refuse('replayed')
    const result = await use(key)
    if (result.ok) {
      key.fill(0)
      this.#skipped.delete(n)
    }
    return result
  }

  async #openAhead<T>(n: number, use: (key: Bytes) => Promise<Opened<T>>): Promise<Opened<T>> {
    if (n - this.complete > WINDOW) return refuse('gap')
    const passed = new Map<number, Bytes>()
    let chain = this.#chain
    let message: Bytes
    for (let at = this.#n; ; at += 1) {
      const step = await chainStep(chain)
      if (chain !== this.#chain) chain.fill(0)
      chain = step.next
      message = step.message
      if (at === n) break
      passed.set(at, message)
    }
    const result = await use(message)
    message.fill(0)
    if (!result.ok) {
      for (const key of [chain, ...passed.values()]) key.fill(0)
      return result
    }
    this.#chain.fill(0)
    this.#chain = chain
    this.#n = n + 1
    for (const [at, key] of passed) this.#skipped.set(at, key)
    return result
  }
}
