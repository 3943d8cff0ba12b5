/** The return code as words of her language: sixteen digits are eight words out of a hundred. Pure. */
import { CODE_DIGITS, readCode } from './sealed/keys.ts'

const PAIRS = /../g

/** @param list  a hundred words, parted by spaces: the word at 07 means the digits 0 and 7 */
export const wordsOf = (code: string, list: string): string[] => {
  const words = list.split(' ')
  return (code.match(PAIRS) ?? []).map((pair) => words[Number(pair)] ?? pair)
}

/** Like a number on a parcel. */
export const digitsOf = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ')

/** @returns the sixteen digits of what was typed, as digits or as words; null when it is neither */
export function readTyped(typed: string, list: string): string | null {
  const digits = readCode(typed)
  if (digits !== null) return digits
  const words = list.split(' ').map(plain)
  const pairs = typed
    .split(/[\s,.;-]+/)
    .filter(Boolean)
    .map((word) => words.indexOf(plain(word)))
  if (pairs.length !== CODE_DIGITS / 2 || pairs.includes(-1)) return null
  return pairs.map((pair) => String(pair).padStart(2, '0')).join('')
}

const plain = (word: string): string => word.normalize('NFKC').toLowerCase().replace(/ё/g, 'е').replace(/[’ʼ`]/g, "'")
