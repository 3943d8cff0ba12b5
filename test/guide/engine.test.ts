import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  back,
  choicesAt,
  choose,
  EVERYWHERE,
  goTo,
  offered,
  open,
  type Position,
  recover,
  SAFE_STEP,
  stop,
  TRAIL_STEPS,
} from '../../guide/engine.ts'
import type { Guide } from '../../guide/guide.ts'
import { realGuide } from './real.ts'

const guide: Guide = {
  country: 'UA',
  start: 'start',
  care: {},
  cards: {},
  steps: {
    start: { choices: [{ id: 'ask', next: 'question' }] },
    question: {
      choices: [
        { id: 'together', next: 'more', sets: { home: 'together' } },
        { id: 'apart', next: 'more', sets: { home: 'apart' } },
      ],
    },
    more: {
      choices: [
        { id: 'wait', next: 'question', when: { home: 'together' } },
        { id: 'either', next: 'question', when: { home: ['together', 'apart'] } },
        { id: 'begin', next: 'start' },
      ],
    },
    settings: { choices: [{ id: 'lang-en', next: 'start', sets: { language: 'en' }, returns: true }] },
    [SAFE_STEP]: { choices: [{ id: 'start', next: 'start' }], ends: 'safe' },
  },
}

const at = (step: string, parts: Partial<Position> = {}): Position => ({ ...open(guide), step, ...parts })

/** Where a choice leads when it is offered; fails the test when it is not. */
function taken(from: Position, choice: string): Position {
  const result = choose(guide, from, choice)
  if (!result.ok) throw new Error(`${choice} is not offered at ${from.step}`)
  return result.value
}

describe('choose', () => {
  test('goes on, and remembers the way and the answer', () => {
    expect(taken(taken(open(guide), 'ask'), 'together')).toEqual({
      step: 'more',
      trail: ['start', 'question'],
      answers: { home: 'together' },
      area: null,
    })
  })

  test('a choice with a condition is offered only to who gave that answer', () => {
    const ids = (answers: Record<string, string>) =>
      choicesAt(guide.steps.more ?? { choices: [] }, at('more', { answers })).map(({ id }) => id)
    expect(ids({ home: 'together' })).toEqual(['wait', 'either', 'begin'])
    expect(ids({ home: 'apart' })).toEqual(['either', 'begin'])
    expect(ids({})).toEqual(['begin'])
    expect(offered({ id: 'x', next: 'y', when: { home: 'a', since: 'b' } }, { home: 'a' })).toBe(false)
  })

  test('a choice that was hidden cannot be taken either', () => {
    expect(choose(guide, at('more'), 'wait')).toEqual({ ok: false, error: { reason: 'not-offered', step: 'more', choice: 'wait' } })
  })

  test('a button from an older message is answered, not thrown', () => {
    expect(choose(guide, open(guide), 'gone')).toEqual({ ok: false, error: { reason: 'not-offered', step: 'start', choice: 'gone' } })
    expect(choose(guide, at('gone'), 'ask')).toEqual({ ok: false, error: { reason: 'step-gone', step: 'gone' } })
    expect(choose(guide, at('constructor'), 'ask')).toMatchObject({ ok: false, error: { reason: 'step-gone' } })
  })

  test('a choice that returns goes back to where she was, with what it sets', () => {
    const set = taken(taken(at('question', { trail: ['start'] }), 'settings'), 'lang-en')
    expect(set).toEqual({ step: 'question', trail: ['start'], answers: { language: 'en' }, area: null })
    expect(taken(at('settings'), 'lang-en').step).toBe('start')
  })

  test('a choice that leads to the first screen forgets the answers but not the place', () => {
    const from = at('more', { trail: ['start'], answers: { home: 'apart', language: 'en' }, area: 'UA18' })
    expect(taken(from, 'begin')).toEqual({ step: 'start', trail: [], answers: { language: 'en' }, area: 'UA18' })
  })
})

