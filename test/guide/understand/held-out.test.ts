/** What the bench counts: lines whose words nobody wrote for the training too. */
import { expect, test } from 'vitest'
import { LANGUAGES } from '../../../schema/terms.ts'
import { type Line, readHeldOut, unseen } from '../../../scripts/understand/held-out.ts'
import { type Phrase, readPhrases } from '../../../scripts/understand/phrases.ts'

const line = (text: string): Line => ({ lang: 'uk', topics: [], crisis: 'none', door: null, places: [], text })
const phrase = (text: string): Phrase => ({ language: 'uk', topics: [], crisis: 'none', door: null, text })

test('the same words in other letters and marks are the same; one word more is another line', () => {
  const lines = ['Де притулок?', 'де притулок для нас', 'адвокат'].map(line)
  expect(unseen(lines, [phrase('де притулок'), phrase('АДВОКАТ!!')]).map(({ text }) => text)).toEqual(['де притулок для нас'])
  expect(unseen(lines, [])).toEqual(lines)
})

test('of the lines, nineteen in twenty were thought of for nothing else', () => {
  const all = readHeldOut('bench/understand/held-out.tsv')
  const phrases = [...LANGUAGES, 'mix'].flatMap((language) => readPhrases(process.cwd(), language))
  expect(unseen(all, phrases).length).toBeGreaterThan(all.length * 0.95)
})
