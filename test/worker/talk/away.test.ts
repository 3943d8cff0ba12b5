/** REL-11: a counsellor whose line is cut, whose tab is closed, whose network is gone for a while or for good. */
import { describe, expect, it, vi } from 'vitest'
import { toBase64url } from '../../../crypto/bytes.ts'
import { AWAY_SECONDS, PING_SECONDS, writeFrame } from '../../../schema/line.ts'
import { CODES, type Desk, joined, openHouse, until } from './house.ts'

openHouse()

/** Both on open lines, a colleague beside them. */
async function talking() {
  const { she, desk, desks } = await joined(2)
  await she.connect()
  await desk.connect()
  await until(() => she.state?.peer === 'here')
  return { she, desk, other: desks[1] as Desk }
}

type Talking = Awaited<ReturnType<typeof talking>>

/** Her page asks who is there every five seconds; so many of them pass, and hers goes on asking. */
async function passes(seconds: number, { she }: Talking): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000)
  await she.give(writeFrame('who'))
}

const WAYS: [string, (talk: Talking) => Promise<unknown>][] = [
  ['the socket is cut', async ({ desk }) => desk.hangUp()],
  ['the tab is closed, and says so', ({ desk }) => desk.call({ ask: 'end' })],
  ['the network is gone, and nothing says so', (talk) => passes(AWAY_SECONDS + 1, talk)],
]

describe('REL-11: a counsellor is gone', () => {
  it.each(WAYS)('%s: she is told, and a new request reaches another shift', async (_how, goes) => {
    const talk = await talking()
    const { she, desk, other } = talk
    try {
      await goes(talk)
      await until(() => she.state?.peer === 'away')
      expect(AWAY_SECONDS + PING_SECONDS).toBeLessThanOrEqual(15)
      expect(await she.reseal([other])).toMatchObject({ ok: true, state: 'waiting', epoch: 1 })
      expect((await other.accept(toBase64url(she.tag))).answer).toEqual({ ok: true })
      await until(() => she.epoch === 2)
      await she.say('для іншої')
      await other.poll()
      expect(other.heard).toEqual(['для іншої'])
      // The shift that had it: not by asks, not by a line, and the line it still had brought nothing.
      expect((await desk.call({ ask: 'exchange', tag: toBase64url(she.tag), frames: [] })).ok).toBe(false)
      expect(await desk.openLine(she.tag)).toBe(404)
      if (desk.socket !== null) await until(() => desk.closedWith === CODES.handed)
      expect(desk.heard).toEqual([])
      expect(desk.frames.filter(({ kind }) => kind === 'message')).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([30, 5 * 60])('for %i seconds: she is told, and when the same counsellor is back nothing is lost', async (seconds) => {
    const talk = await talking()
    const { she, desk } = talk
    try {
      desk.hangUp()
      await until(() => she.state?.peer === 'away')
      await she.say('чи ви ще тут')
      await until(() => she.frames.some(({ kind }) => kind === 'kept'))
      await passes(seconds, talk)
      await until(() => she.state?.peer === 'away')
      expect(await desk.connect()).toBe(101)
      await until(() => desk.heard.length === 1 && she.unacked.size === 0)
      await desk.say('я тут')
      await until(() => she.heard.length === 1)
      await she.give(writeFrame('who'))
      await until(() => she.state?.peer === 'here')
      expect([desk.heard, she.heard]).toEqual([['чи ви ще тут'], ['я тут']])
    } finally {
      vi.useRealTimers()
    }
  })
})
