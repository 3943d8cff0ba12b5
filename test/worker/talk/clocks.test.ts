/** REL-09: the server's clock jumps while two talk, ten minutes ahead and back again. The pages' own clocks: `test/pwa/clocks.test.ts`, `test/desk/clocks.test.ts`. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toBase64url } from '../../../crypto/bytes.ts'
import { AWAY_SECONDS, writeFrame } from '../../../schema/line.ts'
import type { Person } from '../../crypto/talk/people.ts'
import { Desk, desksOf, joined, NOW, openHouse, until, Visitor } from './house.ts'

openHouse()

afterEach(() => void vi.useRealTimers())

const MINUTE_MS = 60_000
const jump = (ms: number): void => void vi.setSystemTime(Date.now() + ms)

describe('REL-09: the server’s clock', () => {
  it('ten minutes ahead, or half a minute back, loses no message that comes by exchange', async () => {
    const { she, desk } = await joined()
    jump(10 * MINUTE_MS)
    await she.say('вперед')
    await desk.poll()
    jump(-10 * MINUTE_MS - 30_000)
    await she.say('назад')
    await desk.poll()
    expect(desk.heard).toEqual(['вперед', 'назад'])
  })

  it('ahead, back by twenty minutes, and ahead again loses none on open lines, in order, each once', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    const [hers, ours]: [string[], string[]] = [[], []]
    for (const minutes of [0, 10, -20, 10, -10, 10]) {
      jump(minutes * MINUTE_MS)
      hers.push(`вона ${hers.length}`)
      ours.push(`ми ${ours.length}`)
      await she.say(hers.at(-1) as string)
      await desk.say(ours.at(-1) as string)
      await until(() => she.unacked.size === 0 && desk.unacked.size === 0)
    }
    expect([desk.heard, she.heard]).toEqual([hers, ours])
  })

  it('set back does not make an end look present that has fallen silent', async () => {
    const { she, desk } = await joined()
    jump(10 * MINUTE_MS)
    await she.connect()
    await desk.connect()
    await until(() => she.state?.peer === 'here')
    jump(-10 * MINUTE_MS)
    const told = desk.frames.filter(({ kind }) => kind === 'state').length
    await desk.give(writeFrame('who'))
    await until(() => desk.frames.filter(({ kind }) => kind === 'state').length > told)
    jump((AWAY_SECONDS + 1) * 1000)
    await she.give(writeFrame('who'))
    await until(() => she.state?.peer === 'away')
    await desk.give(writeFrame('who'))
    await she.give(writeFrame('who'))
    await until(() => she.state?.peer === 'here')
  })

  it('past the end of a certificate ends the shift: no call, no line, no frame, and no new start with it', async () => {
    const { people } = await desksOf(1)
    const desk = await Desk.start(people[0] as Person, { rosterSeq: 1, notAfter: NOW() + 20 * 60 })
    const she = new Visitor()
    await she.open([desk])
    await desk.accept(toBase64url(she.tag))
    await she.connect()
    await desk.connect()
    await until(() => she.talk !== null && desk.state !== null)
    jump(21 * MINUTE_MS)
    expect(await desk.call({ ask: 'look' })).toEqual({ ok: false, reason: 'signed-out' })
    expect(await desk.begin()).toEqual({ ok: false, reason: 'not-now' })
    expect(await desk.openLine()).toBe(404)
    // The line that is still open brings it nothing more, and takes nothing.
    await she.say('чи є хтось')
    await until(() => she.frames.some(({ kind }) => kind === 'kept'))
    await desk.say('я ще тут')
    await until(() => desk.state?.state === 'gone')
    expect(desk.heard).toEqual([])
    expect(she.heard).toEqual([])
    expect(she.state?.state).toBe('joined')
  })
})
