import { describe, expect, test } from 'vitest'
import { alwaysOpen, localTime, openAt, openSpans } from '../../guide/hours.ts'
import type { Hours } from '../../schema/content.ts'
import type { Country } from '../../schema/terms.ts'

const open = (hours: Hours, at: string) => openAt(hours, 'UA', new Date(at))
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const WORKDAYS = DAYS.slice(0, 5)
const span = (days: readonly (typeof DAYS)[number][], from: string, to: string): NonNullable<Hours> => ({
  open: [{ days: [...days], from, to }],
})

test('hours that are not known stay not known', () => {
  expect(open(null, '2026-11-23T10:00+02:00')).toBe('unknown')
})

describe('a span is half-open', () => {
  test.each([
    ['2026-11-23T08:59+02:00', 'no'],
    ['2026-11-23T09:00+02:00', 'yes'],
    ['2026-11-23T17:59+02:00', 'yes'],
    ['2026-11-23T18:00+02:00', 'no'],
    ['2026-11-22T12:00+02:00', 'no'],
  ])('workdays 9 to 18, at %s: %s', (at, answers) => {
    expect(open(span(WORKDAYS, '09:00', '18:00'), at)).toBe(answers)
  })

  test('an hour is the country’s, whatever zone the clock is read in', () => {
    expect(open(span(WORKDAYS, '09:00', '18:00'), '2026-11-23T07:00Z')).toBe('yes')
    expect(open(span(WORKDAYS, '09:00', '18:00'), '2026-07-06T06:00Z')).toBe('yes')
    expect(open(span(WORKDAYS, '09:00', '18:00'), '2026-11-23T06:00Z')).toBe('no')
  })
})

test('the whole of Kazakhstan has one hour, and its neighbours their own', () => {
  const at = new Date('2026-11-23T12:00Z')
  const clock = (country: Country) => localTime(country, at).minutes / 60
  expect((['UA', 'KZ', 'KG', 'UZ', 'TJ', 'TM'] as const).map(clock)).toEqual([14, 17, 18, 17, 17, 17])
})

describe('past midnight', () => {
  const night = span(['fri'], '20:00', '08:00')
  test.each([
    ['2026-11-20T19:59+02:00', 'no'],
    ['2026-11-20T20:00+02:00', 'yes'],
    ['2026-11-21T00:00+02:00', 'yes'],
    ['2026-11-21T07:59+02:00', 'yes'],
    ['2026-11-21T08:00+02:00', 'no'],
    ['2026-11-20T07:00+02:00', 'no'],
    ['2026-11-21T20:00+02:00', 'no'],
  ])('Friday 20 to 8, at %s: %s', (at, answers) => {
    expect(open(night, at)).toBe(answers)
  })

  test('Sunday’s night runs into Monday', () => {
    expect(open(span(['sun'], '22:00', '06:00'), '2026-11-23T05:00+02:00')).toBe('yes')
  })

  test('a day to 24:00 ends with the day', () => {
    expect(open(span(['mon'], '08:00', '24:00'), '2026-11-23T23:59+02:00')).toBe('yes')
    expect(open(span(['mon'], '08:00', '24:00'), '2026-11-24T00:00+02:00')).toBe('no')
  })
})

describe('the days the clocks change in Kyiv', () => {
  test('2026-03-29: three o’clock is left out', () => {
    expect(localTime('UA', new Date('2026-03-29T00:59Z'))).toEqual({ day: 6, minutes: 2 * 60 + 59 })
    expect(localTime('UA', new Date('2026-03-29T01:00Z'))).toEqual({ day: 6, minutes: 4 * 60 })
    expect(open(span(['sun'], '02:00', '04:00'), '2026-03-29T00:59Z')).toBe('yes')
    expect(open(span(['sun'], '02:00', '04:00'), '2026-03-29T01:00Z')).toBe('no')
  })

  test('2026-10-25: the hour from three to four comes twice, and is open twice', () => {
    for (const at of ['2026-10-25T00:30Z', '2026-10-25T01:30Z']) {
      expect(localTime('UA', new Date(at))).toEqual({ day: 6, minutes: 3 * 60 + 30 })
      expect(open(span(['sun'], '03:00', '04:00'), at)).toBe('yes')
    }
    expect(open(span(['sun'], '03:00', '04:00'), '2026-10-25T02:00Z')).toBe('no')
  })

  test.each(['2026-03-29', '2026-10-25'])('%s: round the clock is every minute of it', (day) => {
    const always = span(DAYS, '00:00', '24:00')
    const midnight = Date.parse(`${day}T00:00Z`)
    for (let quarter = -12; quarter < 4 * 28; quarter += 1)
      expect(openAt(always, 'UA', new Date(midnight + quarter * 15 * 60_000))).toBe('yes')
  })
})

