/** How fast a bot may write, and the outages a test orders: both decide about a call before it is looked at. */

/** Bot API FAQ: about one message a second in a chat, short bursts allowed; 20 a minute in a group; 30 a second in all. */
const CHAT = { burst: 3, perSecond: 1 }
const GROUP = { burst: 20, perSecond: 20 / 60 }
const ALL = { burst: 30, perSecond: 30 }
const SENDS = new Set(['sendMessage', 'sendLocation', 'sendVenue'])
const EDITS = new Set(['editMessageText', 'editMessageReplyMarkup'])

type Bucket = { left: number; at: number }

export class Pace {
  #buckets = new Map<string, Bucket>()

  /** Seconds to wait, 0 when the call may pass. Only new messages count for a chat, edits too for the sum. */
  wait(method: string, chat: number | undefined, now: number): number {
    if (!SENDS.has(method) && !EDITS.has(method)) return 0
    const wanted: [string, typeof CHAT][] = [['all', ALL]]
    if (SENDS.has(method) && chat !== undefined) wanted.push([String(chat), chat < 0 ? GROUP : CHAT])
    const found = wanted.map(([key, { burst, perSecond }]) => {
      const bucket = this.#buckets.get(key) ?? { left: burst, at: now }
      const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      this.#buckets.set(key, { left, at: now })
      return { key, left, wait: left >= 1 ? 0 : Math.ceil((1 - left) / perSecond) }
    })
    const wait = Math.max(...found.map((bucket) => bucket.wait))
    if (wait === 0) for (const { key, left } of found) this.#buckets.set(key, { left: left - 1, at: now })
    return wait
  }
}

/**
 * What goes wrong with a call: an answer of Telegram, a cut connection before or after the call had its effect,
 * or silence for so many real milliseconds, or until a test has seen enough, and then a cut.
 */
export type How =
  | { status: number; retryAfter?: number; description?: string }
  | 'cut'
  | 'cut after'
  | { hang: number | Promise<unknown>; after?: boolean }
/** `at`: which call from now on, the first is 1; `times`: how many from there; both 1 by default. */
export type Outage = { how: How; at?: number; times?: number }

export class Outages {
  #planned: { method: string; how: How; from: number; to: number; seen: number }[] = []

  plan(method: string, { how, at = 1, times = 1 }: Outage): void {
    this.#planned.push({ method, how, from: at, to: at + times, seen: 0 })
  }
  clear(): void {
    this.#planned = []
  }
  /** What the next call of this method meets, if anything. */
  next(method: string): How | undefined {
    let found: How | undefined
    for (const planned of this.#planned) {
      if (planned.method !== '*' && planned.method !== method) continue
      planned.seen++
      if (planned.seen >= planned.from && planned.seen < planned.to) found ??= planned.how
    }
    return found
  }
}
