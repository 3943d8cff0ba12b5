/** What follows from words that were understood: asked back, or interrupted. */
import { describe, expect, test } from 'vitest'
import { open, type Position } from '../../guide/engine.ts'
import type { Guide } from '../../guide/guide.ts'
import { guessLabel, hear, interrupted, isNothing, offers, takesWords } from '../../guide/heard.ts'
import { crisisHtml, heardHtml, ownWordsHtml } from '../../guide/html-heard.ts'
import type { Understood } from '../../guide/understand/understand.ts'
import { words } from './made-up.ts'

const topic = (id: 'shelter' | 'money' | 'suicide' | 'danger-now' | 'legal-aid') => ({ choices: [], topic: id })

const guide: Guide = {
  country: 'UA',
  start: 'start',
  steps: {
    start: { choices: [] },
    'for-me': { choices: [] },
    'under-18': { choices: [] },
    shelter: topic('shelter'),
    money: topic('money'),
    suicide: topic('suicide'),
    'danger-now': topic('danger-now'),
    'legal-aid': topic('legal-aid'),
  },
  nearest: { crsv: 'shelter' },
  care: {},
  cards: {},
}

const at = open(guide)

const understood = (ids: string[], parts: Partial<Understood> = {}): Understood => ({
  topics: ids.map((id) => ({ id, score: 0.5 })) as Understood['topics'],
  needs: [],
  crisis: 'none',
  places: [],
  door: null,
  ...parts,
})

describe('what is asked back', () => {
  test('B4: at most three guesses, likeliest first, then the menus', () => {
    expect(hear(guide, at, understood(['money', 'shelter', 'legal-aid', 'suicide']))).toEqual({
      crisis: null,
      steps: ['money', 'shelter', 'legal-aid'],
      menu: 'for-me',
      area: null,
    })
  })

  test('a topic the country has not leads to the nearest, and is offered once', () => {
    expect(hear(guide, at, understood(['crsv', 'shelter', 'workplace'])).steps).toEqual(['shelter'])
  })

  test('the menus are those of the door her words tell, else of where she stands', () => {
    expect(hear(guide, at, understood([], { door: 'under-18' })).menu).toBe('under-18')
    expect(hear(guide, { ...at, step: 'under-18' }, understood([])).menu).toBe('under-18')
    expect(hear(guide, at, understood([], { door: 'professional' })).menu).toBe('start')
  })

  test('one place named goes with her; of several none is taken', () => {
    expect(hear(guide, at, understood(['shelter'], { places: ['UA18'] })).area).toBe('UA18')
    expect(hear(guide, at, understood(['shelter'], { places: ['UA18', 'UA46'] })).area).toBeNull()
  })

  test('nothing understood is nothing, and the menus stand', () => {
    expect(isNothing(hear(guide, at, understood([])))).toBe(true)
    expect(isNothing(hear(guide, at, understood([], { crisis: 'danger' })))).toBe(false)
  })

  test('a guess is called as she would say it, else as its screen is called', () => {
    const said = { ...words(), choices: { money: 'No money' }, steps: { shelter: { title: 'A place', text: [] } } }
    expect([guessLabel(said, 'money'), guessLabel(said, 'shelter')]).toEqual(['No money', 'A place'])
  })
})

describe('what interrupts', () => {
  test('B3: danger and suicide lead to their step at once, and are no guess any more', () => {
    const heard = hear(guide, at, understood(['danger-now', 'money'], { crisis: 'danger' }))
    expect(heard).toMatchObject({ crisis: 'danger', steps: ['money'] })
    expect(interrupted(guide, at, 'danger').step).toBe('danger-now')
    expect(interrupted(guide, at, 'suicide').step).toBe('suicide')
  })

  test('what to do in danger is always one tap away, and offered once', () => {
    expect(offers(guide, { steps: ['money'] })).toEqual(['money', 'danger-now'])
    expect(offers(guide, { steps: ['danger-now', 'money'] })).toEqual(['danger-now', 'money'])
  })
})

describe('the field', () => {
  test('stands on the doors, and nowhere for somebody in occupied territory', () => {
    expect(takesWords(at)).toBe(true)
    expect(takesWords({ ...at, step: 'money' })).toBe(false)
    const occupied: Position = { ...at, answers: { situation: 'occupied' } }
    expect(takesWords(occupied)).toBe(false)
  })

  test('everything in it is escaped, and no browser keeps or checks what is typed', () => {
    const said = words({ 'own.label': '<b>', 'heard.title': '<i>', 'heard.danger': '<u>', 'heard.safe': '"' })
    const all = [
      ownWordsHtml(said, null),
      heardHtml({ guide, words: said }, { steps: ['money'], menu: 'for-me' }, null),
      crisisHtml(said, 'danger', { steps: [], menu: 'for-me' }, null),
    ]
    for (const { html } of all) expect(html).not.toMatch(/<[biu]>/)
    expect(all[0]?.html).toMatch(/autocomplete="off" autocapitalize="off" spellcheck="false"/)
  })
})
