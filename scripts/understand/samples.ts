/** Phrases as the samples that `fit.ts` learns from, over the buckets that are met often enough. */

import { CRISES, CRISIS_HEAD, DOOR_HEAD, OUTPUTS, UNRELATED } from '../../guide/understand/answers.ts'
import type { Lexicon } from '../../guide/understand/lexicon.ts'
import { type Likenesses, read } from '../../guide/understand/reading.ts'
import { lengthOf, type Sparse, type Weighed, weigh } from '../../guide/understand/vector.ts'
import { DOORS, type Language, TOPICS } from '../../schema/terms.ts'
import type { Sample } from './fit.ts'
import type { Phrase } from './phrases.ts'

export type Lesson = Phrase & { weight: number; knowsDoor: boolean }
/** Buckets with columns, in ascending order. */
export type Columns = Map<number, number>

// A bucket met once teaches only that text.
const LEAST_TEXTS = 3
const FIRST_TOPIC = 1
const OTHER_TOPICS = 0.5

/** The language a person's screen would have. */
export const screenOf = (language: string, country: string): Language =>
  (language === 'mix' ? (country === 'UA' ? 'uk' : 'ru') : language) as Language

/** A text's sentences, as they are read when it is understood. */
export function weighedOf(
  likenesses: Likenesses,
  lexicon: Lexicon,
  text: string,
  language: Language,
): { english: boolean; weighed: Weighed[] } {
  const { english, sentences } = read(likenesses, text, language)
  return { english, weighed: sentences.map((words) => weigh(lexicon, words, english)) }
}

export function columnsOf(vectors: readonly Sparse[]): Columns {
  const counts = new Map<number, number>()
  for (const vector of vectors) for (const bucket of vector.keys()) counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  const kept = [...counts].filter(([, count]) => count >= LEAST_TEXTS).map(([bucket]) => bucket)
  return new Map(kept.sort((a, b) => a - b).map((bucket, column) => [bucket, column]))
}

export function sampleOf(lesson: Lesson, vector: Sparse, columns: Columns): Sample {
  const known = [...vector].filter(([bucket]) => columns.has(bucket))
  const length = lengthOf(vector)
  return {
    features: Int32Array.from(known, ([bucket]) => columns.get(bucket) as number),
    values: Float32Array.from(known, ([, value]) => value / length),
    targets: targetsOf(lesson),
    learns: [true, true, lesson.knowsDoor],
    weight: lesson.weight,
  }
}

export function targetsOf({ topics, crisis, door }: Phrase): Float32Array {
  const targets = new Float32Array(OUTPUTS)
  const outputs = topics.length === 0 ? [UNRELATED] : topics.map((topic) => TOPICS.indexOf(topic))
  const shares = outputs.map((_, nth) => (nth === 0 ? FIRST_TOPIC : OTHER_TOPICS))
  const sum = shares.reduce((a, b) => a + b, 0)
  outputs.forEach((output, nth) => {
    targets[output] = (targets[output] as number) + (shares[nth] as number) / sum
  })
  targets[CRISIS_HEAD.from + CRISES.indexOf(crisis)] = 1
  targets[DOOR_HEAD.from + (door === null ? 0 : 1 + DOORS.indexOf(door))] = 1
  return targets
}
