/**
 * The local page on which one talks to the bot without a token: a phone, and beside it every update and call.
 * Loopback only; it asks whether the page itself is asking, so that no other site can write in it.
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Person, Telegram } from './telegram.ts'

export type Page = { url: string; port: number; close(): Promise<void> }

/** What the chat shows before and around the messages. */
export type About = { name: string; description: Record<string, string> }

const FILES: Record<string, [file: string, type: string]> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/text.css': ['text.css', 'text/css; charset=utf-8'],
  '/side.css': ['side.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/text.js': ['text.js', 'text/javascript; charset=utf-8'],
}
const CSP =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
const BODY_CHARACTERS = 64_000
const TRIES = 20

/** Listens on `port` or the next free one after it. */
export async function servePage(telegram: Telegram, about: About, port: number): Promise<Page> {
  const server = createServer((request, response) => void answer(telegram, about, request, response))
  for (let n = 0; ; n++) {
    try {
      await listen(server, port === 0 ? 0 : port + n)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || n === TRIES) throw error
    }
  }
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://localhost:${bound}/`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

async function answer(telegram: Telegram, about: About, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const [file, type] = FILES[pathname] ?? []
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  if (!isOurs(request)) return end(response, 403, { error: 'only this machine, only this page' })
  if (request.method === 'GET' && file !== undefined) {
    response.setHeader('content-security-policy', CSP)
    response.writeHead(200, { 'content-type': type })
    response.end(readFileSync(join(import.meta.dirname, file)))
  } else if (request.method === 'GET' && pathname === '/events') events(telegram, about, response)
  else if (request.method === 'POST' && pathname === '/do') {
    try {
      end(response, 200, await act(telegram, JSON.parse(await read(request)) as Act))
    } catch (error) {
      end(response, 400, { error: (error as Error).message })
    }
  } else end(response, 404, { error: 'not here' })
}

/** A foreign site may resolve its own name to this machine, or send a form here: neither carries these. */
function isOurs({ headers, method }: IncomingMessage): boolean {
  const host = headers.host ?? ''
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)) return false
  return method === 'GET' || (headers.origin === `http://${host}` && headers['content-type'] === 'application/json')
}

function end(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > BODY_CHARACTERS) throw new Error('too long')
  }
  return text
}

/** Server-Sent Events: the screens whenever they change, and each line of the log once. */
function events(telegram: Telegram, about: About, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  let sent = 0
  let shown = ''
  let waiting = false
  const send = () => {
    waiting = false
    const state = JSON.stringify({ about, people: telegram.people.map((person) => seen(telegram, person)) })
    if (state !== shown) response.write(`event: state\ndata: ${state}\n\n`)
    shown = state
    for (const entry of telegram.log) if (entry.n > sent) response.write(`event: log\ndata: ${JSON.stringify(entry)}\n\n`)
    sent = telegram.log.at(-1)?.n ?? sent
  }
  const look = () => {
    if (!waiting) setTimeout(send, 15)
    waiting = true
  }
  const stop = telegram.watch(look)
  response.on('close', stop)
  send()
}

const seen = (telegram: Telegram, person: Person) => ({
  id: person.user.id,
  name: person.user.first_name,
  language: person.user.language_code,
  started: telegram.bond(person) !== 'new',
  blocked: telegram.bond(person) === 'blocked',
  menu: person.menu(),
  screen: person.screen(),
})

type Act = { person: number; do: string; text?: string; on?: number; stale?: boolean }

/** One thing a person does. @throws with a sentence for what cannot be done */
async function act(telegram: Telegram, { person: id, do: what, text = '', on, stale = false }: Act): Promise<unknown> {
  const person = telegram.people.find(({ user }) => user.id === id)
  if (person === undefined) throw new Error('There is nobody with this id.')
  const acts: Record<string, () => Promise<unknown> | undefined> = {
    send: () => person.sends(text),
    start: () => person.starts(text),
    tap: () => person.taps(text, { stale, ...(on === undefined ? {} : { on }) }),
    edit: () => (on === undefined ? undefined : person.edits(on, text)),
    photo: () => person.sendsPhoto(),
    voice: () => person.sendsVoice(),
    sticker: () => person.sendsSticker(),
    // The middle of a square in Kyiv; a number of the kind kept free for films.
    location: () => person.sendsLocation(50.4501, 30.5234),
    contact: () => person.sendsContact('+380000000000'),
    block: () => person.blocks(),
    unblock: () => person.unblocks(),
    language: async () => {
      person.user.language_code = text
    },
    clear: async () => telegram.clear(),
  }
  const doing = acts[what]
  if (doing === undefined) throw new Error(`"${what}" is nothing a person does here.`)
  const done = await doing()
  telegram.changed()
  return done ?? {}
}
