/** Learns one country's languages: from phrases and lists of words to the text of a model file. The same input gives the same bytes. */
import type { Country } from '../../schema/terms.ts'
import { HEADS, OUTPUTS } from '../../guide/understand/answers.ts'
import { lexiconFrom } from '../../guide/understand/lexicon.ts'
import { learnLikeness, likenessFrom } from '../../guide/understand/likeness.ts'
import type { Limits } from '../../guide/understand/model.ts'
import { spelt } from '../../guide/understand/reading.ts'
import { soundOf } from '../../guide/understand/sound.ts'
import { sentencesOf, tidy } from '../../guide/understand/words.ts'
import { fit, type Sample, type Weights, zeroWeights } from './fit.ts'
import { entriesAsPhrases, packLexicon } from './lexicon.ts'
import { pack } from './pack.ts'
import { numberOf, type Phrase } from './phrases.ts'
import { columnsOf, type Lesson, sampleOf, screenOf, vectorOf } from './samples.ts'
import { dice, vary } from './vary.ts'

/** Chosen on the phrases set aside. `KEPT`: weights that stay, the ones that matter most. */
const EPOCHS = 6
const RATE = Number(process.env.RATE ?? 3)
const TUNING_EPOCHS = Number(process.env.TE ?? 4)
const TUNING_RATE = Number(process.env.TR ?? 2)
const ENTRY_WEIGHT = 0.4
const VARIED_WEIGHT = Number(process.env.VW ?? 0.4)

const wordsOf = (phrases: readonly Phrase[], of: (word: string) => string): string[] =>
  phrases.flatMap(({ text }) => sentencesOf(tidy(text)).flat()).flatMap((word) => (word.startsWith('#') ? [] : [of(word)])).filter((word) => word !== '')

/** A weight matters by its size and by how often its column is met. */
function importantOf({ table, columns }: Weights, samples: readonly Sample[], kept: number): Uint8Array {
  const met = new Float32Array(columns)
  for (const { features } of samples) for (const feature of features) met[feature] = (met[feature] as number) + 1
  const matters = table.map((weight, cell) => Math.abs(weight) * (met[Math.floor(cell / OUTPUTS)] as number) ** 0.3)
  const least = matters.toSorted().at(-kept) ?? 0
  return Uint8Array.from(matters, (one) => (one >= least && one > 0 ? 1 : 0))
}

export type Course = { country: Country; languages: readonly string[]; kept: number }

export function learn(root: string, { country, languages, kept }: Course, phrases: readonly Phrase[], limits: { own: Limits; english: Limits }): string {
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
  fit(weights, HEADS, samples, { epochs: EPOCHS, rate: RATE, seed: 1 })
  const mask = importantOf(weights, samples, kept)
  weights.table.forEach((_, cell) => {
    if (mask[cell] === 0) weights.table[cell] = 0
  })
  fit(weights, HEADS, samples, { epochs: TUNING_EPOCHS, rate: TUNING_RATE, seed: 2, mask })
  return pack(weights, columns, { head: { country, languages: [...languages], ...limits }, likenesses: tables, lexicon: packedLexicon })
}
