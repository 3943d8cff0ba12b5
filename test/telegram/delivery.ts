/** Brings updates to the bot: by webhook as Telegram does, in order per chat, repeated until taken; or into the line for `getUpdates`. */
import type { Update } from 'grammy/types'
import type { Api } from './api.ts'
import type { Params } from './schema.ts'
import type { World } from './world.ts'

/** What became of one update; a status 0 is a connection that broke or a bot that did not answer in time. */
export type Delivered = { statuses: number[]; taken: boolean; by: 'webhook' | 'line' | 'nobody' }
/** Telegram repeats at longer and longer intervals; this many tries, and it goes back into the line. */
export type DeliveryOptions = { post: (request: Request) => Promise<Response>; tries: number; answerMs: number; random: () => number }
/** `copies` of each; `shuffle` drops the order per chat; `parallel` more at once than the webhook asked for. */
export type Crowd = { copies?: number | ((update: Update) => number); shuffle?: boolean; parallel?: number }

export class Delivery {
  #world: World
  #api: Api
  #options: DeliveryOptions
  #chains = new Map<number, Promise<unknown>>()
  #running = 0
  #line: (() => void)[] = []
  /** Everything on its way, so that a test can wait for it. */
  #onTheWay = new Set<Promise<unknown>>()

  constructor(world: World, api: Api, options: DeliveryOptions) {
    this.#world = world
    this.#api = api
    this.#options = options
  }

  deliver(update: Update): Promise<Delivered> {
    if (!this.#world.wants(update)) return Promise.resolve({ statuses: [], taken: false, by: 'nobody' })
    if (!this.#world.webhook) {
      this.#world.keep(update)
      return Promise.resolve({ statuses: [], taken: false, by: 'line' })
    }
    const chat = chatOf(update)
    const before = this.#chains.get(chat) ?? Promise.resolve()
    const mine = this.#track(before.then(() => this.#inTurn(update, this.#world.webhook?.most ?? 1)))
    this.#chains.set(chat, mine)
    return mine
  }

  /** Many at once, as a network would have it on a bad day. */
  async deliverAll(updates: Update[], { copies = 1, shuffle = false, parallel }: Crowd = {}): Promise<Delivered[]> {
    const all = updates.flatMap((update) => Array<Update>(typeof copies === 'function' ? copies(update) : copies).fill(update))
    if (!shuffle && parallel === undefined) return Promise.all(all.map((update) => this.deliver(update)))
    if (shuffle)
      for (let n = all.length - 1; n > 0; n--) {
        const other = Math.floor(this.#options.random() * (n + 1))
        ;[all[n], all[other]] = [all[other]!, all[n]!]
      }
    return Promise.all(all.map((update) => this.#track(this.#inTurn(update, parallel ?? this.#world.webhook?.most ?? 1))))
  }

  /** Once more with what was given up, and with what waited while there was no webhook. */
  redeliver(): Promise<Delivered[]> {
    const waiting = this.#world.pending
    this.#world.pending = []
    return Promise.all(waiting.map((update) => this.deliver(update)))
  }

  async settled(): Promise<void> {
    while (this.#onTheWay.size) await Promise.allSettled(this.#onTheWay)
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#onTheWay.add(work)
    const done = () => this.#onTheWay.delete(work)
    work.then(done, done)
    return work
  }

  async #inTurn(update: Update, most: number): Promise<Delivered> {
    while (this.#running >= most) await new Promise<void>((resolve) => this.#line.push(resolve))
    this.#running++
    try {
      return await this.#until(update)
    } finally {
      this.#running--
      this.#line.shift()?.()
    }
  }

  async #until(update: Update): Promise<Delivered> {
    const statuses: number[] = []
    for (let wait = 1000; statuses.length < this.#options.tries; wait *= 2) {
      const status = await this.#post(update)
      statuses.push(status)
      if (status >= 200 && status < 300) return { statuses, taken: true, by: 'webhook' }
      this.#world.clock.advance(wait)
    }
    this.#world.keep(update)
    return { statuses, taken: false, by: 'webhook' }
  }

  async #post(update: Update): Promise<number> {
    const { webhook } = this.#world
    if (!webhook) return 0
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (webhook.secret) headers['x-telegram-bot-api-secret-token'] = webhook.secret
    const request = new Request(webhook.url, { method: 'POST', headers, body: JSON.stringify(update) })
    const failed = (message: string) => (webhook.lastError = { date: this.#world.clock.seconds(), message })
    try {
      const response = await inTime(this.#options.post(request), this.#options.answerMs)
      const text = await response.text()
      if (response.ok) await this.#reply(text, response.headers.get('content-type') ?? '')
      else failed(`Wrong response from the webhook: ${response.status} ${response.statusText}`.trim())
      return response.status
    } catch (error) {
      failed(error instanceof Late ? 'Read timeout expired' : 'Connection refused')
      return 0
    }
  }

  /** Bot API, "Making requests when getting updates": the reply may be a call; Telegram never says whether it worked. */
  async #reply(text: string, type: string): Promise<void> {
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch {
      return
    }
    if (typeof body === 'string' && body.includes('"method"'))
      return this.#api.fault('webhook', '', '', 'the reply is JSON inside a JSON string: Telegram drops it')
    if (typeof body !== 'object' || body === null || !('method' in body)) return
    const { method, ...params } = body as Params
    if (!/^application\/json\b/i.test(type))
      return this.#api.fault('webhook', String(method), '', `the reply has the type "${type}": Telegram drops it`)
    await this.#api.call(String(method), params, 'webhook')
  }
}

class Late extends Error {}

function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Late()), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function chatOf(update: Update): number {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message
  return message?.chat.id ?? update.my_chat_member?.chat.id ?? update.callback_query?.from.id ?? 0
}
