/**
 * What a sentence is weighed by: its words, their stems and skeletons, neighbours, and runs of letters; each as a number in a fixed range.
 *
 * Numbers come of hashing, so no list of words is shipped. The training and the phone use this same file.
 */
import type { Marked } from './lexicon.ts'
import { skeletonOf } from './sound.ts'

export const BUCKET_BITS = 18
const MASK = (1 << BUCKET_BITS) - 1

// FNV-1a, then its halves folded together.
const START = -2128831035
const mix = (hash: number, code: number): number => Math.imul(hash ^ code, 16777619)
const bucket = (hash: number): number => (hash ^ (hash >>> 15) ^ (hash >>> 7)) & MASK

function hashed(kind: number, text: string, from = 0, to = text.length): number {
  let hash = mix(START, kind)
  for (let at = from; at < to; at++) hash = mix(hash, text.charCodeAt(at))
  return hash
}

const WORD = 1
const STEM = 2
const PAIR = 3
const SKIP = 4
const LETTERS = 5
const FRAME = 6
const STEM_PAIR = 7
const MARK = 8
const MARK_PAIR = 9
/** How much a feature counts, by its kind. */
export const KIND_WEIGHTS = [0, 1, 1, 0.7, 0.7, 0.4, 0.4, 0.7, 1, 0.7]

const STEM_LETTERS = 5

/** The beginning of a word without its vowels' differences. */
export const stemOf = (sound: string): string => {
  const skeleton = skeletonOf(sound)
  const bare = skeleton.length > 3 && skeleton.endsWith('e') ? skeleton.slice(0, -1) : skeleton
  return bare.slice(0, STEM_LETTERS)
}

/** Buckets of a sentence, each followed by its kind; with repeats. @param english  keeps its words apart from like-sounding ones */
export function featuresOf(words: readonly string[], english: boolean, into: number[]): void {
  const base = english ? 100 : 0
  const put = (hash: number, kind: number): void => void into.push(bucket(hash), kind)
  let [before, beforeStem, earlierStem] = ['^', '^', '']
  for (const word of words) {
    if (word.startsWith('#')) {
      put(hashed(WORD, word), WORD)
      put(mix(hashed(STEM_PAIR + base, beforeStem), 32) ^ hashed(1, word), STEM_PAIR)
      ;[before, beforeStem, earlierStem] = [word, word, beforeStem]
      continue
    }
    const stem = english ? word.slice(0, 6) : stemOf(word)
    put(hashed(WORD + base, word), WORD)
    put(hashed(STEM + base, stem), STEM)
    put(hashed(PAIR + base, `${before} ${word}`), PAIR)
    put(hashed(STEM_PAIR + base, `${beforeStem} ${stem}`), STEM_PAIR)
    if (earlierStem !== '') put(hashed(SKIP + base, `${earlierStem} ${stem}`), SKIP)
    const framed = `^${word}$`
    for (let size = 3; size <= 5; size++)
      for (let from = 0; from + size <= framed.length; from++) put(hashed(LETTERS + base, framed, from, from + size), LETTERS)
    if (!english) {
      const frame = `^${skeletonOf(word)}$`
      for (let from = 0; from + 4 <= frame.length; from++) put(hashed(FRAME, frame, from, from + 4), FRAME)
    }
    ;[before, beforeStem, earlierStem] = [word, stem, beforeStem]
  }
  put(hashed(PAIR + base, `${before} $`), PAIR)
}

/** Buckets of the marks a sentence bears, and of each two of them; each followed by its kind. */
export function markFeaturesOf(marked: readonly Marked[], into: number[]): void {
  const marks = [...new Set(marked.map(({ mark }) => mark))].sort()
  for (const mark of marks) into.push(bucket(hashed(MARK, mark)), MARK)
  for (let one = 0; one < marks.length; one++)
    for (let other = one + 1; other < marks.length; other++) into.push(bucket(hashed(MARK_PAIR, `${marks[one]} ${marks[other]}`)), MARK_PAIR)
}
