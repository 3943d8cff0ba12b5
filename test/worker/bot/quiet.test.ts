/** Quiet chats hide themselves, rows expire when they say, and keys that are gone take their rows with them. */
import { evictAllDurableObjects, runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { ringFromJson } from '../../../crypto/keyring.ts'
import type { Sent } from '../../../worker/bot/outbox.ts'
import { hideQuiet } from '../../../worker/bot/quiet.ts'
import { Vault } from '../../../worker/bot/session.ts'
import { expiryOf, sweepChats, takeUpdate, writeChat } from '../../../worker/store/chat.ts'
import { sweepSeenUpdates } from '../../../worker/store/seen-update.ts'
import { chat, her, KEYS, NOW, openHouse, telegram } from './house.ts'

const MINUTE = 60

const removed: [number, number[]][] = []
let answer: Sent<true> = { ok: true, value: true }

const ring = () => ringFromJson(KEYS) ?? { keysFor: async () => null }
const vault = () => new Vault(ring())
const out = { remove: async (to: number, ids: number[]) => (removed.push([to, ids]), answer) }
const hideAt = (now: number, keys = vault()) => hideQuiet({ db: env.DB, vault: keys, out, now })
const chats = async () => (await env.DB.prepare('SELECT count(*) AS n FROM chat').first<{ n: number }>())?.n

openHouse()
beforeEach(() => {
  removed.length = 0
  answer = { ok: true, value: true }
})

describe('the live message', () => {
  it('is hidden after 15 quiet minutes, and its row goes', async () => {
    await her.type('/start')
    await hideAt(NOW() + 14 * MINUTE)
    expect([removed, await chats()]).toEqual([[], 1])
    await hideAt(NOW() + 16 * MINUTE)
    expect(removed).toEqual([[chat, [her.live?.id]]])
    expect(await chats()).toBe(0)
  })

  it('is tried again when Telegram is not well, until the row has expired', async () => {
    await her.type('/start')
    answer = { ok: false, reason: 'failed' }
    await hideAt(NOW() + 16 * MINUTE)
    expect(await chats()).toBe(1)
    answer = { ok: false, reason: 'refused' }
    await hideAt(NOW() + 17 * MINUTE)
    expect([removed.length, await chats()]).toEqual([2, 0])
  })

  it('stays while she goes on', async () => {
    await her.type('/start')
    await env.DB.prepare('UPDATE chat SET expires_at = ?1')
      .bind(NOW() + 2 * MINUTE)
      .run()
    await her.tap('Так. Це про мене')
    await hideAt(NOW() + 10 * MINUTE)
    expect(removed).toEqual([])
  })

  it('is hidden by the alarm of the sweeper', async () => {
    await her.type('/start')
    await env.DB.prepare('UPDATE chat SET expires_at = ?1')
      .bind(NOW() + 4 * MINUTE)
      .run()
    const sweeper = env.SWEEPER.getByName('sweeper')
    await sweeper.wake()
    await runDurableObjectAlarm(sweeper)
    expect(telegram.of(chat)).toEqual([])
    expect(await chats()).toBe(0)
  })

  it('a tap after it was hidden is answered anew', async () => {
    await her.type('/start')
    await hideAt(NOW() + 16 * MINUTE)
    telegram.messages.clear()
    await her.type('/menu')
    expect(telegram.of(chat)).toHaveLength(1)
  })
})

describe('the row', () => {
  const put = async (now: number, live = 5) => {
    const tags = await vault().tagsOf(chat, now)
    if (!tags) throw new Error('no keys')
    const session = { chat, language: 'uk', position: '1uk...', live, leftover: [] } as const
    const write = await vault().put({ ...session, leftover: [] }, tags, now, false)
    if (write) await writeChat(env.DB, write, now)
    return tags
  }

  it('DB-4: is not read in the second it expires, although the sweeper is stopped', async () => {
    const now = NOW()
    const tags = await put(now)
    const read = async (at: number) =>
      (await takeUpdate(env.DB, { update: crypto.getRandomValues(new Uint8Array(16)), now: at, read: tags }))?.row ?? null
    expect(await read(expiryOf(now) - 1)).not.toBeNull()
    expect(await read(expiryOf(now))).toBeNull()
    await sweepChats(env.DB, expiryOf(now))
    expect(await chats()).toBe(0)
  })

  it('expires 20 minutes after the last touch, at a whole minute', async () => {
    const now = NOW()
    await put(now)
    const row = await env.DB.prepare('SELECT expires_at FROM chat').first<{ expires_at: number }>()
    expect(row?.expires_at).toBe(Math.ceil((now + 20 * MINUTE) / MINUTE) * MINUTE)
  })

  it('is found under the key of yesterday, and moves to that of today', async () => {
    const now = NOW()
    const midnight = (Math.floor(now / 86_400) + 1) * 86_400
    await put(midnight - MINUTE)
    const tags = await vault().tagsOf(chat, midnight + MINUTE)
    const row = tags && (await takeUpdate(env.DB, { update: new Uint8Array(16), now: midnight + MINUTE, read: tags }))?.row
    expect(row && (await vault().open(row, midnight + MINUTE))?.live).toBe(5)
    await put(midnight + MINUTE, 6)
    expect(await chats()).toBe(1)
  })

  it('DB-5: without its key it reads as gone, and is dropped', async () => {
    await put(NOW())
    await hideAt(NOW() + 16 * MINUTE, new Vault({ keysFor: async () => null }))
    expect([removed, await chats()]).toEqual([[], 0])
  })

  it('without keys of today the bot goes on, and remembers nothing', async () => {
    const [day] = Object.keys(JSON.parse(KEYS))
    const old = JSON.stringify({ 1: JSON.parse(KEYS)[day ?? ''] })
    Object.assign(env, { BOT_KEYS: old })
    await evictAllDurableObjects()
    await her.type('/start')
    await her.tap('Так. Це про мене')
    expect(her.live?.buttons.map(({ text }) => text)).toContain('Назад')
    expect(await chats()).toBe(0)
  })

  it('updates are forgotten after a day', async () => {
    await her.type('/start')
    const left = async () => (await env.DB.prepare('SELECT count(*) AS n FROM seen_update').first<{ n: number }>())?.n
    await sweepSeenUpdates(env.DB, NOW() + 24 * 60 * MINUTE)
    expect(await left()).toBe(1)
    await sweepSeenUpdates(env.DB, NOW() + 26 * 60 * MINUTE)
    expect(await left()).toBe(0)
  })
})