test('round the clock is seen as such, one day less is not', () => {
  expect(alwaysOpen(span(DAYS, '00:00', '24:00'))).toBe(true)
  expect(alwaysOpen(span(DAYS, '09:00', '09:00'))).toBe(true)
  expect(alwaysOpen(span(WORKDAYS, '00:00', '24:00'))).toBe(false)
  expect(alwaysOpen(span(DAYS, '08:00', '24:00'))).toBe(false)
})

describe('H2: what is open in the coming week', () => {
  const spans = (hours: Hours, at: string, country: Country = 'UA') =>
    openSpans((now) => openAt(hours, country, now) === 'yes', new Date(at)).map(({ from, to }) =>
      [from, to].map((one) => one.toISOString()),
    )

  test('begins with the next span, in the order of time, for seven days', () => {
    const found = spans(span(WORKDAYS, '09:00', '18:00'), '2026-11-27T18:00+02:00')
    expect(found).toHaveLength(5)
    expect(found[0]).toEqual(['2026-11-30T07:00:00.000Z', '2026-11-30T16:00:00.000Z'])
    expect(found[4]).toEqual(['2026-12-04T07:00:00.000Z', '2026-12-04T16:00:00.000Z'])
  })

  test('is open from this moment, to the second, when it has begun', () => {
    expect(spans(span(['mon'], '09:00', '18:00'), '2026-11-30T09:07:31+02:00')[0]).toEqual([
      '2026-11-30T07:07:31.000Z',
      '2026-11-30T16:00:00.000Z',
    ])
  })

  test('spans that meet are one, and a break stays one', () => {
    const day = {
      open: [...span(['mon'], '09:00', '12:00').open, ...span(['mon'], '12:00', '15:00').open, ...span(['mon'], '16:00', '18:00').open],
    }
    expect(spans(day, '2026-11-30T08:00+02:00')).toEqual([
      ['2026-11-30T07:00:00.000Z', '2026-11-30T13:00:00.000Z'],
      ['2026-11-30T14:00:00.000Z', '2026-11-30T16:00:00.000Z'],
    ])
  })

  test('nothing published is nothing, and round the clock is the whole week', () => {
    expect(spans({ open: [] }, '2026-11-30T08:00+02:00')).toEqual([])
    expect(spans(span(DAYS, '00:00', '24:00'), '2026-11-30T08:00+02:00')).toEqual([
      ['2026-11-30T06:00:00.000Z', '2026-12-07T06:00:00.000Z'],
    ])
  })

  test('a shift through the night of the curfew is one span, on the evening it begins', () => {
    expect(spans(span(['fri', 'sat'], '22:00', '06:00'), '2026-11-27T12:00+02:00')).toEqual([
      ['2026-11-27T20:00:00.000Z', '2026-11-28T04:00:00.000Z'],
      ['2026-11-28T20:00:00.000Z', '2026-11-29T04:00:00.000Z'],
    ])
    expect(spans(span(['fri', 'sat'], '22:00', '06:00'), '2026-11-28T03:00+02:00')[0]).toEqual([
      '2026-11-28T01:00:00.000Z',
      '2026-11-28T04:00:00.000Z',
    ])
  })

  test.each([
    ['2026-03-28', '2026-03-28T20:00:00.000Z', '2026-03-29T03:00:00.000Z', 'an hour less'],
    ['2026-10-24', '2026-10-24T19:00:00.000Z', '2026-10-25T04:00:00.000Z', 'an hour more'],
  ])('the night of %s, when the clocks change, has its own length: %s to %s, %s', (day, from, to) => {
    expect(spans(span(['sat'], '22:00', '06:00'), `${day}T12:00Z`)).toEqual([[from, to]])
  })

  test('after the change nine o’clock is still nine o’clock there; Kazakhstan has no change', () => {
    const nine = (country: Country, at: string) => spans(span(['mon'], '09:00', '10:00'), at, country)[0]?.[0]
    expect(nine('UA', '2026-10-24T12:00Z')).toBe('2026-10-26T07:00:00.000Z')
    expect(nine('UA', '2026-10-17T12:00Z')).toBe('2026-10-19T06:00:00.000Z')
    expect(nine('KZ', '2026-10-24T12:00Z')).toBe('2026-10-26T04:00:00.000Z')
    expect(nine('KZ', '2026-10-17T12:00Z')).toBe('2026-10-19T04:00:00.000Z')
  })
})
