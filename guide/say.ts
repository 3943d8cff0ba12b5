/** Words with values in them, and the right plural: the small part of i18next that a page needs, over tables it compiled. */
import type { Language } from '../schema/terms.ts'
import type { Words } from './guide.ts'
import { monthOf, pluralOf } from './tongues.ts'

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
  const form = typeof count === 'number' ? (words.ui[`${key}_${pluralOf(words.language, count)}`] ?? words.ui[`${key}_other`]) : undefined
  return fill(form ?? words.ui[key] ?? key, values)
}

/** `2026-11` as "листопад 2026": what a visitor reads of a source's date, never finer than a month. */
export const month = (language: Language, date: string): string => (date.length === 4 ? date : monthOf(language, date))

export type Part = string | { token: string }

/** Cuts prose at its `{{tokens}}`. */
export const parts = (text: string): Part[] =>
  text
    .split(TOKEN)
    .map((part, index): Part => (index % 2 === 0 ? part : { token: part }))
    .filter((part) => part !== '')
