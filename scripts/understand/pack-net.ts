/** Writes the file that `guide/understand/net.ts` describes and reads. */
import { gapsOf } from '../../guide/understand/gaps.ts'
import { NET_LEVELS, NET_ZERO, type NetHead } from '../../guide/understand/net.ts'
import type { LearntNet } from './learn.ts'

/** Numbers larger than all but so few are cut: steps are even, and would be coarse for the sake of those few. */
const CUT = 0.001
/** How many numbers show where that is. */
const SEEN = 200_000

function stepOf(numbers: Float32Array): number {
  const every = Math.max(1, Math.floor(numbers.length / SEEN))
  const sizes = numbers
    .filter((_, at) => at % every === 0)
    .map(Math.abs)
    .sort()
  const most = sizes.at(-1 - Math.floor(sizes.length * CUT)) ?? 0
  return Number((Math.max(most, 1e-6) / NET_LEVELS).toPrecision(6))
}

function lettersOf(numbers: Float32Array, step: number): string {
  const levels = Uint8Array.from(numbers, (one) => NET_ZERO + Math.max(-NET_LEVELS, Math.min(NET_LEVELS, Math.round(one / step))))
  return Buffer.from(levels).toString('latin1')
}

const rounded = (numbers: Float32Array): number[] => Array.from(numbers, (one) => Number(one.toFixed(4)))

export function packNet({ shape, rows, weights }: LearntNet, limits: NetHead['limits']): string {
  const { vectors, filters, last, filterBias, lastBias } = weights
  const steps = { vectors: stepOf(vectors), filters: stepOf(filters), last: stepOf(last) }
  const head: NetHead = { ...shape, limits, steps, filterBias: rounded(filterBias), lastBias: rounded(lastBias) }
  const lines = [lettersOf(vectors, steps.vectors), lettersOf(filters, steps.filters), lettersOf(last, steps.last)]
  return `${[JSON.stringify(head), gapsOf([...rows.keys()]), ...lines].join('\n')}\n`
}
