/** Words with values in them, and the right plural: the small part of i18next that a page needs, over tables it compiled. */
import type { Language } from '../schema/terms.ts'
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
  const form = typeof count === 'number' ? words.ui[`${key}_${new Intl.PluralRules(words.language).select(count)}`] : undefined
  return fill(form ?? words.ui[key] ?? key, values)
}

/** `2026-11` as "листопад 2026": what a visitor reads of a source's date, never finer than a month. */
export function month(language: Language, date: string): string {
  if (date.length === 4) return date
  const day = new Date(`${date.slice(0, 7)}-01T00:00:00Z`)
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
    .format(day)
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
