/** Compressed bodies whose end is not known: what can be read of them is read, and whatever follows does not matter. */
import { brotliDecompressSync, constants, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'

export const GZIP = Buffer.from([0x1f, 0x8b, 0x08])

/** `gunzipSync` refuses trailing bytes, so the header is stepped over here. Flags: 4 extra field, 8 name, 16 comment, 2 checksum. */
export function gunzip(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, 3).equals(GZIP)) throw new RangeError('not gzip')
  const flags = bytes.readUInt8(3)
  let at = 10
  if (flags & 4) at += 2 + bytes.readUInt16LE(at)
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1
  if (flags & 2) at += 2
  return inflateRawSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH })
}

const READERS: [name: string, read: (bytes: Buffer) => Buffer][] = [
  ['gzip', gunzip],
  ['deflate', (bytes) => inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })],
  ['brotli', (bytes) => brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH })],
  ['zstd', (bytes) => zstdDecompressSync(bytes)],
]

/** Whatever these bytes can be read as. */
export function inflated(bytes: Buffer): [name: string, bytes: Buffer][] {
  return READERS.flatMap(([name, read]): [string, Buffer][] => {
    try {
      const out = read(bytes)
      return out.length > 8 ? [[name, out]] : []
    } catch {
      return []
    }
  })
}
