import { describe, expect, test } from 'vitest'
import { choose, goTo, open } from '../../guide/engine.ts'
import type { Guide, Words } from '../../guide/guide.ts'
import { type Book, type Line, show } from '../../guide/view.ts'

const guide: Guide = {
  country: 'UA',
  start: 'start',
  care: { soon: { hours: 72, need: 'medical' }, always: { hours: null, need: 'medical' } },
  cards: { law: { on: '2024-12', dated: true }, practice: { on: '2026-11-22', dated: false } },
  steps: {
    start: { choices: [{ id: 'ask', next: 'ask' }], call: ['short', 'free'], cards: ['law', 'practice'], general: true },
    ask: { choices: [{ id: 'late', next: 'care', sets: { since: 'up-to-120h' } }], call: ['short'] },
    care: { choices: [], care: ['soon', 'always'] },
    abroad: { choices: [] },
    'safe-screen': { choices: [], ends: 'safe' },
  },
}

const words: Words = {
  language: 'en',
  steps: {
    start: { title: 'Start', text: ['Ring {{tel:short}} or {{tel:free}}.', 'We are {{organisation}}: {{addresses}}.'], hope: 'Hope.' },
    ask: { title: 'Ask', text: [], choices: { late: 'Later' } },
    care: { title: 'Care', text: [] },
    abroad: { title: 'Abroad', text: [] },
    'safe-screen': { title: 'Break', text: [] },
  },
  choices: { ask: 'Ask' },
  ui: { citeDated: '{{cite}} — {{month}}', citeRead: '{{cite}} — read: {{month}}', notListed: 'not listed yet' },
  needs: {},
  kinds: {},
  serves: {},
  offers: {},
  cautions: {},
  cards: { law: 'Law 1', practice: 'Practice' },
  care: {
    soon: { name: 'Soon', possible: 'within {{hours}} hours', later: 'ask a doctor' },
    always: { name: 'Always', possible: 'at any time', later: '' },
  },
}

const lines: Record<string, Line> = {
  short: { name: 'A long official name', short: 'Line', phones: [{ number: '1547', note: null }], never: ['abroad'] },
  free: {
    name: 'Other',
    phones: [
      { number: '1648', note: null },
      { number: '+380442878165', note: null },
    ],
    never: [],
  },
}

const book: Book = {
  guide,
  words,
  house: { name: 'House', neutralName: 'Path', site: [], bot: [], exits: [], defaultLines: [] },
  line: (id) => lines[id],
}

describe('what a step shows', () => {
  const view = show(book, open(guide))

  test('numbers in the words are links, written as people say them', () => {
    expect(view.text[0]).toEqual(['Ring ', { tel: '1547', text: '15-47' }, ' or ', { tel: '1648', text: '1648' }, '.'])
  })

  test('a call has the short calm name', () => {
    expect(view.calls[0]).toEqual({ id: 'short', tel: '1547', text: '15-47', name: 'Line' })
  })

  test('an address that is not listed is said to be so', () => {
    expect(view.text[1]?.join('')).toBe('We are House: not listed yet.')
  })

  test('S6: each card is cited with the month it was written, or read', () => {
    expect(view.sources).toEqual(['Law 1 — December 2024', 'Practice — read: November 2026'])
    expect(view.general).toBe(true)
  })

  test('B12: care still possible is said so, care that may be late is never a reproach', () => {
    const asked = goTo(guide, open(guide), 'ask')
    const later = choose(guide, asked, 'late')
    expect(later.ok && show(book, later.value).care.map(({ text }) => text)).toEqual(['ask a doctor', 'at any time'])
    expect(show(book, goTo(guide, open(guide), 'care')).care[0]?.text).toBe('within 72 hours')
  })
})

describe('for somebody abroad', () => {
  const abroad = goTo(guide, open(guide), 'abroad')

  test('coming to the topic is enough to be known as abroad', () => {
    expect(abroad.answers).toEqual({ situation: 'abroad' })
  })

  test('a number that is another service there leaves only the name', () => {
    const view = show(book, { ...abroad, step: 'start' })
    expect(view.text[0]).toEqual(['Ring ', 'Line', ' or ', { tel: '+380442878165', text: '+380 44 287 81 65' }, '.'])
    expect(view.calls.map(({ id }) => id)).toEqual(['free'])
  })

  test('a screen whose numbers are all withheld shows the way to those that work', () => {
    const at = { ...abroad, step: 'ask' }
    expect(show(book, at)).toMatchObject({ calls: [], callsElsewhere: true })
    expect(choose(guide, at, 'abroad')).toMatchObject({ ok: true, value: { step: 'abroad' } })
  })

  test('at home nothing is withheld', () => {
    expect(show(book, goTo(guide, open(guide), 'ask'))).toMatchObject({ callsElsewhere: false })
  })
})
