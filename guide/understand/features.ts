/**
 * What a sentence is weighed by: its words, their stems, two stems in a row, runs of four letters, and its marks; each as a number in a fixed range.
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
const LETTERS = 3
const MARK = 4
const MARK_PAIR = 5
const WORD_PAIR = 6
/** How much a feature counts, by its kind. */
export const KIND_WEIGHTS = [0, 1, 1, 0.4, 1, 0.7, 1]
/** Kinds of English words begin here, so that they stay apart from like-sounding ones. */
const ENGLISH = 100
const RUN = 4

const STEM_LETTERS = 5
const ENGLISH_STEM_LETTERS = 6

/** The beginning of a word without its vowels' differences. */
export const stemOf = (sound: string): string => {
  const skeleton = skeletonOf(sound)
  const bare = skeleton.length > 3 && skeleton.endsWith('e') ? skeleton.slice(0, -1) : skeleton
  return bare.slice(0, STEM_LETTERS)
}

/** Buckets of a word by itself, each followed by its kind. @returns its stem */
export function wordFeaturesOf(word: string, english: boolean, into: number[]): string {
  if (word.startsWith('#')) {
    into.push(bucket(hashed(WORD, word)), WORD)
    return word
  }
  const base = english ? ENGLISH : 0
  const stem = english ? word.slice(0, ENGLISH_STEM_LETTERS) : stemOf(word)
  into.push(bucket(hashed(WORD + base, word)), WORD)
  into.push(bucket(hashed(STEM + base, stem)), STEM)
  const framed = `^${word}$`
  for (let from = 0; from + RUN <= framed.length; from++) into.push(bucket(hashed(LETTERS + base, framed, from, from + RUN)), LETTERS)
  return stem
}

/** Buckets of a sentence, each followed by its kind; with repeats. */
export function featuresOf(words: readonly string[], english: boolean, into: number[]): void {
  const base = english ? ENGLISH : 0
  let before = '^'
  const follows = (stem: string): void => {
    into.push(bucket(hashed(WORD_PAIR + base, `${before} ${stem}`)), WORD_PAIR)
    before = stem
  }
  for (const word of words) follows(wordFeaturesOf(word, english, into))
  follows('$')
}

export const markBucketOf = (mark: string): number => bucket(hashed(MARK, mark))

/** Buckets of the marks a sentence bears, and of each two of them; each followed by its kind. */
export function markFeaturesOf(marked: readonly Marked[], into: number[]): void {
  const marks = [...new Set(marked.map(({ mark }) => mark))].sort()
  for (const mark of marks) into.push(markBucketOf(mark), MARK)
  for (let one = 0; one < marks.length; one++)
    for (let other = one + 1; other < marks.length; other++)
      into.push(bucket(hashed(MARK_PAIR, `${marks[one]} ${marks[other]}`)), MARK_PAIR)
}
