import { describe, expect, test } from 'vitest'
import { daysBetween, isPast } from '../../../guide/check/day.ts'
import { gazetteer } from '../../../guide/check/place-names.ts'
import { placeNamed } from '../../../guide/check/secret-places.ts'
import { checkContent } from '../../../guide/check.ts'
import type { Language } from '../../../schema/terms.ts'
import { cleanContent, hiddenShelter, of, planted, service, stepOf, wordsOf } from './fixture.ts'
import { testRules } from './rules.ts'

const MONEY = 'guide/content/guides/ua/money.yaml'
const LINE = 'guide/content/services/ua-line.yaml'
const SHELTER = 'guide/content/services/ua-ua18-shelter-1.yaml'

describe('facts and care: one planted fault each', () => {
  testRules([
    {
      rule: 'states-unconfirmed',
      says: 'grade C is stated',
      plant: (c) => void stepOf(c, 'ua-money', 'money').facts.push('ua-law-01-2'),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'open-but-confirmed',
      says: 'grade A is asked',
      plant: (c) => void (stepOf(c, 'ua-money', 'money').open = ['ua-law-01-1']),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'expired-fact',
      says: 'its last day is past',
      plant: (c) => void (c.cards[0]!.facts[0]!.until = '2026-10'),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'stale-fact',
      says: 'nobody read it for a year',
      plant: (c) => void (c.cards[0]!.read_on = '2025-11-21'),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'duplicate-fact',
      says: 'two facts share an id',
      plant: (c) => void (c.cards[0]!.facts[1]!.id = 'ua-law-01-1'),
      file: 'guide/content/facts/ua/law-01.yaml',
    },
    {
      rule: 'uncited-card',
      says: 'a card has no citation',
      plant: (c) => void (c.words.ru.facts = { cards: {} }),
      file: 'locales/ru/facts.json',
    },
    {
      rule: 'unknown-fact',
      says: 'care rests on no fact',
      plant: (c) => void (c.care[0]!.fact = 'ua-gone'),
      file: 'guide/content/care/ua.yaml',
    },
    {
      rule: 'states-unconfirmed',
      says: 'care rests on grade C',
      plant: (c) => void (c.care[0]!.fact = 'ua-law-01-2'),
      file: 'guide/content/care/ua.yaml',
    },
    {
      rule: 'uncited-number',
      says: 'no fact holds the hours of care',
      plant: (c) => void (c.care[0]!.within_hours = 96),
      file: 'guide/content/care/ua.yaml',
    },
    {
      rule: 'care-without-words',
      says: 'care has no words',
      plant: (c) => void (c.words.en.care = { care: {} }),
      file: 'locales/en/care.json',
    },
  ])

  test('days are counted without a clock', () => {
    expect(daysBetween('2025-11-22', '2026-11-22')).toBe(365)
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2023', '2024-01-01')).toBe(365)
    expect([isPast('2026-11', '2026-11-30'), isPast('2026-11', '2026-12-01'), isPast('2026', '2027-01-01')]).toEqual([false, true, true])
  })

  test('only the day given decides what is stale', () => {
    const rules = (today: string) => checkContent(cleanContent(), { today }).map((finding) => finding.rule)
    expect(rules('2027-11-22')).not.toContain('stale-fact')
    expect(rules('2027-11-23')).toContain('stale-fact')
  })
})

