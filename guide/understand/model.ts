/**
 * The weights of one country's languages, as the training wrote them for phones (`guide/understand/models/<country>.txt`) and opened for use.
 *
 * A file is lines of printable characters, so that it compresses and travels as text: a head in JSON; two tables of `likeness.ts`; the weights as
 * `coded.ts` reads them; then the lexicon, a mark a line, where a capital opens an entry and says how many letters it shares with the one before.
 */
import { HEADS, OUTPUTS, softmax } from './answers.ts'
import { type Coded, readBits, walk } from './coded.ts'
import { BUCKET_BITS } from './features.ts'
import { type Lexicon, lexiconFrom } from './lexicon.ts'
import { likenessFrom } from './likeness.ts'
import type { Likenesses } from './reading.ts'
import type { Tongue } from './tongue.ts'
import { lengthOf, type Sparse, type Weighed } from './vector.ts'

/** From these likelihoods on: `unrelated` is nothing of ours, `crisis` interrupts. */
export type Limits = { unrelated: number; crisis: number }
export type ModelHead = {
  country: string
  languages: string[]
  levels: number
  most: number
  bias: number[]
  limits: Record<Tongue, Limits>
}
/** What reads words in their order. `answer`: likelihoods of topics, "nothing of ours" and crisis, in the order of `answers.ts`. */
export type InOrder = { limits: Record<Tongue, Limits>; answer(sentences: readonly Weighed[], english: boolean): Float32Array }
export type Model = {
  readonly head: ModelHead
  readonly likenesses: Likenesses
  readonly lexicon: Lexicon
  /** by bucket: its column and one more, 0 for none */
  readonly columns: Uint32Array
  /** a column's weights are those from `starts[column]` to before `starts[column + 1]` */
  readonly starts: Uint32Array
  readonly outputs: Uint8Array
  readonly weights: Float32Array
  /** The net of `net.ts`, where there is one and it has come. */
  readonly net?: InOrder
  /** Another country's, that learnt as much Russian beside its own language: a Russian text is read by both. */
  readonly beside?: Model
}

/** The limits are those of all that answers together. */
export function limitsOf({ head, net, beside }: Model, tongue: Tongue): Limits {
  const own = (net?.limits ?? head.limits)[tongue]
  if (beside === undefined || tongue !== 'russian') return own
  const other = limitsOf(beside, tongue)
  return { unrelated: (own.unrelated + other.unrelated) / 2, crisis: (own.crisis + other.crisis) / 2 }
}

/** Large weights are few and matter most: steps grow with the square. */
export const weightOf = (level: number, levels: number, most: number): number => Math.sign(level) * (level / levels) ** 2 * most

/** Reads a model file. Keep what it returns: opening takes longer than understanding. @throws RangeError when the file is not one of ours */
export function openModel(packed: string): Model {
  const [top = '', own = '', english = '', stream = '', ...entries] = packed.trimEnd().split('\n')
  if (!top.startsWith('{') || entries.length === 0) throw new RangeError('not a model file')
  const head = JSON.parse(top) as ModelHead & { buckets: number }
  const coded: Coded = { buckets: new Uint32Array(head.buckets), levels: new Int8Array(head.buckets * OUTPUTS) }
  walk(readBits(stream), coded)

  const columns = new Uint32Array(1 << BUCKET_BITS)
  const starts = new Uint32Array(head.buckets + 1)
  const outputs: number[] = []
  const weights: number[] = []
  coded.buckets.forEach((bucket, nth) => {
    columns[bucket] = nth + 1
    for (let output = 0; output < OUTPUTS; output++) {
      const level = coded.levels[nth * OUTPUTS + output] as number
      if (level === 0) continue
      outputs.push(output)
      weights.push(weightOf(level, head.levels, head.most))
    }
    starts[nth + 1] = outputs.length
  })
  return {
    head,
    likenesses: { own: likenessFrom(own), english: likenessFrom(english) },
    lexicon: lexiconFrom(entries.map(wholeEntries)),
    columns,
    starts,
    outputs: Uint8Array.from(outputs),
    weights: Float32Array.from(weights),
  }
}

export const SHARED = 65
/** A mark's line with every entry whole again. */
function wholeEntries(line: string): string {
  let last = ''
  const entries = line.slice(line.indexOf(' ') + 1).match(/[A-Z][^A-Z]+/g) ?? []
  const whole = entries.map((entry) => {
    last = last.slice(0, entry.charCodeAt(0) - SHARED) + entry.slice(1)
    return last
  })
  return line.slice(0, line.indexOf(' ') + 1) + whole.join(',')
}

/** Likelihoods of all answers, head by head; `answers.ts` says which is which. */
export function answer(model: Model, sparse: Sparse): Float32Array {
  const { columns, starts, outputs, weights, head } = model
  const scores = new Float32Array(OUTPUTS)
  for (const [bucket, value] of sparse) {
    const column = columns[bucket] as number
    if (column === 0) continue
    for (let at = starts[column - 1] as number; at < (starts[column] as number); at++) {
      const output = outputs[at] as number
      scores[output] = (scores[output] as number) + value * (weights[at] as number)
    }
  }
  const length = lengthOf(sparse)
  for (let output = 0; output < OUTPUTS; output++) scores[output] = (scores[output] as number) / length + (head.bias[output] as number)
  for (const one of HEADS) softmax(scores, one)
  return scores
}
