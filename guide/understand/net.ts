/**
 * A net that reads words in their order, three at a time: beside the weights of `model.ts`, which know words and pairs but not what a whole
 * sentence makes of them. Only at the edge, where there are many phrases (`models/edge/<country>.net.txt`).
 *
 * Each word is a vector, the sum of those of its features; each filter looks at three words in a row; of each filter its largest answer and
 * the sum of its answers lead to the likelihoods of topics and of danger. Its vectors and numbers were learnt by `scripts/understand/fit-net.ts`.
 *
 * The file is lines of printable characters: a head in JSON, the buckets that have vectors, the vectors, the filters, the last weights, each
 * number a character.
 */
import { CRISIS_HEAD, softmax, TOPIC_HEAD } from './answers.ts'
import { BUCKET_BITS, markBucketOf, wordFeaturesOf } from './features.ts'
import { bucketsIn } from './gaps.ts'
import type { InOrder, Limits } from './model.ts'
import type { Tongue } from './tongue.ts'
import type { Weighed } from './vector.ts'

/** Topics, "nothing of ours" and crisis, as in `answers.ts`; not the door. */
export const NET_OUTPUTS = CRISIS_HEAD.to
export const NET_HEADS = [TOPIC_HEAD, CRISIS_HEAD]
/** Words that a filter sees at once. */
export const WIDTH = 3
/** A longer text is read in parts of so many words. */
export const MOST_WORDS = 60

/** Numbers by name; `vectors` a row a bucket, `filters` by place in the three, then by number of the vector, `last` a row a filter's answer (largest ones, then sums). */
export type NetWeights = {
  vectors: Float32Array
  filters: Float32Array
  filterBias: Float32Array
  last: Float32Array
  lastBias: Float32Array
}
/** `vector`: numbers in a vector; `filters`: how many there are. */
export type NetShape = { vector: number; filters: number }
export type NetHead = NetShape & {
  limits: Record<Tongue, Limits>
  steps: Record<'vectors' | 'filters' | 'last', number>
  filterBias: number[]
  lastBias: number[]
}
export type Net = NetShape & { limits: Record<Tongue, Limits>; rows: Uint32Array; weights: NetWeights }

/** Levels a side; `!` and `"` stay free. */
export const NET_LEVELS = 46
export const NET_ZERO = 80

function numbersIn(line: string, step: number): Float32Array {
  const numbers = new Float32Array(line.length)
  for (let at = 0; at < line.length; at++) numbers[at] = (line.charCodeAt(at) - NET_ZERO) * step
  return numbers
}

/** Keep what it returns. @throws RangeError when the file is not one of ours */
export function openNet(packed: string): Net {
  const [top = '', buckets = '', vectors = '', filters = '', last = ''] = packed.trimEnd().split('\n')
  if (!top.startsWith('{') || last === '') throw new RangeError('not a net')
  const { steps, filterBias, lastBias, ...head } = JSON.parse(top) as NetHead
  const rows = new Uint32Array(1 << BUCKET_BITS)
  const kept = bucketsIn(buckets)
  kept.forEach((bucket, row) => {
    rows[bucket] = row + 1
  })
  const fits =
    vectors.length === kept.length * head.vector &&
    filters.length === WIDTH * head.vector * head.filters &&
    last.length === 2 * head.filters * NET_OUTPUTS
  if (!fits) throw new RangeError('not a net')
  const weights = {
    vectors: numbersIn(vectors, steps.vectors),
    filters: numbersIn(filters, steps.filters),
    filterBias: Float32Array.from(filterBias),
    last: numbersIn(last, steps.last),
    lastBias: Float32Array.from(lastBias),
  }
  return { ...head, rows, weights }
}

/** The buckets of each word, a sentence after the other, each closed by what ends it: a plain sign of danger, or nothing. */
export function tokensOf(sentences: readonly Weighed[], english: boolean): number[][] {
  const tokens: number[][] = []
  for (const { words, marked, sign } of sentences) {
    const first = tokens.length
    for (const word of words) {
      const pairs: number[] = []
      wordFeaturesOf(word, english, pairs)
      tokens.push(pairs.filter((_, at) => at % 2 === 0))
    }
    for (const { mark, at, length } of marked)
      if (length > 0) for (let word = at; word < Math.min(words.length, at + length); word++) tokens[first + word]?.push(markBucketOf(mark))
    tokens.push([markBucketOf(`.${sign ?? ''}`)])
  }
  return tokens
}

