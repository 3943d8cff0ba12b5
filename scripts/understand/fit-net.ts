/**
 * Fits the net of `guide/understand/net.ts` by stochastic gradient, each number at a pace of its own (Adagrad).
 *
 * Deterministic: the order, the first numbers and what is left out come of a seed.
 */
import { addVectors, filter, MOST_WORDS, NET_OUTPUTS, type NetShape, type NetWeights, scoresOf, WIDTH } from '../../guide/understand/net.ts'
import { dice } from './vary.ts'

/** `rows`: of each word of a text, one word after the other; `starts`: where each word's begin, and the end. `targets`: by output, summing to one in each head. */
export type Told = { rows: Int32Array; starts: Int32Array; targets: Float32Array; weight: number }
/** `words`, `pools`: what share of words, and of the filters' answers, is left out at each turn. */
export type NetFitting = { rate: number; seed: number; words: number; pools: number }

const LEAST = 1e-6
/** Were there a round after the last, its pace beside the first would be so much less. */
const SLOWER = 0.9

/** Numbers near nothing, as a net begins. */
export function firstNet(rows: number, { vector, filters }: NetShape, seed: number): NetWeights {
  const roll = dice(seed)
  // Twelve dice are as good as a bell.
  const bell = (): number => Array.from({ length: 12 }, roll).reduce((sum, one) => sum + one, -6)
  const many = (count: number, width: number): Float32Array => Float32Array.from({ length: count }, () => bell() * width)
  return {
    vectors: many(rows * vector, 0.1),
    filters: many(WIDTH * vector * filters, Math.sqrt(2 / (WIDTH * vector))),
    filterBias: new Float32Array(filters).fill(0.01),
    last: many(2 * filters * NET_OUTPUTS, 0.05),
    lastBias: new Float32Array(NET_OUTPUTS),
  }
}

