import { expect, test } from 'vitest'
import { BUCKET_BITS, featuresOf, KIND_WEIGHTS } from '../../../guide/understand/features.ts'

const featured = (words: string[], english = false): number[] => {
  const into: number[] = []
  featuresOf(words, english, into)
  return into
}
const buckets = (words: string[], english = false): Set<number> => new Set(featured(words, english).filter((_, nth) => nth % 2 === 0))

test('every feature is a bucket in range and a kind that has a weight', () => {
  const all = featured(['vin', 'biet', 'mene', '#child'])
  for (let at = 0; at < all.length; at += 2) {
    expect(all[at]).toBeGreaterThanOrEqual(0)
    expect(all[at]).toBeLessThan(2 ** BUCKET_BITS)
    expect(KIND_WEIGHTS[all[at + 1] as number]).toBeGreaterThan(0)
  }
})

test('the order of words tells: who hurts whom', () =>
  expect(buckets(['vin', 'mene', 'biet'])).not.toEqual(buckets(['mene', 'vin', 'biet'])))

const shared = (one: Set<number>, other: Set<number>): number[] => [...one].filter((bucket) => other.has(bucket))

test('what opens and what ends a sentence tells', () => {
  const alone = buckets(['dopomozhit'])
  expect(shared(alone, buckets(['dopomozhit', 'znaiti', 'retsept'])).length).toBeLessThan(alone.size)
})

test('English words stay apart from others that sound alike', () =>
  expect(shared(buckets(['on', 'tut'], true), buckets(['on', 'tut']))).toEqual([]))
