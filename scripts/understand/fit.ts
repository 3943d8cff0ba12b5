/**
 * Fits weights: for each head a softmax over its answers, by stochastic gradient.
 *
 * Deterministic: the order comes of a seed.
 */
import { type Head, softmax } from '../../guide/understand/answers.ts'
import { dice } from './vary.ts'

/** `features`: indices of the table's columns, each once; `values`: of each of them. `targets`: by output, summing to one in each head that `learns`. */
export type Sample = { features: Int32Array; values: Float32Array; targets: Float32Array; learns: readonly boolean[]; weight: number }
export type Weights = { outputs: number; columns: number; table: Float32Array; bias: Float32Array }

export const zeroWeights = (outputs: number, columns: number): Weights => ({
  outputs,
  columns,
  table: new Float32Array(outputs * columns),
  bias: new Float32Array(outputs),
})

// The bias is in every sample: a small step is enough.
const BIAS_PACE = 0.02
// Most answers are nearly right for most texts; smaller pushes would only take time.
const LEAST_STEP = 0.001

/**
 * `dropped`: what share of a text's features is left out at each turn, so that no single one is relied on. `averaged`: the weights are the mean of so many last epochs,
 * which wander less than the last one.
 */
export type Fitting = { epochs: number; rate: number; seed: number; dropped?: number; averaged?: number }

function scoresOf({ outputs, table, bias }: Weights, { features, values }: Pick<Sample, 'features' | 'values'>, out: Float32Array): void {
  out.set(bias)
  for (let nth = 0; nth < features.length; nth++) {
    const row = (features[nth] as number) * outputs
    const value = values[nth] as number
    for (let output = 0; output < outputs; output++) out[output] = (out[output] as number) + value * (table[row + output] as number)
  }
}

/** The cells of the table that learn, a column's outputs after the other's. */
type Cells = { starts: Uint32Array; outputs: Uint8Array }

function cellsOf({ outputs, columns }: Weights, learnt: (cell: number) => boolean): Cells {
  const starts = new Uint32Array(columns + 1)
  const fed: number[] = []
  for (let column = 0; column < columns; column++) {
    for (let output = 0; output < outputs; output++) if (learnt(column * outputs + output)) fed.push(output)
    starts[column + 1] = fed.length
  }
  return { starts, outputs: Uint8Array.from(fed) }
}

/** Changes the weights in place. @param sparse  only weights that are not zero learn, the others stay so */
export function fitWeights(
  weights: Weights,
  heads: readonly Head[],
  samples: readonly Sample[],
  { epochs, rate, seed, dropped = 0, averaged = 1 }: Fitting,
  sparse = false,
): void {
  const { outputs, table, bias } = weights
  const cells = sparse ? cellsOf(weights, (cell) => table[cell] !== 0) : null
  const roll = dice(seed)
  const order = samples.map((_, index) => index)
  const scores = new Float32Array(outputs)
  const steps = new Float32Array(outputs)
  const pushed = new Uint8Array(outputs)
  const mean = averaged > 1 ? zeroWeights(outputs, weights.columns) : null
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(roll() * (at + 1))
      ;[order[at], order[other]] = [order[other] as number, order[at] as number]
    }
    const pace = rate * (1 - epoch / (epochs + 1))
    for (const index of order) {
      const sample = dropped === 0 ? (samples[index] as Sample) : without(samples[index] as Sample, dropped, roll)
      if (cells === null) scoresOf(weights, sample, scores)
      else scoresIn(cells, weights, sample, scores)
      heads.forEach((head, nth) => {
        softmax(scores, head)
        for (let at = head.from; at < head.to; at++)
          steps[at] = sample.learns[nth] ? ((scores[at] as number) - (sample.targets[at] as number)) * sample.weight : 0
      })
      let count = 0
      for (let at = 0; at < outputs; at++) {
        const step = (steps[at] as number) * pace
        steps[at] = step
        bias[at] = (bias[at] as number) - step * BIAS_PACE
        if (Math.abs(step) >= LEAST_STEP) pushed[count++] = at
      }
      for (let nth = 0; nth < sample.features.length; nth++) {
        const column = sample.features[nth] as number
        const row = column * outputs
        const value = sample.values[nth] as number
        if (cells === null)
          for (let at = 0; at < count; at++) {
            const output = pushed[at] as number
            table[row + output] = (table[row + output] as number) - (steps[output] as number) * value
          }
        else
          for (let at = cells.starts[column] as number; at < (cells.starts[column + 1] as number); at++) {
            const output = cells.outputs[at] as number
            table[row + output] = (table[row + output] as number) - (steps[output] as number) * value
          }
      }
    }
    if (mean !== null && epoch >= epochs - averaged) {
      addShare(mean, weights, averaged)
    }
  }
  if (mean !== null) {
    table.set(mean.table)
    bias.set(mean.bias)
  }
}

/** Adds to the sum what these weights are to a mean of so many. */
export function addShare(sum: Weights, { table, bias }: Weights, of: number): void {
  for (let at = 0; at < table.length; at++) sum.table[at] = (sum.table[at] as number) + (table[at] as number) / of
  for (let at = 0; at < bias.length; at++) sum.bias[at] = (sum.bias[at] as number) + (bias[at] as number) / of
}

function without(sample: Sample, dropped: number, roll: () => number): Sample {
  const left = sample.features.map(() => Number(roll() >= dropped))
  // What is left counts for what is not, as it would in a text without it.
  const more = 1 / Math.sqrt(1 - dropped)
  const isLeft = (_: number, nth: number): boolean => left[nth] === 1
  return { ...sample, features: sample.features.filter(isLeft), values: sample.values.filter(isLeft).map((value) => value * more) }
}

function scoresIn(cells: Cells, { outputs, table, bias }: Weights, { features, values }: Sample, out: Float32Array): void {
  out.set(bias)
  for (let nth = 0; nth < features.length; nth++) {
    const column = features[nth] as number
    const value = values[nth] as number
    for (let at = cells.starts[column] as number; at < (cells.starts[column + 1] as number); at++) {
      const output = cells.outputs[at] as number
      out[output] = (out[output] as number) + value * (table[column * outputs + output] as number)
    }
  }
}
