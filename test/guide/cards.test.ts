import { describe, expect, test } from 'vitest'
import { card, hoursText } from '../../guide/cards.ts'
import type { Service } from '../../guide/guide.ts'
import { type Offer, servicesFor } from '../../guide/services.ts'
import { LANGUAGES, NEEDS } from '../../schema/terms.ts'
import { ALWAYS, NOW, service, words } from './made-up.ts'
import { realDirectory, realHouse, realWords } from './real.ts'

const offer = (parts: Partial<Service> = {}, rest: Partial<Offer> = {}): Offer => ({
  service: service('s', parts),
  covers: 'oblast',
  here: false,
  within: false,
  answersNow: 'unknown',
  confirmed: false,
  old: false,
  via: [],
  ...rest,
})

/** Words that are their own keys, so that a test names no wording. */
const SAID = words({
  sourceOf: 'sourceOf {{month}}',
  sourceUndated: 'sourceUndated {{month}}',
  confirmedOn: 'confirmedOn {{month}}',
  confirmedLongAgo: 'longAgo {{month}}',
})

describe('S3: every field is on the card', () => {
  test('S3: hours, cost, languages, anonymity, writing and the police are there when they are known', () => {
    const known = {
      hours: ALWAYS,
      free: true,
      languages: ['uk', 'en'],
      anonymous: false,
      write: true,
      tellsPolice: false,
      address: 'вул. Тиха, 1',
    }
    expect(card(SAID, offer(known)).details).toEqual([
      ['hours', 'hours.always'],
      ['cost', 'cost.yes'],
      ['languages', 'language.uk, language.en'],
      ['anonymous', 'anonymous.no'],
      ['write', 'write.yes'],
      ['tellsPolice', 'tellsPolice.no'],
      ['address', 'вул. Тиха, 1'],
    ])
  })

  test('S3: what is not known is said so, never left out and never guessed', () => {
    const shown = card(SAID, offer())
    expect(shown.details).toEqual(['hours', 'cost', 'languages', 'anonymous', 'write', 'tellsPolice'].map((label) => [label, 'notKnown']))
    expect([shown.whom, shown.answersText]).toEqual(['notKnown', 'answers.unknown'])
  })

  test('S3: whom it serves, what it offers, and where it reaches', () => {
    const tables = { ...SAID, serves: { men: 'чоловікам', children: 'дітям' }, offers: { referral: 'порадять, куди йти' } }
    const shown = card(tables, offer({ serves: ['men', 'children'], offers: ['referral'] }, { answersNow: 'yes' }))
    expect([shown.whom, shown.what, shown.reach, shown.answersText]).toEqual([
      'чоловікам, дітям',
      'порадять, куди йти',
      'covers.oblast',
      'answers.yes',
    ])
    expect(card(SAID, offer({}, { within: true })).reach).toBe('coversWithin')
  })

  test('S2: a service without an address has no row for one', () => {
    expect(card(SAID, offer()).details.map(([label]) => label)).not.toContain('address')
  })

  test('the number is written for people and dialled as it is; its lines are named with their first number', () => {
    const line = service('line', {
      name: 'Лінія',
      phones: [
        { number: '1547', note: null },
        { number: '+380501112233', note: null },
      ],
    })
    const shown = card(SAID, offer({ phones: [{ number: '+380800500335', note: null }] }, { via: [line] }))
    expect(shown.phones).toEqual([{ tel: '+380800500335', text: '0 800 500 335' }])
    expect(shown.via).toEqual([{ name: 'Лінія', phones: [{ tel: '1547', text: '15-47' }] }])
  })

  test('a number of another country stands as that country writes it, and is dialled with its code', () => {
    const phones = [{ number: '+421800212212', note: null, display: '0800 212 212' }]
    expect(card(SAID, offer({ phones })).phones).toEqual([{ tel: '+421800212212', text: '0800 212 212' }])
  })

  test('a written channel is a link only to https and to Telegram', () => {
    const channels = [
      { type: 'web', value: 'https://example.org' },
      { type: 'telegram', value: '@example' },
      { type: 'viber', value: 'Example' },
      { type: 'web', value: 'javascript:alert(1)' },
    ]
    expect(card(SAID, offer({ channels })).channels.map(({ href }) => href)).toEqual([
      'https://example.org',
      'https://t.me/example',
      null,
      null,
    ])
  })
})

