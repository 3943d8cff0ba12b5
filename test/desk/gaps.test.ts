/** When the agreed word is due: the phone may have changed hands while nothing came from her end. */
import { describe, expect, it } from 'vitest'
import { AWAY_MS, GAP_MS, Gaps, isWordDue, PLACE_MS } from '../../pwa/desk/gaps.ts'

describe('the agreed word', () => {
  const calm = { heardAt: 100, cameAt: 0, wasSilentFor: 0, wasAwayFor: 0, checkedAt: 50 }

  it('is asked for after ten minutes of silence, or after she was away; not again once it was', () => {
    expect(isWordDue(calm)).toBe(false)
    expect(isWordDue({ ...calm, wasSilentFor: GAP_MS })).toBe(true)
    expect(isWordDue({ ...calm, wasSilentFor: GAP_MS - 1 })).toBe(false)
    expect(isWordDue({ ...calm, wasSilentFor: GAP_MS, checkedAt: 101 })).toBe(false)
    expect(isWordDue({ ...calm, cameAt: 100, wasAwayFor: AWAY_MS })).toBe(true)
    expect(isWordDue({ ...calm, cameAt: 40, wasAwayFor: AWAY_MS })).toBe(false)
  })

  it('is asked for at once when she comes from elsewhere, and when she is back, not while she is away', () => {
    expect(new Gaps(true, 0).isWordDue).toBe(true)
    const gaps = new Gaps(false, 0)
    gaps.peerIs('away', 1000)
    gaps.peerIs('away', 1000 + AWAY_MS)
    expect(gaps.isWordDue).toBe(false)
    gaps.peerIs('here', 1000 + AWAY_MS)
    expect(gaps.isWordDue).toBe(true)
    gaps.wordChecked(1000 + AWAY_MS)
    expect(gaps.isWordDue).toBe(false)
  })
})

it('a place is asked back when nobody has been there for ten minutes on end, and once a minute until it is given', () => {
  const gaps = new Gaps(false, 0)
  expect(gaps.isAsideDue(PLACE_MS)).toBe(false)
  gaps.peerIs('away', 1000)
  expect(gaps.isAsideDue(PLACE_MS)).toBe(false)
  gaps.peerIs('here', PLACE_MS)
  gaps.peerIs('away', PLACE_MS + 1000)
  expect(gaps.isAsideDue(2 * PLACE_MS)).toBe(false)
  const due = [0, 1000, 59_000, 60_000, 61_000].map((ms) => gaps.isAsideDue(2 * PLACE_MS + 1000 + ms))
  expect(due).toEqual([true, false, false, true, false])
})
