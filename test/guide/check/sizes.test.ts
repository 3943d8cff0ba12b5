import { describe, expect, test } from 'vitest'
import { extendCodes, missingCodes } from '../../../guide/check/codes.ts'
import { coverage, coverageTable } from '../../../guide/check/coverage.ts'
import { callbackBytes, offered } from '../../../guide/check/sizes.ts'
import { countWords } from '../../../guide/check/tokens.ts'
import { cleanContent, counter, guideOf, service, step, stepOf, wordsOf } from './fixture.ts'
import { testRules } from './rules.ts'

const MONEY = 'guide/content/guides/ua/money.yaml'
const EN = 'locales/en/ua-money.json'
const CODES = 'guide/content/codes.json'

describe('sizes: one planted fault each', () => {
  testRules([
    {
      rule: 'too-many-words',
      says: 'more than 60 words stand on a screen',
      plant: (c) => void (wordsOf(c, 'en', 'ua-money', 'money').text![0] = 'word '.repeat(60)),
      file: EN,
      step: 'money',
    },
    {
      rule: 'too-many-words',
      says: 'the list of care makes a screen too long',
      plant: (c) => {
        stepOf(c, 'ua-money', 'money').care = ['ua-care']
        c.words.en.care!.care = { 'ua-care': { name: 'A', possible: 'B', later: 'word '.repeat(60) } }
      },
      file: EN,
      step: 'money',
    },
    {
      rule: 'long-label',
      says: 'a label has eight words',
      plant: (c) => void (wordsOf(c, 'en', 'ua-money', 'money').choices!.more = 'a b c d e f g h'),
      file: EN,
      step: 'money',
    },
    {
      rule: 'too-many-choices',
      says: 'nine choices stand on a screen',
      plant: (c) =>
        void stepOf(c, 'ua-money', 'money').choices.push(...Array.from({ length: 7 }, (_, index) => ({ id: `c${index}`, next: 'start' }))),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'never-offered',
      says: 'no choice sets the answer it waits for',
      plant: (c) => void stepOf(c, 'ua-money', 'money').choices.push({ id: 'x', next: 'start', when: { home: 'apart' } }),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'long-message',
      says: 'a message is over 4,096 characters',
      plant: (c) => void (wordsOf(c, 'en', 'ua-money', 'money').text![0] = 'x'.repeat(4096)),
      file: EN,
      step: 'money',
    },
    {
      rule: 'long-message',
      says: 'the services of a list make it too long',
      plant: (c) =>
        void c.services.push(service('ua-a', { name: { uk: 'x'.repeat(2000) } }), service('ua-b', { name: { uk: 'x'.repeat(2000) } })),
      file: 'locales/en/common.json',
      step: 'list-legal',
    },
    {
      rule: 'long-button',
      says: 'a button carries over 64 bytes',
      plant: (c) => void (c.codes.steps.money = 'x'.repeat(60)),
      file: MONEY,
      step: 'money',
    },
    { rule: 'missing-code', says: 'a step has no code', plant: (c) => void delete c.codes.steps.money, file: CODES, step: 'money' },
    { rule: 'missing-code', says: 'a choice has no code', plant: (c) => void delete c.codes.choices.more, file: CODES },
    { rule: 'missing-code', says: 'a service has no code', plant: (c) => void delete c.codes.services['ua-line'], file: CODES },
    {
      rule: 'duplicate-code',
      says: 'two steps share a code',
      plant: (c) => void (c.codes.steps.police = c.codes.steps.money!),
      file: CODES,
      step: 'police',
    },
    { rule: 'misshapen-code', says: 'a code is too short', plant: (c) => void (c.codes.steps.money = 'é'), file: CODES, step: 'money' },
  ])

  test('choices are counted over the answers, not added up', () => {
    const answers = new Map([['home', new Set(['together', 'apart'])]])
    const hub = step({
      choices: [
        { id: 'always', next: 'start' },
        { id: 'a', next: 'start', when: { home: 'together' } },
        { id: 'b', next: 'start', when: { home: ['apart'] } },
        { id: 'c', next: 'start', when: { home: ['together', 'apart'] } },
      ],
    })
    expect(offered(hub, answers)).toEqual({ least: 1, most: 3 })
  })

  test('a button carries its codes, their dots and eleven characters of MAC', () => {
    expect(callbackBytes('abc', 'de', 'UA', 'uk')).toBe(3 + 2 + 2 + 2 + 11 + 4)
    expect(callbackBytes('é', '', '', '')).toBe(2 + 11 + 4)
  })
})

