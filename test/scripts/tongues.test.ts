/** Months and plurals that runtimes do not know, beside those of a Node that knows them all. */
import { describe, expect, test } from 'vitest'
import { month, say } from '../../guide/say.ts'
import { LANGUAGES } from '../../schema/terms.ts'
import { TONGUES } from '../../scripts/content/tongues.ts'

const months = Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`)

describe.each(['kk', 'ky', 'uz', 'tg', 'tk'] as const)('%s', (language) => {
  test('months are those of the Unicode data, in the order of year and month that is usual there', () => {
    expect(Intl.DateTimeFormat.supportedLocalesOf([language])).toEqual([language])
    const format = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
    const same = (text: string) => text.toLowerCase().replace('‑', '-')
    const told = months.map((date) => same(month({ language, ui: { ...TONGUES[language] } }, date)))
    expect(told).toEqual(months.map((date) => same(format.format(new Date(`${date}-01T00:00:00Z`)))))
  })

  test('a form for every number is found, also where a table has only one of them', () => {
    for (const count of [0, 1, 2, 5, 21, 100])
      expect(say({ language, ui: { ...TONGUES[language], more_other: '{{count}} more' } }, 'more', { count })).toBe(`${count} more`)
  })
})

test('every language has twelve months, none of them empty', () => {
  for (const language of LANGUAGES)
    expect(new Set(months.map((date) => month({ language, ui: { ...TONGUES[language] } }, date))).size, language).toBe(12)
})
