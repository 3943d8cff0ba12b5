/** Weights come back from the stream as they went in. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OUTPUTS } from '../../../guide/understand/answers.ts'
import { type Coded, MOST_LEVELS, readBits, walk } from '../../../guide/understand/coded.ts'
import { BUCKET_BITS } from '../../../guide/understand/features.ts'
import { writeBits } from '../../../scripts/understand/pack.ts'

const level = fc.oneof(
  { weight: 9, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -MOST_LEVELS, max: MOST_LEVELS }) },
)
const weights = fc
  .uniqueArray(fc.integer({ min: 0, max: 2 ** BUCKET_BITS - 1 }), { maxLength: 200 })
  .chain((buckets) =>
    fc
      .array(level, { minLength: buckets.length * OUTPUTS, maxLength: buckets.length * OUTPUTS })
      .map((levels): Coded => ({ buckets: Uint32Array.from(buckets.toSorted((a, b) => a - b)), levels: Int8Array.from(levels) })),
  )
const written = ({ buckets, levels }: Coded) => writeBits((bit) => walk(bit, { buckets: buckets.slice(), levels: levels.slice() }))
const empty = ({ buckets, levels }: Coded): Coded => ({ buckets: new Uint32Array(buckets.length), levels: new Int8Array(levels.length) })

test('whatever they are', () =>
  fc.assert(
    fc.property(weights, (coded) => {
      const read = empty(coded)
      walk(readBits(written(coded)), read)
      expect(read).toEqual(coded)
    }),
    { numRuns: 60 },
  ))

test('a stream is printable, and one that is none is refused or read to an end', () =>
  fc.assert(
    fc.property(fc.stringMatching(/^[0-o]{0,300}$/), (stream) => {
      const read = { buckets: new Uint32Array(50), levels: new Int8Array(50 * OUTPUTS) }
      try {
        walk(readBits(stream), read)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
  ))
