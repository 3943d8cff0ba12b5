/** Bodies in the browsers' HTTP caches. */
import { inflated } from './streams.ts'

const ENTRY = Buffer.from('305c72a71b6dfbfc', 'hex')
const END = Buffer.from('d8410d97456ffaf4', 'hex')
const HEADER = 24

/** Chromium, one file an entry: header (24, key's length at 12) ‖ key ‖ body ‖ end record ‖ answer's head ‖ end record. */
export function chromiumBody(bytes: Buffer): [name: string, bytes: Buffer][] {
  if (bytes.length < HEADER || !bytes.subarray(0, ENTRY.length).equals(ENTRY)) return []
  const from = HEADER + bytes.readUInt32LE(12)
  const end = bytes.indexOf(END, from)
  return inflated(bytes.subarray(from, end < 0 ? bytes.length : end))
}

const CHUNK = 256 * 1024

/** Firefox: body ‖ checksum (4) ‖ a hash (2) for every 256 KiB ‖ metadata ‖ body's length (4, big endian). */
export function firefoxBody(bytes: Buffer): [name: string, bytes: Buffer][] {
  if (bytes.length < 16) return []
  const length = bytes.readUInt32BE(bytes.length - 4)
  if (length === 0 || length + 4 + 2 * Math.ceil(length / CHUNK) >= bytes.length) return []
  return inflated(bytes.subarray(0, length))
}
