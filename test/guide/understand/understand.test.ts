import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEnglish, openModel, understand } from '../../../guide/understand/understand.ts'
import type { Language } from '../../../schema/terms.ts'

const open = (country: string) => openModel(readFileSync(`guide/understand/models/${country}.txt`, 'utf8'))
const ua = open('UA')
const kz = open('KZ')
const en = open('EN')
const hear = (text: string, language: Language = 'uk') => understand(language === 'en' ? en : ua, text, { language, country: 'UA' })
const hearKazakh = (text: string) => understand(kz, text, { language: 'kk', country: 'KZ' })

describe('B3 danger and suicide are heard', () => {
  test.each([
    ['чоловік б’є мене зараз, допоможіть', 'uk'],
    ['ЧОЛОВІК БЄ МЕНЕ ЗАРАЗ', 'uk'],
    ['он ломает дверь, я в ванной', 'ru'],
    ['muj bet menya seichas pomogite', 'ru'],
    ['he has a knife and he is at the door', 'en'],
    ['душив мене вчора, болить горло', 'uk'],
  ] as const)('danger: %s', (text, language) => {
    const { crisis, topics, needs } = hear(text, language)
    expect(crisis).toBe('danger')
    expect(topics[0]?.id).toBe('danger-now')
    expect(needs).toContain('emergency')
  })

  test('danger in Kazakh', () => expect(hearKazakh('күйеуім қазір ұрып жатыр көмектесіңдер').crisis).toBe('danger'))

  test.each([
    ['не хочу більше жити', 'uk'],
    ['хочу умереть', 'ru'],
    ['i want to kill myself', 'en'],
  ] as const)('suicide: %s', (text, language) => {
    expect(hear(text, language).crisis).toBe('suicide')
    expect(hear(text, language).topics[0]?.id).toBe('suicide')
  })

  test('in one sentence of several', () =>
    expect(hear('Добрий день. Хотіла спитати про довідку для садка. Чоловік зараз ламає двері, у нього ніж. Дякую.').crisis).toBe('danger'))
})

describe('B3 what only sounds like danger does not interrupt', () => {
  test.each(['вбив мої мрії', 'вмираю від сміху', 'ця спека мене вбиває', 'бив мене багато років тому, ми розлучились'])('%s', (text) =>
    expect(hear(text).crisis).toBe('none'),
  )
})

describe('B4 what is understood can be asked back', () => {
  test('three topics at least, best first', () => {
    const { topics } = hear('куди піти ночувати з дитиною')
    expect(topics.length).toBeGreaterThanOrEqual(3)
    expect(topics[0]?.id).toBe('shelter')
    const later = topics.slice(1).map(({ score }) => score)
    expect(later).toEqual(later.toSorted((a, b) => b - a))
  })
  test('one word is enough', () => expect(hear('адвокат').topics[0]?.id).toBe('legal-aid'))
  test.each(['рецепт борщу', 'погода на завтра', '', '   ', '😀', '…'])('unknown stays unknown: "%s"', (text) =>
    expect(hear(text).topics).toEqual([]),
  )
})

describe('B4 whatever is typed', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }))
  test('it answers, within bounds, and the same each time', () =>
    fc.assert(
      fc.property(text, (typed) => {
        const found = hear(typed)
        expect(found.topics.length).toBeLessThanOrEqual(5)
        for (const { score } of found.topics) expect(score >= 0 && score <= 1).toBe(true)
        expect(hear(typed)).toEqual(found)
      }),
    ))
  test.each(['а'.repeat(10_000), 'він б’є '.repeat(1_500), '\u0000\u0007\u202e', 'a.'.repeat(5_000), ';'.repeat(10_000)])(
    'even long and strange',
    (typed) => expect(hear(typed).topics.length).toBeLessThanOrEqual(5),
  )
})

describe('on a phone English has a file of its own', () => {
  test.each(['uk', 'en'] as const)('both files tell alike which of them reads a text (page in %s)', (language) => {
    for (const text of [
      'my husband beats me and i have nowhere to go',
      'he took my passport and my phone',
      'i need a lawyer for a divorce',
      'i need a lawyer',
      'can i talk to somebody',
      'number of police',
    ])
      for (const file of [ua, en]) expect([text, isEnglish(file, text, { language })]).toEqual([text, true])
    for (const text of ['чоловік мене б’є', 'muj bet menya', 'pomogite', 'on tut, strashno', 'він забрав паспорт', 'xjkjdsr vtyt ,’'])
      for (const file of [ua, en]) expect([text, isEnglish(file, text, { language })]).toEqual([text, false])
  })
  test('a file that was not taught how a text reads hears plain danger, and guesses nothing', () => {
    const asked = (file: typeof ua, text: string) => understand(file, text, { language: 'uk', country: 'UA' })
    expect(asked(ua, 'i want to kill myself').crisis).toBe('suicide')
    expect(asked(en, 'чоловік б’є мене зараз, допоможіть').crisis).toBe('danger')
    expect(asked(ua, 'i need a lawyer and a place to stay').topics).toEqual([])
    expect(asked(en, 'де знайти адвоката').topics).toEqual([])
  })
})

test('a file that is no model is refused', () => expect(() => openModel('<!doctype html>')).toThrow(RangeError))
