import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ancestors } from '../../guide/area-codes.ts'
import type { Service } from '../../guide/guide.ts'
import { isConfirmed, isOld, levelOf, type Question, servicesFor } from '../../guide/services.ts'
import { NEEDS } from '../../schema/terms.ts'
import { ALWAYS, directory, house, NEVER_OPEN, NOW, service } from './made-up.ts'

const SEMENIVKA = 'UA1802015'
const asked = (parts: Partial<Question> = {}): Question => ({ need: 'psychological', area: SEMENIVKA, at: NOW, ...parts })
const offers = (services: Service[], question = asked(), lines: string[] = []) => servicesFor(directory(services), house(lines), question)
const order = (services: Service[], question = asked(), lines: string[] = []) =>
  offers(services, question, lines).map(({ service }) => service.id)

describe('who fits', () => {
  test('S4: a service of her own hromada, of its raion, oblast and country is found by the typed place', () => {
    const services = [
      service('hromada', { areas: [SEMENIVKA] }),
      service('raion', { areas: ['UA1802'] }),
      service('oblast', { areas: ['UA18'] }),
      service('country'),
    ]
    expect(offers(services).map(({ service, covers }) => [service.id, covers])).toEqual([
      ['hromada', 'hromada'],
      ['raion', 'raion'],
      ['oblast', 'oblast'],
      ['country', 'country'],
    ])
  })

  test('S4: a settlement has what its hromada has', () => {
    expect(order([service('hromada', { areas: [SEMENIVKA] })], asked({ area: 'UA1802015001' }))).toEqual(['hromada'])
  })

  test('S4: without a place there are the services of the whole country, none of one place', () => {
    expect(order([service('local', { areas: ['UA18'] }), service('country')], asked({ area: null }))).toEqual(['country'])
  })

  test('a service of another oblast, or for another need, is not shown', () => {
    expect(order([service('far', { areas: ['UA46'] }), service('other', { needs: ['legal'] })])).toEqual([])
  })

  test('a line that leads to what is needed fits too', () => {
    expect(order([service('line', { needs: ['hotline'], leadsTo: ['psychological'] })])).toEqual(['line'])
  })

  test('within an oblast: what is in one of its hromadas is shown after what covers it, before the country', () => {
    const services = [service('country'), service('inside', { areas: [SEMENIVKA] }), service('oblast', { areas: ['UA18'] })]
    const found = offers(services, asked({ area: 'UA18' }))
    expect(found.map(({ service, within }) => [service.id, within])).toEqual([
      ['oblast', false],
      ['inside', true],
      ['country', false],
    ])
  })

  test('never abroad: a number that is another service there is not shown there, nor as somebody else’s line', () => {
    const services = [
      service('line', { never: ['abroad'] }),
      service('local', { areas: ['UA18'], phones: [], via: ['line'] }),
      service('anywhere'),
    ]
    expect(order(services, asked({ situation: 'abroad' }))).toEqual(['anywhere'])
    expect(order(services)).toEqual(['local', 'anywhere', 'line'])
  })
})

describe('for somebody abroad who said where', () => {
  const polish = service('polish', { areas: ['PL'], host: 'PL', phones: [{ number: '116111', note: null }] })
  const union = service('union', { areas: ['EU', 'PL'] })
  const german = service('german', { areas: ['DE'], host: 'DE' })
  const home = service('home', { sourceOn: '2026-11' })
  const inPoland = asked({ area: null, situation: 'abroad', host: 'PL' })

  test('the lines answered in that country come before those of home, and no line of another country', () => {
    expect(order([home, german, union, polish], inPoland)).toEqual(['polish', 'union', 'home'])
  })

  test('an old line of that country is shown when it has no newer one, though home has', () => {
    const old = { ...polish, sourceOn: '2019' }
    expect(order([home, old], inPoland)).toEqual(['polish', 'home'])
    expect(order([home, old, { ...union, id: 'newer' }], inPoland)).toEqual(['newer', 'home'])
  })
})

