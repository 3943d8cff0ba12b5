import { describe, expect, test } from 'vitest'
import { digitsOf } from '../../guide/check/tokens.ts'
import { checkContent } from '../../guide/check.ts'
import type { Content } from '../../guide/content.ts'
import { compileGuide, compileWords } from '../../scripts/content/compile.ts'
import { readContent } from '../../scripts/content/read.ts'
import { cleanContent, TODAY } from './check/fixture.ts'
import { ROOT } from './real.ts'

/** Beside Ukraine's law: practice that holds anywhere, and the law of another country. */
function threeCards(): Content {
  const content = cleanContent()
  const [law] = content.cards
  if (!law) throw new Error('the fixture has no card')
  const practice = {
    ...law,
    country: null,
    card: 'safety-02',
    facts: [{ id: 'ua-safety-02-1', grade: 'S' as const, says: 'ways out', numbers: [] }],
  }
  const foreign = { ...law, card: 'kz-law-01', facts: [{ id: 'kz-law-01-1', grade: 'A' as const, says: 'of Kazakhstan', numbers: [] }] }
  Object.assign(foreign, { country: 'KZ' })
  for (const words of Object.values(content.words))
    words.facts = { cards: { 'ua-law-01': 'Art. 5', 'safety-02': 'practice', 'kz-law-01': 'Art. 60' } }
  return { ...content, cards: [practice, law, foreign] }
}

describe('practice that holds anywhere', () => {
  test('a step of a country may cite it', () => {
    const content = threeCards()
    content.guides.find(({ namespace }) => namespace === 'ua-money')!.steps.money!.facts.push('ua-safety-02-1')
    expect(checkContent(content, { today: TODAY })).toEqual([])
    expect(compileGuide(content, 'UA').steps.money?.cards).toEqual(['ua-law-01', 'safety-02'])
  })

  test("a visitor is sent its citation and date, and not those of another country's law", async () => {
    const content = threeCards()
    expect(Object.keys(compileGuide(content, 'UA').cards).sort()).toEqual(['safety-02', 'ua-law-01'])
    expect((await compileWords(content, 'UA', 'en')).cards).toEqual({ 'ua-law-01': 'Art. 5', 'safety-02': 'practice' })
  })

  test('it holds no line of any country, for the same number is another service elsewhere', () => {
    const content = readContent(ROOT)
    const lines = new Set(content.services.flatMap(({ phones }) => phones.map(({ number }) => digitsOf(number))))
    const common = content.cards.filter(({ country }) => country === null).flatMap(({ facts }) => facts)
    expect(common.length).toBeGreaterThan(30)
    const named = common.filter(({ says, numbers }) =>
      [...numbers, ...(says.match(/\d[\d -]*\d/g) ?? [])].some((number) => lines.has(digitsOf(number))),
    )
    expect(named.map(({ id }) => id)).toEqual([])
  })
})
