/** How long is waited when Telegram is not well: the clock is the test's, so that half a minute passes at once. */
import { beforeEach, describe, expect, it } from 'vitest'
import { outbox } from '../../../worker/bot/outbox.ts'
import { chat, openHouse, telegram } from './house.ts'
import { ROOT, TOKEN } from './telegram.ts'

openHouse()

const keyboard = [[{ text: 'Далі', callback_data: 'a' }]]

/** Milliseconds of each wait. */
let waits: number[] = []
beforeEach(() => {
  waits = []
})
const out = () => outbox(TOKEN, ROOT, async (ms) => waits.push(ms))
const send = () => out().send(chat, 'Слово', keyboard)

const tooMany = (seconds: number) =>
  telegram.fail('sendMessage', 429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })

describe('REL-06: a Bot API that asks to wait', () => {
  it.each(Array.from({ length: 30 }, (_, n) => n + 1))(
    'is waited for %i s, neither less nor more, and gets the message once',
    async (seconds) => {
      tooMany(seconds)
      expect(await send()).toMatchObject({ ok: true })
      expect(waits).toEqual([seconds * 1000])
      expect(telegram.of(chat)).toHaveLength(1)
    },
  )

  it('and asks again is waited for again', async () => {
    for (const seconds of [2, 9, 1]) tooMany(seconds)
    expect(await send()).toMatchObject({ ok: true })
    expect(waits).toEqual([2000, 9000, 1000])
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('for longer than anybody would look at a phone is not waited for', async () => {
    tooMany(3600)
    expect(await send()).toEqual({ ok: false, reason: 'failed' })
    expect([waits, telegram.calls.length]).toEqual([[], 1])
  })
})

describe('REL-07: a Bot API that is away', () => {
  it.each([500, 502, 'cut'] as const)('is asked again later and later, and comes to an end (%s)', async (how) => {
    for (let n = 0; n < 9; n += 1) how === 'cut' ? telegram.cut('sendMessage') : telegram.fail('sendMessage', how, 'away')
    expect(await send()).toEqual({ ok: false, reason: 'failed' })
    expect(telegram.calls).toHaveLength(waits.length + 1)
    expect(waits.length).toBeGreaterThanOrEqual(3)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    // Delivered, or known not to be, within a minute.
    expect(waits.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(60_000)
  })

  it('is asked less often to remove something: that is tried again with whatever she does next', async () => {
    for (let n = 0; n < 9; n += 1) telegram.cut('deleteMessages')
    expect(await out().remove(chat, [1])).toEqual({ ok: false, reason: 'failed' })
    expect(telegram.calls).toHaveLength(3)
  })
})

describe('REL-08: who has blocked the bot', () => {
  it('is not asked twice', async () => {
    telegram.fail('sendMessage', 403, 'Forbidden: bot was blocked by the user')
    expect(await send()).toEqual({ ok: false, reason: 'gone' })
    expect([waits, telegram.calls.length]).toEqual([[], 1])
  })
})
