/** Firefox's session files (`sessionstore.jsonlz4`, `recovery.baklz4`): "mozLz40\0" ‖ size (4) ‖ one LZ4 block. */
const MAGIC = 'mozLz40\0'
const MOST_BYTES = 128 * 2 ** 20

export function mozLz4(bytes: Buffer): Buffer | null {
  if (bytes.subarray(0, 8).toString('latin1') !== MAGIC) return null
  const length = bytes.readUInt32LE(8)
  if (length > MOST_BYTES) throw new RangeError('too big')
  const out = Buffer.alloc(length)
  let at = 12
  let to = 0
  /** A length of 15 goes on in the next bytes, until one is not 255. */
  const longer = (size: number): number => {
    if (size < 15) return size
    for (let more = 255; more === 255; size += more) more = bytes.readUInt8(at++)
    return size
  }
  while (at < bytes.length && to < length) {
    const token = bytes.readUInt8(at++)
    const literal = longer(token >> 4)
    bytes.copy(out, to, at, at + literal)
    at += literal
    to += literal
    if (at >= bytes.length) break
    const back = bytes.readUInt16LE(at)
    at += 2
    const run = longer(token & 15) + 4
    if (back === 0 || back > to) throw new RangeError('copy')
    for (let n = 0; n < run && to < length; n += 1, to += 1) out[to] = out[to - back] ?? 0
  }
  return out
}
