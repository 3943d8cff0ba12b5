/**
 * Three sizes for everything that is written, so that a length says nothing: `length (4) ‖ text ‖ zeros`, filled up to 512, 2,048 or
 * 8,192 bytes; sealed, 16 more.
 */
import { type Bytes, readU32, u32 } from '../bytes.ts'
import { type Opened, opened, refuse } from './refusal.ts'

const LENGTH_BYTES = 4
const SIZES = [512, 2048, 8192] as const
type Size = (typeof SIZES)[number]

/** What a padded text of each size is once sealed. */
export const SEALED_SIZES: readonly number[] = SIZES.map((size) => size + 16)
export const LONGEST_TEXT = 8192 - LENGTH_BYTES

/** @param least  a size that is used even if a smaller one would do; null when the text fits none */
export function pad(text: Bytes, least: Size = 512): Bytes | null {
  const size = SIZES.find((one) => one >= least && one >= text.length + LENGTH_BYTES)
  if (size === undefined) return null
  const padded = new Uint8Array(size)
  padded.set(u32(text.length))
  padded.set(text, LENGTH_BYTES)
  return padded
}

export function unpad(padded: Bytes): Opened<Bytes> {
  if (!SIZES.some((size) => size === padded.length)) return refuse('shape')
  const length = readU32(padded)
  if (length > padded.length - LENGTH_BYTES) return refuse('shape')
  if (padded.subarray(LENGTH_BYTES + length).some((byte) => byte !== 0)) return refuse('shape')
  return opened(padded.slice(LENGTH_BYTES, LENGTH_BYTES + length))
}
