import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choicesAt, choose, EVERYWHERE, open, type Position } from '../../guide/engine.ts'
import { answerCode, decode, encode } from '../../guide/position.ts'
import { LANGUAGES } from '../../schema/terms.ts'
import { realCodes, realGuide } from './real.ts'

const first = open(realGuide)

/** Where a visitor may be after these taps. */
function walked(taps: number[], area: string | null): Position {
  let here = first
  for (const number of taps) {
    const ids = choicesAt(realGuide.steps[here.step] ?? { choices: [] }, here).map(({ id }) => id)
    const all = ids.length === 0 ? EVERYWHERE : ids
    const result = choose(realGuide, here, all[number % all.length] ?? 'back')
    if (result.ok) here = result.value
  }
  return { ...here, area }
}

const positions = fc
  .tuple(
    fc.array(fc.nat({ max: 10_000 }), { maxLength: 40 }),
    fc.constantFrom(null, 'UA18', 'UA1802015', 'UA1802015001', 'KZ-61', 'kz.61.54'),
  )
  .map(([taps, area]) => walked(taps, area))

describe('there and back', () => {
  test('any position of the real guide comes back whole', () => {
    fc.assert(
      fc.property(positions, fc.constantFrom(...LANGUAGES), (at, language) => {
        expect(decode(realGuide, realCodes, encode(realCodes, at, language))).toEqual({ at, language })
      }),
      { numRuns: 300 },
    )
  })

  test('a district’s code keeps its points', () => {
    expect(decode(realGuide, realCodes, encode(realCodes, { ...first, area: 'kz.61.54' }, 'uk')).at.area).toBe('kz.61.54')
  })

  test('D1: no id of a step or an answer can be read in it', () => {
    fc.assert(
      fc.property(positions, (at) => {
        const sent = encode(realCodes, { ...at, area: null }, 'uk')
        expect(sent).toMatch(/^1uk\.[0-9A-Za-z]*\.[0-9A-Za-z]*\.$/)
        expect(sent.split('.')[1]).toHaveLength((1 + at.trail.length) * 3)
      }),
    )
  })
})

describe('what does not hold is dropped', () => {
  test('garbage never throws and always gives a step that exists', { timeout: 60_000 }, () => {
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.tuple(fc.string(), fc.string(), fc.string(), fc.string()).map((four) => `1uk.${four.join('.')}`),
      fc.tuple(positions, fc.nat({ max: 80 }), fc.string({ maxLength: 4 })).map(([at, where, text]) => {
        const sent = encode(realCodes, at, 'uk')
        return sent.slice(0, where) + text + sent.slice(where + text.length)
      }),
    )
    fc.assert(
      fc.property(garbage, (sent) => {
        const { at } = decode(realGuide, realCodes, sent)
        for (const step of [at.step, ...at.trail]) expect(Object.hasOwn(realGuide.steps, step)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test.each(['', '.', '0uk.AAA..', '1uk.!!!.!!!.<script>', '1uk', '1xx...'])('%j is the first screen', (sent) => {
    expect(decode(realGuide, realCodes, sent).at).toEqual(first)
  })

  test('a very long one is cut, not followed', () => {
    expect(decode(realGuide, realCodes, `1uk.${'AAA'.repeat(100_000)}..`).at.trail.length).toBeLessThan(40)
  })
})

test('no two answers of the guide share a code', () => {
  const answers = new Set(
    Object.values(realGuide.steps).flatMap(({ choices }) =>
      choices.flatMap(({ sets }) => Object.entries(sets ?? {}).map((pair) => pair.join('='))),
    ),
  )
  const codes = new Set([...answers].map((answer) => answerCode(...(answer.split('=') as [string, string]))))
  expect(answers.size).toBeGreaterThan(0)
  expect(codes.size).toBe(answers.size)
})