describe('the way in', () => {
  test('a local service without a number is reached through the country’s default lines', () => {
    const [local] = offers([service('local', { areas: [SEMENIVKA], phones: [] }), service('line')], asked(), ['line'])
    expect([local?.service.id, local?.via.map(({ id }) => id)]).toEqual(['local', ['line']])
  })

  test('its own line goes before the default lines', () => {
    const services = [service('local', { areas: [SEMENIVKA], phones: [], via: ['own'] }), service('own'), service('line')]
    expect(offers(services, asked(), ['line'])[0]?.via.map(({ id }) => id)).toEqual(['own'])
  })

  test('a national service without any way in is hidden', () => {
    expect(order([service('mute', { phones: [] }), service('line')], asked(), ['line'])).toEqual(['line'])
  })

  test('a national service with only a written channel is shown', () => {
    expect(order([service('chat', { phones: [], channels: [{ type: 'telegram', value: '@chat' }] })])).toEqual(['chat'])
  })
})

describe('the order', () => {
  test('cover goes before all: an unconfirmed local service stands above a confirmed line that answers', () => {
    const services = [
      service('country', { confirmedOn: '2026-11-01', hours: ALWAYS }),
      service('own', { areas: [SEMENIVKA], hours: NEVER_OPEN, sourceOn: '2023' }),
    ]
    expect(order(services)).toEqual(['own', 'country'])
  })

  test('brigades and lines go before other services of the oblast', () => {
    const areas = ['UA18']
    const services = [
      service('centre', { areas, confirmedOn: '2026-11-01' }),
      service('line', { areas, kind: 'hotline' }),
      service('brigade', { areas, kind: 'mobile-brigade' }),
    ]
    expect(order(services)).toEqual(['brigade', 'line', 'centre'])
  })

  test('S1: confirmed goes before what answers now', () => {
    expect(order([service('answers', { hours: ALWAYS }), service('confirmed', { confirmedOn: '2026-11-01', hours: NEVER_OPEN })])).toEqual([
      'confirmed',
      'answers',
    ])
  })

  test('what answers now goes before what is not known, and that before what does not', () => {
    expect(order([service('closed', { hours: NEVER_OPEN }), service('unknown'), service('open', { hours: ALWAYS })])).toEqual([
      'open',
      'unknown',
      'closed',
    ])
  })

  test('a record shown with caution is never said to answer', () => {
    expect(offers([service('doubtful', { hours: ALWAYS, vouched: false })])[0]?.answersNow).toBe('unknown')
  })

  test('S1: a newer source goes before an older, an undated one last', () => {
    const services = [
      service('undated', { sourceOn: null }),
      service('old', { sourceOn: '2024' }),
      service('new', { sourceOn: '2026-10-05' }),
    ]
    expect(order(services)).toEqual(['new', 'old', 'undated'])
  })

  test('all else equal, the organisation’s first lines go first', () => {
    expect(order([service('a'), service('b'), service('c')], asked(), ['c', 'b'])).toEqual(['c', 'b', 'a'])
  })
})

describe('dates', () => {
  test.each([
    ['UA', '2026-08-24', true],
    ['UA', '2026-08-23', false],
    ['UA18', '2026-05-26', true],
    ['UA18', '2026-05-25', false],
    [SEMENIVKA, '2026-05-26', true],
  ])('S1: on 2026-11-22 the confirmation of a service of %s from %s holds: %s', (area, confirmedOn, holds) => {
    expect(isConfirmed({ confirmedOn, areas: [area] }, NOW)).toBe(holds)
  })

  test('S1: a source is old after four years, undated ones from the day they were read', () => {
    expect(isOld({ sourceOn: '2022-11-21', readOn: '2026-11-22' }, NOW)).toBe(true)
    expect(isOld({ sourceOn: '2022-11-23', readOn: '2026-11-22' }, NOW)).toBe(false)
    expect(isOld({ sourceOn: '2022', readOn: '2026-11-22' }, NOW)).toBe(true)
    expect(isOld({ sourceOn: null, readOn: '2026-11-22' }, NOW)).toBe(false)
  })

  test('S1: an old unconfirmed record is hidden while anything younger meets the need', () => {
    expect(order([service('old', { areas: [SEMENIVKA], sourceOn: '2020' }), service('young')])).toEqual(['young'])
  })

  test('S1: only because nothing else meets the need, an old record is shown, marked', () => {
    const services = [service('old', { sourceOn: '2020' }), service('line', { needs: ['hotline'], leadsTo: ['psychological'] })]
    expect(offers(services).map(({ service, old }) => [service.id, old])).toEqual([
      ['line', false],
      ['old', true],
    ])
  })

  test('S1: a confirmed record is not old, whatever its source', () => {
    expect(
      offers([service('old', { sourceOn: '2018', confirmedOn: '2026-11-01' }), service('young')]).map(({ service }) => service.id),
    ).toEqual(['old', 'young'])
  })
})

