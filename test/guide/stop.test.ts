/** B2: what stands on the buttons that leave does the same when it is typed, in every language that is begun. */
import { expect, test } from 'vitest'
import { stop as stopped } from '../../guide/engine.ts'
import { isStop } from '../../guide/stop.ts'
import { LANGUAGES } from '../../schema/terms.ts'
import { readContent } from '../../scripts/content/read.ts'
import { realGuide } from './real.ts'

const words = readContent(`${import.meta.dirname}/../..`).words
const begun = LANGUAGES.filter((language) => words[language].ui !== undefined)

test.each(begun)('B2: the words of the buttons in %s, typed in any way, stop', (language) => {
  const { stop, exit } = words[language].ui as Record<string, string>
  for (const word of [stop, exit])
    for (const typed of [word, word?.toUpperCase(), ` ${word}! `]) expect(isStop(typed ?? ''), typed).toBe(true)
})

test('other words do not, and an apostrophe of any kind is one', () => {
  for (const typed of ['', 'допоможіть', 'стоп-кран', 'Шымкент', 'exit now']) expect(isStop(typed), typed).toBe(false)
  for (const typed of ["to'xta", 'to‘xta', 'toʻxta']) expect(isStop(typed), typed).toBe(true)
  expect(stopped(realGuide, { step: 'for-me', trail: [], answers: {}, area: null }).step).toBe('safe-screen')
})
