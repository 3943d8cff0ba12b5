import fc from 'fast-check'
import type { Update } from 'grammy/types'
import { afterEach, describe, expect, it } from 'vitest'
import { call, hooked } from './bot.ts'
import { type Options, StandIn } from './stand-in.ts'

let telegram: StandIn
afterEach(() => telegram.close())

type Post = Options['post']
/** A stand-in whose webhook is this function. */
const behind = async (post: NonNullable<Post>, options: Options = {}) => {
  telegram = await StandIn.start({ post, ...options })
  telegram.hook({ url: 'https://bot.example/hook', secret: 'a-secret', most: 4 })
}
const json = (body: unknown, status = 200) => Response.json(body, { status })
const numberOf = async (request: Request) => ((await request.json()) as Update).message?.text ?? ''
const message = (id: number, text: string): Partial<Update> =>
  ({ update_id: Number(text), message: { message_id: 1, date: 0, chat: { id, type: 'private', first_name: 'O' }, text } }) as never

describe('a bot behind a webhook', () => {
  it('is walked like on a phone', async () => {
    telegram = await hooked()
    const olena = telegram.person({ id: 7, language_code: 'uk' })
    await olena.starts('a1')
    expect(olena.screen()).toMatchObject([
      { mine: true, text: '/start a1' },
      { text: 'Screen 1', silent: true, preview: false },
    ])
    expect(await olena.taps('Next')).toMatchObject({ answered: true, popup: 'ok' })
    expect(olena.last()).toMatchObject({ text: 'Screen 2', edited: true })
    await olena.taps('Exit')
    expect(olena.screen().filter(({ mine }) => !mine)).toEqual([])
    await olena.sends('hello')
    await olena.sendsPhoto()
    await olena.sendsLocation(50.4, 30.5)
    expect(olena.last().text).toBe('heard hello')
    expect(telegram.unanswered()).toEqual([])
    telegram.assertClean()
  })
  it('gets old buttons, and those of deleted messages', async () => {
    telegram = await hooked()
    const olena = telegram.person({ id: 7 })
    await olena.starts()
    const { id } = olena.last()
    await olena.taps('Next')
    await olena.taps('next:2', { on: id, stale: true })
    telegram.forgive(/not modified/)
    await olena.taps('Exit')
    await olena.taps('next:2', { on: id, stale: true })
    expect(telegram.forgive(/edit not found/)).not.toHaveLength(0)
    await expect(olena.taps('Next')).rejects.toThrow('no button "Next"')
    telegram.assertClean()
  })
  it('sees the secret, and refuses others', async () => {
    telegram = await hooked({ tries: 1 })
    telegram.hook({ url: 'https://bot.example/hook', secret: 'wrong' })
    expect(await telegram.person({ id: 7 }).starts()).toEqual({ statuses: [401], taken: false, by: 'webhook' })
  })
  it('gets only the updates it asked for', async () => {
    telegram = await hooked()
    telegram.hook({ url: 'https://bot.example/hook', secret: 'a-secret', allowed: ['callback_query'] })
    expect(await telegram.person({ id: 7 }).starts()).toMatchObject({ by: 'nobody' })
  })
})

describe('a failing webhook', () => {
  it('is tried again after 1, 2 and 4 s, until it answers', async () => {
    const seen: number[] = []
    await behind(async () => json(null, seen.push(telegram.clock.now()) < 4 ? 500 : 200))
    const start = telegram.clock.now()
    expect(await telegram.deliver(message(1, '1'))).toEqual({ statuses: [500, 500, 500, 200], taken: true, by: 'webhook' })
    expect(seen.map((at) => (at - start) / 1000)).toEqual([0, 1, 3, 7])
    expect((await call(telegram, 'getWebhookInfo')).result).toMatchObject({ last_error_message: /500/ })
  })
  it('is given up in the end, and what it missed waits', async () => {
    let up = false
    await behind(async () => json(null, up ? 200 : 503), { tries: 3 })
    expect(await telegram.deliver(message(1, '1'))).toMatchObject({ taken: false })
    expect((await call(telegram, 'getWebhookInfo')).result).toMatchObject({ pending_update_count: 1 })
    up = true
    expect(await telegram.redeliver()).toMatchObject([{ taken: true }])
  })
  it('that throws or never answers counts as failed', async () => {
    const ways = [() => Promise.reject(new Error('refused')), () => new Promise<Response>(() => {}), async () => json(null)]
    await behind(() => ways.shift()!(), { answerMs: 20 })
    expect(await telegram.deliver(message(1, '1'))).toMatchObject({ statuses: [0, 0, 200], taken: true })
  })
})

