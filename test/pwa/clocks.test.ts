/** REL-09: the clock of a visitor's phone is a day off, or is set right in the middle of a talk. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toBase64url } from '../../crypto/bytes.ts'
import { Line, type LineNews } from '../../pwa/visitor/talk/sealed/line.ts'
import { FAILED_MS, Outbox } from '../../pwa/visitor/talk/sealed/outbox.ts'
import { whoIsThere } from '../../pwa/visitor/talk/sealed/people.ts'
import type { People } from '../../schema/api.ts'
import { PING } from '../../schema/line.ts'
import { NOW, newRoot, ORG, person, rosterText, signRoster, startShift } from '../crypto/talk/people.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const DAY_MS = DAY * 1000

beforeEach(() => {
  vi.useFakeTimers()
  for (const name of ['addEventListener', 'removeEventListener']) vi.stubGlobal(name, () => {})
  vi.stubGlobal('LOCAL', true)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** What the server says at `NOW` of one counsellor, whatever the phone believes the time is. */
async function answer(shift: { notAfter?: number }, roster: { notAfter?: number } = {}): Promise<People> {
  const [root, who] = [await newRoot(), await person('c-1')]
  const signed = await signRoster(rosterText([who], roster), [root])
  const { signed: begun } = await startShift(who, shift)
  const texts = Object.entries({ certificate: begun.certificate, ...begun.assertion }).map(([name, bytes]) => [name, toBase64url(bytes)])
  return {
    ...{ ok: true, now: NOW, waiting: 0, hours: [], trust: { org: ORG, roots: [toBase64url(root.publicBytes)], needed: 1, floor: 1 } },
    roster: { bytes: toBase64url(signed.bytes), signatures: signed.signatures.map(toBase64url) },
    shifts: [{ ...Object.fromEntries(texts), state: 'free' }],
  } as People
}

async function believedAt(phone: number, people: People): Promise<number | undefined> {
  vi.setSystemTime(phone * 1000)
  vi.stubGlobal('fetch', async () => Response.json(people))
  return (await whoIsThere())?.counsellors.length
}

describe('REL-09: whom a phone believes whose clock is wrong', () => {
  it('somebody on shift is believed at the right time, and by a phone that is a day behind', async () => {
    const people = await answer({})
    expect(await believedAt(NOW, people)).toBe(1)
    expect(await believedAt(NOW - DAY, people)).toBe(1)
  })

  it.each([-DAY, 0, DAY])('whose certificate has ended is believed by none: phone %i seconds off', async (off) => {
    expect(await believedAt(NOW + off, await answer({ notAfter: NOW }))).toBe(0)
  })

  it.each([-DAY, 0, DAY])('a roster that has ended makes nobody believed: phone %i seconds off', async (off) => {
    expect(await believedAt(NOW + off, await answer({}, { notAfter: NOW }))).toBe(0)
  })

  it('a phone a day ahead believes nobody rather than somebody whose hours may be over', async () => {
    expect(await believedAt(NOW + DAY, await answer({}))).toBe(0)
  })
})

class Wire {
  binaryType = 'blob'
  readyState = 1
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  pings = 0
  send(data: unknown): void {
    if (data === PING) this.pings += 1
  }
  close(): void {
    this.readyState = 3
  }
}

describe('REL-09: a clock that is set right during a talk', () => {
  let wires: Wire[]
  let news: LineNews[]
  let line: Line

  beforeEach(() => {
    ;[wires, news] = [[], []]
    const socket = (): WebSocket => {
      const wire = new Wire()
      wires.push(wire)
      setTimeout(() => wire.onopen?.(), 1)
      return wire as unknown as WebSocket
    }
    line = new Line(
      { socket, exchange: async () => null },
      () => {},
      (one) => void news.push(one),
    )
  })
  afterEach(() => line.close(1000))

  const passes = async (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
  const jumps = (ms: number): void => void vi.setSystemTime(Date.now() + ms)

  it.each([-DAY_MS, DAY_MS])('by %i ms leaves a line alone that answers', async (ms) => {
    await passes(10)
    for (let turn = 0; turn < 12; turn += 1) {
      if (turn === 3) jumps(ms)
      await passes(5000)
      wires[0]?.onmessage?.({ data: ',' })
    }
    expect([wires.length, news]).toEqual([1, ['open']])
    expect(wires[0]?.pings).toBeGreaterThanOrEqual(11)
  })

  it.each([-DAY_MS, DAY_MS])('by %i ms does not hide that a line is dead: it is opened anew', async (ms) => {
    await passes(6000)
    jumps(ms)
    for (let turn = 0; turn < 4; turn += 1) await passes(5000)
    expect(news).toEqual(['open', 'lost', 'open'])
    expect(wires).toHaveLength(2)
  })

  it.each([-DAY_MS, DAY_MS])('by %i ms keeps no message from being sent again', (ms) => {
    const box = new Outbox()
    box.add({ epoch: 1, n: 0, frame: Uint8Array.of(0), text: '' }, DAY_MS)
    expect(box.due(DAY_MS + ms)).toHaveLength(1)
    expect(box.due(DAY_MS + ms + 1)).toEqual([])
    expect(box.due(DAY_MS + ms + 4000)).toHaveLength(1)
    expect(box.failed(DAY_MS + ms + FAILED_MS)).toHaveLength(1)
  })
})
