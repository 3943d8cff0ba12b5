/** Long polling: what Telegram has for the bot reaches the local webhook, in order, once; and what is wrong is said in a sentence. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { poll } from '../../scripts/bot/poll.ts'
import { StandIn } from '../telegram/stand-in.ts'

const SECRET = 'a-secret-of-this-test-that-nobody-guesses'

type Got = { secret: string | undefined; text: string }

let telegram: StandIn
let webhook: Server
let got: Got[]
/** What the webhook answers, 200 when there is nothing left. */
let answers: number[]
let said: string[]
let stopping: AbortController

beforeEach(async () => {
  telegram = await StandIn.start()
  got = []
  answers = []
  said = []
  stopping = new AbortController()
  webhook = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { message } = JSON.parse(body) as { message?: { text?: string } }
    got.push({ secret: request.headers['x-telegram-bot-api-secret-token']?.toString(), text: message?.text ?? '' })
    response.writeHead(answers.shift() ?? 200).end()
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
})

afterEach(async () => {
  stopping.abort()
  webhook.close()
  await telegram.close()
})

const start = (token = telegram.token): Promise<void> =>
  poll({
    api: { token, root: telegram.root },
    webhook: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/u`,
    secret: SECRET,
    say: (line) => said.push(line),
    signal: stopping.signal,
    timeout: 1,
    waitMs: () => 5,
  })

const olena = () => telegram.person({ id: 5, language_code: 'uk' })
const texts = () => got.map(({ text }) => text)

describe('long polling', () => {
  test('hands on what waited and what comes, in order, with the secret', async () => {
    await olena().sends('one')
    const done = start()
    await vi.waitFor(() => expect(texts()).toEqual(['one']))
    await olena().sends('two')
    await olena().sends('three')
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'two', 'three']))
    expect(got.every(({ secret }) => secret === SECRET)).toBe(true)
    stopping.abort()
    await done
    telegram.assertClean()
    expect(said).toEqual([])
  })

  test('asks only for what the bot reads', async () => {
    const done = start()
    await vi.waitFor(() => expect(telegram.calls('getUpdates').length).toBeGreaterThan(0))
    stopping.abort()
    await done
    expect(telegram.calls('getUpdates')[0]?.params.allowed_updates).toEqual([
      'message',
      'edited_message',
      'callback_query',
      'my_chat_member',
    ])
  })

  test('what was handled does not come again at the next start', async () => {
    await olena().sends('one')
    const done = start()
    await vi.waitFor(() => expect(texts()).toEqual(['one']))
    stopping.abort()
    await done
    stopping = new AbortController()
    const again = start()
    await olena().sends('two')
    await vi.waitFor(() => expect(texts()).toContain('two'))
    stopping.abort()
    await again
    expect(texts()).toEqual(['one', 'two'])
  })

  test('tries again when the bot stumbles, before the next update', async () => {
    answers = [500, 503]
    await olena().sends('one')
    await olena().sends('two')
    void start()
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'one', 'one', 'two']))
  })

  test('leaves one behind that fails for good, says so without a word of it, and goes on', async () => {
    answers = [500, 500, 500, 500, 500]
    await olena().sends('private words')
    await olena().sends('two')
    void start()
    await vi.waitFor(() => expect(texts().at(-1)).toBe('two'))
    expect(said.join()).toContain('left behind')
    expect(said.join()).not.toContain('private')
  })

  test.each([
    ['a cut line', { how: 'cut' as const, times: 3 }, 'cannot be reached'],
    ['an outage', { how: { status: 502 }, times: 3 }, 'cannot be reached'],
    ['an inner error', { how: { status: 500 }, times: 3 }, 'answers 500'],
    ['a request to go slower', { how: { status: 429, retryAfter: 1 }, times: 1 }, 'go slower'],
  ])('%s is waited out and said once', async (_what, outage, sentence) => {
    telegram.fail('getUpdates', outage)
    await olena().sends('one')
    void start()
    await vi.waitFor(() => expect(texts()).toEqual(['one']), { timeout: 5000 })
    expect(said).toEqual([expect.stringContaining(sentence), 'Telegram answers again.'])
  })

  test('a wrong token ends it with a sentence that does not repeat the token', async () => {
    const token = '110201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
    await start(token)
    expect(said).toEqual([expect.stringContaining('does not know this BOT_TOKEN')])
    expect(said.join()).not.toContain(token)
  })

  test('a bot that is served elsewhere is left alone there', async () => {
    telegram.world.webhook = { url: 'https://stezhka.example/u', most: 20 }
    await start()
    expect(said).toEqual([expect.stringMatching(/already served.*second bot/)])
    expect(telegram.calls('deleteWebhook')).toEqual([])
  })

  test('another program that asks for the same updates is named, and gets in nobody’s way for ever', async () => {
    telegram.fail('getUpdates', { how: { status: 409, description: 'Conflict: terminated by other getUpdates request' } })
    await olena().sends('one')
    void start()
    await vi.waitFor(() => expect(texts()).toEqual(['one']))
    expect(said[0]).toContain('Another program')
  })
})
