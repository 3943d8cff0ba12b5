/** Who is shown to visitors: shifts whose desks are there. A desk that crashed tells nobody, so its silence has to. */
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { type Desk, desksOf, NOW, openHouse, Visitor, visitorSays } from './house.ts'

openHouse()

describe('a shift', () => {
  const shown = async () => {
    const people = await visitorSays({ ask: 'people' })
    return people.ok && 'shifts' in people ? people.shifts.length : -1
  }
  const written = async () => (await env.DB.prepare('SELECT shown_until AS until FROM shift').first<{ until: number }>())?.until ?? 0
  const signs: [string, (desk: Desk) => Promise<unknown>][] = [
    ['a look', (desk) => desk.look()],
    ['an exchange', (desk) => desk.poll()],
    ['a line', (desk) => desk.openLine()],
  ]

  it.each(signs)('whose desk gave no sign for a minute is nobody to wait for, and is shown again after %s', async (_name, sign) => {
    const { desks } = await desksOf(2)
    const [desk, other] = desks as [Desk, Desk]
    const real = Date.now()
    try {
      expect(await shown()).toBe(2)
      vi.setSystemTime(real + 39_000)
      expect(await shown()).toBe(2)
      vi.setSystemTime(real + 61_000)
      expect(await shown()).toBe(0)
      expect(await new Visitor().open(desks)).toEqual({ ok: false, reason: 'nobody' })
      await sign(desk)
      expect(await shown()).toBe(1)
      // Nor is a talk handed where nobody is.
      expect((await desk.look()).colleagues).toEqual([])
      expect((await other.look()).colleagues).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is prolonged at most every twenty seconds, and never shortened', async () => {
    const { desks } = await desksOf(1)
    const desk = desks[0] as Desk
    const real = Date.now()
    try {
      const times = new Set<number>()
      for (let second = 0; second <= 60; second += 3) {
        vi.setSystemTime(real + second * 1000)
        await desk.look()
        times.add(await written())
        expect(await written()).toBeGreaterThan(NOW() + 36)
      }
      expect(times.size).toBeLessThanOrEqual(4)
      const last = await written()
      vi.setSystemTime(real + 30_000)
      await desk.look()
      expect(await written()).toBe(last)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not ended by it: a desk that was away for an hour goes on as before', async () => {
    const { desks } = await desksOf(1)
    const desk = desks[0] as Desk
    try {
      vi.setSystemTime(Date.now() + 3600_000)
      expect((await desk.look()).pace).toMatchObject({ state: 'free', placesLeft: 3 })
      expect(await shown()).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })
})
