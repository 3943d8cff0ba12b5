/** REL-10: the whole Worker is killed while two talk, in the middle of each ask and behind each message. Both ends come back by themselves. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64url } from '../../crypto/bytes.ts'
import type { VisitorAnswer } from '../../schema/api.ts'
import type { DeskAnswer } from '../../schema/desk-api.ts'
import { type Desk, type Prepared, Visitor } from '../worker/talk/ends.ts'
import { openTalkHouse, type TalkHouse, until } from './house.ts'

let house: TalkHouse

beforeAll(async () => {
  house = await openTalkHouse()
}, 60_000)

afterAll(() => house.close())

/** As both pages ask: the same again while nobody knows whether it was done. */
async function insist<A extends VisitorAnswer | DeskAnswer | Prepared>(ask: () => Promise<A>): Promise<A> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      const answer = await ask()
      if (!('ok' in answer) || answer.ok || answer.reason !== 'unavailable') return answer
    } catch {
      // Cut off in the middle.
    }
    await pause(50)
  }
  throw new Error('it never answered')
}

/** Asked while the Worker is killed. */
const during = async <A extends VisitorAnswer | DeskAnswer | Prepared>(ask: () => Promise<A>): Promise<A> =>
  (await Promise.all([insist(ask), house.restart()]))[0]

/** As both pages do it: a new line, and everything again that was not acknowledged. */
async function comesBack(end: Visitor | Desk): Promise<void> {
  await until(() => end.closedWith !== null || end.socket === null)
  end.socket = null
  await until(async () => (await end.connect()) === 101)
  await end.sayAgain()
}

async function delivered(...ends: (Visitor | Desk)[]): Promise<void> {
  await until(() => ends.every(({ unacked }) => unacked.size === 0))
}

describe('REL-10: the Worker is killed', () => {
  it('during request, look, accept, messages, transfer and close: nothing is lost, nothing doubled, and it ends as it was said', async () => {
    const [one, other] = (await house.comes('c-1', 'c-2')) as [Desk, Desk]
    const she = new Visitor()
    // Sealed once: her page sends the same bytes again.
    const { bytes, next } = await she.seal([one, other], 'допоможіть')
    she.salt = next
    const request = { ask: 'open', ...she.hers, request: toBase64url(bytes), language: 'uk', wish: 'any' }
    const asks = async (): Promise<VisitorAnswer> =>
      (await (await fetch(`${house.site}/t`, { method: 'POST', body: JSON.stringify(request) })).json()) as VisitorAnswer
    expect(await during(asks)).toMatchObject({ ok: true, state: 'waiting' })
    const tag = toBase64url(she.tag)
    expect(await she.connect()).toBe(101)
    const made = (await during(() => one.prepare(tag))) as Prepared
    await comesBack(she)
    expect(await during(() => one.claim(made))).toEqual({ ok: true })
    await comesBack(she)
    await until(() => she.epoch === 1)
    expect(await one.connect()).toBe(101)
    const [hers, ours]: [string[], string[]] = [[], []]
    for (let turn = 0; turn < 2; turn += 1) {
      hers.push(`вона ${turn}`)
      ours.push(`ми ${turn}`)
      await Promise.all([she.say(hers.at(-1) as string), one.say(ours.at(-1) as string)])
      // At once, and after a moment: before it was kept, and while or after.
      await pause(turn * 10)
      await house.restart()
      await Promise.all([comesBack(she), comesBack(one)])
      await delivered(she, one)
    }
    expect([one.heard, she.heard]).toEqual([hers, ours])
    expect(await during(() => one.handTo(other))).toEqual({ ok: true })
    await Promise.all([comesBack(she), comesBack(one)])
    const taken = (await during(() => other.prepare(tag))) as Prepared
    expect(await during(() => other.claim(taken))).toEqual({ ok: true })
    await comesBack(she)
    await until(() => she.epoch === 2)
    expect(await other.connect()).toBe(101)
    await other.say('тепер я')
    await delivered(other)
    const close = { ask: 'close', tag, close: await other.closeFrame() }
    expect(await during(() => other.call(close))).toEqual({ ok: true })
    await comesBack(she)
    await until(() => she.closed !== null)
    expect(she.heard).toEqual([...ours, 'тепер я'])
    expect((await other.look()).mine).toEqual([])
    // Nine starts of the Worker, each as long as the machine takes.
  }, 180_000)
})
