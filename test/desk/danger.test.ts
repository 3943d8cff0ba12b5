/** Danger in her words as the desk finds it, with what reads them really knows; and what happens when it does not come. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Knows } from '../../guide/understand/taught.ts'
import { isEnglish, openModel, understand } from '../../guide/understand/understand.ts'
import { DangerWords, dangerInFirst, type Sources } from '../../pwa/desk/danger.ts'
import type { FirstWords } from '../../schema/said.ts'

const packed = (knows: Knows) => readFileSync(resolve(import.meta.dirname, `../../guide/understand/models/${knows}.txt`), 'utf8')
const there: Sources = { reader: async () => ({ openModel, understand, isEnglish }), model: async (knows) => packed(knows) }
const FIRST: FirstWords = { v: 1, language: 'uk', wish: 'any', text: '', again: false, before: [] }

describe('danger in her words', () => {
  it('is told from other words, and suicide from danger by somebody else, in the languages of the desk', async () => {
    const words = new DangerWords('UA', there)
    await words.load(['uk', 'ru'])
    expect(words.of('він мене зараз вб’є, рятуйте', 'uk')).toBe('danger')
    expect(words.of('он сейчас меня убьёт, помогите', 'ru')).toBe('danger')
    expect(words.of('he is going to kill me, help', 'en')).toBe('danger')
    expect(words.of('я більше не хочу жити', 'uk')).toBe('suicide')
    expect(words.of('я больше не хочу жить', 'ru')).toBe('suicide')
    for (const calm of ['добрий день', 'дякую, я подумаю', 'як подати на розлучення?', ''])
      expect([calm, words.of(calm, 'uk')]).toEqual([calm, null])
  })

  it('is read in each language by the file of its country, loaded when the counsellor speaks it or a talk needs it', async () => {
    const asked: Knows[] = []
    const words = new DangerWords('UA', {
      ...there,
      async model(knows) {
        asked.push(knows)
        return packed(knows)
      },
    })
    const kazakh = 'күйеуім мылтығын алып шықты'
    await words.load(['uk', 'ru', 'en'])
    expect([asked, words.of('він мене зараз вб’є, рятуйте', 'uk'), words.of(kazakh, 'kk')]).toEqual([['EN', 'UA'], 'danger', null])
    await words.load(['kk', 'ru'])
    await words.load(['kk'])
    expect([asked, words.of(kazakh, 'kk')]).toEqual([['EN', 'UA', 'KZ'], 'danger'])
    // Whose country nobody knows: Russian is read by all that are there, and so is what else is written in such a talk.
    expect(words.of(kazakh, 'ru')).toBe('danger')
    expect(words.of('добрый день, как подать на развод?', 'ru')).toBeNull()
    await words.load(['uz-cyrl'])
    expect(asked).toEqual(['EN', 'UA', 'KZ', 'UZ'])
  })

  it('is looked for in what she wrote first, and in hers of what she lets the next one read', async () => {
    const words = new DangerWords('UA', there)
    await words.load(['uk', 'ru'])
    const cry = 'він мене зараз вб’є, рятуйте'
    expect(dangerInFirst({ ...FIRST, text: cry }, words.of)).toBe('danger')
    expect(dangerInFirst({ ...FIRST, text: 'це знову я', before: [{ mine: true, text: cry }] }, words.of)).toBe('danger')
    expect(dangerInFirst({ ...FIRST, before: [{ mine: false, text: cry }] }, words.of)).toBeNull()
  })

  it('is marked nowhere until it is loaded; a load that failed is no error, and the next one may succeed', async () => {
    let tries = 0
    const words = new DangerWords('UA', {
      ...there,
      async model(knows) {
        if (knows === 'UA') tries += 1
        if (tries === 1) throw new Error('no network')
        return packed(knows)
      },
    })
    const found = () => words.of('він мене зараз вб’є, рятуйте', 'uk')
    expect(found()).toBeNull()
    await Promise.all([words.load(['uk', 'ru']), words.load(['uk', 'ru'])])
    expect([tries, found()]).toEqual([1, null])
    await words.load(['uk', 'ru'])
    await words.load(['uk', 'ru'])
    expect([tries, found()]).toEqual([2, 'danger'])
  })

  it('is marked nowhere when reading goes wrong', async () => {
    const broken = () => {
      throw new Error('broken')
    }
    for (const reader of [
      { openModel: broken, understand, isEnglish },
      { openModel, understand: broken, isEnglish },
    ]) {
      const words = new DangerWords('UA', { ...there, reader: async () => reader })
      await words.load(['uk', 'ru'])
      expect(words.of('він мене зараз вб’є, рятуйте', 'uk')).toBeNull()
    }
  })
})
