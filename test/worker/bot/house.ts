/** A house for the bot's tests: a small Bot API that keeps what Telegram would show, and the Worker with its secrets set. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { toBase64url } from '../../../crypto/bytes.ts'
import { dayOf } from '../../../crypto/keyring.ts'
import worker from '../../../worker/index.ts'

export const TOKEN = '123456:TEST-token'
export const SECRET = 'A'.repeat(20) + 'b-_9'.repeat(5)
export const ROOT = 'https://bot-api.example'

export const NOW = () => Math.floor(Date.now() / 1000)

const random = () => toBase64url(crypto.getRandomValues(new Uint8Array(32)))
const today = dayOf(NOW())
export const KEYS = JSON.stringify(Object.fromEntries([today - 1, today, today + 1].map((day) => [day, { id: random(), wrap: random() }])))

export const SETTINGS = { BOT_TOKEN: TOKEN, BOT_SECRET: SECRET, BOT_KEYS: KEYS, TG_API_ROOT: ROOT }

export type Call = { method: string; body: Record<string, unknown> }
export type Message = {
  id: number
  chat: number
  text: string
  buttons: { text: string; data: string }[]
  protect: unknown
  silent: unknown
}

type Answer = { status: number; body: unknown }
const ok = (result: unknown): Answer => ({ status: 200, body: { ok: true, result } })
const refuse = (status: number, description: string, parameters?: object): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
})

/** The Worker's secrets, for as long as a test of the bot runs. */
export const settle = (): void => void Object.assign(env, SETTINGS)
export function unsettle(): void {
  for (const name of Object.keys(SETTINGS)) delete (env as unknown as Record<string, unknown>)[name]
  vi.unstubAllGlobals()
}

/** Counts what is asked of the database, until it is put back. */
export function counted(): { trips: number; back: () => void } {
  const real = env.DB
  const count = {
    trips: 0,
    back: () => void Object.assign(env, { DB: real }),
  }
  const one = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        if (name === 'bind') return (...values: unknown[]) => one(target.bind(...values))
        if (['run', 'all', 'first', 'raw'].includes(String(name))) count.trips += 1
        return value.bind(target)
      },
    })
  Object.assign(env, {
    DB: new Proxy(real, {
      get(target, name) {
        if (name === 'prepare') return (sql: string) => one(target.prepare(sql))
        if (name === 'batch') count.trips += 1
        const value = Reflect.get(target, name) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
  })
  return count
}

/** What Telegram shows, and what it was asked. */
export class Telegram {
  readonly calls: Call[] = []
  readonly messages = new Map<string, Message>()
  /** Answers in place of the real one, in turn: `null` cuts the connection. */
  readonly faults: { method: string; answer: Answer | null }[] = []
  /** `chat/id` of messages older than 48 hours. */
  readonly old = new Set<string>()
  slow = 0
  #last = 1000

  install(): this {
    vi.stubGlobal('fetch', (address: string | URL | Request, init?: RequestInit) => this.#fetch(String(address), init))
    return this
  }

  fail(method: string, status: number, description: string, parameters?: object): void {
    this.faults.push({ method, answer: refuse(status, description, parameters) })
  }

  cut(method: string): void {
    this.faults.push({ method, answer: null })
  }

  /** A message of hers arrives in the chat. */
  next(): number {
    this.#last += 1
    return this.#last
  }

  hers(chat: number): number {
    const id = this.next()
    this.messages.set(`${chat}/${id}`, { id, chat, text: 'hers', buttons: [], protect: null, silent: null })
    return id
  }

  of(chat: number): Message[] {
    return [...this.messages.values()].filter((message) => message.chat === chat).sort((a, b) => a.id - b.id)
  }

  made(method: string): Call[] {
    return this.calls.filter((call) => call.method === method)
  }

  async #fetch(address: string, init?: RequestInit): Promise<Response> {
    const [root, method = ''] = address.split(`/bot${TOKEN}/`)
    if (root !== ROOT) throw new Error('asked of somebody else')
    const body = JSON.parse(typeof init?.body === 'string' ? init.body : await new Response(init?.body).text()) as Record<string, unknown>
    this.calls.push({ method, body })
    if (this.slow > 0) await scheduler.wait(this.slow)
    const fault = this.faults.findIndex((one) => one.method === method)
    const answer = fault < 0 ? this.#answer(method, body) : this.faults.splice(fault, 1)[0]?.answer
    if (!answer) throw new TypeError('connection lost')
    return Response.json(answer.body, { status: answer.status })
  }

  #answer(method: string, body: Record<string, unknown>): Answer {
    const chat = Number(body.chat_id)
    const buttons = ((body.reply_markup as { inline_keyboard?: { text: string; callback_data: string }[][] })?.inline_keyboard ?? [])
      .flat()
      .map(({ text, callback_data }) => ({ text, data: callback_data }))
    for (const { data } of buttons) if (new TextEncoder().encode(data).length > 64 || data === '') return refuse(400, 'BUTTON_DATA_INVALID')
    if (typeof body.text === 'string' && body.text.length > 4096) return refuse(400, 'message is too long')
    const text = String(body.text ?? '')
    if (method === 'sendMessage') {
      const id = this.next()
      const message = { id, chat, text, buttons, protect: body.protect_content, silent: body.disable_notification }
      this.messages.set(`${chat}/${id}`, message)
      return ok({ message_id: id, chat: { id: chat, type: 'private' }, date: 1 })
    }
    if (method === 'editMessageText') {
      const message = this.messages.get(`${chat}/${body.message_id}`)
      if (!message) return refuse(400, 'Bad Request: message to edit not found')
      if (message.text === text && JSON.stringify(message.buttons) === JSON.stringify(buttons))
        return refuse(400, 'Bad Request: message is not modified: specified new message content is exactly the same')
      Object.assign(message, { text, buttons })
      return ok({ message_id: message.id, chat: { id: chat, type: 'private' }, date: 1 })
    }
    const old = (id: number) => this.old.has(`${chat}/${id}`)
    if (method === 'deleteMessage') {
      if (old(Number(body.message_id))) return refuse(400, "Bad Request: message can't be deleted for everyone")
      this.messages.delete(`${chat}/${body.message_id}`)
      return ok(true)
    }
    if (method === 'deleteMessages') {
      if ((body.message_ids as number[]).some(old)) return refuse(400, "Bad Request: message can't be deleted for everyone")
      for (const id of body.message_ids as number[]) this.messages.delete(`${chat}/${id}`)
      return ok(true)
    }
    if (method === 'answerCallbackQuery' || method === 'leaveChat') return ok(true)
    return refuse(404, 'Not Found')
  }
}

/** One request to the webhook; comes back when the work that goes on behind it is done too. */
export async function deliver(
  update: unknown,
  { secret = SECRET as string | null, settle = true, settings = {} as Record<string, unknown>, raw = null as string | null } = {},
): Promise<{ status: number; ms: number }> {
  const context = createExecutionContext()
  const request = new Request('https://stezhka.example/u', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(secret !== null && { 'X-Telegram-Bot-Api-Secret-Token': secret }) },
    body: raw ?? JSON.stringify(update),
  }) as Request<unknown, IncomingRequestCfProperties>
  const before = Date.now()
  const answer = await worker.fetch(request, { ...env, ...SETTINGS, ...settings } as never, context)
  const ms = Date.now() - before
  await answer.arrayBuffer()
  if (settle) await waitOnExecutionContext(context)
  return { status: answer.status, ms }
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
