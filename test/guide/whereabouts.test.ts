/** Whose numbers are shown: the country and language she picked, else a guess from what her browser asks for. */
import { describe, expect, test } from 'vitest'
import { choose, open, recover, stop } from '../../guide/engine.ts'
import type { Guide } from '../../guide/guide.ts'
import { countryOf, guess, isOfferedIn, languageIn } from '../../guide/whereabouts.ts'
import { COUNTRIES, LANGUAGES } from '../../schema/terms.ts'

const all = { countries: COUNTRIES, languages: LANGUAGES }
const otherwise = { country: 'UA', language: 'uk' } as const

describe('the guess', () => {
  test.each([
    [['kk'], 'KZ', 'kk'],
    [['kk-KZ', 'ru-RU'], 'KZ', 'kk'],
    [['ru-KZ'], 'KZ', 'ru'],
    [['ru-KZ', 'kk'], 'KZ', 'ru'],
    [['uz-UZ'], 'UZ', 'uz'],
    [['uz-Latn-UZ'], 'UZ', 'uz'],
    [['ky'], 'KG', 'ky'],
    [['tg'], 'TJ', 'tg'],
    [['tk'], 'TM', 'tk'],
    [['en-KG'], 'KG', 'en'],
    [['uk'], 'UA', 'uk'],
    [['ru'], 'UA', 'ru'],
    [['ru-RU', 'en'], 'UA', 'ru'],
    [['de-DE', 'de'], 'UA', 'uk'],
    [['uk-UA', 'kk'], 'UA', 'uk'],
    [['kk-UA'], 'UA', 'kk'],
    [[], 'UA', 'uk'],
  ] as [string[], string, string][])('%j is %s in %s', (wishes, country, language) => {
    expect(guess(wishes, all, otherwise)).toEqual({ country, language })
  })

  test('never leads to a country or language that the organisation does not offer', () => {
    const offered = { countries: ['UA'], languages: ['uk', 'en'] }
    expect(guess(['kk-KZ'], offered, otherwise)).toEqual({ country: 'UA', language: 'uk' })
    expect(guess(['ru-UA', 'en'], offered, otherwise)).toEqual({ country: 'UA', language: 'en' })
  })
})

describe('what she picked', () => {
  test('holds where it is offered', () => {
    expect(countryOf({ country: 'KZ' }, all, 'UA')).toBe('KZ')
    expect(countryOf({ country: 'KZ' }, { ...all, countries: ['UA'] }, 'UA')).toBe('UA')
    expect(countryOf({}, all, 'UA')).toBe('UA')
    expect(languageIn('KZ', 'kk', all)).toBe('kk')
    expect(languageIn('UA', 'kk', all)).toBe('kk')
  })

  test('a language that is not spoken there becomes the one most read there', () => {
    expect(languageIn('UZ', 'uk', all)).toBe('ru')
    expect(languageIn('UA', 'tk', all)).toBe('uk')
    expect(languageIn('KG', null, { ...all, languages: ['ky', 'en'] })).toBe('ky')
  })

  test('a choice of a language is offered where it is spoken, one of a country where it is served', () => {
    expect(isOfferedIn('UA', { language: 'tk' }, all)).toBe(false)
    expect(isOfferedIn('TM', { language: 'tk' }, all)).toBe(true)
    expect(isOfferedIn('UA', { country: 'KZ' }, { ...all, countries: ['UA'] })).toBe(false)
    expect(isOfferedIn('UA', { home: 'together' }, all)).toBe(true)
    expect(isOfferedIn('UA', undefined, all)).toBe(true)
  })
})

describe('another country', () => {
  const guide = (answers?: Record<string, string>): Guide => ({
    country: 'UA',
    ...(answers && { answers }),
    start: 'start',
    steps: {
      start: { choices: [] },
      'safe-screen': { choices: [] },
      country: { choices: [{ id: 'country-kz', next: 'start', sets: { country: 'KZ' } }] },
    },
    care: {},
    cards: {},
  })
  const before = { step: 'country', trail: ['start'], answers: { language: 'ru', situation: 'abroad', home: 'together' }, area: 'UA18' }

  test('begins anew: language stays, place and what was told of the last country do not', () => {
    expect(choose(guide(), before, 'country-kz')).toEqual({
      ok: true,
      value: { step: 'start', trail: [], answers: { language: 'ru', country: 'KZ' }, area: null },
    })
  })

  test('outlasts home and stop, so that no number of another country comes back', () => {
    const at = { ...open(guide()), answers: { country: 'KZ', home: 'alone' } }
    expect(stop(guide(), at).answers).toEqual({ country: 'KZ' })
    expect(choose(guide(), { ...at, step: 'country' }, 'home')).toMatchObject({ value: { answers: { country: 'KZ' } } })
  })

  test('is told from the first screen on, where it is not the one people come to', () => {
    expect(open(guide({ country: 'KZ' })).answers).toEqual({ country: 'KZ' })
    expect(recover(guide({ country: 'KZ' }), { answers: { language: 'kk' } }).answers).toEqual({ country: 'KZ', language: 'kk' })
  })
})
