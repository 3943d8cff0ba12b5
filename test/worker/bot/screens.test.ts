/** Every screen fits a message, every button its 64 bytes, and a button comes back as what it was. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../crypto/bytes.ts'
import { macKey } from '../../../crypto/tag.ts'
import { tellingWord } from '../../../guide/check/telling.ts'
import { recover } from '../../../guide/engine.ts'
import { bookOf, common } from '../../../worker/books.ts'
import { type Button, MAX_PAGE, MAX_SERVICE, packArea, readData, unpackArea, writeData } from '../../../worker/bot/data.ts'
import { readLink, writeLink } from '../../../worker/bot/link.ts'
import { draw } from '../../../worker/bot/screen.ts'
import type { Shown } from '../../../worker/bot/shown.ts'
import { botSay } from '../../../worker/bot/words.ts'
import { LANGUAGES } from '../visitor.ts'

const { guide } = bookOf('UA', 'uk')
const steps = Object.keys(guide.steps)
const CHAT = 9_007_199_254_740_991
const key = () => macKey(utf8('k'.repeat(32)))
const bytes = (text: string) => utf8(text).length

const questions = new Map<string, Set<string>>()
for (const step of Object.values(guide.steps))
  for (const { sets } of step.choices)
    for (const [question, answer] of Object.entries(sets ?? {})) questions.set(question, (questions.get(question) ?? new Set()).add(answer))

/** Everything asked was answered. */
const everyAnswer = Object.fromEntries([...questions].map(([question, answers]) => [question, [...answers][0] ?? '']))

const at = (step: string, more: Partial<Button['at']> = {}) => recover(guide, { step, ...more })

/** The tags Telegram knows, each closed in turn. */
function unclosed(text: string): string[] {
  const open: string[] = []
  for (const [, close, name = ''] of text.matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
    if (!close) open.push(name)
    else if (open.pop() !== name) return [name]
  }
  return open
}

describe.each(LANGUAGES)('every screen in %s', (language) => {
  it.each([
    ['with nothing known', {}, null],
    ['with everything answered', everyAnswer, 'UA1804019'],
    ['abroad', { situation: 'abroad' }, null],
  ] as const)(
    'fits, %s',
    async (_what, answers, area) => {
      const mac = await key()
      for (const step of steps) {
        const trail = step === guide.start ? [] : steps.slice(0, 24)
        const shown: Shown = { screen: 'step', at: at(step, { answers, area, trail }), language, page: 0, notice: 'refused' }
        const screen = draw(shown, LANGUAGES, new Date())
        expect(screen.text.length, step).toBeLessThanOrEqual(4096)
        expect(screen.text.endsWith(`<i>${botSay(language, 'refused')}</i>`), step).toBe(true)
        expect(unclosed(screen.text), step).toEqual([])
        expect(screen.rows.length, step).toBeLessThanOrEqual(16)
        for (const row of screen.rows) {
          expect(row.length).toBeLessThanOrEqual(2)
          for (const { label, ...data } of row) {
            expect(label.trim(), step).not.toBe('')
            expect(bytes(await writeData(mac, CHAT, common.codes, data)), step).toBeLessThanOrEqual(64)
          }
        }
      }
    },
    60_000,
  )

  it('every page of every list, with at most eight choices, and the screens of the bot itself', () => {
    const { words } = bookOf('UA', language)
    const around = [
      ...['back', 'home', 'stop'].map((name) => words.ui[name]),
      ...(['hide', 'earlier', 'later'] as const).map((name) => botSay(language, name)),
    ]
    for (const step of steps.filter((id) => guide.steps[id]?.services)) {
      for (let page = 0; page < 40; page += 1) {
        const { text, rows } = draw({ screen: 'step', at: at(step), language, page }, LANGUAGES, new Date())
        expect(text.length, `${step} ${page}`).toBeLessThanOrEqual(4096)
        expect(unclosed(text), `${step} ${page}`).toEqual([])
        const choices = rows.flat().filter(({ label }) => !around.includes(label))
        expect(choices.length, `${step} ${page}`).toBeLessThanOrEqual(8)
        if (!rows.flat().some(({ label }) => label === botSay(language, 'later'))) break
        expect(page).toBeLessThan(MAX_PAGE)
      }
    }
    const list = steps.find((id) => guide.steps[id]?.services) ?? ''
    for (const screen of ['card', 'tidied', 'oblasts', 'hiding', 'unanswered', 'noted'] as const)
      for (const [page, step] of [0, 1, 2, 3, 99].flatMap((page) => [[page, guide.start] as const, [page, list] as const])) {
        const { text, rows } = draw({ screen, at: at(step), language, page }, LANGUAGES, new Date())
        expect(text.length).toBeLessThanOrEqual(4096)
        expect(rows.length).toBeLessThanOrEqual(12)
      }
  })

  it('D1: what the menu and the profile show tells nothing', () => {
    for (const name of [
      'commandStart',
      'commandMenu',
      'commandLanguage',
      'commandStop',
      'about',
      'aboutShort',
      'hide',
      'tidy',
      'hiding',
      'hidingTitle',
    ] as const)
      expect(tellingWord(botSay(language, name)), name).toBeNull()
  })
})

