/** Writes the model file that `guide/understand/model.ts` describes and reads. */
import { OUTPUTS } from '../../guide/understand/answers.ts'
import { END, MORE, type ModelHead, STEP, ZERO } from '../../guide/understand/model.ts'
import type { Weights } from './fit.ts'
import type { Columns } from './samples.ts'

const FIRST = 33
const LEVELS = 12

const gap = (size: number): string => String.fromCharCode(MORE).repeat(Math.floor(size / STEP)) + String.fromCharCode(FIRST + (size % STEP))

/** The nearest step of the squared scale; 0 for what rounds away. */
function levelOf(weight: number, most: number): number {
  const level = Math.round(Math.sqrt(Math.min(1, Math.abs(weight) / most)) * LEVELS)
  return weight < 0 ? -level : level
}

type Parts = { head: Omit<ModelHead, 'levels' | 'most' | 'bias'>; likenesses: [string, string]; lexicon: string[] }

export function pack(weights: Weights, columns: Columns, { head, likenesses, lexicon }: Parts): string {
  const { table, bias } = weights
  const most = table.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-6)
  const levels = Int8Array.from(table, (weight) => levelOf(weight, most))
  const used = [...columns].filter(([, column]) => levels.subarray(column * OUTPUTS, (column + 1) * OUTPUTS).some((level) => level !== 0))
  let [buckets, cells, values] = ['', '', '']
  let last = -1
  for (const [bucket] of used) {
    buckets += gap(bucket - last - 1)
    last = bucket
  }
  for (let output = 0; output < OUTPUTS; output++) {
    last = -1
    used.forEach(([, column], nth) => {
      const level = levels[column * OUTPUTS + output] as number
      if (level === 0) return
      cells += gap(nth - last - 1)
      values += String.fromCharCode(ZERO + level)
      last = nth
    })
    cells += String.fromCharCode(END)
  }
  const rounded = Array.from(bias, (one) => Number(one.toFixed(3)))
  const top: ModelHead = { ...head, levels: LEVELS, most: Number(most.toFixed(4)), bias: rounded }
  return `${[JSON.stringify(top), ...likenesses, buckets, cells, values, ...lexicon].join('\n')}\n`
}
