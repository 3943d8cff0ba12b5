import { describe, expect, it } from 'vitest'
import { Outbox } from '../../pwa/desk/outbox.ts'

const frame = (n: number) => Uint8Array.of(n)
const numbers = ({ frames }: { frames: Uint8Array[] }): number[] => frames.map(([n]) => n ?? -1)

function withThree(): Outbox {
  const box = new Outbox()
  for (const n of [0, 1, 2]) box.add(n, frame(n))
  return box
}

describe('what is on its way', () => {
  it('goes at once, in order, and again while nobody says that it was taken', () => {
    const box = withThree()
    expect(numbers(box.due(0))).toEqual([0, 1, 2])
    expect(numbers(box.due(1000))).toEqual([])
    box.kept(1)
    expect(numbers(box.due(5000))).toEqual([0, 2])
  })

  it('fails after some tries, is told once, and goes again when somebody asks', () => {
    const box = new Outbox()
    box.add(0, frame(0))
    let sent = 0
    const failed: number[] = []
    for (let ms = 0; ms < 60_000; ms += 500) {
      const due = box.due(ms)
      sent += due.frames.length
      failed.push(...due.failed)
    }
    expect([sent, failed]).toEqual([5, [0]])
    box.again(0)
    expect(numbers(box.due(60_000))).toEqual([0])
  })

  it('goes again as a whole on a new line, even what was kept, until it is acknowledged', () => {
    const box = withThree()
    box.due(0)
    for (const n of [0, 1, 2]) box.kept(n)
    box.acknowledged(0)
    box.again()
    expect(numbers(box.due(1))).toEqual([1, 2])
  })

  it('too fast is no failure: it waits a moment and does not count', () => {
    const box = new Outbox()
    box.add(0, frame(0))
    for (let turn = 0; turn < 20; turn += 1) {
      expect(box.due(turn * 2000).frames).toHaveLength(1)
      box.slow(0, turn * 2000)
      expect(box.due(turn * 2000 + 100).frames).toHaveLength(0)
    }
  })

  it('lets go of everything at once', () => {
    const box = withThree()
    box.drop()
    expect(box.due(0)).toEqual({ frames: [], failed: [] })
  })
})
