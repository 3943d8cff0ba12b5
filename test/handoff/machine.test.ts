/** The states of a talk, tried in every order: nobody has it twice, nothing comes back from the end, the same ask gives the same answer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accept,
  close,
  expiryOf,
  inOrder,
  isQuiet,
  LONGEST_SECONDS,
  leave,
  open,
  reseal,
  setAside,
  type Talk,
  tie,
  transfer,
  turnAfter,
} from '../../worker/handoff/machine.ts'

const NOW = 1_795_000_000
const ASKED = { pass: 'p', wire: 'w', request: 'r1', language: 'uk', wish: 'any' } as const
const HOLDERS = ['A', 'B', 'C']

type Step =
  | { do: 'reseal'; from: 'waiting' | 'any'; ahead: number }
  | { do: 'accept'; by: number; stale: boolean }
  | { do: 'transfer'; by: number; to: number }
  | { do: 'close'; by: number }
  | { do: 'set-aside'; by: number; isQuiet: boolean }
  | { do: 'leave' }
  | { do: 'tie' }

const holder = fc.nat(2)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('reseal' as const), from: fc.constantFrom('waiting' as const, 'any' as const), ahead: fc.nat(2) }),
  fc.record({ do: fc.constant('accept' as const), by: holder, stale: fc.boolean() }),
  fc.record({ do: fc.constant('transfer' as const), by: holder, to: holder }),
  fc.record({ do: fc.constant('close' as const), by: holder }),
  fc.record({ do: fc.constant('set-aside' as const), by: holder, isQuiet: fc.boolean() }),
  fc.record({ do: fc.constant('leave' as const) }),
  fc.record({ do: fc.constant('tie' as const) }),
)

function take(talk: Talk, one: Step, at: number) {
  switch (one.do) {
    case 'reseal':
      return reseal(talk, { from: one.from, rev: talk.rev + one.ahead, request: `r${at}` }, NOW + at)
    case 'accept': {
      const name = HOLDERS[one.by] as string
      return accept(talk, { holder: name, shift: name, rev: talk.rev - (one.stale ? 1 : 0), epoch: talk.epoch + 1, accept: `a${at}` })
    }
    case 'transfer':
      return transfer(talk, HOLDERS[one.by] as string, HOLDERS[one.to] as string, talk.epoch, `t${at}`)
    case 'close':
      return close(talk, HOLDERS[one.by] as string, `c${at}`)
    case 'set-aside':
      return setAside(talk, HOLDERS[one.by] as string, one.isQuiet)
    case 'leave':
      return leave(talk, `l${at}`)
    case 'tie':
      return tie(talk, `k${at}`)
  }
}

describe('a talk', () => {
  it('keeps its promises in whatever order it is asked', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let talk = open(ASKED, NOW)
        for (const [at, one] of steps.entries()) {
          const outcome = take(talk, one, at + 2)
          const next = outcome.ok ? outcome.value.next : talk
          expect(next.rev).toBeGreaterThanOrEqual(talk.rev)
          expect(next.epoch).toBeGreaterThanOrEqual(talk.epoch)
          expect(next.epoch - talk.epoch).toBeLessThanOrEqual(1)
          expect(next.until).toBe(talk.until)
          if (talk.state === 'ended') expect(next).toEqual(talk)
          if (next.state === 'waiting') expect([next.holder, next.accept, next.to]).toEqual([null, null, null])
          if (next.state === 'joined') expect([next.holder === null, next.accept === null, next.to]).toEqual([false, false, null])
          if (next.state === 'handed')
            expect([next.holder === null, next.to === null, next.transfer === null]).toEqual([false, false, false])
          if (next.state === 'ended') expect([next.request, next.accept, next.capsule]).toEqual(['', null, null])
          // Only who has it sets it aside, and it stays exactly as it was.
          if (next.isAside && !talk.isAside) expect(one).toMatchObject({ do: 'set-aside', isQuiet: true })
          if (next.isAside) expect([next.holder === null, next.accept]).toEqual([false, talk.accept])
          // Whoever loses it is told, and nobody else.
          const released = outcome.ok ? outcome.value.effects.flatMap((effect) => (effect.do === 'release' ? [effect.holder] : [])) : []
          if (talk.holder !== null && next.state !== 'ended' && next.accept !== talk.accept) expect(released).toEqual([talk.holder])
          talk = next
        }
      }),
      { numRuns: 500 },
    )
  })

  it('stands behind all that asked before, within the same minute too, and in front of all that ask later', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(90), { maxLength: 12 }), (seconds) => {
        let now = NOW
        const line: Talk[] = []
        for (const [at, later] of seconds.entries()) {
          now += later
          // Row names are random: no order is in them.
          line.push(open({ ...ASKED, wire: `${(at * 7) % 13}` }, now, turnAfter(line, now)))
        }
        expect(line.toSorted(inOrder)).toEqual(line)
        expect(line.toReversed().sort(inOrder)).toEqual(line)
      }),
    )
  })

  it('answers the same to what it is asked twice', () => {
    const waiting = open(ASKED, NOW)
    const asked = { from: 'any', rev: 2, request: 'r2' } as const
    const again = reseal(waiting, asked, NOW)
    if (!again.ok) throw new Error('reseal')
    expect(reseal(again.value.next, asked, NOW + 60)).toMatchObject({ ok: true, value: { next: again.value.next } })
    const by = { holder: 'A', shift: 'A', rev: 2, epoch: 1, accept: 'a' }
    const joined = accept(again.value.next, by)
    if (!joined.ok) throw new Error('accept')
    expect(accept(joined.value.next, by)).toMatchObject({ ok: true, value: { next: joined.value.next } })
    expect(accept(joined.value.next, { ...by, holder: 'B', shift: 'B' })).toEqual({ ok: false, error: { reason: 'changed' } })
    const handed = transfer(joined.value.next, 'A', 'B', 1, 't')
    if (!handed.ok) throw new Error('transfer')
    expect(transfer(handed.value.next, 'A', 'B', 1, 't')).toMatchObject({ ok: true, value: { next: handed.value.next } })
    expect(accept(handed.value.next, { ...by, holder: 'C', shift: 'C', epoch: 2, accept: 'c' })).toEqual({
      ok: false,
      error: { reason: 'changed' },
    })
    expect(accept(handed.value.next, { ...by, holder: 'B', shift: 'B', epoch: 2, accept: 'b' })).toMatchObject({
      ok: true,
      value: { next: { holder: 'B', epoch: 2 } },
    })
    const closed = close(handed.value.next, 'A', 'c')
    if (!closed.ok) throw new Error('close')
    expect(close(closed.value.next, 'A', 'c')).toMatchObject({ ok: true, value: { next: closed.value.next } })
    expect(leave(closed.value.next, 'l')).toMatchObject({ ok: true, value: { next: closed.value.next } })
  })

  it('is not taken from who is accepting it for one more box, only for another person', () => {
    const joined = accept(open(ASKED, NOW), { holder: 'A', shift: 'A', rev: 1, epoch: 1, accept: 'a' })
    if (!joined.ok) throw new Error('accept')
    expect(reseal(joined.value.next, { from: 'waiting', rev: 2, request: 'r' }, NOW)).toEqual({ ok: false, error: { reason: 'changed' } })
    expect(reseal(joined.value.next, { from: 'any', rev: 2, request: 'r' }, NOW)).toMatchObject({
      ok: true,
      value: { next: { state: 'waiting', epoch: 1 } },
    })
  })

  it('is quiet once its row was not prolonged for ten minutes, and never while her page is there', () => {
    const talk = { ...open(ASKED, NOW), state: 'joined' as const }
    fc.assert(
      fc.property(fc.nat(LONGEST_SECONDS - 3 * 3600), fc.nat(3600), (later, since) => {
        const prolonged = expiryOf(talk, NOW + later)
        if (since >= 10 * 60) expect(isQuiet(talk, prolonged, NOW + later + since)).toBe(true)
        if (since < 5 * 60) expect(isQuiet(talk, prolonged, NOW + later + since)).toBe(false)
      }),
    )
  })

  it('expires in whole five minutes, and never more than that past twelve hours', () => {
    fc.assert(
      fc.property(
        fc.nat(LONGEST_SECONDS),
        fc.constantFrom('waiting' as const, 'joined' as const, 'handed' as const, 'ended' as const),
        (later, state) => {
          const talk = { ...open(ASKED, NOW), state }
          const expiry = expiryOf(talk, NOW + later)
          expect(expiry % 300).toBe(0)
          expect(expiry).toBeLessThan(NOW + LONGEST_SECONDS + 300)
        },
      ),
    )
  })
})
