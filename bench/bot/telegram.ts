/** The cheapest Bot API: says yes to everything, and keeps each chat's buttons, so that real ones can be pressed. For timing, never for behaviour. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'

type Button = { callback_data: string }

export type Live = { message: number; rows: Button[][] }

export type Telegram = {
  root: string
  /** What each chat shows now. */
  live: Map<number, Live>
  /** Calls by method since the beginning. */
  calls: Map<string, number>
  /** Milliseconds that each call takes from now on. */
  delayMs: number
  close(): Promise<void>
}

type Body = { chat_id?: number; message_id?: number; reply_markup?: { inline_keyboard?: Button[][] } }

export async function openTelegram(): Promise<Telegram> {
  const live: Telegram['live'] = new Map()
  const calls: Telegram['calls'] = new Map()
  let last = 1000
  const answer = (method: string, body: Body): unknown => {
    calls.set(method, (calls.get(method) ?? 0) + 1)
    if (method !== 'sendMessage' && method !== 'editMessageText') return true
    const [chat, message] = [Number(body.chat_id), body.message_id ?? ++last]
    live.set(chat, { message, rows: body.reply_markup?.inline_keyboard ?? [] })
    return { message_id: message, date: 1, chat: { id: chat, type: 'private', first_name: 'a' }, text: 'x' }
  }
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString() || '{}'
      const result = answer(request.url?.split('/').pop() ?? '', JSON.parse(text))
      const body = Buffer.from(JSON.stringify({ ok: true, result }))
      const end = () => response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body)
      if (telegram.delayMs > 0) setTimeout(end, telegram.delayMs)
      else end()
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const telegram: Telegram = {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live,
    calls,
    delayMs: 0,
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
  return telegram
}
