/** Words with values in them, and the right plural: the small part of i18next that a page needs, over tables it compiled. */
import type { Words } from './guide.ts'

const TOKEN = /\{\{([^{}]+)\}\}/

export type Values = Record<string, string | number>

export const fill = (text: string, values: Values): string =>
  text
    .split(TOKEN)
    .map((part, index) => (index % 2 === 0 ? part : String(values[part] ?? '')))
    .join('')

/** A word of the interface. `values.count` picks i18next's plural form (`key_one`, `key_few` …). */
export function say(words: Pick<Words, 'ui' | 'language'>, key: string, values: Values = {}): string {
  const count = values.count
  const form = typeof count === 'number' ? (words.ui[`${key}_${pluralOf(words, count)}`] ?? words.ui[`${key}_other`]) : undefined
  return fill(form ?? words.ui[key] ?? key, values)
}

type Spoken = Pick<Words, 'ui' | 'language'>

/** Languages that bring their own months are those the runtimes do not know; after a number their nouns stay as they are. */
const pluralOf = ({ ui, language }: Spoken, count: number): string =>
  ui.months ? (count === 1 ? 'one' : 'other') : new Intl.PluralRules(language).select(count)

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-11` as "листопад 2026": what a visitor reads of a source's date, never finer than a month. */
export function month({ ui, language }: Spoken, date: string): string {
  if (date.length === 4) return date
  const name = ui.months?.split(' ')[Number(date.slice(5, 7)) - 1]
  if (name) return fill(ui.monthYear ?? '', { month: name, year: date.slice(0, 4) })
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  formats.set(language, format)
  return format
    .format(new Date(`${date.slice(0, 7)}-01T00:00:00Z`))
    .replace(' р.', '')
    .replace(' г.', '')
}

export type Part = string | { token: string }

/** Cuts prose at its `{{tokens}}`. */
export const parts = (text: string): Part[] =>
  text
    .split(TOKEN)
    .map((part, index): Part => (index % 2 === 0 ? part : { token: part }))
    .filter((part) => part !== '')