/** Changes the weights in place. @param rounds  the texts of each round, in any order */
export function fitNet(
  weights: NetWeights,
  shape: NetShape,
  rounds: readonly (readonly Told[])[],
  { rate, seed, words: wordless, pools: poolless }: NetFitting,
): void {
  const { vector, filters } = shape
  const span = WIDTH * vector
  const squares = {
    // A vector has one pace for all its numbers.
    vectors: new Float32Array(weights.vectors.length / vector),
    filters: new Float32Array(weights.filters.length),
    filterBias: new Float32Array(filters),
    last: new Float32Array(weights.last.length),
    lastBias: new Float32Array(NET_OUTPUTS),
  }
  const roll = dice(seed)
  const words = new Float32Array((MOST_WORDS + WIDTH - 1) * vector)
  const answers = new Float32Array(MOST_WORDS * filters)
  const [pools, kept, poolSteps] = [new Float32Array(2 * filters), new Float32Array(2 * filters), new Float32Array(2 * filters)]
  const largest = new Int32Array(filters)
  const steps = new Float32Array(NET_OUTPUTS)
  const answerSteps = new Float32Array(answers.length)
  const wordSteps = new Float32Array(words.length)
  const filterSteps = new Float32Array(weights.filters.length)
  const rowsOf = ({ rows, starts }: Told, word: number): number[] => Array.from(rows.subarray(starts[word], starts[word + 1]))

  let pace = rate
  const learn = (table: Float32Array, square: Float32Array, at: number, step: number): void => {
    const sum = (square[at] as number) + step * step
    square[at] = sum
    table[at] = (table[at] as number) - (pace * step) / (Math.sqrt(sum) + LEAST)
  }

  const learnOne = (one: Told): void => {
    const count = Math.min(MOST_WORDS, one.starts.length - 1)
    const spoken: (number[] | null)[] = []
    words.fill(0, 0, (count + WIDTH - 1) * vector)
    for (let word = 0; word < count; word++) {
      const rows = roll() < wordless ? null : rowsOf(one, word)
      spoken.push(rows)
      if (rows !== null) addVectors(weights.vectors, vector, rows, 0, words, (word + 1) * vector)
    }
    filter(weights, shape, words, count, answers)
    const share = 1 / Math.sqrt(count)
    for (let nth = 0; nth < filters; nth++) {
      let [most, where, sum] = [0, -1, 0]
      for (let word = 0; word < count; word++) {
        const answer = answers[word * filters + nth] as number
        if (answer <= 0) continue
        sum += answer
        if (answer > most) [most, where] = [answer, word]
      }
      largest[nth] = where
      pools[nth] = most
      pools[filters + nth] = sum * share
    }
    for (let nth = 0; nth < pools.length; nth++) {
      kept[nth] = roll() < poolless ? 0 : 1 / (1 - poolless)
      pools[nth] = (pools[nth] as number) * (kept[nth] as number)
    }
    scoresOf(weights, pools, steps)
    for (let output = 0; output < NET_OUTPUTS; output++)
      steps[output] = ((steps[output] as number) - (one.targets[output] as number)) * one.weight

    for (let nth = 0; nth < pools.length; nth++) {
      const [value, row] = [pools[nth] as number, nth * NET_OUTPUTS]
      let sum = 0
      if (kept[nth] !== 0)
        for (let output = 0; output < NET_OUTPUTS; output++) sum += (weights.last[row + output] as number) * (steps[output] as number)
      if (value !== 0)
        for (let output = 0; output < NET_OUTPUTS; output++)
          learn(weights.last, squares.last, row + output, value * (steps[output] as number))
      poolSteps[nth] = sum * (kept[nth] as number)
    }
    for (let output = 0; output < NET_OUTPUTS; output++) learn(weights.lastBias, squares.lastBias, output, steps[output] as number)

    for (let nth = 0; nth < filters; nth++) {
      const spread = (poolSteps[filters + nth] as number) * share
      for (let word = 0; word < count; word++) {
        const at = word * filters + nth
        answerSteps[at] = (answers[at] as number) > 0 ? spread + (largest[nth] === word ? (poolSteps[nth] as number) : 0) : 0
      }
    }
    wordSteps.fill(0, 0, (count + WIDTH - 1) * vector)
    filterSteps.fill(0)
    for (let word = 0; word < count; word++) {
      const [from, to] = [word * vector, word * filters]
      for (let at = 0; at < span; at++) {
        const place = from + at
        // The empty words at both ends learn nothing.
        if (place < vector || place >= (count + 1) * vector) continue
        const value = words[place] as number
        const row = at * filters
        let sum = 0
        for (let nth = 0; nth < filters; nth++) {
          const step = answerSteps[to + nth] as number
          sum += (weights.filters[row + nth] as number) * step
          filterSteps[row + nth] = (filterSteps[row + nth] as number) + value * step
        }
        wordSteps[place] = (wordSteps[place] as number) + sum
      }
      for (let nth = 0; nth < filters; nth++) {
        const step = answerSteps[to + nth] as number
        if (step !== 0) learn(weights.filterBias, squares.filterBias, nth, step)
      }
    }
    for (let at = 0; at < filterSteps.length; at++) {
      const step = filterSteps[at] as number
      if (step !== 0) learn(weights.filters, squares.filters, at, step)
    }
    for (let word = 0; word < count; word++) {
      const rows = spoken[word]
      if (rows) learnWord(rows, (word + 1) * vector)
    }
  }

  const learnWord = (rows: readonly number[], from: number): void => {
    const share = 1 / Math.sqrt(rows.length || 1)
    let length = 0
    for (let nth = 0; nth < vector; nth++) length += ((wordSteps[from + nth] as number) * share) ** 2
    if (length === 0) return
    for (const row of rows) {
      const sum = (squares.vectors[row] as number) + length / vector
      squares.vectors[row] = sum
      const step = (pace * share) / (Math.sqrt(sum) + LEAST)
      const at = row * vector
      for (let nth = 0; nth < vector; nth++)
        weights.vectors[at + nth] = (weights.vectors[at + nth] as number) - step * (wordSteps[from + nth] as number)
    }
  }

  for (const [round, told] of rounds.entries()) {
    const order = told.map((_, index) => index)
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(roll() * (at + 1))
      ;[order[at], order[other]] = [order[other] as number, order[at] as number]
    }
    pace = rate * (1 - (SLOWER * round) / rounds.length)
    for (const index of order) learnOne(told[index] as Told)
  }
}