describe('the directory: one planted fault each', () => {
  testRules([
    {
      rule: 'old-source',
      says: 'its source is older than four years',
      plant: (c) => void (c.services[0]!.last_source_date = '2022-11'),
      file: LINE,
      level: 'warning',
    },
    {
      rule: 'old-source',
      says: 'its source has no date',
      plant: (c) => void (c.services[0]!.last_source_date = null),
      file: LINE,
      level: 'warning',
    },
    {
      rule: 'confirmation-due',
      says: 'a national line was confirmed long ago',
      plant: (c) => void (c.services[0]!.verified = { on: '2026-08-01', by: 'a', how: 'rang', source: null }),
      file: LINE,
      level: 'warning',
    },
    {
      rule: 'service-file',
      says: 'the file has another name',
      plant: (c) => void (c.services[0]!.file = 'guide/content/services/x.yaml'),
      file: 'guide/content/services/x.yaml',
    },
    {
      rule: 'unknown-country',
      says: 'the country is not served',
      plant: (c) => void c.services.push(service('xx-a', { country: 'XX' })),
      file: 'guide/content/services/xx-a.yaml',
    },
    {
      rule: 'service-of-other-country',
      says: 'a screen of Ukraine calls a line of a country that hosts nobody from there',
      plant: (c) => {
        c.services.push(service('kz-line', { country: 'KZ', areas: ['KZ'] }))
        stepOf(c, 'ua-money', 'money').call.push('kz-line')
      },
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'unknown-service',
      says: '"contact_via" names none',
      plant: (c) => void (c.services[0]!.contact_via = ['ua-gone']),
      file: LINE,
    },
    { rule: 'unknown-area', says: 'an area does not exist', plant: (c) => void (c.services[0]!.areas = ['UA99']), file: LINE },
    {
      rule: 'secret-address',
      says: 'a shelter has an address',
      plant: (c) => void c.services.push(service('ua-s', { kind: 'shelter', address: 'x' })),
      file: 'guide/content/services/ua-s.yaml',
    },
    {
      rule: 'missing-service-words',
      says: 'a caution has no words',
      plant: (c) => void (c.services[0]!.cautions = ['call-recorded']),
      file: 'locales/en/services.json',
    },
    {
      rule: 'duplicate-service',
      says: 'two files hold one id',
      plant: (c) => void c.services.push(service('ua-line', { file: 'guide/content/services/b.yaml' })),
      file: 'guide/content/services/b.yaml',
    },
  ])
})

test('a line of a country that hosts people from Ukraine is known, and may stand on Ukraine’s screens', () => {
  const found = planted((c) => {
    c.services.push(service('sk-line', { country: 'SK', areas: ['SK'] }))
    stepOf(c, 'ua-money', 'money').call.push('sk-line')
  })
  const rules = ['unknown-country', 'unknown-area', 'service-of-other-country']
  expect(found.filter(({ rule }) => rules.includes(rule))).toEqual([])
})

describe('places that must not be known: one planted trace each', () => {
  const hide = (parts: Parameters<typeof hiddenShelter>[0]) => (c: ReturnType<typeof cleanContent>) =>
    void (c.services[1] = hiddenShelter(parts))
  const traces: [string, Parameters<typeof hiddenShelter>[0]][] = [
    ['a hromada as area', { areas: ['UA1802001'] }],
    ['an address', { address: 'x' }],
    ['a number', { phones: [{ number: '1', note: null, show: true }] }],
    ['a channel', { channels: [{ type: 'web', value: ['https://example.org'], show: true }] }],
    ['a city in the name', { name: { uk: 'Притулок, Житомир' } }],
    ['a declined city', { name: { uk: 'Притулок у Звягелі' } }],
    ['a former Russian name', { name: { ru: 'Приют, Новоград-Волынский' } }],
    ['a Russian form that no table holds', { notes: 'Приют в Бердичеве' }],
    ['a romanised town in a source title', { source: [{ title: 'news of Zviahel', url: null, date: null }] }],
    ['another romanisation in a source address', { source: [{ title: 'news', url: 'https://zvyagel.example.org/a', date: null }] }],
    ['a town of two words', { notes: 'Known in Nova Borova.' }],
    ['a raion', { notes: 'Бердичівський р-н' }],
    ['a word for something finer, whatever its name', { notes: 'the hromada pays' }],
    ['a code finer than the oblast', { hours_text: 'UA1802001' }],
    ['a line that tells the place', { contact_via: ['ua-berdychiv-line'] }],
  ]
  testRules(traces.map(([says, parts]) => ({ rule: 'secret-place', says, plant: hide(parts), file: SHELTER })))

  test('the file name counts too', () => {
    const file = 'guide/content/services/ua-zhytomyr-shelter.yaml'
    expect(of(planted(hide({ file })), 'secret-place').map((finding) => finding.file)).toEqual([file])
  })

  test('a line of one hromada may not lead to the place', () => {
    const found = planted((c) => {
      c.services.push(service('ua-local', { areas: ['UA1802001'], scope: 'hromada' }))
      hide({ contact_via: ['ua-local'] })(c)
    })
    expect(of(found, 'secret-place')).toHaveLength(1)
  })

  test("the oblast's own adjective and Kyiv as a region are no trace", () => {
    const places = gazetteer(cleanContent())
    for (const text of [
      'Притулок, Житомирська область',
      'у Житомирській області',
      'Приют, Житомирская область',
      'Shelter, Zhytomyrska oblast',
      'Уақытша баспана, Житомир облысы',
    ])
      expect(placeNamed(places, ['UA18'], text), text).toBeNull()
    expect(placeNamed(places, ['UA80'], 'Кризова кімната, Київ')).toBeNull()
    expect(placeNamed(places, ['UA18'], 'Кризова кімната, Київ')).toBe('Київ')
    expect(placeNamed(places, ['UA18'], 'Житомирська міська рада')).not.toBeNull()
    expect(placeNamed(places, ['UA18'], 'Уақытша баспана, Житомир')).toBe('Житомир')
    expect(placeNamed(places, ['UA18'], 'Житомир қаласы, Житомир облысы')).toBe('қаласы')
  })
})

