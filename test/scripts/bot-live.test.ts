/**
 * The built bot in the real runtime, as `npm start` serves it: talked to on the local page, and by long polling from a second, independent
 * stand-in for Telegram that nobody here wrote.
 */
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type PageBot, pageBot, realBot, varsOf } from '../../scripts/bot/local.ts'
import type { Page } from '../../scripts/bot/page.ts'
import { poll } from '../../scripts/bot/poll.ts'
import type { Entry, Seen, StandIn as Taken } from '../../scripts/bot/telegram.ts'
import { type Local, serveLocal } from '../../scripts/serve/local.ts'
import { StandIn } from '../telegram/stand-in.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const OLENA = 700_000_001

let data: string

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'live-'))
}, 120_000)

afterAll(() => rmSync(data, { recursive: true, force: true }))

describe('the page to talk to the bot on', () => {
  let bot: PageBot
  let server: Local
  let page: Page
  let taken: Server

  beforeAll(async () => {
    taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    bot = await pageBot(ROOT, join(data, 'page'))
    server = await serveLocal({ root: ROOT, port: 0, data: join(data, 'page'), vars: bot.vars() })
    page = await bot.connect(server, (taken.address() as AddressInfo).port)
  }, 60_000)

  afterAll(async () => {
    await bot.stop()
    await server.stop()
    taken.close()
  })

  const origin = () => new URL(page.url).origin
  const act = async (what: string, more: object = {}, headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ person: OLENA, do: what, ...more })
    const response = await fetch(`${page.url}do`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: origin(), ...headers },
      body,
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  type State = { people: { id: number; screen: Seen[]; menu: { command: string }[]; blocked: boolean }[] }
  /** What a page that is opened now shows. */
  async function look(): Promise<{ screen: Seen[]; person: State['people'][number]; log: Entry[] }> {
    const closing = new AbortController()
    const response = await fetch(`${page.url}events`, { signal: closing.signal })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!/^event: state\ndata: .*\n\n/m.test(text)) text += (await reader.read()).value ?? ''
    await new Promise((done) => setTimeout(done, 30))
    const more = await Promise.race([reader.read(), new Promise<{ value?: string }>((done) => setTimeout(() => done({}), 50))])
    text += more.value ?? ''
    closing.abort()
    const events = (kind: string) =>
      [...text.matchAll(new RegExp(`^event: ${kind}\\ndata: (.*)$`, 'gm'))].map(([, json = '']) => JSON.parse(json))
    const person = (events('state').at(-1) as State).people.find(({ id }) => id === OLENA)!
    return { screen: person.screen, person, log: events('log') as Entry[] }
  }

  test('takes the next free port when its own is taken', () => {
    expect(page.port).toBeGreaterThan((taken.address() as AddressInfo).port)
  })

  test('keeps the keys where only their owner reads them', () => {
    expect(statSync(join(data, 'page', 'keys.json')).mode & 0o777).toBe(0o600)
  })

  test('Start brings one silent, protected screen with a number and buttons; the commands are in the menu', async () => {
    expect((await act('start')).status).toBe(200)
    await vi.waitFor(async () => expect((await look()).screen).toHaveLength(1), { timeout: 5000 })
    const { screen, person } = await look()
    expect(screen[0]).toMatchObject({ mine: false, silent: true, protected: true, preview: false })
    expect(screen[0]!.text).toContain('15-47')
    expect(person.menu.map(({ command }) => command)).toEqual(['start', 'menu', 'language', 'stop'])
  })

  test('a tap edits that message in place, and the log holds update and calls, all found good', async () => {
    const before = (await look()).screen[0]!
    const tapped = await act('tap', { text: before.buttons[0]![0]!.data, on: before.id })
    expect(tapped.body).toMatchObject({ answered: true })
    await vi.waitFor(async () => expect((await look()).screen[0]!.edited).toBe(true), { timeout: 5000 })
    const { screen, log } = await look()
    expect(screen).toHaveLength(1)
    expect(screen[0]!.id).toBe(before.id)
    expect(log.map(({ title }) => title)).toEqual(expect.arrayContaining(['callback_query', 'editMessageText', 'answerCallbackQuery']))
    expect(log.filter(({ ok }) => !ok)).toEqual([])
  })

  test.each(['photo', 'voice', 'sticker', 'contact', 'location'])('a %s is removed from the chat', async (what) => {
    await act(what)
    await vi.waitFor(async () => expect((await look()).screen.filter(({ mine }) => mine)).toEqual([]), { timeout: 5000 })
  })

  test('blocked, the bot cannot be written to; unblocked, it can', async () => {
    await act('block')
    expect((await look()).person.blocked).toBe(true)
    expect((await act('send', { text: 'x' })).status).toBe(400)
    await act('unblock')
    expect((await act('send', { text: '/menu' })).status).toBe(200)
  })

  test('another site cannot write here, nor read under a name of its own', async () => {
    expect((await act('start', {}, { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await act('start', {}, { 'content-type': 'text/plain' })).status).toBe(403)
    const status = await new Promise((done) => {
      request({ port: page.port, host: '127.0.0.1', path: '/events', headers: { host: 'elsewhere.example' } }, (response) => {
        response.resume()
        done(response.statusCode)
      }).end()
    })
    expect(status).toBe(403)
  })

  test('the webhook is closed to whoever does not know the secret', async () => {
    const response = await fetch(new URL('/u', server.url), { method: 'POST', body: '{}' })
    expect(response.status).toBe(401)
  })
})

