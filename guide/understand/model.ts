/**
 * The weights of one country's languages, as the training wrote them (`guide/understand/models/<country>.txt`) and opened for use.
 *
 * A file is lines of printable characters, so that it compresses and travels as text: a head in JSON; two tables of `likeness.ts`; the
 * buckets that have weights, as gaps; which outputs each column feeds, as gaps in the columns, an output after the other; the weights in
 * the same order; then the lexicon. A gap is one character from `!`, `}` adds 92 and goes on, `~` ends an output.
 */
import { HEADS, OUTPUTS, softmax } from './answers.ts'
import { BUCKET_BITS } from './features.ts'
import { type Lexicon, lexiconFrom } from './lexicon.ts'
import { likenessFrom } from './likeness.ts'
import type { Likenesses } from './reading.ts'
import { lengthOf, type Sparse } from './vector.ts'

/** From these likelihoods on: `unrelated` is nothing of ours, `crisis` interrupts. */
export type Limits = { unrelated: number; crisis: number }
export type ModelHead = { country: string; languages: string[]; levels: number; most: number; bias: number[]; own: Limits; english: Limits }
export type Model = {
  readonly head: ModelHead
  readonly likenesses: Likenesses
  readonly lexicon: Lexicon
  /** by bucket: its column and one more, 0 for none */
  readonly columns: Uint16Array
  /** a column's weights are those from `starts[column]` to before `starts[column + 1]` */
  readonly starts: Uint32Array
  readonly outputs: Uint8Array
  readonly weights: Float32Array
}

const FIRST = 33
export const MORE = 125
export const END = 126
export const STEP = MORE - FIRST
/** A weight of zero; others stand around it. */
export const ZERO = 64

/** Large weights are few and matter most: steps grow with the square. */
export const weightOf = (level: number, levels: number, most: number): number => Math.sign(level) * (level / levels) ** 2 * most

function* gapsOf(packed: string): Generator<number> {
  let gap = 0
  for (let at = 0; at < packed.length; at++) {
    const code = packed.charCodeAt(at)
    if (code === END) yield -1
    else if (code === MORE) gap += STEP
    else {
      yield gap + code - FIRST
      gap = 0
    }
  }
}

/** Reads a model file. Keep what it returns: opening takes longer than understanding. @throws RangeError when the file is not one of ours */
export function openModel(packed: string): Model {
  const [top = '', own = '', english = '', buckets = '', cells = '', levels = '', ...lexicon] = packed.trimEnd().split('\n')
  if (!top.startsWith('{') || lexicon.length === 0) throw new RangeError('not a model file')
  const head = JSON.parse(top) as ModelHead
  const columns = new Uint16Array(1 << BUCKET_BITS)
  let [bucket, count] = [-1, 0]
  for (const gap of gapsOf(buckets)) {
    bucket += gap + 1
    columns[bucket] = ++count
  }

  // Written by output, used by column: count first, then place.
  const starts = new Uint32Array(count + 1)
  const each = (visit: (column: number, output: number, nth: number) => void): void => {
    let [column, output, nth] = [-1, 0, 0]
    for (const gap of gapsOf(cells))
      if (gap < 0) [column, output] = [-1, output + 1]
      else {
        column += gap + 1
        visit(column, output, nth++)
      }
  }
  each((column) => {
    starts[column + 1] = (starts[column + 1] as number) + 1
  })
  for (let column = 0; column < count; column++) starts[column + 1] = (starts[column + 1] as number) + (starts[column] as number)
  const next = starts.slice()
  const outputs = new Uint8Array(levels.length)
  const weights = new Float32Array(levels.length)
  each((column, output, nth) => {
    const place = next[column] as number
    next[column] = place + 1
    outputs[place] = output
    weights[place] = weightOf(levels.charCodeAt(nth) - ZERO, head.levels, head.most)
  })
  return {
    head,
    likenesses: { own: likenessFrom(own), english: likenessFrom(english) },
    lexicon: lexiconFrom(lexicon),
    columns,
    starts,
    outputs,
    weights,
  }
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