describe('no sentence tells where a shelter stands', () => {
  const told: [Language, string][] = [
    ['uk', 'Притулок Житомирської області — у Бердичеві.'],
    ['uk', 'Кризова кімната є в громаді Звягель.'],
    ['uk', 'Прихисток: вул. Тиха, біля школи.'],
    ['uk', 'Притулок — у Новій Боровій.'],
    ['uk', 'Притулок Бердичівського району працює цілодобово.'],
    ['ru', 'Приют есть в Бердичеве.'],
    ['ru', 'Кризисная комната — на улице возле рынка.'],
    ['ru', 'Убежище работает в Новоград-Волынском.'],
    ['en', 'The shelter of Zhytomyr oblast is in Berdychiv.'],
    ['en', 'There is a crisis room on Quiet Street.'],
    ['en', 'A safe house opened in Nova Borova.'],
    ['en', 'The refuge is in Zhytomyr.'],
    ['kk', 'Баспана Бердичевте.'],
    ['kk', 'Қауіпсіз жер Житомирдің шетінде.'],
    ['kk', 'Дағдарыс бөлмесі Тыныш көшесінде.'],
  ]
  test.each(told)('%s: %s', (language, sentence) => {
    const found = planted((c) => void wordsOf(c, language, 'ua-shelter', 'shelter').text?.push(sentence))
    expect(of(found, 'secret-place').map(({ file, step }) => [file, step])).toEqual([[`locales/${language}/ua-shelter.json`, 'shelter']])
  })

  test.each([
    ['uk', 'Адресу притулку не розголошують. У Бердичеві є центр допомоги.'],
    ['uk', 'У Житомирській області є притулок.'],
    ['ru', 'В Житомирской области есть приют.'],
    ['en', 'Zhytomyr oblast has a shelter.'],
    ['kk', 'Баспана Житомир облысында бар.'],
    ['en', 'Refugees can ask in Berdychiv.'],
  ] as [Language, string][])('no alarm, %s: %s', (language, sentence) => {
    const found = planted((c) => void wordsOf(c, language, 'ua-shelter', 'shelter').text?.push(sentence))
    expect(of(found, 'secret-place')).toEqual([])
  })

  testRules([
    {
      rule: 'secret-place',
      says: 'a label tells the town',
      plant: (c) => void (wordsOf(c, 'ru', 'ua-shelter', 'shelter').choices!.more = 'Приют в Житомире'),
      file: 'locales/ru/ua-shelter.json',
      step: 'shelter',
    },
    {
      rule: 'secret-place',
      says: 'a word for a service tells the town',
      plant: (c) => void (c.words.en.services!.cautions = { 'call-first': 'Shelter in Berdychiv' }),
      file: 'locales/en/services.json',
    },
  ])
})
