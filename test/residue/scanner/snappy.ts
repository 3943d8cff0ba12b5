/** Snappy: LevelDB's blocks, Chromium's IndexedDB values, and (framed) Firefox's Cache API bodies. */
import { varint } from './varint.ts'

const MOST_BYTES = 64 * 2 ** 20

/**
 * One block; what follows it is not looked at.
 *
 * @throws RangeError when these are not the bytes of a block
 */
export function unsnappy(bytes: Buffer): Buffer {
  let [length, at] = varint(bytes, 0)
  if (length > MOST_BYTES) throw new RangeError('too big')
  const out = Buffer.alloc(length)
  let to = 0
  while (to < length) {
    const tag = bytes[at]
    if (tag === undefined) throw new RangeError('cut off')
    at += 1
    const size = tag >> 2
    if ((tag & 3) === 0) {
      const extra = Math.max(0, size - 59)
      const run = 1 + (extra === 0 ? size : bytes.readUIntLE(at, extra))
      at += extra
      if (at + run > bytes.length || to + run > length) throw new RangeError('literal')
      bytes.copy(out, to, at, at + run)
      at += run
      to += run
      continue
    }
    const [run, back, used] = copyOf(bytes, tag, at)
    at += used
    if (back === 0 || back > to || to + run > length) throw new RangeError('copy')
    for (let n = 0; n < run; n += 1, to += 1) out[to] = out[to - back] ?? 0
  }
  return out
}

function copyOf(bytes: Buffer, tag: number, at: number): [run: number, back: number, used: number] {
  if ((tag & 3) === 1) return [((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | bytes.readUInt8(at), 1]
  if ((tag & 3) === 2) return [(tag >> 2) + 1, bytes.readUInt16LE(at), 2]
  return [(tag >> 2) + 1, bytes.readUInt32LE(at), 4]
}

const LEAST_ROW = 16
const MOST_ROW = 65536

/** Every block that may begin anywhere: Firefox keeps the values of a database so, in rows whose ends are not marked. */
export function unsnappyAnywhere(bytes: Buffer): Buffer {
  const found: Buffer[] = []
  for (let at = 0; at < bytes.length - LEAST_ROW; at += 1) {
    try {
      const [length, from] = varint(bytes, at)
      // A block begins with a literal: there is nothing yet to copy.
      if (length < LEAST_ROW || length > MOST_ROW || ((bytes[from] ?? 1) & 3) !== 0) continue
      found.push(unsnappy(bytes.subarray(at)))
    } catch {
      // None begins here.
    }
  }
  return Buffer.concat(found)
}

/** Chunk: type (1) ‖ length (3, little endian) ‖ checksum (4) ‖ data; the stream opens with a chunk that names itself. */
const STREAM = Buffer.from('ff060000734e61507059', 'hex')

export function unsnappyStream(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, STREAM.length).equals(STREAM)) return null
  const parts: Buffer[] = []
  for (let at = STREAM.length; at + 8 <= bytes.length; ) {
    const type = bytes[at]
    const end = at + 4 + bytes.readUIntLE(at + 1, 3)
    const data = bytes.subarray(at + 8, end)
    if (type === 0) parts.push(unsnappy(data))
    if (type === 1) parts.push(data)
    at = end
  }
  return Buffer.concat(parts)
}
