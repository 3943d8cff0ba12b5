/**
 * How far each text has come: drafted, read back (by somebody who had not seen its source), reviewed by a native speaker, or stale: its
 * source has changed since. `locales/states/<language>.json` keeps a line a key: what the source and the text were, each as a short hash,
 * and how far it had come then. A text that was changed afterwards is a draft again.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Content, WordState } from '../../guide/content.ts'
import { BASE, BASE_LANGUAGE, COUNTRIES, LANGUAGES, type Language, MADE_OF } from '../../schema/terms.ts'

/** `1f3c9a04 77aa0012 reviewed 2026-12-03 Ainur`: source, text, how far, and of a review when and by whom. */
const LINE = /^(\w{8}) (\w{8}) (drafted|read|reviewed)( \d{4}-\d{2}-\d{2} .+)?$/

/** Namespace, then key: `kz-abroad` → `steps.abroad` → line. */
export type States = Record<string, Record<string, string>>

type Words = Content['words']

const fileOf = (language: Language): string => `locales/states/${language}.json`

export function readStates(root: string, language: Language): States {
  const path = join(root, fileOf(language))
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

export const writeStates = (root: string, language: Language, states: States): void =>
  writeFileSync(join(root, fileOf(language)), `${JSON.stringify(states, null, 2)}\n`)

/** What a namespace is translated from. */
export function sourceOf(namespace: string): Language {
  const country = COUNTRIES.find((one) => namespace.startsWith(`${one.toLowerCase()}-`))
  return country === undefined ? BASE_LANGUAGE : BASE[country]
}

/** The texts of a namespace by key. A step with all its lines is one key, and so is an entry of a table; a flat file has its own keys. */
export function keysOf(namespace: Record<string, unknown>): Map<string, unknown> {
  return new Map(
    Object.entries(namespace).flatMap(([key, value]): [string, unknown][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one])
        : [[key, value]],
    ),
  )
}

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 8)

const textAt = (words: Words, language: Language, namespace: string, key: string): unknown =>
  keysOf(words[language][namespace] ?? {}).get(key)

/** The line for a text as it stands now. */
export const stamp = (words: Words, language: Language, namespace: string, key: string, how: string): string =>
  `${hash(textAt(words, sourceOf(namespace), namespace, key))} ${hash(textAt(words, language, namespace, key))} ${how}`

export function stateOf(words: Words, language: Language, namespace: string, key: string, line: string | undefined): WordState {
  const [, source, text, how] = LINE.exec(line ?? '') ?? []
  if (source === undefined) return 'drafted'
  const base = sourceOf(namespace)
  if (base !== language && source !== hash(textAt(words, base, namespace, key))) return 'stale'
  return text === hash(textAt(words, language, namespace, key)) ? (how as WordState) : 'drafted'
}

/** Texts made of another language's are as far as those. */
export function statesOf(root: string, words: Words): Content['states'] {
  const states = {} as Content['states']
  for (const language of LANGUAGES.filter((one) => MADE_OF[one] === undefined)) {
    const lines = readStates(root, language)
    states[language] = Object.fromEntries(
      Object.entries(words[language]).map(([namespace, file]) => [
        namespace,
        Object.fromEntries([...keysOf(file).keys()].map((key) => [key, stateOf(words, language, namespace, key, lines[namespace]?.[key])])),
      ]),
    )
  }
  for (const [language, source] of Object.entries(MADE_OF)) states[language as Language] = states[source]
  return states
}
