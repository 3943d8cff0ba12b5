import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Line, type LineOwner, type Socket } from '../../pwa/desk/line.ts'
import { CODES, PING, writeFrame } from '../../schema/line.ts'

class Wire implements Socket {
  binaryType: BinaryType = 'blob'
  readyState: number = 0
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly sent: unknown[] = []

  send(data: unknown): void {
    this.sent.push(data)
  }
  close(): void {
    this.readyState = 3
  }
  opens(): void {
    this.readyState = 1
    this.onopen?.()
  }
  ends(code: number): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

let wires: Wire[]
let events: string[]
let answers: Uint8Array<ArrayBuffer>[] | null
let exchanged: number[]
let line: Line

beforeEach(() => {
  vi.useFakeTimers()
  ;[wires, events, answers, exchanged] = [[], [], null, []]
  const owner: LineOwner = {
    connect: async () => {
      const wire = new Wire()
      wires.push(wire)
      return wire
    },
    exchange: async (frames) => {
      exchanged.push(frames.length)
      return answers
    },
    take: (frame) => void events.push(`took ${frame[0]}`),
    up: () => void events.push('up'),
    down: () => void events.push('down'),
    closed: (code) => void events.push(`closed ${code}`),
  }
  line = new Line(owner)
  line.start()
})

afterEach(() => {
  line.stop()
  vi.useRealTimers()
})

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const last = (): Wire => wires.at(-1) as Wire

describe('the line of a talk', () => {
  it('says when it works, passes frames, and pings', async () => {
    await later(0)
    last().opens()
    last().onmessage?.({ data: writeFrame('who').buffer })
    last().onmessage?.({ data: ',' })
    await later(5000)
    expect(events).toEqual(['up', 'took 7'])
    expect(last().sent[0]).toBe(PING)
    expect(line.send(writeFrame('who'))).toBe(true)
  })

  it('is opened anew when it breaks, and when nothing is heard for ten seconds', async () => {
    await later(0)
    last().opens()
    last().ends(1006)
    expect(line.send(writeFrame('who'))).toBe(false)
    await later(400)
    last().opens()
    await later(16_000)
    expect(events).toEqual(['up', 'down', 'up', 'down'])
    expect(wires.length).toBeGreaterThanOrEqual(3)
  })

  it.each([CODES.left, CODES.handed])('is not opened again once the server says %s', async (code) => {
    await later(0)
    last().opens()
    last().ends(code)
    await later(60_000)
    expect([wires.length, events]).toEqual([1, ['up', `closed ${code}`]])
  })

  it('goes on by asks where sockets never open, and comes back to sockets when they do', async () => {
    answers = [writeFrame('kept')]
    for (let n = 0; n < 4; n += 1) {
      await later(2100)
      last().ends(1006)
    }
    await later(2600)
    expect(events).toEqual(['up', 'took 8'].toSorted((one) => (one === 'up' ? 1 : -1)))
    expect(line.send(writeFrame('who'))).toBe(true)
    await later(2600)
    expect(exchanged).toEqual([1, 2])
    await later(60_000)
    expect(wires.length).toBeGreaterThan(4)
    last().opens()
    const asked = exchanged.length
    await later(2600)
    expect(exchanged).toHaveLength(asked)
  })
})
