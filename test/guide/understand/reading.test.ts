import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toRussian, toUkrainian } from '../../../guide/understand/keyboards.ts'
import { read } from '../../../guide/understand/reading.ts'
import { skeletonOf, soundOf } from '../../../guide/understand/sound.ts'
import { openModel } from '../../../guide/understand/understand.ts'
import { sentencesOf, tidy } from '../../../guide/understand/words.ts'

const model = openModel(readFileSync('guide/understand/models/UA.txt', 'utf8'))
const wordsOf = (text: string): string[] => sentencesOf(tidy(text)).flat()

describe('words as they sound', () => {
  test.each([
    ['помогите', 'pomogite'],
    ['чоловік', 'cholovik'],
    ['поліція', 'policiia'],
    ['қорқамын', 'коркамын'],
    ['күйеуім', 'куйеуим'],
    ['ребёнок', 'ребенок'],
  ])('%s and %s are one', (one, other) => expect(soundOf(one)).toBe(soundOf(other)))

  test('vowels that people mix up are one in the skeleton', () =>
    expect(skeletonOf(soundOf('памагите'))).toBe(skeletonOf(soundOf('помогите'))))
})

describe('a text in words', () => {
  test('apostrophes of every kind drop out', () => expect(wordsOf("б'є бʼє б’є бє")).toEqual(['бє', 'бє', 'бє', 'бє']))
  test('a Latin letter among Cyrillic ones is put right', () => expect(wordsOf('мeнe')).toEqual(['мене']))
  test('an age is a mark, a child’s another', () => expect(wordsOf('мені 12, їй 34')).toEqual(['мені', '#child', 'їй', '#age']))
  test('sentences are kept apart', () =>
    expect(sentencesOf('він пішов. я сама!')).toEqual([
      ['він', 'пішов'],
      ['я', 'сама'],
    ]))
})

describe('the other keyboard', () => {
  test('gjvjubnt is помогите', () => expect(toRussian('gjvjubnt')).toBe('помогите'))
  test('letters under signs come back too', () => expect(toUkrainian("lf' ;sdj")).toBe('дає живо'.replace('живо', 'жіво')))
  test('is undone only where the letters make no sense as they stand', () => {
    expect(read(model.likenesses, 'gjvjubnt', 'ru').sentences).toEqual([[soundOf('помогите')]])
    expect(read(model.likenesses, 'pomogite', 'ru').sentences).toEqual([[soundOf('помогите')]])
    expect(read(model.likenesses, 'how do i leave him', 'uk').english).toBe(true)
  })
})
