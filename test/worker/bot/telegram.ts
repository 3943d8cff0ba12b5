/**
 * A small Bot API inside workerd: keeps what Telegram would show, and what it was asked.
 *
 * What stands in the chats is judged here; whether a call is well-formed is judged after each test by the rules of the strict
 * stand-in, `test/telegram/judge.ts`, which runs in Node.
 */
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'

export const TOKEN = '123456:TEST-token'
export const ROOT = 'https://bot-api.example'

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

/** Calls of every Telegram, until they are judged. */
let unjudged: Call[] = []

/** Throws when a call since the last time was none that Telegram documents, with method, field and remedy. */
export async function assertGoodCalls(): Promise<void> {
  const calls = unjudged.map(({ method, body }) => ({ method, params: body }))
  unjudged = []
  if (calls.length === 0) return
  const answer = await env.BOT_API_RULES.fetch('http://rules/', { method: 'POST', body: JSON.stringify(calls) })
  const faults = (await answer.json()) as string[]
  if (faults.length > 0) throw new Error(`${faults.length} bad call${faults.length > 1 ? 's' : ''}:\n${faults.join('\n')}`)
}

/** How often a held call looks whether it may go on. */
const LOOK_MS = 5

export class Telegram {
  readonly calls: Call[] = []
  readonly messages = new Map<string, Message>()
  /** Answers in place of the real one, in turn: `null` cuts the connection. */
  readonly faults: { method: string; answer: Answer | null; done?: true }[] = []
  /** `chat/id` of messages older than 48 hours. */
  readonly old = new Set<string>()
  /** While this is set no call is answered. */
  held = false
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

  /** Done, but the connection is cut before Telegram can say so. */
  lose(method: string): void {
    this.faults.push({ method, answer: null, done: true })
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
    unjudged.push({ method, body })
    if (this.slow > 0) await scheduler.wait(this.slow)
    while (this.held) await scheduler.wait(LOOK_MS)
    const fault = this.faults.findIndex((one) => one.method === method)
    if (this.faults[fault]?.done) this.#answer(method, body)
    const answer = fault < 0 ? this.#answer(method, body) : this.faults.splice(fault, 1)[0]?.answer
    if (!answer) throw new TypeError('connection lost')
    return Response.json(answer.body, { status: answer.status })
  }

  #answer(method: string, body: Record<string, unknown>): Answer {
    const chat = Number(body.chat_id)
    const buttons = ((body.reply_markup as { inline_keyboard?: { text: string; callback_data: string }[][] })?.inline_keyboard ?? [])
      .flat()
      .map(({ text, callback_data }) => ({ text, data: callback_data }))
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
