/**
 * The weights of a phone's file as one stream of yes and no, each written in as little room as it was likely: arithmetic coding, with chances
 * learnt on the way. Who writes and who reads take the same walk, so neither can drift. Only sums, products and quotients of numbers are used,
 * because every browser must count alike.
 */
import { CRISIS_HEAD, DOOR_HEAD, OUTPUTS } from './answers.ts'
import { BUCKET_BITS } from './features.ts'

/** Buckets that have weights, ascending, and their weights in steps: `OUTPUTS` a bucket. */
export type Coded = { buckets: Uint32Array; levels: Int8Array }
/** Where a stream is written, `said` is put down and given back; where it is read, what stands there. */
export type Bits = (context: number, said: boolean) => boolean

const GAP = 0
const GAP_REST = 32
const COUNT = 1024
const FED = 1280
const SIGN = 2560
const SIZE = 4096
const CONTEXTS = 8192

/** Steps a side. */
export const MOST_LEVELS = 64

/** What is no stream of ours would go on for ever. */
function within(number: number, most: number): number {
  if (number > most) throw new RangeError('not a model file')
  return number
}

const headOf = (output: number): number => (output < CRISIS_HEAD.from ? 0 : output < DOOR_HEAD.from ? 1 : 2)

/** A number of so many binary digits, the highest first. */
function digits(bit: Bits, context: number, count: number, said: number): number {
  let node = 1
  for (let at = count - 1; at >= 0; at--) node = node * 2 + Number(bit(context + node, ((said >> at) & 1) === 1))
  return node - (1 << count)
}

// Beyond this many, digits are as good as even.
const LEARNT_DIGITS = 3

function gap(bit: Bits, said: number): number {
  let length = 0
  while (bit(GAP + length, said >> (length + 1) > 0)) length = within(length + 1, BUCKET_BITS)
  let found = 1
  for (let at = length - 1; at >= 0; at--) {
    const context = GAP_REST + (length - at <= LEARNT_DIGITS ? length * 16 + found : 16 * 32 + at)
    found = found * 2 + Number(bit(context, ((said >> at) & 1) === 1))
  }
  return found
}

/** Over all buckets: how far the next is, how many outputs it feeds, which, and with what weights. Fills in `coded` where it is read. */
export function walk(bit: Bits, { buckets, levels }: Coded): void {
  let last = -1
  for (let nth = 0; nth < buckets.length; nth++) {
    last += gap(bit, (buckets[nth] as number) - last)
    buckets[nth] = last
    column(bit, levels.subarray(nth * OUTPUTS, (nth + 1) * OUTPUTS))
  }
}

function column(bit: Bits, levels: Int8Array): void {
  const count = digits(
    bit,
    COUNT,
    6,
    levels.reduce((sum, level) => sum + Number(level !== 0), 0),
  )
  let [left, plus, minus, most] = [count, 0, 0, 0]
  for (let output = 0; output < OUTPUTS && left > 0; output++) {
    const said = levels[output] as number
    const isFed = left === OUTPUTS - output || bit(FED + output * 16 + Math.min(left, 15), said !== 0)
    if (!isFed) continue
    left--
    const head = headOf(output)
    const isMinus = bit(SIGN + ((head * 8 + Math.min(count, 7)) * 4 + Math.min(plus, 3)) * 4 + Math.min(minus, 3), said < 0)
    const place = SIZE + (((head * 8 + Math.min(count, 7)) * 8 + Math.min(most, 7)) * 2 + Number(isMinus)) * 8
    let size = 1
    while (bit(place + Math.min(size, 7), Math.abs(said) > size)) size = within(size + 1, MOST_LEVELS)
    levels[output] = isMinus ? -size : size
    most = Math.max(most, size)
    if (isMinus) minus++
    else plus++
  }
}

const ONE = 4096
// A chance goes on learning, the slower the more often it was met.
const MOST_SEEN = 1000

/** How likely a yes is in each context. */
class Chances {
  readonly #likely = new Float64Array(CONTEXTS).fill(0.5)
  readonly #seen = new Uint16Array(CONTEXTS)

  /** Of 4,096, never none and never all. */
  of(context: number): number {
    return 1 + Math.floor((this.#likely[context] as number) * (ONE - 2))
  }

  learn(context: number, was: boolean): void {
    const seen = this.#seen[context] as number
    const likely = this.#likely[context] as number
    this.#likely[context] = likely + (Number(was) - likely) / (seen + 2)
    if (seen < MOST_SEEN) this.#seen[context] = seen + 1
  }
}

/** A character holds six binary digits, from `0` on; a span is kept in five characters. */
export const FIRST_DIGIT = 48
export const DIGITS = 5
export const DIGIT = 6
const LAST = 2 ** (DIGIT * DIGITS) - 1
const TOP = DIGIT * (DIGITS - 1)

/** What is left of all streams, halved by each answer in the measure of its chance. */
export class Span {
  low = 0
  high = LAST
  readonly #chances = new Chances()

  /** Up to here the answer is yes. */
  middle(context: number): number {
    return this.low + Math.floor((this.high - this.low) / ONE) * this.#chances.of(context)
  }

  /** @param shift  told once for each character that is now known */
  narrow(context: number, middle: number, was: boolean, shift: () => void): void {
    if (was) this.high = middle
    else this.low = middle + 1
    while ((this.low ^ this.high) >> TOP === 0) {
      shift()
      this.low = (this.low << DIGIT) & LAST
      this.high = ((this.high << DIGIT) & LAST) | (2 ** DIGIT - 1)
    }
    this.#chances.learn(context, was)
  }
}

/** @returns what stands in a stream, question by question */
export function readBits(stream: string): Bits {
  const span = new Span()
  let [code, at] = [0, 0]
  const next = (): void => {
    code = ((code << DIGIT) & LAST) | (at < stream.length ? stream.charCodeAt(at++) - FIRST_DIGIT : 0)
  }
  for (let digit = 0; digit < DIGITS; digit++) next()
  return (context) => {
    const middle = span.middle(context)
    const was = code <= middle
    span.narrow(context, middle, was, next)
    return was
  }
}
