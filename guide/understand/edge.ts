/**
 * The edge's file of a country (`guide/understand/models/edge/`): several times as many weights as a phone may fetch, laid out to open quickly.
 *
 * Lines: a head in JSON; two tables of `likeness.ts`; the buckets that have weights, as gaps; which output each weight feeds, a bucket after the
 * other, from `!` on, the last of a bucket raised by the number of outputs; the weights in the same order; then the lexicon.
 */
import { OUTPUTS } from './answers.ts'
import { BUCKET_BITS } from './features.ts'
import { bucketsIn, FIRST } from './gaps.ts'
import { lexiconFrom } from './lexicon.ts'
import { likenessFrom } from './likeness.ts'
import { type Model, type ModelHead, weightOf } from './model.ts'

/** A weight of zero; others stand around it. */
export const ZERO = 64

/** Keep what it returns. @throws RangeError when the file is not one of ours */
export function openEdgeModel(packed: string): Model {
  const [top = '', own = '', english = '', buckets = '', cells = '', levels = '', ...lexicon] = packed.trimEnd().split('\n')
  if (!top.startsWith('{') || lexicon.length === 0 || cells.length !== levels.length) throw new RangeError('not a model file')
  const head = JSON.parse(top) as ModelHead
  const columns = new Uint32Array(1 << BUCKET_BITS)
  let count = 0
  for (const bucket of bucketsIn(buckets)) columns[bucket] = ++count
  const steps = Float32Array.from({ length: 2 * head.levels + 1 }, (_, nth) => weightOf(nth - head.levels, head.levels, head.most))
  const starts = new Uint32Array(count + 1)
  const outputs = new Uint8Array(cells.length)
  const weights = new Float32Array(cells.length)
  let column = 0
  for (let at = 0; at < cells.length; at++) {
    const cell = cells.charCodeAt(at) - FIRST
    outputs[at] = cell % OUTPUTS
    weights[at] = steps[levels.charCodeAt(at) - ZERO + head.levels] as number
    if (cell >= OUTPUTS) starts[++column] = at + 1
  }
  if (column !== count) throw new RangeError('not a model file')
  const likenesses = { own: likenessFrom(own), english: likenessFrom(english) }
  return { head, likenesses, lexicon: lexiconFrom(lexicon), columns, starts, outputs, weights }
}
