/** The edge's file says the same as a phone's and more: it is read by the same code. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openEdgeModel } from '../../../guide/understand/edge.ts'
import { openModel, understand } from '../../../guide/understand/understand.ts'
import { COUNTRIES } from '../../../schema/terms.ts'

const file = (name: string) => readFileSync(`guide/understand/models/${name}.txt`, 'utf8')

test.each([...COUNTRIES, 'EN'])('%s opens, and knows more than a phone', (country) => {
  const [edge, phone] = [openEdgeModel(file(`edge/${country}`)), openModel(file(country))]
  expect(edge.weights.length).toBeGreaterThan(phone.weights.length)
  expect(edge.weights.length).toBe(edge.starts.at(-1))
  expect(edge.head.languages).toEqual(phone.head.languages)
})

test('danger is heard in each of its languages', () => {
  const own = ['чоловік б’є мене зараз, допоможіть', 'он ломает дверь, я в ванной']
  for (const [knows, texts] of Object.entries({ UA: own, EN: ['he has a knife and he is at the door'] }))
    for (const text of texts)
      expect([text, understand(openEdgeModel(file(`edge/${knows}`)), text, { language: 'uk', country: 'UA' }).crisis]).toEqual([
        text,
        'danger',
      ])
})

test('what is no such file is refused', () => {
  expect(() => openEdgeModel('<!doctype html>')).toThrow(RangeError)
  expect(() => openEdgeModel(file('UA'))).toThrow(RangeError)
})