/** Answers that only pages ask for: how the exit works. */
const OF_PAGES = ['exit', 'shortcut', 'away']

it('a chat offers nothing about leaving a page, for it has none', () => {
  for (const step of ['settings', 'exit-limits']) {
    expect(guide.steps[step]?.choices.some(({ id, pages }) => pages && id === 'leaving')).toBe(true)
    const { rows } = draw(
      { screen: 'step', at: { step, trail: [], answers: {}, area: null }, language: 'uk', page: 0 },
      LANGUAGES,
      new Date(),
    )
    expect(rows.flat().filter(({ ask }) => 'choice' in ask && ask.choice === 'leaving')).toEqual([])
    expect(rows.length).toBeGreaterThan(1)
  }
})

describe('what a button carries', () => {
  const area = fc.option(fc.constantFrom('UA18', 'UA80', 'UA0102', 'UA1804019', 'UA1804019001'))
  const answers = fc.subarray(
    [...questions]
      .filter(([question]) => !['language', ...OF_PAGES].includes(question))
      .map(([question, all]) => [question, [...all]] as const),
  )
  const position = fc.record({
    step: fc.constantFrom(...steps.filter((id) => id !== guide.start)),
    trail: fc.array(fc.constantFrom(...steps), { maxLength: 24 }),
    answers: answers.map((some) => Object.fromEntries(some.map(([question, [answer = '']]) => [question, answer]))),
    area,
  })
  const ask = fc.oneof(
    fc
      .constantFrom(
        'show',
        'hide',
        'card',
        'tidy',
        'oblasts',
        'unanswered',
        'hiding',
        'hide-five',
        'hide-quarter',
        'hide-hour',
        'hide-never',
      )
      .map((action) => ({ action }) as Button['ask']),
    fc.constantFrom(...Object.keys(common.codes.choices)).map((choice): Button['ask'] => ({ choice })),
    fc.nat(MAX_SERVICE).map((silent): Button['ask'] => ({ silent })),
  )
  const button = fc.record({ at: position, language: fc.constantFrom(...LANGUAGES), page: fc.nat(MAX_PAGE), ask })

  it('comes back, the end of a long trail apart', async () => {
    const mac = await key()
    await fc.assert(
      fc.asyncProperty(button, async (one) => {
        const data = await writeData(mac, CHAT, common.codes, one)
        expect(bytes(data)).toBeLessThanOrEqual(64)
        const back = await readData(mac, CHAT, () => guide, common.codes, data)
        expect(back).toMatchObject({ genuine: true, language: one.language, page: one.page, ask: one.ask })
        expect({ ...back.at, trail: [] }).toEqual({ ...one.at, trail: [] })
        expect(one.at.trail.slice(-back.at.trail.length || one.at.trail.length)).toEqual(back.at.trail)
        expect(back.at.trail.length).toBeGreaterThanOrEqual(Math.min(3, one.at.trail.length))
      }),
      { numRuns: 300 },
    )
  })

  it('changed in one character it is not taken for ours, and nothing of it is taken over', async () => {
    const mac = await key()
    await fc.assert(
      fc.asyncProperty(button, fc.nat(63), fc.constantFrom(...'0Az-_.~'), async (one, where, char) => {
        const data = await writeData(mac, CHAT, common.codes, one)
        const forged = data.slice(0, where % data.length) + char + data.slice((where % data.length) + 1)
        if (forged === data) return
        const back = await readData(mac, CHAT, () => guide, common.codes, forged)
        expect([back.genuine, back.at.area, back.at.trail, back.at.answers, back.ask]).toEqual([false, null, [], {}, { action: 'show' }])
        expect(guide.steps[back.at.step]).toBeDefined()
      }),
      { numRuns: 300 },
    )
  })

  it('anything at all is read without an exception', async () => {
    const mac = await key()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 64 }), async (sent) => {
        expect((await readData(mac, CHAT, () => guide, common.codes, sent)).genuine).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['UA', 'UA01', 'UA18', 'UA0102', 'UA1804019', 'UA1804019001', '', 'KZ-61', 'kz.61.54'])('an area "%s" comes back', (code) => {
    expect(unpackArea(packArea(code))).toBe(code)
    if (code.length > 2) expect(packArea(code).length).toBeLessThanOrEqual(code.length)
  })

  it('links come back, and a slip of the pen is seen', () => {
    for (const language of LANGUAGES)
      for (const code of [null, 'UA18', 'UA0102', 'UA1804019']) {
        const link = writeLink({ language, country: 'UA', area: code })
        expect(link).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
        expect(readLink(link)).toEqual({ language, country: 'UA', area: code })
        expect(readLink(`${link}x`)).toBeNull()
      }
  })
})
