/** Phrases said word by word in another language. */
import { describe, expect, test } from 'vitest'
import { type Glossary, glossesIn, glossOf, readGlossary } from '../../../scripts/understand/gloss.ts'
import type { Phrase } from '../../../scripts/understand/phrases.ts'

const SMALL: Glossary = new Map([
  ['муж', { ru: 'муж', uk: 'чоловік', en: 'husband' }],
  ['бьет', { ru: 'бьет', uk: "б'є", en: 'hits' }],
  ['меня', { ru: 'меня', uk: 'мене', en: 'me' }],
])
const always = () => 0

describe('a gloss', () => {
  test('says each word in the other language, in the same order', () => {
    expect(glossOf('Муж бьет меня!', 'en', [SMALL], 1, always)).toBe('husband hits me')
    expect(glossOf('муж. бьет меня', 'uk', [SMALL], 1, always)).toBe("чоловік. б'є мене")
  })
  test('says only a share of the words so, where people mix', () => {
    const rolls = [0.9, 0.1, 0.9]
    expect(glossOf('муж бьет меня', 'uk', [SMALL], 0.5, () => rolls.shift() ?? 0)).toBe("муж б'є меня")
  })
  test('is none when too few words are known', () => {
    expect(glossOf('муж бьет соседа лопатой', 'en', [SMALL], 1, always)).toBeNull()
    expect(glossOf('', 'en', [SMALL], 1, always)).toBeNull()
    expect(glossOf('🙏', 'en', [SMALL], 1, always)).toBeNull()
  })
})

describe('the glossaries', () => {
  const root = process.cwd()
  const phrase = (language: string, text: string): Phrase => ({
    language,
    topics: ['danger-now'],
    crisis: 'danger',
    door: null,
    text,
  })

  test.each([
    ['ru', ['uk', 'en', 'kk']],
    ['uk', ['ru', 'en', 'kk']],
    ['ru-core', ['ky', 'uz', 'tg', 'tk']],
  ] as const)('%s has a word in every language of its columns, nearly always', (name, languages) => {
    const glossary = readGlossary(root, name)
    expect(glossary.size).toBeGreaterThan(9_000)
    for (const into of languages) {
      const said = [...glossary.values()].filter((one) => one[into])
      expect(said.length).toBeGreaterThan(glossary.size * 0.99)
    }
  })
  test('keep labels and what was said at first beside the gloss', () => {
    const said = phrase('uk', 'чоловік бʼє мене')
    const [one, ...others] = glossesIn(root, 'en', [said, phrase('kk', 'күйеуім мені ұрып жатыр')])
    expect(others).toEqual([])
    expect(one?.phrase).toBe(said)
    expect(one?.gloss).toEqual({ ...said, language: 'en', text: one?.gloss.text })
    expect(one?.gloss.text).toMatch(/husband .*me/)
  })
  test('nothing is said in the language it is in', () => {
    expect(glossesIn(root, 'ru', [phrase('ru', 'муж меня бьет')])).toEqual([])
    expect(glossesIn(root, 'uk', [phrase('uk', 'чоловік мене бʼє')])).toEqual([])
  })
})
