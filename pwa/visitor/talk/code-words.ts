/** The return code as words: sixteen digits are eight words out of a hundred. Shown in her language, read in any. Pure. */
import { CODE_DIGITS, readCode } from './sealed/keys.ts'

const PAIRS = /../g

/** @param list  a hundred words, parted by spaces: the word at 07 means the digits 0 and 7 */
export const wordsOf = (code: string, list: string): string[] => {
  const words = list.split(' ')
  return (code.match(PAIRS) ?? []).map((pair) => words[Number(pair)] ?? pair)
}

/** Like a number on a parcel. */
export const digitsOf = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ')

/**
 * @param lists  of each language; those that are likelier first
 * @returns the sixteen digits of what was typed, as digits or as words: several when the words stand in several lists, none when it is neither
 */
export function readTyped(typed: string, lists: readonly string[]): string[] {
  const digits = readCode(typed)
  if (digits !== null) return [digits]
  const letters = plain(typed)
  return [...new Set(lists.flatMap((list) => read(letters, list.split(' ').map(plain), CODE_DIGITS / 2) ?? []))]
}

/** Letters alone: where a space was forgotten or is too many, the words are still the same. No list has words that could be parted in two ways. */
function read(letters: string, words: readonly string[], count: number): string | null {
  if (count === 0) return letters === '' ? '' : null
  for (const [at, word] of words.entries()) {
    const rest = letters.startsWith(word) ? read(letters.slice(word.length), words, count - 1) : null
    if (rest !== null) return String(at).padStart(2, '0') + rest
  }
  return null
}

/** Case, apostrophes and marks on letters do not count: not every keyboard has them. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}]/gu, '')
