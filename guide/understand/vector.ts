/** Sentences as a sparse vector: which buckets of `features.ts` they fill, and how much each counts. */

import { type Sign, signIn } from './crisis.ts'
import { featuresOf, KIND_WEIGHTS, markFeaturesOf } from './features.ts'
import { type Lexicon, type Marked, marksOf } from './lexicon.ts'

export type Sparse = Map<number, number>
/** A sentence with what was found in it. */
export type Weighed = { words: readonly string[]; marked: Marked[]; sign: Sign | null; sparse: Sparse }

export function weigh(lexicon: Lexicon, words: readonly string[], english: boolean): Weighed {
  const marked = marksOf(lexicon, words, english)
  const sign = signIn(words, english)
  if (sign !== null) marked.push({ mark: `of-sign-${sign}`, at: 0, length: 0 })
  const pairs: number[] = []
  featuresOf(words, english, pairs)
  markFeaturesOf(marked, pairs)
  const sparse: Sparse = new Map()
  for (let at = 0; at < pairs.length; at += 2) {
    const weight = KIND_WEIGHTS[pairs[at + 1] as number] as number
    const bucket = pairs[at] as number
    if (weight > (sparse.get(bucket) ?? 0)) sparse.set(bucket, weight)
  }
  return { words, marked, sign, sparse }
}

/** All sentences as one. */
export function joined(all: readonly Weighed[]): Sparse {
  const [first] = all
  if (first !== undefined && all.length === 1) return first.sparse
  const sum: Sparse = new Map()
  for (const { sparse } of all) for (const [bucket, weight] of sparse) if (weight > (sum.get(bucket) ?? 0)) sum.set(bucket, weight)
  return sum
}

/** What is known and what is not counts alike, so that a text of strange words is never spoken of with confidence. */
export function lengthOf(sparse: Sparse): number {
  let squares = 0
  for (const value of sparse.values()) squares += value * value
  return Math.sqrt(squares) || 1
}