/** A net as `model.ts` takes it. */
export const inOrder = (net: Net): InOrder => ({
  limits: net.limits,
  answer: (sentences, english) => netAnswer(net, tokensOf(sentences, english)),
})

/** Likelihoods of a text's answers. Of a long one: topics as the mean of its parts, danger as in the part where it is likeliest. */
export function netAnswer(net: Net, tokens: readonly number[][]): Float32Array {
  const parts: Float32Array[] = []
  for (let from = 0; from === 0 || from < tokens.length; from += MOST_WORDS)
    parts.push(answerOf(net, tokens.slice(from, from + MOST_WORDS)))
  const [first = new Float32Array(NET_OUTPUTS)] = parts
  if (parts.length === 1) return first
  const out = new Float32Array(NET_OUTPUTS)
  for (const part of parts)
    for (let at = TOPIC_HEAD.from; at < TOPIC_HEAD.to; at++) out[at] = (out[at] as number) + (part[at] as number) / parts.length
  const calmest = (part: Float32Array): number => part[CRISIS_HEAD.from] as number
  const worst = parts.reduce((one, other) => (calmest(other) < calmest(one) ? other : one))
  out.set(worst.subarray(CRISIS_HEAD.from, CRISIS_HEAD.to), CRISIS_HEAD.from)
  return out
}

function answerOf(net: Net, tokens: readonly number[][]): Float32Array {
  const { vector, filters, weights, rows } = net
  const words = new Float32Array((tokens.length + WIDTH - 1) * vector)
  tokens.forEach((buckets, nth) => {
    const known = buckets.map((bucket) => rows[bucket] as number).filter((row) => row > 0)
    addVectors(weights.vectors, vector, known, 1, words, (nth + 1) * vector)
  })
  const answers = new Float32Array(tokens.length * filters)
  filter(weights, { vector, filters }, words, tokens.length, answers)
  const pools = new Float32Array(2 * filters)
  for (let nth = 0; nth < filters; nth++) {
    let [largest, sum] = [0, 0]
    for (let at = nth; at < answers.length; at += filters) {
      const one = answers[at] as number
      if (one <= 0) continue
      sum += one
      if (one > largest) largest = one
    }
    pools[nth] = largest
    pools[filters + nth] = sum / Math.sqrt(Math.max(1, tokens.length))
  }
  return scoresOf(weights, pools)
}

/** Adds the vectors of rows (numbered from `base`), so that many together weigh no more than one. */
export function addVectors(
  vectors: Float32Array,
  vector: number,
  rows: readonly number[],
  base: number,
  into: Float32Array,
  at: number,
): void {
  const share = 1 / Math.sqrt(rows.length || 1)
  for (const row of rows) {
    const from = (row - base) * vector
    for (let nth = 0; nth < vector; nth++) into[at + nth] = (into[at + nth] as number) + (vectors[from + nth] as number) * share
  }
}

/** What each filter answers at each word; below zero counts as nothing. `words` has an empty one at each end. */
export function filter(
  { filters: table, filterBias }: NetWeights,
  { vector, filters }: NetShape,
  words: Float32Array,
  count: number,
  into: Float32Array,
): void {
  const span = WIDTH * vector
  for (let word = 0; word < count; word++) {
    const to = word * filters
    for (let nth = 0; nth < filters; nth++) into[to + nth] = filterBias[nth] as number
    const from = word * vector
    for (let at = 0; at < span; at++) {
      const value = words[from + at] as number
      if (value === 0) continue
      const row = at * filters
      for (let nth = 0; nth < filters; nth++) into[to + nth] = (into[to + nth] as number) + value * (table[row + nth] as number)
    }
  }
}

/** Likelihoods, from the largest answers and the sums of all filters. */
export function scoresOf({ last, lastBias }: NetWeights, pools: Float32Array, into = new Float32Array(NET_OUTPUTS)): Float32Array {
  into.set(lastBias)
  for (let nth = 0; nth < pools.length; nth++) {
    const value = pools[nth] as number
    if (value === 0) continue
    const row = nth * NET_OUTPUTS
    for (let output = 0; output < NET_OUTPUTS; output++) into[output] = (into[output] as number) + value * (last[row + output] as number)
  }
  for (const head of NET_HEADS) softmax(into, head)
  return into
}
