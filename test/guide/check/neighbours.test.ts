/** What the records of Central Asia and of the countries that host people from Ukraine promise. They are read as the build reads them. */
import { describe, expect, test } from 'vitest'
import type { Service } from '../../../schema/content.ts'
import { COUNTRIES, HOSTS } from '../../../schema/terms.ts'
import { readContent } from '../../../scripts/content/read.ts'
import { ROOT } from '../real.ts'

const { services, guides, words, nearest } = readContent(ROOT)
const of = (countries: readonly string[]): Service[] => services.filter(({ country }) => countries.includes(country))
const neighbours = of(COUNTRIES.filter((country) => country !== 'UA'))
const hosts = of(HOSTS)
const shown = ({ phones }: Service): string[] => phones.filter(({ show }) => show).map(({ number }) => number)
const ids = (list: Service[]): string[] => list.map(({ id }) => id).sort()
const hasShort = (service: Service): boolean => shown(service).some((number) => !number.startsWith('+'))

test('every country has a number for danger, for an ambulance, and one to talk', () => {
  for (const country of COUNTRIES)
    for (const need of ['emergency', 'medical', 'hotline'] as const)
      expect(
        of([country]).filter((service) => service.needs.includes(need) && shown(service).length > 0),
        `${country} ${need}`,
      ).not.toEqual([])
})

test('a short number of Central Asia is never shown abroad, where it is another service', () => {
  expect(ids(neighbours.filter((service) => hasShort(service) && !service.never.includes('abroad')))).toEqual([])
})

test('111 of Kazakhstan and 111 of Kyrgyzstan each say that the other is another service', () => {
  const ones = neighbours.filter((service) => shown(service).includes('111'))
  expect(ones.map(({ country, cautions }) => [country, cautions.filter((id) => id.endsWith('-only-here'))]).sort()).toEqual([
    ['KG', ['kg-111-only-here']],
    ['KZ', ['kz-111-only-here']],
  ])
})

test('a line that reports to the police says so before it is rung', () => {
  const telling = ['psychologists-must-report', 'line-reports-police', 'kz-111-name']
  const lines = neighbours.filter(({ kind, tells_police }) => tells_police === true && !['police', 'emergency'].includes(kind))
  expect(
    ids(
      lines.filter(({ phones, cautions }) => phones.some(({ number }) => number !== '102') && !cautions.some((id) => telling.includes(id))),
    ),
  ).toEqual([])
  expect(ids(neighbours.filter(({ cautions }) => cautions.some((id) => telling.includes(id))))).toEqual([
    'kg-children-111',
    'kg-emergency-112',
    'kz-contact-centre-111',
    'tj-helpline-1313',
  ])
})

test('whatever stands on a button has a short calm name in every language of its country', () => {
  const own: Record<string, 'kk' | 'ky' | 'uz' | 'tg' | 'tk'> = { KZ: 'kk', KG: 'ky', UZ: 'uz', TJ: 'tg', TM: 'tk' }
  for (const service of [...neighbours, ...hosts].filter((one) => shown(one).length > 0)) {
    // lines of hosts are read by who came from Ukraine, in Kazakh too
    const local = own[service.country] ?? 'kk'
    for (const language of ['uk', 'ru', 'en', local] as const) expect(service.short?.[language], `${service.id} ${language}`).toBeTruthy()
  }
})

test('the centre in Saryagash is reached through the state’s lines until it has answered itself', () => {
  const centre = neighbours.find(({ id }) => id === 'kz-saryagash-sps-centre')
  expect(centre).toMatchObject({ areas: ['kz.61.54'], phones: [], channels: [], publish: 'caution' })
  expect(centre?.contact_via).toEqual(['kz-contact-centre-111', 'kz-helpline-150', 'kz-police-102'])
})

test('Turkmenistan has no order to stay away: nothing there is called one, and who asks is led to a plan', () => {
  const namespaces = guides.filter(({ country }) => country === 'TM').map(({ namespace }) => namespace)
  expect(namespaces.length).toBeGreaterThan(10)
  expect(nearest.TM?.['restraining-order']).toBe('safety-plan')
  for (const language of ['tk', 'ru', 'en'] as const)
    for (const namespace of namespaces)
      expect(JSON.stringify(words[language][namespace]), `${language}/${namespace}`).not.toMatch(
        /предписани|ордер|запрет|restrain|protecti(?:ve|on) order|stay away|görkezme|gorag haty|orderi/iu,
      )
})

describe('countries that host people from Ukraine', () => {
  test('have national lines only', () => {
    expect(ids(hosts.filter(({ scope, areas, country }) => scope !== 'national' || areas[0] !== country))).toEqual([])
    // A line of the whole Union names the countries it is known for; Moldova is not in it.
    const elsewhere = hosts.filter(({ areas, country }) => areas.length > 1 && country !== 'EU')
    expect(ids(elsewhere)).toEqual([])
    const union = hosts.filter(({ country }) => country === 'EU').flatMap(({ areas }) => areas)
    expect(union.filter((area) => area === 'MD' || !(HOSTS as readonly string[]).includes(area))).toEqual([])
    expect(new Set(hosts.map(({ country }) => country))).toEqual(new Set(HOSTS))
  })

  test('their lines are for where she is now, never for occupied territory', () => {
    expect(ids(hosts.filter(({ never }) => never.join() !== 'occupied'))).toEqual([])
  })

  test('a number with the country’s code is written so that it dials the same', () => {
    const numbers = [...neighbours, ...hosts].flatMap(({ phones }) => phones).filter(({ number, show }) => show && number.startsWith('+'))
    expect(numbers.length).toBeGreaterThan(15)
    for (const { number, display } of numbers) {
      // without the digits dialled only inside the country: 0, in Hungary 06
      const digits = (display ?? '').replace(/\D/g, '').replace(/^06?/, '')
      expect(digits.length, number).toBeGreaterThan(6)
      expect(number.endsWith(digits), `${number}, written ${display}`).toBe(true)
    }
  })
})
