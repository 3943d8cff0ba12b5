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

export type Fitting = { epochs: number; rate: number; seed: number }

export function scoresOf(
  { outputs, table, bias }: Weights,
  { features, values }: Pick<Sample, 'features' | 'values'>,
  out: Float32Array,
): void {
  out.set(bias)
  for (let nth = 0; nth < features.length; nth++) {
    const row = (features[nth] as number) * outputs
    const value = values[nth] as number
    for (let output = 0; output < outputs; output++) out[output] = (out[output] as number) + value * (table[row + output] as number)
  }
}

/** Changes the weights in place. @param learnt  which cells of the table are; without, all */
export function fitWeights(
  weights: Weights,
  heads: readonly Head[],
  samples: readonly Sample[],
  { epochs, rate, seed }: Fitting,
  learnt: Uint8Array | null = null,
): void {
  const { outputs, table, bias } = weights
  const roll = dice(seed)
  const order = samples.map((_, index) => index)
  const scores = new Float32Array(outputs)
  const steps = new Float32Array(outputs)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(roll() * (at + 1))
      ;[order[at], order[other]] = [order[other] as number, order[at] as number]
    }
    const pace = rate * (1 - epoch / (epochs + 1))
    for (const index of order) {
      const sample = samples[index] as Sample
      scoresOf(weights, sample, scores)
      heads.forEach((head, nth) => {
        softmax(scores, head)
        for (let at = head.from; at < head.to; at++)
          steps[at] = sample.learns[nth] ? ((scores[at] as number) - (sample.targets[at] as number)) * sample.weight : 0
      })
      for (let at = 0; at < outputs; at++) {
        const step = steps[at] as number
        bias[at] = (bias[at] as number) - pace * step * BIAS_PACE
      }
      for (let nth = 0; nth < sample.features.length; nth++) {
        const row = (sample.features[nth] as number) * outputs
        const value = sample.values[nth] as number
        for (let at = 0; at < outputs; at++) {
          const cell = row + at
          if (learnt !== null && learnt[cell] === 0) continue
          const step = (steps[at] as number) * value
          table[cell] = (table[cell] as number) - pace * step
        }
      }
    }
  }
}