describe('S1: when it was checked', () => {
  test.each<[string, Partial<Service>, Partial<Offer>, string]>([
    ['a source with a date', { sourceOn: '2025-05' }, {}, 'sourceOf травень 2025'],
    ['a source without a date', { sourceOn: null, readOn: '2026-11-22' }, {}, 'sourceUndated листопад 2026'],
    ['confirmed', { confirmedOn: '2026-11-01' }, { confirmed: true }, 'confirmedOn листопад 2026'],
    ['confirmed long ago', { confirmedOn: '2026-01-01' }, {}, 'longAgo січень 2026'],
    ['old, shown because there is nothing else', { sourceOn: '2020' }, { old: true }, 'sourceOf 2020 sourceOld'],
  ])('S1: %s', (_, parts, rest, told) => {
    expect(card(SAID, offer(parts, rest)).checked).toBe(told)
  })
})

describe('hours in words', () => {
  const of = (days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[]) =>
    hoursText(SAID, { open: [{ days, from: '09:00', to: '18:00' }] })

  test('days in a row are a span, others are named one by one', () => {
    expect(of(['mon', 'tue', 'wed', 'thu', 'fri'])).toBe('day.mon–day.fri 09:00–18:00')
    expect(of(['mon', 'wed', 'fri'])).toBe('day.mon, day.wed, day.fri 09:00–18:00')
    expect(of(['sat', 'mon', 'tue', 'wed'])).toBe('day.mon–day.wed, day.sat 09:00–18:00')
    expect(of(['sat', 'sun'])).toBe('day.sat, day.sun 09:00–18:00')
    expect(of(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).toBe('day.every 09:00–18:00')
  })

  test('S1: the day a source says so stands beside', () => {
    const told = { ...SAID, ui: { ...SAID.ui, 'hours.asOf': '{{hours}} ({{month}})' } }
    expect(hoursText(told, { ...ALWAYS, as_of: '2025-03' })).toBe('hours.always (березень 2025)')
  })
})

describe.each(LANGUAGES)('the real directory in %s', (language) => {
  test('S3: every card of every need is complete, in words', async () => {
    const said = await realWords(language)
    const directory = realDirectory(language)
    const shown = [null, ...directory.oblasts.map(({ code }) => code)].flatMap((area) =>
      servicesFor(directory, realHouse, { need: 'psychological', area, at: NOW }),
    )
    const others = NEEDS.flatMap((need) => servicesFor(directory, realHouse, { need, area: 'UA1802015', at: NOW }))
    const cards = [...new Map([...shown, ...others].map((one) => [one.service.id, one])).values()].map((one) => card(said, one))
    expect(cards.length).toBeGreaterThan(50)
    // A word that is missing shows its key, or its id; one that is not filled shows its braces.
    const ids = directory.services.flatMap(({ serves, offers }) => [...serves, ...offers]).filter((id) => id.includes('-'))
    const keys = new Set([...Object.keys(said.ui).filter((key) => /[.A-Z]/.test(key)), ...ids])
    const faults = cards.flatMap((one) => {
      const texts = [one.name, one.reach, one.answersText, one.what, one.whom, one.checked, ...one.details.flat()]
      const wrong = texts.filter(
        (text) => text === '' || text.includes('{{') || text.split(', ').some((part) => keys.has(part) || /^(language|day)\./.test(part)),
      )
      return [...wrong.map((text) => `${one.id}: "${text}"`), ...(one.details.length < 6 ? [`${one.id}: a field is not there`] : [])]
    })
    expect(faults).toEqual([])
  })
})
