/**
 * What the letters of a text most likely are: as they stand, English, or typed with the keyboard in the other alphabet.
 *
 * Latin typing of Ukrainian or Russian needs no decision: `sound.ts` brings it together with Cyrillic.
 */
import type { Language } from '../../schema/terms.ts'
import { toLatin, toRussian, toUkrainian } from './keyboards.ts'
import { type Likeness, likeness } from './likeness.ts'
import { soundOf } from './sound.ts'
import { sentencesOf, tidy } from './words.ts'

export type Likenesses = { own: Likeness; english: Likeness }
/** Words as sounds, or as spelt where English; marks stand as they are. */
export type Reading = { english: boolean; sentences: string[][] }

// How much likelier another keyboard must make the text, in nats a pair of letters.
const OTHER_KEYBOARD = 0.55

export const spelt = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[^a-z]/g, '')
    .replace(/(.)\1+/g, '$1')

function soundsOf(sentences: string[][], of: (word: string) => string): string[][] {
  const out: string[][] = []
  for (const sentence of sentences) {
    const words: string[] = []
    for (const word of sentence) {
      const sound = word.startsWith('#') ? word : of(word)
      if (sound !== '') words.push(sound)
    }
    if (words.length > 0) out.push(words)
  }
  return out
}

// Pairs of letters tell little of a short text; these words tell it, and no other language here has them.
const PLAINLY_ENGLISH = new Set(
  (
    'the how what who why where when which want wants with and for they you your are was were have has had from this that there dont cant doesnt does wont ' +
    'ive hes shes his her him them one our myself someone somebody nobody anyone something get can will would should could about after before not never again ' +
    'please need because since only back home like know think come came said says told ask write wanna gonna woman women girl child children husband father ' +
    'mother brother daughter parents people police lawyer doctor court law school knife night hits beat drunk today ago number'
  )
    .split(' ')
    .map(spelt),
)
/** How much surer a text is that is all such words, in nats a pair of letters. */
const PLAIN_WORTH = 0.8

type Guess = Reading & { score: number }
// A few dozen words tell the alphabet of a text.
const ENOUGH = 40
const plainly = (words: readonly string[]): number =>
  words.length === 0 ? 0 : (PLAIN_WORTH * words.filter((word) => PLAINLY_ENGLISH.has(word)).length) / words.length

const guess = (table: Likeness, text: string, english: boolean): Guess => {
  const sentences = soundsOf(sentencesOf(text), english ? spelt : soundOf)
  const words = sentences
    .flat()
    .filter((word) => !word.startsWith('#'))
    .slice(0, ENOUGH)
  return { english, sentences, score: likeness(table, words) + (english ? plainly(words) : 0) }
}

/** The likeliest reading of a text first, the others after it. */
export function readings({ own, english }: Likenesses, text: string, language: Language): [Reading, ...Reading[]] {
  const plain = tidy(text)
  const latin = plain.match(/[a-z]/g)?.length ?? 0
  const cyrillic = plain.match(/[Ѐ-ӿ]/g)?.length ?? 0
  const asItStands = guess(own, plain, false)
  if (latin === 0 && cyrillic === 0) return [asItStands]
  const guesses: Guess[] = [asItStands]
  if (latin > cyrillic) {
    const inEnglish = guess(english, plain, true)
    guesses.push(language === 'en' ? { ...inEnglish, score: inEnglish.score + 0.2 } : inEnglish)
    const other = language === 'ru' ? toRussian(plain) : toUkrainian(plain)
    const onOther = guess(own, other, false)
    guesses.push({ ...onOther, score: onOther.score - OTHER_KEYBOARD })
  } else if (latin === 0) {
    const onOther = guess(english, toLatin(plain), true)
    guesses.push({ ...onOther, score: onOther.score - OTHER_KEYBOARD * 2 })
  }
  const best = guesses.reduce((first, one) => (one.score > first.score ? one : first))
  return [best, ...guesses.filter((one) => one !== best)]
}

export const read = (likenesses: Likenesses, text: string, language: Language): Reading => readings(likenesses, text, language)[0]