test('levels are read from the code alone', () => {
  expect(['UA', 'KZ', 'UA18', 'KZ-61', 'UA1802', 'kz.61.54', SEMENIVKA, 'UA1802015001'].map(levelOf)).toEqual([
    'country',
    'country',
    'oblast',
    'oblast',
    'raion',
    'raion',
    'hromada',
    'hromada',
  ])
})

describe('for any directory', () => {
  const AREAS = ['UA', 'UA18', 'UA46', 'UA1802', SEMENIVKA, 'UA1804047']
  const date = fc.constantFrom(null, '2019', '2023-05', '2025-11-02', '2026-11-01')
  const some = fc
    .record({
      kind: fc.constantFrom('hotline', 'shelter', 'mobile-brigade', 'counselling'),
      needs: fc.subarray([...NEEDS].slice(0, 6)),
      leadsTo: fc.subarray([...NEEDS].slice(0, 6)),
      areas: fc.subarray(AREAS, { minLength: 1 }),
      phones: fc.constantFrom([], [{ number: '1547', note: null }]),
      channels: fc.constantFrom([], [{ type: 'web', value: 'https://example.org' }]),
      hours: fc.constantFrom(null, ALWAYS, NEVER_OPEN),
      via: fc.subarray(['s0', 's1', 's2', 'gone']),
      never: fc.subarray(['abroad', 'occupied']),
      vouched: fc.boolean(),
      sourceOn: date,
      confirmedOn: date,
    })
    .map((parts) => parts as unknown as Partial<Service>)
  const services = fc.array(some, { maxLength: 12 }).map((list) => list.map((parts, index) => service(`s${index}`, parts)))
  const question = fc.record({
    need: fc.constantFrom(...[...NEEDS].slice(0, 6)),
    area: fc.constantFrom(null, ...AREAS),
    at: fc.constant(NOW),
  })

  test('the order is total: the same whatever order the files are read in', () => {
    fc.assert(
      fc.property(
        services.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        question,
        ([list, shuffled], one) => {
          expect(order(shuffled, one, ['s0', 's1'])).toEqual(order(list, one, ['s0', 's1']))
        },
      ),
    )
  })

  test('nothing is shown without a way in, for another need, or from elsewhere', () => {
    fc.assert(
      fc.property(services, question, fc.constantFrom(undefined, 'abroad' as const, 'occupied' as const), (list, one, situation) => {
        for (const offer of offers(list, { ...one, ...(situation && { situation }) }, ['s0', 's1'])) {
          const lines = [offer.service, ...offer.via]
          expect(lines.some(({ phones, channels }) => phones.length + channels.length > 0)).toBe(true)
          expect([...offer.service.needs, ...offer.service.leadsTo]).toContain(one.need)
          if (situation) expect(lines.flatMap(({ never }) => never)).not.toContain(situation)
          const place = one.area ?? 'UA'
          const near = offer.service.areas.some((area) => [place, ...ancestors(place)].includes(area) || ancestors(area).includes(place))
          expect(near).toBe(true)
        }
      }),
    )
  })
})