describe('the bot of a token', () => {
  let telegram: StandIn
  let said: string[]

  beforeEach(async () => {
    telegram = await StandIn.start({ real: true, start: Date.now() })
    vi.stubEnv('TG_API_ROOT', telegram.root)
    vi.stubEnv('BOT_SECRET', '')
    said = []
  })

  afterEach(async () => {
    vi.unstubAllEnvs()
    await telegram.close()
  })

  const open = (token: string) => {
    vi.stubEnv('BOT_TOKEN', token)
    return realBot(ROOT, join(data, 'real'), (line) => said.push(line))
  }

  test('answers by long polling, with calls that Telegram takes', async () => {
    const olena = telegram.person({ id: 5, language_code: 'uk' })
    await olena.starts()
    const bot = await open(telegram.token)
    try {
      expect(bot?.name).toBe('@stand_in_bot')
      await vi.waitFor(() => expect(olena.last().text).toContain('15-47'), { timeout: 10_000 })
      await vi.waitFor(() => expect(olena.screen().filter(({ mine }) => mine)).toEqual([]), { timeout: 5000 })
    } finally {
      await bot?.stop()
    }
    expect(said).toEqual([])
    telegram.assertClean()
  })

  test('says that the token is wrong, and the rest starts without it', async () => {
    expect(await open('110201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw')).toBeNull()
    expect(said).toEqual([expect.stringContaining('does not know this BOT_TOKEN')])
  })

  test('without a token there is none', async () => {
    expect(await open('')).toBeNull()
    expect(said).toEqual([])
  })

  test('the stand-in is what the page takes it for', () => {
    const taken = (real: StandIn): Taken => real
    expect(taken(telegram).root).toBe(telegram.root)
  })
})

describe('long polling against telegram-test-api', () => {
  test('/start gets an answer', async () => {
    const { default: library } = await import('telegram-test-api')
    // A CommonJS module: what it exports as default is one step further in.
    const TelegramServer = 'default' in library ? (library as unknown as { default: typeof library }).default : library
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    await new Promise((done) => probe.close(done))
    const other = new TelegramServer({ port, host: '127.0.0.1' })
    await other.start()
    const api = { token: '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', root: other.config.apiURL }
    const secret = 'a-secret-of-this-test-that-nobody-guesses'
    const folder = join(data, 'polled')
    const server = await serveLocal({ root: ROOT, port: 0, data: folder, vars: varsOf(api, secret, join(folder, 'keys.json'))() })
    const stopping = new AbortController()
    const said: string[] = []
    const say = (line: string) => said.push(line)
    const done = poll({ api, secret, webhook: new URL('/u', server.url).href, say, signal: stopping.signal, timeout: 1, waitMs: () => 100 })
    try {
      const client = other.getClient(api.token, { timeout: 10_000 })
      await client.sendCommand(client.makeCommand('/start'))
      const { result } = await client.getUpdates()
      expect(result[0]?.message.text).toContain('15-47')
    } finally {
      stopping.abort()
      await done
      await server.stop()
      await other.stop()
    }
    expect(said).toEqual([])
    expect(existsSync(join(folder, 'keys.json'))).toBe(true)
  })
})
