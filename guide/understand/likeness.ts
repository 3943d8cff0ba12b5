/**
 * How much a string of letters looks like a language: the mean log-likelihood of its pairs of letters.
 *
 * A table is 27 × 27 (a…z and the edge of a word), each cell a printable character: `!` for the rarest, one more for each step up.
 */

const EDGE = 26
const SIDE = 27
export const STEPS_PER_NAT = 8
const FLOOR = 33

export type Likeness = Uint8Array

export const likenessFrom = (packed: string): Likeness => Uint8Array.from(packed, (cell) => cell.charCodeAt(0) - FLOOR)

const letterAt = (word: string, at: number): number => {
  const letter = word.charCodeAt(at) - 97
  return letter >= 0 && letter < EDGE ? letter : EDGE
}

/** Pairs of a word with its edges. */
export function* pairsOf(word: string): Generator<number> {
  let last = EDGE
  for (let at = 0; at <= word.length; at++) {
    const next = at < word.length ? letterAt(word, at) : EDGE
    yield last * SIDE + next
    last = next
  }
}

/** In nats a pair, above the floor; 0 for no words. */
export function likeness(table: Likeness, words: readonly string[]): number {
  let [sum, count] = [0, 0]
  for (const word of words)
    for (const pair of pairsOf(word)) {
      sum += table[pair] ?? 0
      count++
    }
  return count === 0 ? 0 : sum / count / STEPS_PER_NAT
}

/** The table of a language's words, for the training. */
export function learnLikeness(words: Iterable<string>): string {
  const counts = new Float64Array(SIDE * SIDE).fill(0.05)
  for (const word of words) for (const pair of pairsOf(word)) counts[pair] = (counts[pair] as number) + 1
  let packed = ''
  for (let from = 0; from < SIDE; from++) {
    const row = counts.subarray(from * SIDE, from * SIDE + SIDE)
    const all = row.reduce((sum, count) => sum + count, 0)
    for (const count of row) packed += String.fromCharCode(FLOOR + Math.max(0, Math.round((Math.log(count / all) + 9) * STEPS_PER_NAT)))
  }
  return packed
}
