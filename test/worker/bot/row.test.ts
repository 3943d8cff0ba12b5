/** A chat's row expires when it says, moves with the day, and is gone with its key. */
import { evictAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { dayOf } from '../../../crypto/keyring.ts'
import { bookOf } from '../../../worker/books.ts'
import { expiryOf, quietChats, sweepChats, type Write, writeChat } from '../../../worker/store/chat.ts'
import { sweepSeenUpdates } from '../../../worker/store/seen-update.ts'
import { chat, her, KEYS, openHouse, telegram, title } from './house.ts'
import { MIDNIGHT, MINUTE, rowsOf, Timed } from './timed.ts'

let timed: Timed

openHouse()
beforeEach(() => {
  timed = new Timed()
})

const tags = async () => {
  const [today, yesterday] = (await timed.vault.tagsOf(chat, timed.now)) ?? []
  return { today: [...(today ?? [])], yesterday: [...(yesterday ?? [])] }
}

describe('DB-4: in the second it expires, although the sweeper stands still, the row', () => {
  let expiry: number
  beforeEach(async () => {
    await timed.says('/start')
    await timed.taps('Так. Це про мене')
    expiry = expiryOf(timed.now)
    timed.now = expiry - 1
    expect((await timed.remembered())?.live).toBe(timed.live?.id)
    timed.now = expiry
    await timed.evict()
  })
  const write = async (one: Write) => writeChat(env.DB, one, timed.now)
  const kept = async () => (await rowsOf()).map(({ expires_at }) => expires_at)

  it('is not read', async () => {
    expect(await timed.remembered()).toBeNull()
    expect(await kept()).toEqual([expiry])
  })

  it('is not hidden', async () => {
    expect(await quietChats(env.DB, timed.now - 1, 10)).toHaveLength(1)
    expect(await quietChats(env.DB, timed.now, 10)).toEqual([])
    await timed.alarmIn(0)
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('is not brought back by a touch', async () => {
    const read = await timed.vault.tagsOf(chat, timed.now)
    if (read) await write({ kind: 'touch', tags: read })
    expect([await timed.remembered(), await kept()]).toEqual([null, [expiry]])
  })

  it('is nothing to what she types next: she is at the beginning, in a new message', async () => {
    const old = timed.live?.id
    await timed.says('/privacy')
    await timed.taps('Назад')
    expect(timed.live?.id).not.toBe(old)
    expect(timed.live?.text).toContain(title(bookOf('UA', 'uk').guide.start))
  })

  it('gives nothing to the row that takes its place', async () => {
    const read = await timed.vault.tagsOf(chat, timed.now - 1)
    const session = { chat, language: 'uk', position: '1uk...', live: 5, leftover: [91, 92], hiding: 'never' } as const
    if (!read) throw new Error('no keys')
    const before = await timed.vault.put({ ...session, leftover: [...session.leftover] }, read, timed.now - 1, true)
    if (before) await writeChat(env.DB, before, timed.now - 1)
    const [row] = await rowsOf()
    timed.now = row?.expires_at ?? 0
    const after = await timed.vault.put({ ...session, leftover: [], hiding: null }, read, timed.now, false)
    if (after) await write(after)
    expect(await timed.remembered()).toMatchObject({ leftover: [], hiding: 'quarter' })
  })

  it('is removed by the sweeper once it moves again', async () => {
    await sweepChats(env.DB, expiry - 1)
    expect(await kept()).toEqual([expiry])
    await sweepChats(env.DB, expiry)
    expect(await kept()).toEqual([])
  })
})

describe('at midnight', () => {
  beforeEach(async () => {
    timed = new Timed(MIDNIGHT - MINUTE)
    await timed.says('/start')
    await timed.taps('Так. Це про мене')
    timed.now = MIDNIGHT + MINUTE
  })

  /** All that she does next finds it under today's name, whatever becomes of yesterday's key. */
  const moved = async () => {
    const { today, yesterday } = await tags()
    expect(today).not.toEqual(yesterday)
    expect((await rowsOf()).map(({ tag }) => [...tag])).toEqual([today])
    await timed.destroy(dayOf(MIDNIGHT) - 1)
    expect((await timed.remembered())?.live).toBe(timed.live?.id)
  }

  it('a row of yesterday is found under its own name', async () => {
    expect((await rowsOf()).map(({ tag }) => [...tag])).toEqual([(await tags()).yesterday])
    expect((await timed.remembered())?.live).toBe(timed.live?.id)
  })

  it.each([
    ['words that change nothing', () => timed.says('дощ')],
    ['a command', () => timed.says('/menu')],
    ['a tap', () => timed.taps('Назад')],
    ['a new start', () => timed.says('/start')],
  ])('it moves to the name of today with %s, though the bot slept', async (_what, act) => {
    await timed.evict()
    await act()
    await moved()
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it.each([
    ['words', () => timed.says('дощ')],
    ['a tap', () => timed.taps('Назад')],
  ])('and with %s when the bot was awake', async (_what, act) => {
    await act()
    await moved()
  })

  it.each(['awake', 'asleep'])('what is still to be removed moves with it, the bot being %s', async (how) => {
    for (let tries = 0; tries < 3; tries += 1) telegram.fail('deleteMessages', 500, 'Internal Server Error')
    timed.now = MIDNIGHT - MINUTE
    await timed.says('дощ')
    const [left] = (await timed.remembered())?.leftover ?? []
    expect(left).toBeDefined()
    timed.now = MIDNIGHT + MINUTE
    if (how === 'asleep') await timed.evict()
    for (let tries = 0; tries < 3; tries += 1) telegram.fail('deleteMessages', 500, 'Internal Server Error')
    await timed.taps('Назад')
    await moved()
    expect((await timed.remembered())?.leftover).toEqual([left])
  })

  it('the longest row is still found in its last second, and hides', async () => {
    timed.now = MIDNIGHT - MINUTE
    await timed.says('/privacy')
    await timed.taps('Коли ховати')
    await timed.taps('1 година')
    const [row] = await rowsOf()
    timed.now = (row?.expires_at ?? 0) - 1
    expect((await timed.remembered())?.hiding).toBe('hour')
    await timed.alarmIn(0)
    expect(telegram.of(chat)).toEqual([])
  })
})

describe('DB-5: when the key of its day is gone', () => {
  it('yesterday’s row reads as absent, and the bot goes on', async () => {
    timed = new Timed(MIDNIGHT - MINUTE)
    await timed.says('/start')
    timed.now = MIDNIGHT + MINUTE
    await timed.destroy(dayOf(MIDNIGHT) - 1)
    expect(await timed.remembered()).toBeNull()
    await timed.says('/menu')
    expect(timed.live?.text).toContain(title(bookOf('UA', 'uk').guide.start))
    expect((await timed.remembered())?.live).toBe(timed.live?.id)
  })

  it('today’s row reads as absent, buttons work on, and nothing new is remembered', async () => {
    await timed.says('/start')
    await timed.destroy(dayOf(timed.now))
    expect(await timed.remembered()).toBeNull()
    await timed.taps('Так. Це про мене')
    expect(timed.live?.buttons.map(({ text }) => text)).toContain('Назад')
    expect(await rowsOf()).toHaveLength(1)
    await timed.alarmIn(16)
    expect([
      telegram.made('deleteMessages').filter(({ body }) => String(body.message_ids) === String(timed.live?.id)),
      await rowsOf(),
    ]).toEqual([[], []])
  })

  it('the whole Worker goes on without keys of today', async () => {
    const [day] = Object.keys(JSON.parse(KEYS))
    Object.assign(env, { BOT_KEYS: JSON.stringify({ 1: JSON.parse(KEYS)[day ?? ''] }) })
    await evictAllDurableObjects()
    await her.type('/start')
    await her.tap('Так. Це про мене')
    expect(her.live?.buttons.map(({ text }) => text)).toContain('Назад')
    expect(await rowsOf()).toEqual([])
  })
})

it('updates are forgotten after a day', async () => {
  await timed.says('/start')
  const left = async () => (await env.DB.prepare('SELECT count(*) AS n FROM seen_update').first<{ n: number }>())?.n
  await sweepSeenUpdates(env.DB, timed.now + 24 * 60 * MINUTE)
  expect(await left()).toBe(1)
  await sweepSeenUpdates(env.DB, timed.now + 26 * 60 * MINUTE)
  expect(await left()).toBe(0)
})
