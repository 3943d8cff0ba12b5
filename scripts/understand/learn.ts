/** Learns one country's languages: from phrases and lists of words to weights, as many as a file keeps. The same input gives the same weights. */

import { CRISIS_HEAD, DOOR_HEAD, HEADS, OUTPUTS } from '../../guide/understand/answers.ts'
import { lexiconFrom } from '../../guide/understand/lexicon.ts'
import { learnLikeness, likenessFrom } from '../../guide/understand/likeness.ts'
import { type NetShape, type NetWeights, tokensOf } from '../../guide/understand/net.ts'
import { spelt } from '../../guide/understand/reading.ts'
import { soundOf } from '../../guide/understand/sound.ts'
import { OWN } from '../../guide/understand/taught.ts'
import { joined, type Sparse } from '../../guide/understand/vector.ts'
import { sentencesOf, tidy } from '../../guide/understand/words.ts'
import type { Country } from '../../schema/terms.ts'
import { addShare, fitWeights, type Sample, type Weights, zeroWeights } from './fit.ts'
import { firstNet, fitNet } from './fit-net.ts'
import type { Gloss } from './gloss.ts'
import { entriesAsPhrases, packLexicon } from './lexicon.ts'
import { numberOf, type Phrase } from './phrases.ts'
import { type Columns, columnsOf, type Lesson, sampleOf, screenOf, targetsOf, weighedOf } from './samples.ts'
import { type Rows, rowsOf, type Spoken, spokenOf, toldOf } from './told.ts'
import { dice, vary } from './vary.ts'

/** Chosen on the phrases set aside. */
const EPOCHS = 6
const RATE = 3
const AGAIN = { rate: 2, seed: 2 }
const ENTRY_WEIGHT = 0.4
const VARIED_WEIGHT = 0.2
const GLOSS_WEIGHT = 0.4
/** Of a country's own language there are fewer phrases than of Russian, but of Ukrainian. */
const FEWER_WEIGHT = 2

const wordsOf = (phrases: readonly Phrase[], of: (word: string) => string): string[] =>
  phrases
    .flatMap(({ text }) => sentencesOf(tidy(text)).flat())
    .flatMap((word) => (word.startsWith('#') ? [] : [of(word)]))
    .filter((word) => word !== '')

/** How much a weight of each answer is worth beside one of a topic: what tells danger is kept first, what tells the door last. */
const CRISIS_WORTH = 2
const DOOR_WORTH = 0.5
const worthOf = (output: number): number => (output >= DOOR_HEAD.from ? DOOR_WORTH : output >= CRISIS_HEAD.from ? CRISIS_WORTH : 1)

/**
 * The largest weights, and only of buckets whose largest is worth its place; rare words keep theirs, and so it is better known what a text is
 * about that shares few words with any phrase.
 */
function largestOf(table: Float32Array, kept: number, first: number): Float32Array {
  const worth = table.map((weight, cell) => Math.abs(weight) * worthOf(cell % OUTPUTS))
  const least = worth.toSorted().at(-kept) ?? 0
  const left = table.map((weight, cell) => ((worth[cell] as number) >= least ? weight : 0))
  for (let from = 0; from < table.length; from += OUTPUTS) {
    const largest = worth.subarray(from, from + OUTPUTS).reduce((most, one) => Math.max(most, one), 0)
    if (largest < least * first) left.fill(0, from, from + OUTPUTS)
  }
  return left
}

export type Course = { country: Country; languages: readonly string[] }
/** What is learnt from, as it is read: each phrase with its varied twin, then glosses, then the entries of the lists. */
export type Lessons = {
  course: Course
  likenesses: [string, string]
  all: { phrase: Phrase | null; lesson: Lesson; vector: Sparse; spoken: Spoken; from: 'phrase' | 'varied' | 'gloss' | 'list' }[]
}
/** Of the lessons: which languages, which phrases are set aside, what share of a text's features is left out at each turn, of how many last rounds the mean is taken, and of how many times all is learnt. */
export type Choice = {
  languages: readonly string[]
  isAside: (phrase: Phrase) => boolean
  dropped: number
  averaged: number
  times: number
}
/** Every weight that was learnt, and what a file says beside them. */
export type Learnt = {
  course: Course
  likenesses: [string, string]
  lexicon: string[]
  weights: Weights
  columns: Columns
  samples: readonly Sample[]
}

