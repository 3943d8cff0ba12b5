/** The net that reads words in their order: how it is learnt, written, opened, and what it answers. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CRISIS_HEAD, UNRELATED } from '../../../guide/understand/answers.ts'
import { openEdgeModel } from '../../../guide/understand/edge.ts'
import { bucketsIn, gapsOf } from '../../../guide/understand/gaps.ts'
import { likely } from '../../../guide/understand/likely.ts'
import { limitsOf, type Model } from '../../../guide/understand/model.ts'
import { inOrder, MOST_WORDS, NET_OUTPUTS, netAnswer, openNet } from '../../../guide/understand/net.ts'
import { understand } from '../../../guide/understand/understand.ts'
import { firstNet, fitNet } from '../../../scripts/understand/fit-net.ts'
import { packNet } from '../../../scripts/understand/pack-net.ts'
import { rowsOf, spokenOf, toldOf } from '../../../scripts/understand/told.ts'
import { dice } from '../../../scripts/understand/vary.ts'

const file = (name: string) => readFileSync(`guide/understand/models/edge/${name}.txt`, 'utf8')
const SOME = { unrelated: 0.4, crisis: 0.6 }
const LIMITS = { own: SOME, russian: SOME, english: SOME }
const SHAPE = { vector: 8, filters: 16 }
const DANGER = CRISIS_HEAD.from + 1

/** Texts of words 1 to 9, in danger when 7 stands right before 8: nothing that a word or its number could tell. */
function texts(count: number, seed: number): { words: number[][]; danger: boolean }[] {
  const roll = dice(seed)
  return Array.from({ length: count }, (_, nth) => {
    const danger = nth % 2 === 0
    const others = Array.from({ length: 4 + Math.floor(roll() ** 2 * MOST_WORDS) }, () => 1 + Math.floor(roll() * 6))
    const at = Math.floor(roll() * others.length)
    others.splice(at, 0, ...(danger ? [7, 8] : [8, 7]))
    return { words: others.map((bucket) => [bucket]), danger }
  })
}

function targets(danger: boolean): Float32Array {
  const wanted = new Float32Array(NET_OUTPUTS)
  wanted[danger ? 0 : UNRELATED] = 1
  wanted[danger ? DANGER : CRISIS_HEAD.from] = 1
  return wanted
}

function learnt() {
  const lessons = texts(600, 3)
  const rows = rowsOf(
    lessons.map(({ words }) => spokenOf(words)),
    100,
    2,
  )
  const weights = firstNet(rows.size, SHAPE, 1)
  const told = lessons.map(({ words, danger }) => toldOf(spokenOf(words), rows, targets(danger), 1))
  fitNet(weights, SHAPE, Array(12).fill(told), { rate: 0.05, seed: 1, words: 0, pools: 0 })
  return packNet({ shape: SHAPE, rows, weights }, LIMITS)
}

describe('the net', () => {
  const packed = learnt()
  const net = openNet(packed)

  test('learns what only the order of words tells', () => {
    const fresh = texts(200, 9)
    const right = fresh.filter(({ words, danger }) => (netAnswer(net, words)[DANGER] as number) > 0.5 === danger)
    expect(right.length).toBeGreaterThan(190)
  })

  test('is the same each time it is learnt', () => {
    expect(learnt()).toBe(packed)
  })

  test('hears danger late in a long text, and takes its topics from all of it', () => {
    const calm = Array.from({ length: 3 * MOST_WORDS }, (_, nth) => [[1, 2, 3, 4, 5, 6, 8, 7][nth % 8] as number])
    expect(netAnswer(net, calm)[DANGER]).toBeLessThan(0.5)
    const late = netAnswer(net, [...calm, [7], [8], [3], [2]])
    expect(late[DANGER]).toBeGreaterThan(0.5)
    expect(late[UNRELATED]).toBeGreaterThan(0.5)
  })

  test('answers a text of words it never met, and none at all, in likelihoods', () => {
    for (const words of [[], [[99_999], [88_888]], [[]]]) expect(netAnswer(net, words).reduce((sum, one) => sum + one, 0)).toBeCloseTo(2, 4)
  })

  test('what is no such file is refused', () => {
    for (const other of ['', '<!doctype html>', file('UA'), packed.slice(0, -40)]) expect(() => openNet(other)).toThrow(RangeError)
  })
})

test('buckets come back from their gaps', () => {
  const buckets = [0, 1, 90, 91, 92, 93, 500, 262_143]
  expect(bucketsIn(gapsOf(buckets))).toEqual(buckets)
})

describe.each(['UA', 'KZ'])('%s', (knows) => {
  const plain = openEdgeModel(file(knows))
  const model = { ...plain, net: inOrder(openNet(file(`${knows}.net`))) }

  test('has limits for both together, and they hold', () => {
    expect(limitsOf(plain, 'own')).toBe(plain.head.limits.own)
    expect(limitsOf(model, 'own')).toBe(model.net.limits.own)
    const text = 'он меня душит, помогите'
    const deaf = { ...model, net: { ...model.net, limits: { own: OFF, russian: OFF, english: OFF } } }
    expect(understand(model, text, { language: 'ru', country: 'UA' }).crisis).toBe('danger')
    expect(understand(deaf, text, { language: 'ru', country: 'UA' }).crisis).toBe('none')
  })

  test('a text of ten thousand letters, of emoji, of nothing is read', () => {
    const setting = { language: 'uk', country: 'UA' } as const
    for (const text of ['', ' ', '🙂🙂', 'а'.repeat(10_000), 'help me please '.repeat(700), '\u0000\u202e'])
      understand(model, text, setting)
  })
})
const OFF = { unrelated: 1, crisis: 3 }

describe('a Russian text', () => {
  const [ua, kz] = ['UA', 'KZ'].map((knows) => ({ ...openEdgeModel(file(knows)), net: inOrder(openNet(file(`${knows}.net`))) })) as [
    Model,
    Model,
  ]
  const both = { ...ua, beside: kz }
  const danger = (model: Model, text: string): number => likely(model, text, 'uk')?.danger ?? 0

  test('is read by both files that learnt Russian, and held against the mean of their limits', () => {
    const text = 'он ломает дверь, мы в ванной'
    expect(danger(both, text)).toBeCloseTo((danger(ua, text) + danger(kz, text)) / 2, 6)
    expect(limitsOf(both, 'russian').crisis).toBeCloseTo((limitsOf(ua, 'russian').crisis + limitsOf(kz, 'russian').crisis) / 2, 6)
  })

  test('one in another language is read by its own', () => {
    const text = 'він ламає двері, ми у ванній'
    expect(danger(both, text)).toBe(danger(ua, text))
    expect(limitsOf(both, 'own')).toBe(limitsOf(ua, 'own'))
  })
})