describe('back, home, stop', () => {
  test('B7: back walks the trail, past steps that are gone, and ends at the first screen', () => {
    expect(back(guide, at('more', { trail: ['start', 'question', 'gone'] }))).toMatchObject({ step: 'question', trail: ['start'] })
    expect(back(guide, at('more'))).toMatchObject({ step: 'start', trail: [] })
  })

  test('back takes back the answer given there, and no other', () => {
    const answered = taken(at('question', { trail: ['start'], answers: { language: 'en', other: 'yes' } }), 'together')
    expect(answered.answers).toEqual({ language: 'en', other: 'yes', home: 'together' })
    expect(back(guide, answered)).toMatchObject({ step: 'question', answers: { language: 'en', other: 'yes' } })
  })

  test('the trail stays short however long the visit', () => {
    let here = open(guide)
    for (let n = 0; n < 3 * TRAIL_STEPS; n += 1) here = goTo(guide, here, n % 2 === 0 ? 'question' : 'more')
    expect(here.trail).toHaveLength(TRAIL_STEPS)
  })

  test('home forgets all but the language', () => {
    expect(taken(at('more', { trail: ['start'], answers: { home: 'apart', language: 'en' }, area: 'UA18' }), 'home')).toEqual({
      step: 'start',
      trail: [],
      answers: { language: 'en' },
      area: null,
    })
  })

  test('B2: stop leads to the safe screen from anywhere and drops what she told; back from it leads to the first screen', () => {
    const safe = stop(guide, at('more', { trail: ['start', 'question'], answers: { home: 'apart' }, area: 'UA18' }))
    expect(safe).toEqual({ step: SAFE_STEP, trail: [], answers: {}, area: null })
    expect(back(guide, safe).step).toBe('start')
    expect(stop(guide, at('gone')).step).toBe(SAFE_STEP)
  })
})

describe('recover', () => {
  test('keeps what still holds', () => {
    expect(recover(guide, { step: 'more', trail: ['start', 'gone', 'question'], answers: { home: 'apart' }, area: 'UA18' })).toEqual({
      step: 'more',
      trail: ['start', 'question'],
      answers: { home: 'apart' },
      area: 'UA18',
    })
  })

  test('makes the first screen of anything else', () => {
    expect(recover(guide, { step: 'toString', trail: ['more'] })).toEqual(open(guide))
    expect(recover(guide, {})).toEqual(open(guide))
  })
})

describe('the real guide', () => {
  /** Numbers that pick among what is offered; every seventh or so one of the choices that stand everywhere. */
  const taps = fc.array(fc.nat({ max: 10_000 }), { maxLength: 60 })

  function walk(numbers: number[], seen: (here: Position) => void): void {
    let here = open(realGuide)
    for (const number of numbers) {
      const choices = choicesAt(realGuide.steps[here.step] ?? { choices: [] }, here).map(({ id }) => id)
      const all = choices.length === 0 || number % 7 === 0 ? EVERYWHERE : choices
      const result = choose(realGuide, here, all[number % all.length] ?? 'back')
      expect(result.ok).toBe(true)
      if (!result.ok) return
      here = result.value
      seen(here)
    }
  }

  test('any walk stays on steps that exist', () => {
    fc.assert(
      fc.property(taps, (numbers) =>
        walk(numbers, (here) => {
          for (const step of [here.step, ...here.trail]) expect(Object.hasOwn(realGuide.steps, step)).toBe(true)
          expect(here.trail.length).toBeLessThanOrEqual(TRAIL_STEPS)
        }),
      ),
      { numRuns: 300 },
    )
  })

  test('B2: stop leads to the safe screen after any walk, with nothing told left but what keeps wrong numbers away and how she leaves', () => {
    fc.assert(
      fc.property(taps, (numbers) =>
        walk(numbers, (here) => {
          const stopped = choose(realGuide, { ...here, area: 'UA18' }, 'stop')
          expect(stopped).toMatchObject({ ok: true, value: { step: SAFE_STEP, trail: [], area: null } })
          if (stopped.ok)
            expect(
              Object.keys(stopped.value.answers).filter(
                (question) => !['country', 'language', 'situation', 'exit', 'shortcut', 'away'].includes(question),
              ),
            ).toEqual([])
        }),
      ),
      { numRuns: 200 },
    )
  })

  test('B2: stop leads to the safe screen from every single step', () => {
    for (const step of Object.keys(realGuide.steps)) expect(stop(realGuide, { ...open(realGuide), step }).step).toBe(SAFE_STEP)
    expect(realGuide.steps[SAFE_STEP]).toBeDefined()
  })
})
