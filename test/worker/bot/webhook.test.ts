/** What Telegram meets: a locked door, one answer within a second, each update once, and patience with its own troubles. */
import { evictAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { type BotEnv, botConfig, CONFIG_HELP } from '../../../worker/bot/config.ts'
import { botSay } from '../../../worker/bot/words.ts'
import {
  chat,
  chatOf,
  counted,
  deliver,
  from,
  Her,
  her,
  NOW,
  nextUpdate,
  openHouse,
  rows,
  SECRET,
  SETTINGS,
  telegram,
  until,
} from './house.ts'

const seen = async () => (await rows('seen_update')).length
const chats = async () => (await rows('chat')).length
const start = (id: number) => ({
  update_id: id,
  message: { message_id: 10 + id, date: NOW(), from: from(), chat: chatOf(chat), text: '/start' },
})

openHouse()

describe('P6: the door', () => {
  it.each([null, '', 'wrong', SECRET.slice(1), `${SECRET}x`, SECRET.toLowerCase()])(
    'the secret "%s" is refused without a look at the store',
    async (secret) => {
      const count = counted()
      expect((await deliver(start(nextUpdate()), { secret })).status).toBe(401)
      expect([count.trips, telegram.calls]).toEqual([0, []])
    },
  )

  it.each([
    ['no token', { BOT_TOKEN: '' }, 'no-token'],
    ['no secret', { BOT_SECRET: '' }, 'no-secret'],
    ['a short secret', { BOT_SECRET: 'short' }, 'weak-secret'],
    ['a secret Telegram would refuse', { BOT_SECRET: 'ключ'.repeat(10) }, 'weak-secret'],
    ['no keys', { BOT_KEYS: '' }, 'no-keys'],
    ['keys that are none', { BOT_KEYS: '{"1":{"id":"x"}}' }, 'no-keys'],
    ['a strange root', { TG_API_ROOT: 'ftp://x' }, 'bad-root'],
  ])('with %s there is no such address, and a sentence says why', async (_what, settings, reason) => {
    expect((await deliver(start(nextUpdate()), { settings })).status).toBe(303)
    const config = await botConfig({ ...SETTINGS, ...settings } as BotEnv)
    expect(config).toMatchObject({ ok: false, error: { reason } })
    expect(CONFIG_HELP[config.ok ? 'no-token' : config.error.reason]).toMatch(/\.$/)
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '1',
    '{"update_id":1}',
    '\u0000',
    '[['.repeat(20_000),
    `{"update_id":5,"x":"${'a'.repeat(300_000)}"}`,
  ])('a body that is no update is answered 200 and ignored (%#)', async (raw) => {
    expect((await deliver(null, { raw })).status).toBe(200)
    expect([telegram.calls.length, await seen()]).toEqual([0, 0])
  })
})

describe('REL-05: each update once, in order', () => {
  it('1,000 updates, each delivered 1 to 5 times, shuffled, 20 at a time', async () => {
    const updates = Array.from({ length: 1000 }, () => start(nextUpdate()))
    const many = updates.flatMap((update, n) => Array.from({ length: 1 + (n % 5) }, () => update))
    for (let at = many.length - 1; at > 0; at -= 1) {
      const other = (at * 7919 + 13) % (at + 1)
      ;[many[at], many[other]] = [many[other]!, many[at]!]
    }
    for (let at = 0; at < many.length; at += 20) {
      const answers = await Promise.all(many.slice(at, at + 20).map((update) => deliver(update)))
      expect(answers.every(({ status }) => status === 200)).toBe(true)
      if (at % 100 === 0) await evictAllDurableObjects()
    }
    expect(telegram.made('sendMessage')).toHaveLength(1000)
    expect(await seen()).toBe(1000)
    expect(telegram.of(chat)).toHaveLength(1)
  }, 300_000)

  it('one chat is answered in the order it was written in', async () => {
    await her.type('/start')
    telegram.slow = 20
    const words = ['/language', '/person', '/menu', '/language', '/person']
    await Promise.all(words.map((text) => deliver(her.message({ text }))))
    const titles = telegram.made('editMessageText').map(({ body }) => String(body.text).split('\n')[0])
    expect(new Set(titles.slice(0, 3)).size).toBe(3)
    expect([titles[3], titles[4]]).toEqual([titles[0], titles[1]])
  })

  it('two chats do not wait for each other', async () => {
    const other = new Her(telegram, chat + 500_000)
    await Promise.all([her.type('/start'), other.type('/start')])
    await Promise.all([her.tap('Так. Це про мене'), other.tap('English')])
    expect(telegram.of(chat)).toHaveLength(1)
    expect(other.live?.text).not.toBe(her.live?.text)
    expect(await chats()).toBe(2)
  })

  it('a repeated stop does not end a visit begun since', async () => {
    await her.type('/start')
    const stop = her.message({ text: 'стоп' })
    await deliver(stop)
    await her.type('/start')
    await evictAllDurableObjects()
    await deliver(stop)
    expect(await chats()).toBe(1)
  })
})

describe('when Telegram is not well', () => {
  it('REL-06: has its answer while the Bot API still holds every call, and the work is done after', async () => {
    telegram.held = true
    const { status } = await deliver(her.message({ text: '/start' }), { settle: false })
    expect([status, her.live]).toEqual([200, undefined])
    await until(() => telegram.made('sendMessage').length > 0)
    telegram.held = false
    await until(() => her.live)
    expect(her.live?.text).toContain('15-47')
  })

  it('REL-06: has its answer while the bot waits as long as the Bot API asked it to, and the message comes once', async () => {
    telegram.fail('sendMessage', 429, 'Too Many Requests: retry after 3', { retry_after: 3 })
    const { status } = await deliver(her.message({ text: '/start' }), { settle: false })
    expect([status, her.live]).toEqual([200, undefined])
    await until(chats)
    expect(telegram.made('sendMessage')).toHaveLength(2)
    expect(telegram.of(chat).filter(({ text }) => text !== 'hers')).toHaveLength(1)
  })

  it.each([500, 502])('REL-07: %s is tried again', async (status) => {
    telegram.fail('sendMessage', status, 'Internal Server Error')
    telegram.cut('sendMessage')
    await her.type('/start')
    await until(chats)
    expect(telegram.of(chat)).toHaveLength(1)
    expect(telegram.made('sendMessage')).toHaveLength(3)
  })

  it('REL-08: who has blocked the bot is forgotten, and not asked again', async () => {
    await her.type('/start')
    telegram.fail('editMessageText', 403, 'Forbidden: bot was blocked by the user')
    await her.tap('Так. Це про мене')
    expect(await chats()).toBe(0)
    expect(telegram.made('editMessageText')).toHaveLength(1)
  })

  it('a button that Telegram takes no answer for any more still works', async () => {
    await her.type('/start')
    telegram.fail('answerCallbackQuery', 400, 'Bad Request: query is too old and response timeout expired or query ID is invalid')
    await her.tap('Так. Це про мене')
    expect(her.live?.buttons.map(({ text }) => text)).toContain('Назад')
  })

  it('a message too old to change is sent anew', async () => {
    await her.type('/start')
    telegram.fail('editMessageText', 400, "Bad Request: message can't be edited")
    await her.tap('Так. Це про мене')
    expect(telegram.of(chat)).toHaveLength(1)
    expect(her.live?.buttons.map(({ text }) => text)).toContain('Назад')
  })
})

describe('REL-20: when the store is down', () => {
  it.each(['throws', 'hangs'])('she is answered all the same (%s)', async (how) => {
    await her.type('/start')
    const data = her.dataOf('Так. Це про мене')
    const real = env.DB
    const batch = () => (how === 'hangs' ? new Promise(() => {}) : Promise.reject(new Error('planted: D1_ERROR')))
    const statement = { bind: () => statement }
    Object.assign(env, { DB: { prepare: () => statement, batch } })
    try {
      await evictAllDurableObjects()
      expect((await deliver(her.tapUpdate(data))).status).toBe(200)
      await until(() => telegram.made('editMessageText').length > 0)
      expect(her.live?.buttons.map(({ text }) => text)).toContain('Назад')
    } finally {
      Object.assign(env, { DB: real })
    }
  })
})

describe('a button that is not ours', () => {
  it('is answered with the nearest screen', async () => {
    await her.type('/start')
    const good = her.dataOf('Так. Це про мене')
    for (const data of [
      '',
      'x',
      good.slice(0, -1),
      `${good.slice(0, -1)}${good.at(-1) === 'A' ? 'B' : 'A'}`,
      '0'.repeat(64),
      '1'.repeat(64),
    ]) {
      await deliver(her.tapUpdate(data))
      const answers = (['uk', 'ru', 'en'] as const).flatMap((one) => [botSay(one, 'gone'), botSay(one, 'goneAgain')])
      expect(her.live?.text, data).toMatch(new RegExp(answers.join('|')))
    }
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('of another chat carries nothing over', async () => {
    await her.type('/start')
    const other = new Her(telegram, chat + 700_000)
    await other.type('/start')
    await deliver(other.tapUpdate(her.dataOf('Так. Це про мене')))
    expect(other.live?.text).toContain(botSay('uk', 'gone'))
  })
})

it('the secrets of these tests are what the Worker asks for', async () => {
  expect(await botConfig(SETTINGS)).toMatchObject({ ok: true })
})
