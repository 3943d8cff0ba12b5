/**
 * A text as sentences of words: lower case, signs and apostrophes gone, look-alike letters of another alphabet put right, numbers and a
 * few emojis as marks. Which keyboard or alphabet was meant is `reading.ts`.
 */

/** A mark opens with `#` and is no word: `#child` is a number that may be a child's age. */
export type Sentence = string[]

// A bot message holds 4,096 characters; what comes after is not read.
export const LONGEST_TEXT = 4096
const MOST_WORDS = 700

const EMOJIS: [RegExp, string][] = [
  [/🆘/gu, ' #sos '],
  [/[🔪🗡🪓🔫💣]/gu, ' #weapon '],
  [/🩸/gu, ' #blood '],
  [/[😂🤣😆😅]/gu, ' #laugh '],
  [/[💀⚰🪦]/gu, ' #skull '],
]
const LATIN_TWINS: Record<string, string> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  k: 'к',
  h: 'н',
  b: 'в',
  m: 'м',
  t: 'т',
}

const isMixed = (word: string): boolean => /[a-z]/.test(word) && /[Ѐ-ӿ]/.test(word)
const unmix = (word: string): string => (isMixed(word) ? word.replace(/[a-z]/g, (letter) => LATIN_TWINS[letter] ?? letter) : word)

const markOf = (digits: string): string => {
  const number = Number(digits)
  return digits.length < 3 && number > 4 && number < 18 ? '#child' : digits.length < 3 && number >= 18 ? '#age' : '#number'
}

/** Lower case, composed, cut; still with its punctuation, because another keyboard may have letters there. */
export const tidy = (text: string): string => text.slice(0, LONGEST_TEXT).normalize('NFC').toLowerCase()

/** @param text  tidied */
export function sentencesOf(text: string): Sentence[] {
  let plain = text.replace(/(?<=\p{L})['’ʼ‘ʻ`´ʹ′"*]+(?=\p{L})/gu, '').replace(/4(?=[a-zа-я])/g, 'ч')
  for (const [emoji, mark] of EMOJIS) if (emoji.test(plain)) plain = plain.replace(emoji, mark)
  const sentences: Sentence[] = []
  let count = 0
  for (const part of plain.split(/[.!?;…\n]+/)) {
    const words: Sentence = []
    for (const token of part.match(/#[a-z]+|[\p{L}\p{M}]+|\d+/gu) ?? []) {
      if (++count > MOST_WORDS) break
      words.push(token.startsWith('#') ? token : /^\d/.test(token) ? markOf(token) : unmix(token))
    }
    if (words.length > 0) sentences.push(words)
  }
  return sentences
}
