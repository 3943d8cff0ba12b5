/** A house for the bot's tests: the Worker with its secrets set, a Telegram before it, and somebody in a chat. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, onTestFinished, vi } from 'vitest'
import { toBase64url } from '../../../crypto/bytes.ts'
import { dayOf } from '../../../crypto/keyring.ts'
import type { Language } from '../../../schema/terms.ts'
import { bookOf } from '../../../worker/books.ts'
import worker from '../../../worker/index.ts'
import { type Counts, faultyD1 } from '../../faults/d1.ts'
import { ROOT, Telegram, TOKEN } from './telegram.ts'

export const SECRET = 'A'.repeat(20) + 'b-_9'.repeat(5)

export const NOW = () => Math.floor(Date.now() / 1000)

const random = () => toBase64url(crypto.getRandomValues(new Uint8Array(32)))
const today = dayOf(NOW())
export const KEYS = JSON.stringify(Object.fromEntries([today - 1, today, today + 1].map((day) => [day, { id: random(), wrap: random() }])))

export const SETTINGS = { BOT_TOKEN: TOKEN, BOT_SECRET: SECRET, BOT_KEYS: KEYS, TG_API_ROOT: ROOT }

/** Of the test that runs: made anew before each by {@link openHouse}. */
export let telegram: Telegram
export let her: Her
/** Hers. As long as real ones are, so that it is not found by chance where it should not stand. */
export let chat = 612_340_000

/** For every test of a file. */
export function openHouse(): void {
  beforeEach(() => {
    Object.assign(env, SETTINGS)
    telegram = new Telegram().install()
    chat += 1
    her = new Her(telegram, chat)
  })
  afterEach(() => {
    for (const name of Object.keys(SETTINGS)) delete (env as unknown as Record<string, unknown>)[name]
    vi.unstubAllGlobals()
  })
}

/** What stands in the store. */
export const rows = async (table: 'chat' | 'seen_update') => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results

export const title = (step: string, language: Language = 'uk') => `<b>${bookOf('UA', language).words.steps[step]?.title}`

/** To the list of services that meet a need. */
export async function toHotlines(): Promise<void> {
  const { steps, choices } = bookOf('UA', 'uk').words
  await her.type('/start')
  await her.tap('Так. Це про мене')
  await her.tap(/Знайти, хто/)
  await her.tap(steps.services?.choices?.hotline ?? choices.hotline ?? '')
}

/** Far longer than anything takes. */
const HANGS_MS = 20_000

/** For what goes on after the answer. @throws when it never comes */
export async function until(isSo: () => unknown): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += 20) {
    if (waited > HANGS_MS) throw new Error(`never so: ${isSo}`)
    await scheduler.wait(20)
  }
}

/** Counts what is asked of the database, until the test ends. */
export function counted(): Counts {
  const real = env.DB
  const { db, counts } = faultyD1(real)
  Object.assign(env, { DB: db })
  onTestFinished(() => void Object.assign(env, { DB: real }))
  return counts
}

/** One request to the webhook; comes back when the work that goes on behind it is done too. */
export async function deliver(
  update: unknown,
  { secret = SECRET as string | null, settle = true, settings = {} as Record<string, unknown>, raw = null as string | null } = {},
): Promise<{ status: number }> {
  const context = createExecutionContext()
  const request = new Request('https://stezhka.example/u', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(secret !== null && { 'X-Telegram-Bot-Api-Secret-Token': secret }) },
    body: raw ?? JSON.stringify(update),
  }) as Request<unknown, IncomingRequestCfProperties>
  const answer = await worker.fetch(request, { ...env, ...SETTINGS, ...settings } as never, context)
  await answer.arrayBuffer()
  if (settle) await waitOnExecutionContext(context)
  return { status: answer.status }
}

let update = 1
export const nextUpdate = () => (update += 1)

export const from = (tongue = 'uk') => ({
  id: 777000111,
  is_bot: false,
  first_name: 'Planted-First-7431',
  last_name: 'Planted-Last-7431',
  username: 'planted7431',
  language_code: tongue,
})

export const chatOf = (id: number) => ({ id, type: 'private', first_name: 'Planted-First-7431', username: 'planted7431' })

/** Somebody in a chat with the bot. */
export class Her {
  readonly chat: number
  readonly telegram: Telegram
  readonly tongue: string

  constructor(telegram: Telegram, chat: number, tongue = 'uk') {
    this.telegram = telegram
    this.chat = chat
    this.tongue = tongue
  }

  get live() {
    const mine = this.telegram.of(this.chat).filter(({ text }) => text !== 'hers')
    return mine.at(-1)
  }

  message(more: object) {
    return {
      update_id: nextUpdate(),
      message: { message_id: this.telegram.hers(this.chat), date: NOW(), from: from(this.tongue), chat: chatOf(this.chat), ...more },
    }
  }

  type(text: string) {
    return deliver(this.message({ text }))
  }

  tapUpdate(data: string, message = this.live?.id ?? 1) {
    return {
      update_id: nextUpdate(),
      callback_query: {
        id: `q${update}`,
        from: from(this.tongue),
        chat_instance: '1',
        data,
        message: { message_id: message, date: NOW(), chat: chatOf(this.chat), text: 'x' },
      },
    }
  }

  dataOf(label: string | RegExp): string {
    const found = this.live?.buttons.find(({ text }) => (typeof label === 'string' ? text === label : label.test(text)))
    if (!found) throw new Error(`no button ${label}: ${this.live?.buttons.map(({ text }) => text).join(' | ')}`)
    return found.data
  }

  tap(label: string | RegExp) {
    return deliver(this.tapUpdate(this.dataOf(label)))
  }
}
