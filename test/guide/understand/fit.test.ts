/** Weights as the mean of the last epochs. */
import { expect, test } from 'vitest'
import { fitWeights, type Sample, zeroWeights } from '../../../scripts/understand/fit.ts'

const HEADS = [{ from: 0, to: 2 }]
const OUTPUTS = 2
const COLUMNS = 3

const sample = (features: number[], answer: number): Sample => ({
  features: Int32Array.from(features),
  values: Float32Array.from(features, () => 1),
  targets: Float32Array.from([0, 1], (output) => Number(output === answer)),
  learns: [true],
  weight: 1,
})
const samples = [sample([0, 1], 0), sample([0, 2], 1), sample([0], 0), sample([1, 2], 1), sample([2], 0)]

function learnt(epochs: number, averaged = 1) {
  const weights = zeroWeights(OUTPUTS, COLUMNS)
  fitWeights(weights, HEADS, samples, { epochs, rate: 0.5, seed: 7, dropped: 0.3, averaged })
  return [...weights.table, ...weights.bias]
}

test('of two they are the mean of both', () => {
  const [first, second] = [learnt(1), learnt(2)]
  const mean = learnt(2, 2)
  expect(first).not.toEqual(second)
  mean.forEach((weight, at) => {
    expect(weight).toBeCloseTo(((first[at] ?? 0) + (second[at] ?? 0)) / 2, 6)
  })
})
