/** On lines nobody trained on; only counts are ever shown. What is asked here is what is held today: `docs/understanding.md` names the bars still ahead. */
import { beforeAll, describe, expect, test } from 'vitest'
import { understand } from '../../../guide/understand/understand.ts'
import type { Country, Language } from '../../../schema/terms.ts'
import { readHeldOut } from '../../../scripts/understand/held-out.ts'
import { type Device, load } from '../../../scripts/understand/load.ts'

type Row = { lang: string; topics: string[]; crisis: boolean; text: string }
const rowsOf = (file: string): Row[] =>
  readHeldOut(`bench/understand/${file}`).map(({ lang, topics, crisis, text }) => ({ lang, topics, crisis: crisis !== 'none', text }))
const ROWS = { first: rowsOf('held-out.tsv'), newer: rowsOf('held-out-2.tsv') }

const HELD = [
  { lines: 'first', device: 'edge', lang: 'uk', country: 'UA', three: 0.95, recall: 0.95, alarms: 0.03 },
  { lines: 'first', device: 'edge', lang: 'ru', country: 'UA', three: 0.925, recall: 0.96, alarms: 0.042 },
  { lines: 'first', device: 'edge', lang: 'en', country: 'UA', three: 0.875, recall: 0.97, alarms: 0.044 },
  { lines: 'first', device: 'edge', lang: 'kk', country: 'KZ', three: 0.95, recall: 0.97, alarms: 0.028 },
  { lines: 'first', device: 'phone', lang: 'uk', country: 'UA', three: 0.92, recall: 0.905, alarms: 0.042 },
  { lines: 'first', device: 'phone', lang: 'ru', country: 'UA', three: 0.81, recall: 0.93, alarms: 0.052 },
  { lines: 'first', device: 'phone', lang: 'en', country: 'UA', three: 0.85, recall: 0.91, alarms: 0.05 },
  { lines: 'first', device: 'phone', lang: 'kk', country: 'KZ', three: 0.89, recall: 0.915, alarms: 0.028 },
  { lines: 'newer', device: 'edge', lang: 'uk', country: 'UA', three: 0.98, recall: 0.97, alarms: 0.012 },
  { lines: 'newer', device: 'edge', lang: 'ru', country: 'UA', three: 0.985, recall: 0.98, alarms: 0.024 },
  { lines: 'newer', device: 'edge', lang: 'kk', country: 'KZ', three: 0.99, recall: 0.99, alarms: 0.018 },
  { lines: 'newer', device: 'edge', lang: 'en', country: 'UA', three: 0.98, recall: 0.99, alarms: 0.06 },
  { lines: 'newer', device: 'phone', lang: 'uk', country: 'UA', three: 0.97, recall: 0.97, alarms: 0.034 },
  { lines: 'newer', device: 'phone', lang: 'ru', country: 'UA', three: 0.955, recall: 0.945, alarms: 0.036 },
  { lines: 'newer', device: 'phone', lang: 'kk', country: 'KZ', three: 0.955, recall: 0.97, alarms: 0.024 },
  { lines: 'newer', device: 'phone', lang: 'en', country: 'UA', three: 0.98, recall: 0.98, alarms: 0.056 },
] as const satisfies {
  lines: keyof typeof ROWS
  device: Device
  lang: Language
  country: Country
  three: number
  recall: number
  alarms: number
}[]

describe.each(HELD)('B3 B4 $lang, $device, $lines lines', ({ lines, device, lang, country, three, recall, alarms }) => {
  let found: { row: Row; topics: string[]; crisis: boolean }[]
  beforeAll(() => {
    const loaded = load(process.cwd(), device)
    const setting = { language: lang, country }
    found = ROWS[lines]
      .filter((row) => row.lang === lang)
      .map((row) => {
        const { topics, crisis } = understand(loaded.reading(row.text, setting), row.text, setting)
        return { row, topics: topics.slice(0, 3).map(({ id }) => id), crisis: crisis !== 'none' }
      })
  })
  const shareOf = <T>(list: T[], is: (one: T) => boolean): number => list.filter(is).length / list.length

  test('a right topic is among the first three', () => {
    const related = found.filter(({ row }) => row.topics.length > 0)
    expect(shareOf(related, ({ row, topics }) => topics.some((topic) => row.topics.includes(topic)))).toBeGreaterThanOrEqual(three)
  })
  test('danger is heard', () =>
    expect(
      shareOf(
        found.filter(({ row }) => row.crisis),
        ({ crisis }) => crisis,
      ),
    ).toBeGreaterThanOrEqual(recall))
  test('calm is seldom taken for danger', () =>
    expect(
      shareOf(
        found.filter(({ row }) => !row.crisis),
        ({ crisis }) => crisis,
      ),
    ).toBeLessThanOrEqual(alarms))
})
