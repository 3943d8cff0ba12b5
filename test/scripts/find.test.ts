import { spawnSync } from 'node:child_process'
import { describe, expect, test, vi } from 'vitest'
import { servicesFor } from '../../guide/services.ts'
import { find } from '../../scripts/find.ts'
import { ROOT, realDirectory, realHouse } from '../guide/real.ts'

const run = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(`${ROOT}/node_modules/.bin/node`, ['scripts/find.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return { stdout, stderr, status }
}
type Found = { id: string; [field: string]: unknown }
const json = (...args: string[]): Found[] => {
  const found = find(ROOT, [...args, '--json'], new Date())
  return JSON.parse(found.ok ? found.value : found.error)
}

// Each run starts a Node of its own.
vi.setConfig({ testTimeout: 30_000 })

const AT = '2026-11-22T03:00+02:00'

describe('find --json', () => {
  test('S4: Semenivka hromada has its own counselling service first, through the default line', () => {
    const { stdout } = run('--area', 'UA1802015', '--need', 'psychological', '--lang', 'uk', '--at', AT, '--json')
    const [first] = JSON.parse(stdout) as Found[]
    expect(first).toEqual({
      id: 'ua-zhytomyr-semenivka',
      name: expect.stringContaining('Семенівська'),
      via: ['ua-1547'],
      phones: [],
      channels: [],
      checked: { on: '2023-11-22', confirmed: false },
      covers: 'hromada',
      answersNow: 'unknown',
      free: true,
      anonymous: null,
    })
  })

  test('it is the order of the page, and every field is there', () => {
    const list = json('--area', 'UA1802015', '--need', 'psychological', '--at', AT)
    const page = servicesFor(realDirectory('uk'), realHouse, { need: 'psychological', area: 'UA1802015', at: new Date(AT) })
    expect(list.map(({ id }) => id)).toEqual(page.map(({ service }) => service.id))
    for (const one of list)
      expect(Object.keys(one)).toEqual(['id', 'name', 'via', 'phones', 'channels', 'checked', 'covers', 'answersNow', 'free', 'anonymous'])
  })

  test('S1: the day a source was only read is not told as its date', () => {
    const undated = json('--area', 'UA46', '--need', 'medical', '--at', AT).find(({ id }) => id === 'ua-health-lviv-rooms')
    expect(undated?.checked).toEqual({ on: null, confirmed: false })
  })

  test('without options it is the lines of the country in Ukrainian, now', () => {
    const list = json()
    expect(list.length).toBeGreaterThan(3)
    expect(list.every(({ covers }) => covers === 'country')).toBe(true)
  })

  test('the name follows the language, the order does not', () => {
    const [uk, en] = [json('--area', 'UA18', '--at', AT), json('--area', 'UA18', '--at', AT, '--lang', 'en')]
    expect(en?.map(({ id }) => id)).toEqual(uk?.map(({ id }) => id))
    expect(en?.[0]?.name).not.toEqual(uk?.[0]?.name)
  })

  test.each(['UA18', 'UA1802', 'UA1802015', 'UA1802015001'])('%s is an area', (area) => {
    const result = find(ROOT, ['--area', area, '--json'], new Date(AT))
    expect(result.ok && JSON.parse(result.value).length).toBeGreaterThan(0)
  })

  test.each(['KZ', 'KZ-61', 'kz.61.54'])('%s is an area, and the state’s line of Kazakhstan answers for it', (area) => {
    expect(json('--area', area, '--at', AT).map(({ id }) => id)).toContain('kz-contact-centre-111')
  })
})

test('without --json it is a table for reading', () => {
  const { stdout, status } = run('--area', 'UA1802015', '--need', 'psychological', '--at', AT)
  expect(status).toBe(0)
  expect(stdout).toMatch(/^ {2}1\. Спеціалізована служба.*Семенівська/)
  expect(stdout).toContain('15-47')
})

test.each([
  [['--area', 'XX'], 'UA18'],
  [['--area', 'ua18'], 'UA18'],
  [['--area', 'UA9999999'], 'UA18'],
  [['--area', ''], 'UA18'],
  [['--area'], '--area'],
  [['--need', 'money'], 'psychological'],
  [['--lang', 'fr'], 'uk, ru, en'],
  [['--at', 'tomorrow'], '2026-11-22T03:00+02:00'],
  [['--at', '2026-11-22T03:00'], '2026-11-22T03:00+02:00'],
  [['--at', '2026-02-30T03:00+02:00'], '2026-11-22T03:00+02:00'],
  [['--near', 'UA18'], '--area, --need, --lang, --at, --json'],
  [['UA18'], '--area, --need, --lang, --at, --json'],
])('bad input %j is one sentence that says what is possible', (args, possible) => {
  const result = find(ROOT, [...args, '--json'], new Date(AT))
  if (result.ok) expect.unreachable()
  else {
    expect(result.error).toContain(possible)
    expect(result.error).not.toContain('\n')
  }
})

test.each([[['--area', 'XX']], [['--near', 'UA18']]])('bad input %j ends with 2, a sentence on stderr and nothing on stdout', (args) => {
  const { stdout, stderr, status } = run(...args, '--json')
  expect([stdout, status]).toEqual(['', 2])
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
