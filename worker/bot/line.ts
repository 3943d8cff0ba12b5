/**
 * The line of a chat: what comes in is taken in order, once. One of a few fixed objects holds many chats, chosen by a keyed hash, so
 * that no object is named after a person. Everything here is in memory only.
 */
import { DurableObject } from 'cloudflare:workers'
import { tag } from '../../crypto/tag.ts'
import { type BotConfig, type BotEnv, botConfig } from './config.ts'
import { outbox } from './outbox.ts'
import { Vault } from './session.ts'
import type { Said } from './update.ts'
import { Visits } from './visit.ts'
import { within } from './within.ts'

const LINES = 32

/** Telegram is answered within this, whatever is still going on. */
export const ANSWER_MS = 700

/** Updates remembered here, so that a repeated one does not even ask the store. */
const REMEMBERED = 500

/** Somebody who sends more than this while a call waits is not heard until it is done. */
const LONGEST_LINE = 50

export async function lineOf(config: BotConfig, chat: number): Promise<string> {
  const [first = 0] = await tag(config.key, 'line', String(chat), 1)
  return `line-${first % LINES}`
}

export class ChatLine extends DurableObject<Env & BotEnv> {
  readonly #last = new Map<number, { work: Promise<void>; length: number }>()
  readonly #seen = new Set<number>()
  #visits: Promise<Visits | null> | undefined

  /** Returns when it is done, or goes on alone after {@link ANSWER_MS}. */
  async take(said: Said): Promise<void> {
    if (this.#seen.has(said.update)) return
    const { work, length } = this.#last.get(said.chat) ?? { work: Promise.resolve(), length: 0 }
    if (length >= LONGEST_LINE) return
    this.#remember(said.update)
    const next = {
      length: length + 1,
      // Whatever breaks is not told to anybody: Telegram would only send it again.
      work: work.then(() => this.#answer(said)).catch(() => {}),
    }
    this.#last.set(said.chat, next)
    const done = next.work.then(() => {
      const last = this.#last.get(said.chat)
      if (last === next) this.#last.delete(said.chat)
      else if (last) last.length -= 1
    })
    this.ctx.waitUntil(done)
    await within(ANSWER_MS, done, undefined)
  }

  async #answer(said: Said): Promise<void> {
    this.#visits ??= this.#open()
    await (await this.#visits)?.take(said)
  }

  async #open(): Promise<Visits | null> {
    const config = await botConfig(this.env)
    if (!config.ok) return null
    const { key, ring, token, apiRoot } = config.value
    const now = () => Math.floor(Date.now() / 1000)
    const out = outbox(token, apiRoot, (ms) => scheduler.wait(ms))
    return new Visits({ db: this.env.DB, key, vault: new Vault(ring), out, files: this.env.ASSETS, now })
  }

  #remember(update: number): void {
    this.#seen.add(update)
    if (this.#seen.size <= REMEMBERED) return
    const [oldest] = this.#seen
    if (oldest !== undefined) this.#seen.delete(oldest)
  }
}
