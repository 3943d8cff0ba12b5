/** H2: when people answer, while nobody does, by the clock of the phone she holds. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import talk from '../../locales/en/talk.json'
import ui from '../../locales/en/ui.json'
import { coming } from '../../pwa/visitor/talk/hours.ts'
import type { Scene } from '../../pwa/visitor/talk/scene.ts'
import { nobody, whenKept } from '../../pwa/visitor/talk/screens/nobody.ts'
import { NOBODY, type Present } from '../../pwa/visitor/talk/sealed/people.ts'
import type { TalkHours } from '../../schema/content.ts'
import { DAYS } from '../../schema/terms.ts'

const scene = { words: { language: 'en', ui: { ...ui, ...talk } } } as unknown as Scene
const at = (time: string, hours: TalkHours[]): Present => ({ ...NOBODY, now: Date.parse(time) / 1000, hours })
/** Two hours stand on one line. */
const joined = (text: string) => text.replaceAll('–', '–\u2060')
const said = (time: string, hours: TalkHours[]): string => nobody(scene, at(time, hours)).text

const WORKDAYS: TalkHours = { country: 'UA', days: DAYS.slice(0, 5), from: '09:00', to: '21:00' }

beforeEach(() => void vi.stubEnv('TZ', 'Europe/Kyiv'))
afterEach(() => vi.unstubAllEnvs())

describe('H2: nobody on shift', () => {
  test('and no hours published: it is said that we do not know', () => {
    expect(said('2026-11-30T08:00+02:00', [])).toBe(talk.nobody)
  })

  test.each([
    ['2026-11-30T08:00+02:00', 'today, 09:00–21:00', 'tomorrow, 09:00–21:00; Wed, 09:00–21:00'],
    ['2026-11-30T21:00+02:00', 'tomorrow, 09:00–21:00', 'Wed, 09:00–21:00; Thu, 09:00–21:00'],
    ['2026-12-04T23:59+02:00', 'Mon, 09:00–21:00', 'Tue, 09:00–21:00; Wed, 09:00–21:00'],
    // The clocks change in the night before Sunday.
    ['2026-10-24T22:00+03:00', 'Mon, 09:00–21:00', 'Tue, 09:00–21:00; Wed, 09:00–21:00'],
    ['2026-03-28T22:00+02:00', 'Mon, 09:00–21:00', 'Tue, 09:00–21:00; Wed, 09:00–21:00'],
  ])('at %s: the next is %s, then %s', (time, next, later) => {
    expect(said(time, [WORKDAYS])).toBe(
      `${talk.nobodyUntil.replace('{{when}}', joined(next))} ${talk.hoursAfter.replace('{{when}}', joined(later))}`,
    )
  })

  test('in those very hours: that somebody should be here, and no promise', () => {
    expect(said('2026-11-30T09:00:01+02:00', [WORKDAYS])).toBe(talk.nobodyYet)
    expect(nobody(scene, at('2026-11-30T20:59:59+02:00', [WORKDAYS])).again).toBe(true)
    expect(nobody(scene, at('2026-11-30T21:00+02:00', [WORKDAYS])).again).toBe(false)
    expect(nobody(scene, at('2026-11-30T21:00+02:00', [])).again).toBe(false)
  })

  test('a shift through the curfew is told with the evening it begins', () => {
    const night: TalkHours = { country: 'UA', days: ['mon'], from: '22:00', to: '06:00' }
    expect(said('2026-11-30T12:00+02:00', [night])).toBe(talk.nobodyUntil.replace('{{when}}', joined('today, 22:00–06:00')))
    expect(said('2026-12-01T05:59+02:00', [night])).toBe(talk.nobodyYet)
  })

  test('the clock is that of her phone, wherever they sit and she is', () => {
    vi.stubEnv('TZ', 'Asia/Almaty')
    expect(said('2026-11-30T08:00+02:00', [WORKDAYS])).toContain(joined('today, 12:00–00:00'))
    expect(said('2026-07-06T08:00+03:00', [WORKDAYS])).toContain(joined('today, 11:00–23:00'))
  })

  test('days on end are told with both', () => {
    const all: TalkHours[] = [
      { country: 'UA', days: ['fri'], from: '18:00', to: '24:00' },
      { country: 'UA', days: ['sat'], from: '00:00', to: '24:00' },
    ]
    expect(said('2026-11-30T12:00+02:00', all)).toContain(joined('Fri, 18:00–Sun, 00:00'))
  })
})

describe('whose hours they are', () => {
  const english: TalkHours = { ...WORKDAYS, languages: ['en'], from: '12:00', to: '13:00' }
  const kazakh: TalkHours = { ...WORKDAYS, country: 'KZ', languages: ['kk', 'ru'] }
  const first = (hours: TalkHours[], language: 'en' | 'kk' | 'uk') =>
    coming(hours, language, new Date('2026-11-30T00:00Z'))[0]?.from.toISOString()

  test('of those who speak her language, or of any when none is said', () => {
    expect(first([english, kazakh], 'kk')).toBe('2026-11-30T04:00:00.000Z')
    expect(first([english, kazakh], 'en')).toBe('2026-11-30T10:00:00.000Z')
    expect(first([english, WORKDAYS], 'en')).toBe('2026-11-30T07:00:00.000Z')
  })

  test('of all, when nobody speaks it', () => {
    expect(first([english, kazakh], 'uk')).toBe('2026-11-30T04:00:00.000Z')
  })
})

describe('H2: a request kept under a code of three days', () => {
  const weekly: TalkHours = { ...WORKDAYS, days: ['mon'] }
  const until = (when: string) => talk.keptUntil.replace('{{when}}', joined(when))
  test.each([
    ['2026-12-04T21:00+02:00', [WORKDAYS], [until('Mon, 09:00–21:00')]],
    ['2026-12-04T08:59+02:00', [weekly], [until('Mon, 09:00–21:00'), talk.keptTooShort]],
    ['2026-12-04T09:00+02:00', [weekly], [until('Mon, 09:00–21:00')]],
    ['2026-11-30T10:00+02:00', [weekly], []],
    ['2026-12-04T09:00+02:00', [], []],
  ])('kept at %s: says when to come back, and when it ends before', (time, hours, said) => {
    expect(whenKept(scene, at(time, hours))).toEqual(said)
  })
})
