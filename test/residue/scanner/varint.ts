/** Little-endian base-128 numbers, as LevelDB and Snappy write lengths. */
export function varint(bytes: Buffer, from: number): [value: number, next: number] {
  let value = 0
  for (let n = 0; n < 8; n += 1) {
    const byte = bytes[from + n]
    if (byte === undefined) throw new RangeError('cut off')
    value += (byte & 127) * 2 ** (7 * n)
    if (byte < 128) return [value, from + n + 1]
  }
  throw new RangeError('too long')
}
