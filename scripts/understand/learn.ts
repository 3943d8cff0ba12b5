/** Learns one country's languages: from phrases and lists of words to the text of a model file. The same input gives the same bytes. */

import { CRISIS_HEAD, DOOR_HEAD, HEADS, OUTPUTS } from '../../guide/understand/answers.ts'
import { lexiconFrom } from '../../guide/understand/lexicon.ts'
import { learnLikeness, likenessFrom } from '../../guide/understand/likeness.ts'
import type { Limits } from '../../guide/understand/model.ts'
import { spelt } from '../../guide/understand/reading.ts'
import { soundOf } from '../../guide/understand/sound.ts'
import { sentencesOf, tidy } from '../../guide/understand/words.ts'
import type { Country } from '../../schema/terms.ts'
import { fitWeights, zeroWeights } from './fit.ts'
import { entriesAsPhrases, packLexicon } from './lexicon.ts'
import { pack } from './pack.ts'
import { numberOf, type Phrase } from './phrases.ts'
import { columnsOf, type Lesson, sampleOf, screenOf, vectorOf } from './samples.ts'
import { dice, vary } from './vary.ts'

/** Chosen on the phrases set aside. */
const EPOCHS = 6
const RATE = 3
/** Once more over the weights that stay: they take over what the small ones did together. */
const AGAIN = { epochs: 4, rate: 2, seed: 2 }
const ENTRY_WEIGHT = 0.4
const VARIED_WEIGHT = 0.2

const wordsOf = (phrases: readonly Phrase[], of: (word: string) => string): string[] =>
  phrases
    .flatMap(({ text }) => sentencesOf(tidy(text)).flat())
    .flatMap((word) => (word.startsWith('#') ? [] : [of(word)]))
    .filter((word) => word !== '')

/** How much a weight of each answer is worth beside one of a topic: what tells danger is kept first, what tells the door last. */
const CRISIS_WORTH = 2
const DOOR_WORTH = 0.5
const worthOf = (output: number): number => (output >= DOOR_HEAD.from ? DOOR_WORTH : output >= CRISIS_HEAD.from ? CRISIS_WORTH : 1)

/** The largest weights; rare words keep theirs, and so it is better known what a text is about that shares few words with any phrase. */
function largestOf(table: Float32Array, kept: number): Float32Array {
  const worth = table.map((weight, cell) => Math.abs(weight) * worthOf(cell % OUTPUTS))
  const least = worth.toSorted().at(-kept) ?? 0
  return table.map((weight, cell) => ((worth[cell] as number) >= least ? weight : 0))
}

/** `kept`: how many weights a file holds. */
export type Course = { country: Country; languages: readonly string[]; kept: number }

export function learn(
  root: string,
  { country, languages, kept }: Course,
  phrases: readonly Phrase[],
  limits: { own: Limits; english: Limits },
): string {
  const english = phrases.filter(({ language }) => language === 'en')
  const own = phrases.filter(({ language }) => language !== 'en')
  const tables: [string, string] = [learnLikeness(wordsOf(own, soundOf)), learnLikeness(wordsOf(english, spelt))]
  const likenesses = { own: likenessFrom(tables[0]), english: likenessFrom(tables[1]) }
  const packedLexicon = packLexicon(root, languages)
  const lexicon = lexiconFrom(packedLexicon)

  const lessons: Lesson[] = [
    ...phrases.flatMap((phrase): Lesson[] => [
      { ...phrase, weight: 1, knowsDoor: true },
      { ...phrase, text: vary(phrase.text, dice(numberOf(phrase.text))), weight: VARIED_WEIGHT, knowsDoor: true },
    ]),
    ...entriesAsPhrases(root, languages).map((phrase): Lesson => ({ ...phrase, weight: ENTRY_WEIGHT, knowsDoor: false })),
  ]
  const vectors = lessons.map(({ text, language }) => vectorOf(likenesses, lexicon, text, screenOf(language, country)))
  const columns = columnsOf(vectors)
  const samples = lessons.map((lesson, nth) => sampleOf(lesson, vectors[nth] as Map<number, number>, columns))
  const weights = zeroWeights(OUTPUTS, columns.size)
  fitWeights(weights, HEADS, samples, { epochs: EPOCHS, rate: RATE, seed: 1 })
  weights.table.set(largestOf(weights.table, kept))
  fitWeights(
    weights,
    HEADS,
    samples,
    AGAIN,
    Uint8Array.from(weights.table, (weight) => Number(weight !== 0)),
  )
  return pack(weights, columns, {
    head: { country, languages: [...languages], ...limits },
    likenesses: tables,
    lexicon: packedLexicon,
  })
}
