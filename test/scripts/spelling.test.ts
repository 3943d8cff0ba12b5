/** A slip in a word is found, and what is right is not. */
import { beforeAll, expect, test } from 'vitest'
import { type Dictionary, openDictionary, wordsIn } from '../../scripts/spelling/dictionary.ts'

let uk: Dictionary
let en: Dictionary
beforeAll(() => {
  uk = openDictionary('uk', new Set(['Страда']))
  en = openDictionary('en', new Set())
})

test('words are read without tokens, addresses and signs', () => {
  expect(wordsIn('«Ла Страда»: {{tel:ua-1547}}, пишіть на la-strada.org.ua чи @bot; об’єднання — з вами.')).toEqual([
    'Ла',
    'Страда',
    'пишіть',
    'на',
    'чи',
    'об’єднання',
    'вами',
  ])
})

test('declined words, apostrophes, hyphens and our own names are known', () => {
  for (const word of ['допомогу', 'об’єднання', 'будь-коли', 'Страда']) expect(uk.knows(word), word).toBe(true)
  for (const word of ['neighbours', 'counsellor’s', 'twenty-four']) expect(en.knows(word), word).toBe(true)
})

test('a slip is not known', () => {
  for (const word of ['допомгоу', 'поліця', 'зберігаетсья', 'будь-кіли']) expect(uk.knows(word), word).toBe(false)
  for (const word of ['neigbour', 'recieve']) expect(en.knows(word), word).toBe(false)
})