describe('codes', () => {
  test('nothing that has a code is touched, not even what is gone', () => {
    const content = {
      ...cleanContent(),
      codes: { steps: { money: 'abc', 'old-step': 'zzz' }, choices: { more: 'ab' }, services: { 'ua-line': 7 } },
    }
    const codes = extendCodes(content, counter())
    expect(codes.steps).toMatchObject({ money: 'abc', 'old-step': 'zzz' })
    expect(codes.choices.more).toBe('ab')
    expect(codes.services).toEqual({ 'ua-line': 7, 'ua-ua18-shelter-1': 8 })
    expect(missingCodes({ ...content, codes })).toEqual({ steps: [], choices: [], services: [] })
  })

  test('a code already taken is drawn again, and the file is sorted', () => {
    const draws = ['abc', 'abc']
    const content = { ...cleanContent(), codes: { steps: { zebra: 'abc' }, choices: {}, services: {} } }
    const spare = counter()
    const codes = extendCodes(content, (length) => draws.pop() ?? spare(length))
    expect(new Set(Object.values(codes.steps)).size).toBe(Object.keys(codes.steps).length)
    expect(Object.keys(codes.steps)).toEqual(Object.keys(codes.steps).toSorted())
  })
})

describe('coverage', () => {
  const money = (content = cleanContent(), language = 'uk') =>
    coverage(content).find((row) => row.topic === 'money' && row.language === language)?.cover

  test('a topic with facts, words, more than one step and its services is full', () => {
    expect(new Set(coverage(cleanContent()).map((row) => row.cover))).toEqual(new Set(['full']))
  })

  test('a text that nobody has read back counts only where it is what the others are written from', () => {
    const content = cleanContent()
    for (const language of ['uk', 'ru'] as const) content.states[language] = {}
    expect(money(content)).toBe('full')
    expect(money(content, 'ru')).toBe('partial')
  })

  test('no file: missing', () => {
    const content = cleanContent()
    content.guides = content.guides.filter((guide) => guide.topic !== 'money')
    expect(money(content)).toBe('missing')
  })

  test('general advice alone: no facts', () => {
    const content = cleanContent()
    content.cards[0]!.facts[0]!.grade = 'G'
    expect(money(content)).toBe('no facts')
  })

  test('one step, no list of its need, or words missing in the language: partial', () => {
    const single = cleanContent()
    delete guideOf(single, 'ua-money').steps['money-more']
    expect(money(single)).toBe('partial')
    const elsewhere = cleanContent()
    guideOf(elsewhere, 'ua-money').need = 'police'
    expect(money(elsewhere)).toBe('partial')
    const silent = cleanContent()
    delete wordsOf(silent, 'ru', 'ua-money', 'money').hope
    expect([money(silent), money(silent, 'ru')]).toEqual(['full', 'partial'])
  })

  test('the table has a line a topic', () => {
    const table = coverageTable(coverage(cleanContent()))
    expect(table).toMatch(/^UA {8}money +2 +full +full +full +full$/m)
    expect(table).toMatch(/140 of 140 full$/)
  })
})

test('a tie to a number counts as no word', () => {
  expect(countWords('{{with:ua-line}}The number below: {{tel:ua-line}}.')).toBe(4)
})
