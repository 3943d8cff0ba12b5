/** "It did not answer", said in the bot: counted as on the pages, and answered with whom to try next. */
import { evictAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { utf8 } from '../../../crypto/bytes.ts'
import { macKey } from '../../../crypto/tag.ts'
import { open } from '../../../guide/engine.ts'
import { bookOf, common } from '../../../worker/books.ts'
import { MAX_SERVICE, writeData } from '../../../worker/bot/data.ts'
import { botSay } from '../../../worker/bot/words.ts'
import { COUNTED_A_DAY } from '../../../worker/store/no-answer.ts'
import { faultyD1 } from '../../faults/d1.ts'
import { chat, counted, deliver, her, openHouse, SECRET, telegram, toHotlines } from './house.ts'

openHouse()

const { words, directory, guide } = bookOf('UA', 'uk')
const ui = (key: string): string => words.ui[key] ?? ''
const counts = async () => (await env.DB.prepare('SELECT service, times, expires_at FROM no_answer').all()).results
/** The first of the buttons that name a service by its number. */
const FIRST = / · /
const numberOf = (label: string) => label.split(' · ')[0] ?? ''

/** To the list of lines, and on to the question which of them did not answer. */
async function toQuestion(): Promise<string> {
  await toHotlines()
  const list = her.live?.text ?? ''
  await her.tap(ui('didNotAnswer'))
  return list
}

describe('S5: a service that did not answer', () => {
  it('is counted once by its number and the day, and nothing else', async () => {
    await toQuestion()
    const label = her.live?.buttons.find(({ text }) => FIRST.test(text))?.text ?? ''
    await her.tap(label)
    const [row, ...others] = await counts()
    expect(others).toEqual([])
    expect(Object.keys(row ?? {})).toEqual(['service', 'times', 'expires_at'])
    const service = directory.services.find(({ code }) => code === row?.service)
    expect([label.endsWith(service?.name ?? '?'), row?.times, Number(row?.expires_at) % 86_400]).toEqual([true, 1, 0])
  })

  it('is thanked for, with other numbers to try, and back leads to the list', async () => {
    const list = await toQuestion()
    const label = her.live?.buttons.find(({ text }) => FIRST.test(text))?.text ?? ''
    await her.tap(label)
    const text = her.live?.text ?? ''
    expect(text).toContain(ui('didNotAnswerThanks'))
    expect(text).toContain(botSay('uk', 'notedNext'))
    const next = [...text.matchAll(/☎ <b>([^<]+)<\/b>/g)].map(([, number]) => number)
    expect(next.length).toBeGreaterThan(0)
    expect(next).not.toContain(numberOf(label))
    expect(text).toContain(ui('callWarning'))
    await her.tap('Назад')
    expect(her.live?.text).toBe(list)
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('asks only about the services on the page she came from', async () => {
    const list = await toQuestion()
    const asked = her.live?.buttons.filter(({ text }) => FIRST.test(text)).map(({ text }) => numberOf(text)) ?? []
    expect(asked.length).toBeGreaterThan(0)
    for (const number of asked) expect(list).toContain(`☎ <b>${number}</b>`)
    await her.tap('Назад')
    await her.tap(botSay('uk', 'later'))
    const second = her.live?.text ?? ''
    expect(second).not.toBe(list)
    await her.tap(ui('didNotAnswer'))
    for (const { text } of her.live?.buttons.filter(({ text }) => FIRST.test(text)) ?? []) expect(second).toContain(numberOf(text))
    await her.tap('Назад')
    expect(her.live?.text).toBe(second)
  })

  it('goes to the store with the rest of its update, in one trip', async () => {
    await toQuestion()
    const count = counted()
    await evictAllDurableObjects()
    const before = count.trips
    await her.tap(FIRST)
    expect(count.trips - before).toBe(1)
    expect(await counts()).toHaveLength(1)
    await her.type('/menu')
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('is counted once when Telegram brings the same tap again', async () => {
    await toQuestion()
    const update = her.tapUpdate(her.dataOf(FIRST))
    await deliver(update)
    await evictAllDurableObjects()
    await deliver(update)
    expect((await counts()).map(({ times }) => times)).toEqual([1])
  })

  it('is not counted without end, and the row of her chat is written all the same', async () => {
    await toQuestion()
    const data = her.dataOf(FIRST)
    await deliver(her.tapUpdate(data))
    await env.DB.prepare('UPDATE no_answer SET times = ?1').bind(COUNTED_A_DAY).run()
    await env.DB.prepare('DELETE FROM chat').run()
    await deliver(her.tapUpdate(data))
    expect((await counts()).map(({ times }) => times)).toEqual([COUNTED_A_DAY])
    expect((await env.DB.prepare('SELECT count(*) AS n FROM chat').first<{ n: number }>())?.n).toBe(1)
  })

  it('that could not be counted is said so, and the numbers are there all the same', async () => {
    await toQuestion()
    const real = env.DB
    const { db, plan } = faultyD1(real)
    onTestFinished(() => void Object.assign(env, { DB: real }))
    Object.assign(env, { DB: db })
    await evictAllDurableObjects()
    plan({ how: 'before', at: 1 })
    await her.tap(FIRST)
    expect(her.live?.text).toContain(botSay('uk', 'notCounted'))
    expect(her.live?.text).not.toContain(ui('didNotAnswerThanks'))
    expect(her.live?.text).toMatch(/☎ <b>/)
  })

  it('an old button of a service that is gone is answered, and counts nothing', async () => {
    await toQuestion()
    const at = { ...open(guide), step: 'services-hotline' }
    const silent = Math.min(MAX_SERVICE, Math.max(...Object.values(common.codes.services)) + 1)
    const data = await writeData(await macKey(utf8(SECRET)), chat, common.codes, { at, language: 'uk', page: 0, ask: { silent } })
    await deliver(her.tapUpdate(data))
    expect(her.live?.text).toContain(botSay('uk', 'gone'))
    expect(await counts()).toEqual([])
  })
})
