/** Writes the model files: the phone's, that `guide/understand/model.ts` describes and reads, and the edge's, that `guide/understand/edge.ts` does. */
import { OUTPUTS } from '../../guide/understand/answers.ts'
import { type Bits, DIGIT, DIGITS, FIRST_DIGIT, Span, walk } from '../../guide/understand/coded.ts'
import { ZERO } from '../../guide/understand/edge.ts'
import { FIRST, gapsOf } from '../../guide/understand/gaps.ts'
import { type ModelHead, SHARED } from '../../guide/understand/model.ts'
import type { Weights } from './fit.ts'
import type { Learnt } from './learn.ts'

const LEVELS = 9
const EDGE_LEVELS = 24

type ByTongue = ModelHead['limits']
type Steps = { used: { bucket: number; levels: Int8Array }[]; head: ModelHead }

/** The nearest step of the squared scale; 0 for what rounds away. */
function levelOf(weight: number, most: number, levels: number): number {
  const level = Math.round(Math.sqrt(Math.min(1, Math.abs(weight) / most)) * levels)
  return weight < 0 ? -level : level
}

/** The weights in steps, and the buckets that keep any. */
function inSteps({ course, columns }: Learnt, { table, bias }: Weights, limits: ByTongue, levels: number): Steps {
  const most = table.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-6)
  const steps = Int8Array.from(table, (weight) => levelOf(weight, most, levels))
  const used = [...columns].flatMap(([bucket, column]) => {
    const own = steps.subarray(column * OUTPUTS, (column + 1) * OUTPUTS)
    return own.some((level) => level !== 0) ? [{ bucket, levels: own }] : []
  })
  const rounded = Array.from(bias, (one) => Number(one.toFixed(3)))
  const { country, languages } = course
  return { used, head: { country, languages: [...languages], limits, levels, most: Number(most.toFixed(4)), bias: rounded } }
}

const fileOf = ({ likenesses }: Learnt, head: ModelHead & { buckets?: number }, ...lines: string[]): string =>
  `${[JSON.stringify(head), ...likenesses, ...lines].join('\n')}\n`

/** Writes what `readBits` reads. */
export function writeBits(put: (bit: Bits) => void): string {
  const span = new Span()
  let stream = ''
  const write = (): void => {
    stream += String.fromCharCode(FIRST_DIGIT + (span.high >> (DIGIT * (DIGITS - 1))))
  }
  put((context, said) => {
    span.narrow(context, span.middle(context), said, write)
    return said
  })
  for (let digit = DIGITS - 1; digit >= 0; digit--)
    stream += String.fromCharCode(FIRST_DIGIT + ((span.high >> (DIGIT * digit)) & (2 ** DIGIT - 1)))
  return stream
}

/** Entries without the letters that they share with the one before. */
function shorter(line: string): string {
  let last = ''
  const name = line.indexOf(' ') + 1
  const entries = line
    .slice(name)
    .split(',')
    .map((entry) => {
      let shared = 0
      while (shared < MOST_SHARED && shared < entry.length - 1 && entry[shared] === last[shared]) shared++
      last = entry
      return String.fromCharCode(SHARED + shared) + entry.slice(shared)
    })
  return line.slice(0, name) + entries.join('')
}
const MOST_SHARED = 25

/** `bytes`: what the weights take. */
export function pack(learnt: Learnt, weights: Weights, limits: ByTongue): { file: string; bytes: number } {
  const { used, head } = inSteps(learnt, weights, limits, LEVELS)
  const levels = new Int8Array(used.length * OUTPUTS)
  used.forEach((one, nth) => {
    levels.set(one.levels, nth * OUTPUTS)
  })
  const buckets = Uint32Array.from(used, ({ bucket }) => bucket)
  const stream = writeBits((bit) => walk(bit, { buckets, levels }))
  const file = fileOf(learnt, { ...head, buckets: buckets.length }, stream, ...learnt.lexicon.map(shorter))
  return { file, bytes: Math.ceil((stream.length * DIGIT) / 8) }
}

export function packForEdge(learnt: Learnt, weights: Weights, limits: ByTongue): string {
  const { used, head } = inSteps(learnt, weights, limits, EDGE_LEVELS)
  let [cells, values] = ['', '']
  for (const { levels } of used) {
    const fed = [...levels.keys()].filter((output) => levels[output] !== 0)
    fed.forEach((output, nth) => {
      cells += String.fromCharCode(FIRST + output + (nth === fed.length - 1 ? OUTPUTS : 0))
      values += String.fromCharCode(ZERO + (levels[output] as number))
    })
  }
  return fileOf(learnt, head, gapsOf(used.map(({ bucket }) => bucket)), cells, values, ...learnt.lexicon)
}
