import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Entry,
  isSameWord,
  isShown,
  lastHers,
  type Mark,
  questionOf,
  type Transcript,
  withEntry,
  withMark,
  withMarkUpTo,
  withRemoved,
} from '../../pwa/desk/transcript.ts'

type Given = Partial<Omit<Entry, 'said'>> & { said?: Entry['said'] }

const entry = ({ said = { kind: 'text', text: 'слово' }, ...more }: Given = {}) => ({
  ...{ epoch: 1, n: 0, mine: false, said, at: 0, mark: 'sending' as Mark, danger: null },
  ...more,
})
const listOf = (...given: Given[]): Transcript => given.reduce<Transcript>((list, one) => withEntry(list, entry(one)), [])
const marks = (list: Transcript): Mark[] => list.map(({ mark }) => mark)

describe('what stands in a talk', () => {
  it('stands there once, whatever comes twice, and in the order of numbers, whatever comes late', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 40 }), (numbers) => {
        const list = listOf(...numbers.map((n) => ({ n })))
        expect(list.map(({ n }) => n)).toEqual([...new Set(numbers)].sort((one, other) => one - other))
      }),
    )
  })

  it('keeps the two sides apart: the same number may be both of them', () => {
    expect(listOf({ n: 0 }, { n: 0, mine: true })).toHaveLength(2)
  })

  it('shows an answer also at its question', () => {
    const question = { kind: 'question', text: 'Він поруч?', answers: 'yes-no' } as const
    const list = listOf({ n: 3, mine: true, said: question }, { n: 1, said: { kind: 'answer', to: { epoch: 1, n: 3 }, answer: 1 } })
    expect(list[0]?.answered).toBe(1)
    expect(questionOf(list, { epoch: 1, n: 3 })).toEqual(question)
    expect(questionOf(list, { epoch: 1, n: 4 })).toBeNull()
  })

  it('drops removed words instead of hiding them, of one side only', () => {
    const list = listOf({ n: 0 }, { n: 1, danger: 'danger' }, { n: 0, mine: true })
    const one = withRemoved(list, false, { epoch: 1, n: 1 })
    expect(one.map(({ isRemoved }) => isRemoved)).toEqual([false, true, false])
    expect(one[1]).toMatchObject({ said: null, danger: null })
    expect(JSON.stringify(withRemoved(list, false, 'all').filter(({ mine }) => !mine))).not.toContain('слово')
  })

  it('shows what a person wrote, and what cannot be read; not what only pages tell each other', () => {
    expect([isShown(null), isShown({ kind: 'text', text: '' }), isShown({ kind: 'word', text: '' })]).toEqual([true, true, true])
    expect([isShown({ kind: 'writing' }), isShown({ kind: 'duress' }), isShown({ kind: 'seen', epoch: 1, n: 1 })]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('knows the last of hers', () => {
    expect(lastHers([])).toBeNull()
    expect(lastHers(listOf({ n: 0 }, { n: 1 }, { n: 4, mine: true }))).toMatchObject({ n: 1 })
  })
})

describe('marks', () => {
  it('only rise, in whatever order the news of them comes', () => {
    const all: Mark[] = ['sent', 'arrived', 'seen']
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (order) => {
        const list = order.reduce((before, mark) => withMark(before, { epoch: 1, n: 0 }, mark), listOf({ mine: true }))
        expect(marks(list)).toEqual([all.findLast((mark) => order.includes(mark))])
      }),
    )
  })

  it('fail only while nothing was taken, and a later "sent" takes the failure back', () => {
    const failed = withMark(listOf({ mine: true }), { epoch: 1, n: 0 }, 'failed')
    expect(marks(failed)).toEqual(['failed'])
    expect(marks(withMark(failed, { epoch: 1, n: 0 }, 'sent'))).toEqual(['sent'])
    const sent = withMark(listOf({ mine: true }), { epoch: 1, n: 0 }, 'sent')
    expect(marks(withMark(sent, { epoch: 1, n: 0 }, 'failed'))).toEqual(['sent'])
  })

  it('reach everything up to a number, earlier epochs included, and never hers', () => {
    const list = listOf({ epoch: 1, n: 9, mine: true }, { epoch: 2, n: 0, mine: true }, { epoch: 2, n: 1, mine: true }, { epoch: 2, n: 0 })
    expect(marks(withMarkUpTo(list, { epoch: 2, n: 0 }, 'seen'))).toEqual(['seen', 'seen', 'sending', 'sending'])
  })
})

describe('the agreed word', () => {
  it('is the same word however it is typed', () => {
    expect(isSameWord('Калина', '  калина ')).toBe(true)
    expect(isSameWord('зелёный  чай', 'Зеленый чай')).toBe(true)
    expect(isSameWord('калина', 'малина')).toBe(false)
  })
})
