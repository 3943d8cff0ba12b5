import { expect, test } from 'vitest'
import { written } from '../../guide/phones.ts'
import { realDirectory } from './real.ts'

test.each([
  ['102', '102'],
  ['1547', '15-47'],
  ['1648', '1648'],
  ['116123', '116 123'],
  ['+380800500335', '0 800 500 335'],
  ['+380506261379', '+380 50 626 13 79'],
  ['+77011234567', '+77011234567'],
])('%s is written %s', (number, text) => {
  expect(written(number)).toBe(text)
})

test('S7: however it is written, it dials the same number, for every number of the directory', () => {
  const numbers = realDirectory('uk').services.flatMap(({ phones }) => phones.map(({ number }) => number))
  expect(numbers.length).toBeGreaterThan(30)
  for (const number of numbers) {
    const digits = written(number).replace(/[^\d+]/g, '')
    expect([number, number.replace('+38', '')]).toContain(digits)
    expect(number).toMatch(/^\+?\d{3,13}$/)
  }
})

test('S7: numbers are the same in every language', () => {
  const dialled = (language: 'uk' | 'ru' | 'en') => realDirectory(language).services.map(({ id, phones }) => [id, phones])
  expect(dialled('ru')).toEqual(dialled('uk'))
  expect(dialled('en')).toEqual(dialled('uk'))
})