export function readLessons(root: string, course: Course, phrases: readonly Phrase[], glosses: readonly Gloss[] = []): Lessons {
  const { country, languages } = course
  const english = phrases.filter(({ language }) => language === 'en')
  const fewer = OWN[country] === 'uk' ? null : OWN[country]
  const own = phrases.filter(({ language }) => language !== 'en')
  const likenesses: [string, string] = [learnLikeness(wordsOf(own, soundOf)), learnLikeness(wordsOf(english, spelt))]
  const opened = { own: likenessFrom(likenesses[0]), english: likenessFrom(likenesses[1]) }
  const marks = lexiconFrom(packLexicon(root, languages))
  const read = (from: Lessons['all'][number]['from'], phrase: Phrase | null, lesson: Lesson) => {
    const { english, weighed } = weighedOf(opened, marks, lesson.text, screenOf(lesson.language, country))
    return { phrase, lesson, vector: joined(weighed), spoken: spokenOf(tokensOf(weighed, english)), from }
  }
  const all = [
    ...phrases.flatMap((phrase) => [
      read('phrase', phrase, { ...phrase, weight: phrase.language === fewer ? FEWER_WEIGHT : 1, knowsDoor: true }),
      read('varied', phrase, { ...phrase, text: vary(phrase.text, dice(numberOf(phrase.text))), weight: VARIED_WEIGHT, knowsDoor: true }),
    ]),
    // Set aside with what was said at first.
    ...glosses.map(({ phrase, gloss }) => read('gloss', phrase, { ...gloss, weight: GLOSS_WEIGHT, knowsDoor: true })),
    ...entriesAsPhrases(root, languages).map((phrase) => read('list', null, { ...phrase, weight: ENTRY_WEIGHT, knowsDoor: false })),
  ]
  return { course, likenesses, all }
}

export function learn(
  root: string,
  { course, likenesses, all }: Lessons,
  { languages, isAside, dropped, averaged, times }: Choice,
): Learnt {
  const taken = all.filter(({ phrase, lesson }) => languages.includes(lesson.language) && (phrase === null || !isAside(phrase)))
  const columns = columnsOf(taken.map(({ vector }) => vector))
  const samples = taken.map(({ lesson, vector }) => sampleOf(lesson, vector, columns))
  const weights = zeroWeights(OUTPUTS, columns.size)
  for (let seed = 1; seed <= times; seed++) {
    const once = zeroWeights(OUTPUTS, columns.size)
    fitWeights(once, HEADS, samples, { epochs: EPOCHS, rate: RATE, seed, dropped, averaged })
    addShare(weights, once, times)
  }
  return { course: { ...course, languages }, likenesses, lexicon: packLexicon(root, languages), weights, columns, samples }
}

/** Chosen on phrases set aside: a larger net, or more rounds, knows its phrases better and others not. */
const NET: NetShape = { vector: 32, filters: 128 }
const NET_FITTING = { rate: 0.05, seed: 1, words: 0.1, pools: 0.3 }
const ROOM_FOR_ROWS = 65_536
const LEAST_MET = 4

export type LearntNet = { shape: NetShape; rows: Rows; weights: NetWeights }

/** First of all lessons, so that it knows many words, then of phrases as they were written: a gloss has the order of another language, a varied twin slips. */
const ROUNDS = { all: 2, phrases: 2 }

/** What the net learns of the same lessons. */
export function learnNet({ all }: Lessons, { languages, isAside }: Pick<Choice, 'languages' | 'isAside'>): LearntNet {
  const taken = all.filter(
    ({ phrase, lesson, spoken }) => phrase !== null && spoken.buckets.length > 0 && languages.includes(lesson.language) && !isAside(phrase),
  )
  const rows = rowsOf(
    taken.map(({ spoken }) => spoken),
    ROOM_FOR_ROWS,
    LEAST_MET,
  )
  const told = taken.map(({ spoken, lesson, from }) => ({ from, text: toldOf(spoken, rows, targetsOf(lesson), lesson.weight) }))
  const every = told.map(({ text }) => text)
  const written = told.flatMap(({ from, text }) => (from === 'phrase' ? [text] : []))
  const weights = firstNet(rows.size, NET, NET_FITTING.seed)
  fitNet(
    weights,
    NET,
    [...Array.from({ length: ROUNDS.all }, () => every), ...Array.from({ length: ROUNDS.phrases }, () => written)],
    NET_FITTING,
  )
  return { shape: NET, rows, weights }
}

/**
 * As many of the weights as a file holds. What was learnt stays as it is.
 *
 * @param first  how many times the least weight the largest of a bucket must be worth, because the bucket's place takes room too
 */
export const largest = ({ weights }: Learnt, kept: number, first: number): Weights => ({
  ...weights,
  table: largestOf(weights.table, kept, first),
  bias: weights.bias.slice(),
})

/** They learn once more, and take over what the others did. @param epochs  the fewer were kept, the more there is to take over */
export function again({ samples }: Learnt, weights: Weights, epochs: number, averaged: number): Weights {
  fitWeights(weights, HEADS, samples, { ...AGAIN, epochs, averaged }, true)
  return weights
}
