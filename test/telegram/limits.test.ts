import { Bot } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, hooked, screenBot } from './bot.ts'
import { StandIn } from './stand-in.ts'

let telegram: StandIn
beforeEach(async () => {
  telegram = await StandIn.start()
  for (let id = 1; id <= 40; id++) await telegram.person({ id }).starts()
})
afterEach(() => telegram.close())
const send = (chat_id: number) => call(telegram, 'sendMessage', { chat_id, text: 'a' })

describe('speed', () => {
  it('a chat takes a short burst, then one message a second', async () => {
    for (let n = 0; n < 3; n++) expect(await send(1)).toMatchObject({ ok: true })
    const late = { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } }
    expect(await send(1)).toMatchObject(late)
    telegram.clock.advance(1000)
    expect(await send(1)).toMatchObject({ ok: true })
    expect(await send(1)).toMatchObject(late)
    expect(() => telegram.assertClean()).toThrow('too fast')
    expect(telegram.forgive('rate')).toHaveLength(2)
  })
  it('all chats together take 30 a second', async () => {
    const answers = []
    for (let id = 1; id <= 31; id++) answers.push((await send(id)).ok)
    expect(answers.filter(Boolean)).toHaveLength(30)
  })
  it('a bot that waits as told gets everything through, once and in order', async () => {
    const bot = new Bot(telegram.token, { client: { apiRoot: telegram.root } })
    bot.api.config.use(async (call, method, payload, signal) => {
      for (;;) {
        const answer = await call(method, payload, signal)
        if (answer.ok || answer.error_code !== 429) return answer
        telegram.clock.advance((answer.parameters?.retry_after ?? 0) * 1000)
      }
    })
    telegram.fail('sendMessage', { how: { status: 429, retryAfter: 30 }, at: 5 })
    const start = telegram.clock.now()
    for (let n = 1; n <= 8; n++) await bot.api.sendMessage(1, `${n}`)
    const texts = telegram
      .person({ id: 1 })
      .screen()
      .map(({ text }) => text)
    expect(texts).toEqual(['/start', '1', '2', '3', '4', '5', '6', '7', '8'])
    expect(telegram.clock.now() - start).toBeGreaterThanOrEqual(31_000)
  })
  it('can be left out', async () => {
    telegram.api.limited = false
    for (let n = 0; n < 50; n++) await send(1)
    telegram.assertClean()
  })
})

describe('outages', () => {
  it('come at the call they were ordered for, and are not the fault of the bot', async () => {
    telegram.fail('sendMessage', { how: { status: 429, retryAfter: 7 }, at: 2 })
    telegram.fail('sendMessage', { how: { status: 500 }, at: 3 })
    const answers = [await send(1), await send(2), await send(3), await send(4)]
    expect(answers.map(({ error_code, parameters }) => [error_code, parameters?.retry_after])).toEqual([
      [undefined, undefined],
      [429, 7],
      [500, undefined],
      [undefined, undefined],
    ])
    expect(telegram.calls('sendMessage').map(({ outage }) => Boolean(outage))).toEqual([false, true, true, false])
    telegram.assertClean()
  })
  it('502 is a page, not JSON', async () => {
    telegram.fail('*', { how: { status: 502 }, times: 2 })
    await expect(send(1)).rejects.toThrow(SyntaxError)
    const bot = new Bot(telegram.token, { client: { apiRoot: telegram.root } })
    await expect(bot.api.sendMessage(1, 'a')).rejects.toThrow('sendMessage')
    expect(await send(1)).toMatchObject({ ok: true })
  })
  it('a cut connection may hide that the message went out', async () => {
    const olena = telegram.person({ id: 1 })
    telegram.fail('sendMessage', { how: 'cut' })
    telegram.fail('sendMessage', { how: 'cut after', at: 2 })
    await expect(send(1)).rejects.toThrow('fetch failed')
    expect(olena.screen()).toHaveLength(1)
    await expect(send(1)).rejects.toThrow('fetch failed')
    expect(olena.screen()).toHaveLength(2)
  })
  it('silence ends with a cut', async () => {
    telegram.fail('sendMessage', { how: { hang: 40 } })
    const start = performance.now()
    await expect(send(1)).rejects.toThrow('fetch failed')
    expect(performance.now() - start).toBeGreaterThan(35)
  })
  it('silence lasts until the test lets go', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    telegram.fail('sendMessage', { how: { hang: promise } })
    let over = false
    const held = send(1).finally(() => {
      over = true
    })
    expect(await send(2)).toMatchObject({ ok: true })
    expect(over).toBe(false)
    resolve()
    await expect(held).rejects.toThrow('fetch failed')
  })
  it('a webhook whose bot fails through an outage gets the update again', async () => {
    const webhook = await hooked({ make: screenBot })
    webhook.fail('sendMessage', { how: { status: 500 } })
    const olena = webhook.person({ id: 1 })
    expect(await olena.starts()).toMatchObject({ statuses: [500, 200], taken: true })
    expect(olena.last().text).toBe('Screen 1')
    webhook.assertClean()
    await webhook.close()
  })
})

describe('getUpdates', () => {
  const get = async (params = {}) => (await call(telegram, 'getUpdates', params)).result as { update_id: number }[]
  it('gives pages until they are confirmed', async () => {
    const all = await get()
    expect(all).toHaveLength(40)
    const page = await get({ limit: 15 })
    expect(page).toEqual(all.slice(0, 15))
    expect(await get({ limit: 15, offset: page[14]!.update_id + 1 })).toEqual(all.slice(15, 30))
    expect(await get({ offset: -2 })).toEqual(all.slice(-2))
    expect(await get({ offset: all.at(-1)!.update_id + 1 })).toEqual([])
    telegram.assertClean()
  })
  it('waits for the next one, and a second reader ends the first', async () => {
    const { update_id } = (await get()).at(-1)!
    const first = call(telegram, 'getUpdates', { offset: update_id + 1, timeout: 30 })
    await telegram.until(() => telegram.calls('getUpdates').length === 2)
    const second = get({ timeout: 30 })
    await telegram.until(() => telegram.calls('getUpdates').length === 3)
    await telegram.person({ id: 1 }).sends('now')
    expect(await first).toMatchObject({ error_code: 409 })
    expect(await second).toMatchObject([{ message: { text: 'now' } }])
  })
  it('is refused while there is a webhook, which gets what waited', async () => {
    let got = 0
    const other = await StandIn.start({ post: async () => Response.json(got++) })
    await other.person({ id: 1 }).starts()
    await call(other, 'setWebhook', { url: 'https://bot.example', secret_token: 'a' })
    await other.settled()
    expect(got).toBe(1)
    expect(await call(other, 'getUpdates')).toMatchObject({ error_code: 409 })
    await call(other, 'deleteWebhook')
    expect(await call(other, 'getUpdates')).toMatchObject({ result: [] })
    await other.close()
  })
  it('feeds a polling bot', async () => {
    const other = await StandIn.start()
    const bot = screenBot(other)
    void bot.start({ drop_pending_updates: true })
    const olena = other.person({ id: 1 })
    await other.until(() => other.calls('getUpdates').length > 0)
    await olena.starts()
    await other.until(() => olena.screen().length === 2)
    await bot.stop()
    other.assertClean()
    await other.close()
  })
})
