/** On lines nobody trained on; only counts are ever shown. What is asked here is what is held today: `docs/understanding.md` names the bars still ahead. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { understand } from '../../../guide/understand/understand.ts'
import type { Country, Language } from '../../../schema/terms.ts'
import { type Device, load } from '../../../scripts/understand/load.ts'

type Row = { lang: string; topics: string[]; crisis: boolean; text: string }
const [, ...lines] = readFileSync('bench/understand/held-out.tsv', 'utf8').trimEnd().split('\n')
const rows = lines.map((line): Row => {
  const [lang = '', topics = '', crisis = '', , , text = ''] = line.split('\t')
  return { lang, topics: topics === '-' ? [] : topics.split(/[ ,]+/), crisis: crisis !== 'none', text }
})

const HELD = [
  { device: 'edge', lang: 'uk', country: 'UA', three: 0.945, recall: 0.945, alarms: 0.042 },
  { device: 'edge', lang: 'ru', country: 'UA', three: 0.88, recall: 0.96, alarms: 0.058 },
  { device: 'edge', lang: 'en', country: 'UA', three: 0.855, recall: 0.94, alarms: 0.055 },
  { device: 'edge', lang: 'kk', country: 'KZ', three: 0.92, recall: 0.94, alarms: 0.03 },
  { device: 'phone', lang: 'uk', country: 'UA', three: 0.92, recall: 0.915, alarms: 0.05 },
  { device: 'phone', lang: 'ru', country: 'UA', three: 0.81, recall: 0.94, alarms: 0.06 },
  { device: 'phone', lang: 'en', country: 'UA', three: 0.85, recall: 0.91, alarms: 0.055 },
  { device: 'phone', lang: 'kk', country: 'KZ', three: 0.885, recall: 0.94, alarms: 0.035 },
] as const satisfies { device: Device; lang: Language; country: Country; three: number; recall: number; alarms: number }[]

describe.each(HELD)('B3 B4 $lang, $device', ({ device, lang, country, three, recall, alarms }) => {
  let found: { row: Row; topics: string[]; crisis: boolean }[]
  beforeAll(() => {
    const loaded = load(process.cwd(), device)
    const setting = { language: lang, country }
    found = rows
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