describe('order', () => {
  it('is kept in a chat through failures, while other chats go on at once', async () => {
    const seen: Record<number, string[]> = { 1: [], 2: [] }
    let running = 0
    let most = 0
    const chance = [500, 200, 500, 500, 200]
    await behind(async (request) => {
      most = Math.max(most, ++running)
      const { message } = (await request.json()) as Update
      await new Promise((resolve) => setTimeout(resolve, 2))
      running--
      const status = chance.shift() ?? 200
      if (status === 200) seen[message!.chat.id]?.push(message!.text ?? '')
      return json(null, status)
    })
    const chats = [1, 2, 1, 2, 1, 2, 1, 2]
    await telegram.deliverAll(chats.map((chat, n) => message(chat, String(n))))
    expect(seen).toEqual({ 1: ['0', '2', '4', '6'], 2: ['1', '3', '5', '7'] })
    expect(most).toBe(2)
  })
  it('is as many at once as the webhook wants, no more', async () => {
    let running = 0
    let most = 0
    await behind(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      return json(running--)
    })
    await telegram.deliverAll(Array.from({ length: 20 }, (_, n) => message(n + 1, String(n))))
    expect(most).toBe(4)
  })
  it('duplicates and shuffles on demand, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }), async (length, copies) => {
        const seen: string[] = []
        await behind(async (request) => json(seen.push(await numberOf(request))))
        const all = Array.from({ length }, (_, n) => String(n))
        const updates = all.map((text) => message(1, text))
        await telegram.deliverAll(updates, { copies: (update) => 1 + ((update.update_id + copies) % copies), shuffle: true, parallel: 20 })
        expect(new Set(seen)).toEqual(new Set(all))
        expect(seen).toHaveLength(all.reduce((sum, text) => sum + 1 + (Number(text) % copies), 0))
        await telegram.close()
      }),
      { numRuns: 10 },
    )
  })
})

describe('a call in the reply to the webhook', () => {
  const reply = async (body: unknown, type = 'application/json') => {
    await behind(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { headers: { 'content-type': type } }))
    const olena = telegram.person({ id: 7 })
    await olena.starts()
    return olena
  }
  it('counts, and is judged like any other', async () => {
    const olena = await reply({ method: 'sendMessage', chat_id: 7, text: 'hello' })
    expect(olena.last().text).toBe('hello')
    expect(telegram.calls('sendMessage')).toMatchObject([{ via: 'webhook', answer: { ok: true } }])
    telegram.assertClean()
    await telegram.close()
    await reply({ method: 'sendMessage', chat_id: 7, txt: 'hello' })
    expect(() => telegram.assertClean()).toThrow('schema sendMessage txt')
  })
  it('is dropped when it is encoded twice or not called JSON, and that shows', async () => {
    await reply(JSON.stringify(JSON.stringify({ method: 'sendMessage', chat_id: 7, text: 'a' })))
    expect(() => telegram.assertClean()).toThrow('JSON inside a JSON string')
    await telegram.close()
    await reply({ method: 'sendMessage', chat_id: 7, text: 'a' }, 'text/plain')
    expect(telegram.calls()).toEqual([])
    expect(() => telegram.assertClean()).toThrow('text/plain')
  })
  it('may be nothing at all', async () => {
    await reply('', 'text/plain')
    telegram.assertClean()
  })
})
