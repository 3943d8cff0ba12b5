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
    spoken: { choices: [], call: ['short'] },
    abroad: { choices: [] },
    occupied: { choices: [], quiet: true },
    'safe-screen': { choices: [], ends: 'safe' },
  },
}

const words: Words = {
  language: 'en',
  steps: {
    start: { title: 'Start', text: ['Ring {{tel:short}} or {{tel:free}}.', 'We are {{organisation}}: {{addresses}}.'], hope: 'Hope.' },
    ask: { title: 'Ask', text: [], choices: { late: 'Later' } },
    care: { title: 'Care', text: [] },
    spoken: { title: 'Spoken', text: ['{{with:short}}The number below.', 'Nothing else.'] },
    abroad: { title: 'Abroad', text: [] },
    occupied: { title: 'Quiet', text: [] },
    'safe-screen': { title: 'Break', text: [] },
  },
  choices: { ask: 'Ask' },
  ui: { citeDated: '{{cite}} — {{month}}', citeRead: '{{cite}} — read: {{month}}' },
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
  short: { name: 'A long official name', short: 'Line', phones: [{ number: '1547' }], never: ['abroad', 'occupied'] },
  free: {
    name: 'Other',
    phones: [{ number: '1648' }, { number: '+380442878165' }],
    never: ['occupied'],
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

  test('a number of another country stands as that country writes it, and is dialled with its code', () => {
    const line: Line = { name: 'Line', phones: [{ number: '+421800212212', display: '0800 212 212' }], never: [] }
    const elsewhere = show({ ...book, line: () => line }, open(guide))
    expect(elsewhere.calls[0]).toMatchObject({ tel: '+421800212212', text: '0800 212 212' })
    expect(elsewhere.text[0]).toContainEqual({ tel: '+421800212212', text: '0800 212 212' })
  })

  test('a call has the short calm name', () => {
    expect(view.calls[0]).toEqual({ id: 'short', tel: '1547', text: '15-47', name: 'Line' })
  })

  test('a sentence about addresses is left out while none is listed', () => {
    expect(view.text).toHaveLength(1)
    const listed = show({ ...book, house: { ...book.house, site: ['https://example.org'], bot: ['@example_bot'] } }, open(guide))
    expect(listed.text[1]?.join('')).toBe('We are House: https://example.org, @example_bot.')
  })

  test('the warning that calls are listed goes with any number, in a button or in the words', () => {
    expect(view.callable).toBe(true)
    expect(show(book, goTo(guide, open(guide), 'care')).callable).toBe(false)
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

  test('a paragraph with a number that is another service there is left out, and so is one that only speaks of it', () => {
    const view = show(book, { ...abroad, step: 'start' })
    expect(view.text).toEqual([])
    expect(view.calls).toEqual([{ id: 'free', tel: '+380442878165', text: '+380 44 287 81 65', name: 'Other' }])
    expect(show(book, { ...abroad, step: 'spoken' }).text).toEqual([['Nothing else.']])
  })

  test('which country it is, once told, is not forgotten on the way through the topic', () => {
    const told = { ...abroad, step: 'start', answers: { situation: 'abroad-pl' } }
    expect(goTo(guide, told, 'abroad').answers).toEqual({ situation: 'abroad-pl' })
    expect(goTo(guide, { ...told, answers: { situation: 'occupied' } }, 'abroad').answers).toEqual({ situation: 'abroad' })
  })

  test('a short number of the country she lives in is shown there, and nowhere else', () => {
    const line: Line = { name: 'Line', phones: [{ number: '116111' }], never: [], host: 'PL' }
    const seen = (answers: Record<string, string>) => show({ ...book, line: () => line }, { ...abroad, step: 'start', answers }).calls
    expect(seen({ situation: 'abroad-pl' })).not.toEqual([])
    expect(seen({ situation: 'abroad-de' })).toEqual([])
    expect(seen({ situation: 'abroad' })).toEqual([])
  })

  test('where numbers are withheld the screen says so and shows the way to those that work', () => {
    const at = { ...abroad, step: 'ask' }
    expect(show(book, at)).toMatchObject({ calls: [], withheld: 'abroad' })
    expect(choose(guide, at, 'abroad')).toMatchObject({ ok: true, value: { step: 'abroad' } })
  })

  test('the start and stop forget what she told, but not that she is abroad', () => {
    for (const everywhere of ['home', 'stop']) {
      const at = { ...abroad, step: 'ask', answers: { situation: 'abroad', since: 'later' } }
      expect(choose(guide, at, everywhere)).toMatchObject({ ok: true, value: { answers: { situation: 'abroad' } } })
    }
  })

  test('at home nothing is withheld', () => {
    expect(show(book, goTo(guide, open(guide), 'ask'))).toMatchObject({ withheld: null })
  })
})

describe('for somebody in occupied territory', () => {
  const there = choose(guide, goTo(guide, open(guide), 'ask'), 'occupied')

  test('one tap says so, from any screen', () => {
    expect(there).toMatchObject({ ok: true, value: { step: 'occupied', answers: { situation: 'occupied' } } })
  })

  test('the start is the quiet screen from then on, and no number is shown', () => {
    if (!there.ok) throw new Error('not there')
    const start = choose(guide, { ...there.value, step: 'ask' }, 'home')
    expect(start).toMatchObject({ ok: true, value: { step: 'occupied' } })
    expect(show(book, { ...there.value, step: 'start' }).calls).toEqual([])
  })
})

test('whether a native speaker has read the words is told with them', () => {
  const seen = (parts: Partial<typeof words>) => show({ ...book, words: { ...words, ...parts } }, open(guide)).wordsNote
  expect([seen({}), seen({ reviewed: ['start'] }), seen({ stale: ['start'] }), seen({ reviewed: ['ask'] })]).toEqual([
    'unreviewed',
    null,
    'stale',
    'unreviewed',
  ])
})
