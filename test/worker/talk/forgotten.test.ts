/**
 * The line of a talk is forgotten between any two steps: what it had in memory is gone, its sockets sleep or break. Whatever was
 * acknowledged stays heard, whatever was not comes again, and both ends go on.
 */
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { toBase64url } from '../../../crypto/bytes.ts'
import { writeFrame } from '../../../schema/line.ts'
import { type Desk, desksOf, openHouse, until, Visitor } from './house.ts'

openHouse()

type End = Visitor | Desk

/** @returns false when it slept already */
async function forgetLine(webSockets: 'hibernate' | 'close'): Promise<boolean> {
  const { results } = await env.DB.prepare('SELECT tag FROM talk').all<{ tag: ArrayBuffer }>()
  const name = toBase64url(new Uint8Array(results[0]?.tag ?? new ArrayBuffer(0)))
  try {
    await evictDurableObject(env.LINES.getByName(name), { webSockets })
    return true
  } catch (error) {
    if (String(error).includes('not currently running')) return false
    throw error
  }
}

/** As a page does it: a line that broke is opened anew, and everything without an acknowledgement goes again. */
async function comesBack(end: End): Promise<void> {
  if (end.closedWith !== null || end.socket === null) {
    end.hangUp()
    expect(await end.connect()).toBe(101)
  }
  await end.sayAgain()
}

const STEPS = [
  'request',
  'look',
  'accept',
  'lines',
  'first message',
  'answer',
  'transfer',
  'second accept',
  'message after it',
  'close',
] as const
type Step = (typeof STEPS)[number]

/** A talk from the request to its end, with a colleague in between. @param after  called behind each step, with who has a line then */
async function wholeTalk(after: (step: Step, ends: End[]) => Promise<void>) {
  const { desks } = await desksOf(2)
  const [one, other] = desks as [Desk, Desk]
  const she = new Visitor()
  await she.open(desks)
  const tag = toBase64url(she.tag)
  await she.connect()
  await after('request', [she])
  const prepared = await one.prepare(tag)
  if ('ok' in prepared) throw new Error(JSON.stringify(prepared))
  await after('look', [she])
  expect(await one.claim(prepared)).toEqual({ ok: true })
  await until(() => she.epoch === 1)
  await after('accept', [she])
  expect(await one.connect()).toBe(101)
  await after('lines', [she, one])
  await she.say('перше')
  await after('first message', [she, one])
  await one.say('відповідь')
  await after('answer', [she, one])
  await until(() => one.heard.length === 1 && she.heard.length === 1)
  await until(() => she.unacked.size === 0 && one.unacked.size === 0)
  expect(await one.handTo(other)).toEqual({ ok: true })
  await after('transfer', [she, one])
  await one.say('передаю')
  await until(() => she.heard.length === 2 && one.unacked.size === 0)
  expect((await other.accept(tag)).answer).toEqual({ ok: true })
  await until(() => she.epoch === 2)
  await after('second accept', [she])
  expect(await other.connect()).toBe(101)
  await other.say('тепер я')
  await she.say('добре')
  await after('message after it', [she, other])
  await until(() => other.heard.length === 1 && she.heard.length === 3)
  await until(() => she.unacked.size === 0 && other.unacked.size === 0)
  const close = await other.closeFrame()
  const end = { ask: 'close', tag, close }
  expect(await other.call(end)).toEqual({ ok: true })
  await after('close', [she])
  // The same closing again is told again.
  expect(await other.call(end)).toEqual({ ok: true })
  await until(() => she.closed !== null)
  return { she, one, other }
}

const SOCKETS = [
  ['sleep', 'hibernate'],
  ['break', 'close'],
] as const

describe.each(SOCKETS)('REL-10: the line is forgotten, its sockets %s', (_how, webSockets) => {
  it.each(STEPS)('after: %s. Both ends go on, everything is heard once, in order', async (step) => {
    let forgot = 0
    const { she, one, other } = await wholeTalk(async (now, ends) => {
      if (now !== step) return
      if (await forgetLine(webSockets)) forgot += 1
      if (webSockets === 'close') {
        await until(() => ends.every(({ closedWith }) => closedWith !== null))
        for (const end of ends) await comesBack(end)
      }
    })
    expect(forgot).toBe(1)
    expect(she.heard).toEqual(['відповідь', 'передаю', 'тепер я'])
    expect(one.heard).toEqual(['перше'])
    expect(other.heard).toEqual(['добре'])
    expect((await env.DB.prepare('SELECT * FROM mail').all()).results).toEqual([])
  })

  it('after every step. All the same', async () => {
    const { she, one, other } = await wholeTalk(async (_now, ends) => {
      await forgetLine(webSockets)
      if (webSockets === 'hibernate') return
      await until(() => ends.every(({ closedWith }) => closedWith !== null))
      for (const end of ends) await comesBack(end)
    })
    expect([she.heard, one.heard, other.heard]).toEqual([['відповідь', 'передаю', 'тепер я'], ['перше'], ['добре']])
  })

  it('between "kept" and the acknowledgement: what lies in the mailbox comes, though the sender is gone', async () => {
    const { desks } = await desksOf(1)
    const desk = desks[0] as Desk
    const she = new Visitor()
    await she.open(desks)
    await desk.accept(toBase64url(she.tag))
    await she.connect()
    await until(() => she.talk !== null)
    await she.say('поки вас не було')
    await until(() => she.frames.some(({ kind }) => kind === 'kept'))
    she.hangUp()
    await forgetLine(webSockets)
    expect(await desk.connect()).toBe(101)
    await until(() => desk.heard.length === 1)
    // The acknowledgement found nobody; she learns it when she comes and sends again.
    await she.connect()
    await she.sayAgain()
    await until(() => she.unacked.size === 0)
    expect(desk.heard).toEqual(['поки вас не було'])
    await she.give(writeFrame('who'))
    await until(() => she.state?.peer === 'here')
  })
})
