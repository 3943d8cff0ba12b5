/** Somebody in a chat with the bot whose clock a test sets: the same visits, store, outbox and sweeper's work, at any hour. */
import { env } from 'cloudflare:workers'
import { utf8 } from '../../../crypto/bytes.ts'
import { DAY_SECONDS, dayOf, type KeyRing, ringFromJson } from '../../../crypto/keyring.ts'
import { macKey } from '../../../crypto/tag.ts'
import { outbox } from '../../../worker/bot/outbox.ts'
import { hideQuiet } from '../../../worker/bot/quiet.ts'
import { type Session, Vault } from '../../../worker/bot/session.ts'
import type { Said } from '../../../worker/bot/update.ts'
import { Visits } from '../../../worker/bot/visit.ts'
import { takeUpdate } from '../../../worker/store/chat.ts'
import { chat, Her, KEYS, NOW, nextUpdate, SECRET, telegram } from './house.ts'
import { ROOT, TOKEN } from './telegram.ts'

export const MINUTE = 60

/** The midnight that lies between two days whose keys are there. */
export const MIDNIGHT = dayOf(NOW()) * DAY_SECONDS

export const rowsOf = async () =>
  (
    await env.DB.prepare('SELECT tag, hiding, expires_at FROM chat ORDER BY expires_at').all<{
      tag: number[]
      hiding: number
      expires_at: number
    }>()
  ).results

export class Timed {
  now: number
  readonly her: Her
  readonly #key = macKey(utf8(SECRET))
  readonly #out = outbox(TOKEN, ROOT, async () => {})
  #ring: KeyRing = ringFromJson(KEYS) ?? { keysFor: async () => null }
  #visits: Visits | undefined

  constructor(now = MIDNIGHT + 12 * 60 * MINUTE, hers = chat) {
    this.her = new Her(telegram, hers)
    this.now = now
  }

  get live() {
    return this.her.live
  }

  get vault(): Vault {
    return new Vault(this.#ring)
  }

  /** The keys of a day are destroyed. */
  async destroy(day: number): Promise<void> {
    const ring = this.#ring
    this.#ring = { keysFor: async (asked) => (asked === day ? null : ring.keysFor(asked)) }
    await this.evict()
  }

  /** What was in memory only is gone. */
  async evict(): Promise<void> {
    this.#visits = new Visits({
      db: env.DB,
      key: await this.#key,
      vault: this.vault,
      out: this.#out,
      files: env.ASSETS,
      now: () => this.now,
    })
  }

  async #take(said: Said): Promise<void> {
    if (!this.#visits) await this.evict()
    await this.#visits?.take(said)
  }

  says(text: string): Promise<void> {
    const message = this.her.telegram.hers(this.her.chat)
    return this.#take({ kind: 'words', update: nextUpdate(), chat: this.her.chat, message, text, tongue: 'uk' })
  }

  taps(label: string | RegExp): Promise<void> {
    const data = this.her.dataOf(label)
    return this.#take({ kind: 'tap', update: nextUpdate(), chat: this.her.chat, callback: 'q', message: this.live?.id ?? 0, data })
  }

  /** The sweeper's alarm, after so many more minutes. */
  async alarmIn(minutes: number): Promise<void> {
    this.now += minutes * MINUTE
    await hideQuiet({ db: env.DB, key: await this.#key, vault: this.vault, out: this.#out, now: this.now })
  }

  /** What the store would say of her now. */
  async remembered(): Promise<Session | null> {
    const read = await this.vault.tagsOf(this.her.chat, this.now)
    if (read === null) return null
    const taken = await takeUpdate(env.DB, { update: crypto.getRandomValues(new Uint8Array(16)), now: this.now, read })
    return taken?.row ? this.vault.open(taken.row, this.now) : null
  }
}
