/**
 * Fits weights: for each head a softmax over its answers, by stochastic gradient with a step of its own for each weight (Adagrad).
 *
 * Deterministic: the order comes of a seed. What is pruned stays zero through `mask`.
 */
import { dice } from './vary.ts'

/** `features`: indices of the table's columns, each once; `values`: of each of them. `targets`: by output, summing to one in each head that `learns`. */
export type Sample = { features: Int32Array; values: Float32Array; targets: Float32Array; learns: readonly boolean[]; weight: number }
/** Outputs from `from` to before `to` are one softmax. */
export type Head = { from: number; to: number }
export type Weights = { outputs: number; columns: number; table: Float32Array; bias: Float32Array }

export const zeroWeights = (outputs: number, columns: number): Weights => ({
  outputs,
  columns,
  table: new Float32Array(outputs * columns),
  bias: new Float32Array(outputs),
})

export type Fitting = { epochs: number; rate: number; decay: number; seed: number; mask?: Uint8Array }

export function scoresOf({ outputs, table, bias }: Weights, { features, values }: Pick<Sample, 'features' | 'values'>, out: Float32Array): void {
  out.set(bias)
  for (let nth = 0; nth < features.length; nth++) {
    const row = (features[nth] as number) * outputs
    const value = values[nth] as number
    for (let output = 0; output < outputs; output++) out[output] = (out[output] as number) + value * (table[row + output] as number)
  }
}

export function softmax(scores: Float32Array, { from, to }: Head): void {
  let most = Number.NEGATIVE_INFINITY
  for (let at = from; at < to; at++) most = Math.max(most, scores[at] as number)
  let sum = 0
  for (let at = from; at < to; at++) sum += scores[at] = Math.exp((scores[at] as number) - most)
  for (let at = from; at < to; at++) scores[at] = (scores[at] as number) / sum
}

const ADA = process.env.ADA === '1'
/** Changes the weights in place. */
export function fit(weights: Weights, heads: readonly Head[], samples: readonly Sample[], { epochs, rate, decay, seed, mask }: Fitting): void {
  const { outputs, table, bias } = weights
  const squares = new Float32Array(table.length).fill(Number(process.env.G0??1e-4))
  const biasSquares = new Float32Array(outputs).fill(Number(process.env.G0??1e-4))
  const roll = dice(seed)
  const order = samples.map((_, index) => index)
  const scores = new Float32Array(outputs)
  const steps = new Float32Array(outputs)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(roll() * (at + 1))
      ;[order[at], order[other]] = [order[other] as number, order[at] as number]
    }
    if (decay > 0) for (let cell = 0; cell < table.length; cell++) table[cell] = (table[cell] as number) * (1 - decay)
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
        biasSquares[at] = (biasSquares[at] as number) + step * step
        bias[at] = (bias[at] as number) - (pace * step) / Math.sqrt(biasSquares[at] as number) / 4
      }
      for (let nth = 0; nth < sample.features.length; nth++) {
        const row = (sample.features[nth] as number) * outputs
        const value = sample.values[nth] as number
        for (let at = 0; at < outputs; at++) {
          const cell = row + at
          if (mask !== undefined && mask[cell] === 0) continue
          const step = (steps[at] as number) * value
          squares[cell] = (squares[cell] as number) + step * step
          table[cell] = (table[cell] as number) - (ADA ? (pace * step) / Math.sqrt(squares[cell] as number) : pace * step)
        }
      }
    }
  }
}
