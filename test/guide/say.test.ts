import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fill, month, parts, say } from '../../guide/say.ts'
import { words } from './made-up.ts'

describe('say', () => {
  test('a value stands in its place', () => {
    expect(say(words({ near: '{{place}}: хто може допомогти' }), 'near', { place: 'Семенівка' })).toBe('Семенівка: хто може допомогти')
  })

  test('a value that is not given leaves nothing behind', () => {
    expect(fill('до {{hours}} год', {})).toBe('до  год')
  })

  test('a value is never read as a token again', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fill('[{{a}}]', { a: text, b: 'SECRET' })).toBe(`[${text}]`)
      }),
    )
    expect(fill('{{a}}', { a: '{{b}}', b: 'SECRET' })).toBe('{{b}}')
  })

  test.each([
    [1, '1 служба'],
    [2, '2 служби'],
    [5, '5 служб'],
    [21, '21 служба'],
  ])('the plural of %i in Ukrainian', (count, told) => {
    const ui = { found_one: '{{count}} служба', found_few: '{{count}} служби', found_many: '{{count}} служб' }
    expect(say(words(ui), 'found', { count })).toBe(told)
  })

  test('a missing word is its key, never an empty screen', () => {
    expect(say(words(), 'missing')).toBe('missing')
  })
})

describe('month', () => {
  test.each([
    ['uk', '2026-11-22', 'листопад 2026'],
    ['uk', '2026-11', 'листопад 2026'],
    ['ru', '2026-11-01', 'ноябрь 2026'],
    ['en', '2026-01-31', 'January 2026'],
    ['uk', '2024', '2024'],
  ] as const)('S1: in %s, %s is told as %s', (language, date, told) => {
    expect(month({ language, ui: {} }, date)).toBe(told)
  })
})

test('prose is cut at its tokens, and nothing is lost', () => {
  expect(parts('Подзвоніть {{tel:ua-1547}}.')).toEqual(['Подзвоніть ', { token: 'tel:ua-1547' }, '.'])
  fc.assert(
    fc.property(fc.string(), (text) => {
      const joined = parts(text)
        .map((part) => (typeof part === 'string' ? part : `{{${part.token}}}`))
        .join('')
      expect(joined).toBe(text)
    }),
  )
})
