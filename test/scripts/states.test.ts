/** How far a text has come is worked out from what it and its source were when somebody last said so. */
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Content } from '../../guide/content.ts'
import { LANGUAGES } from '../../schema/terms.ts'
import { readAllWords, readContent } from '../../scripts/content/read.ts'
import { keysOf, sourceOf, stamp, stateOf, statesOf } from '../../scripts/content/states.ts'

const content = (ru: string, kk: string, uk = ru): Content['words'] => ({
  ...(Object.fromEntries(LANGUAGES.map((language) => [language, {}])) as Content['words']),
  uk: { 'kz-police': { steps: { police: { title: uk } } } },
  ru: { 'kz-police': { steps: { police: { title: ru } } } },
  kk: { 'kz-police': { steps: { police: { title: kk } } } },
})

const of = (words: Content['words'], line: string | undefined, language: 'kk' | 'ru' = 'kk') =>
  stateOf(words, language, 'kz-police', 'steps.police', line)

test('a step with all its lines is one key, and so is an entry of a table', () => {
  expect([...keysOf({ steps: { a: { title: 'A', text: ['b'] } }, cards: { c: 'C' }, flat: 'F', list: ['x'] }).keys()]).toEqual([
    'steps.a',
    'cards.c',
    'flat',
    'list',
  ])
})

test('Kazakhstan’s words are written from Russian, Ukraine’s and those of all countries from Ukrainian', () => {
  expect(['kz-police', 'ua-police', 'ui'].map(sourceOf)).toEqual(['ru', 'uk', 'uk'])
})

test('S7: a text nobody spoke for is a draft; once read back it is so until it changes; once its source changes it is stale', () => {
  const words = content('полиция', 'полиция бөлімі')
  const line = stamp(words, 'kk', 'kz-police', 'steps.police', 'read')
  expect(of(words, undefined)).toBe('drafted')
  expect(of(words, line)).toBe('read')
  expect(of(content('полиция', 'басқа'), line)).toBe('drafted')
  expect(of(content('милиция', 'полиция бөлімі'), line)).toBe('stale')
  expect(of(content('милиция', 'басқа'), line)).toBe('stale')
})

test('a review is signed with day and name, and a change of the text takes it back', () => {
  const words = content('полиция', 'полиция бөлімі')
  const signed = stamp(words, 'kk', 'kz-police', 'steps.police', 'reviewed 2026-12-03 Ainur')
  expect(of(words, signed)).toBe('reviewed')
  expect(of(content('полиция', 'басқа'), signed)).toBe('drafted')
  expect(of(words, stamp(words, 'kk', 'kz-police', 'steps.police', 'reviewed'))).toBe('reviewed')
})

test('what others are written from is never stale, and a line that cannot be read speaks for nothing', () => {
  const words = content('полиция', 'полиция бөлімі')
  const line = stamp(words, 'ru', 'kz-police', 'steps.police', 'reviewed')
  expect(of(content('милиция', 'полиция бөлімі'), line, 'ru')).toBe('drafted')
  expect(of(words, 'read')).toBe('drafted')
})

test('the desk’s words come as far as others, and no visitor is sent them', () => {
  const root = resolve(import.meta.dirname, '../..')
  const [all, { words, states }] = [readAllWords(root), readContent(root)]
  const { desk, ...others } = all.kk
  expect(keysOf(desk ?? {}).has('talk.duress')).toBe(true)
  expect(others).toEqual(words.kk)
  expect([words.kk, states.kk].map((one) => 'desk' in one)).toEqual([false, false])
  expect(statesOf(root, all).kk).toEqual({ ...states.kk, desk: expect.objectContaining({ 'talk.duress': expect.any(String) }) })
})
