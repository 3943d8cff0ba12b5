/** LevelDB's two kinds of file, as Chromium keeps localStorage, sessionStorage, IndexedDB and more. Deleted values stay in both until they are merged. */
import { zstdDecompressSync } from 'node:zlib'
import { unsnappy } from './snappy.ts'
import { varint } from './varint.ts'

const LOG_BLOCK = 32768

/** A log without its record headers, so that a value cut at a block's end is whole. Record: checksum (4) ‖ length (2) ‖ type (1) ‖ data. */
export function levelLog(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let block = 0; block < bytes.length; block += LOG_BLOCK) {
    const end = Math.min(block + LOG_BLOCK, bytes.length)
    for (let at = block; at + 7 <= end; ) {
      const length = bytes.readUInt16LE(at + 4)
      if ((bytes[at + 6] === 0 && length === 0) || at + 7 + length > end) break
      parts.push(bytes.subarray(at + 7, at + 7 + length))
      at += 7 + length
    }
  }
  return Buffer.concat(parts)
}

const TABLE_END = Buffer.from('57fb808b247547db', 'hex')
const FOOTER = 48

export const isTable = (bytes: Buffer): boolean => bytes.length >= FOOTER && bytes.subarray(-TABLE_END.length).equals(TABLE_END)

/** A table's keys and values, blocks unpacked and shared key prefixes put back. */
export function levelTable(bytes: Buffer): Buffer {
  const footer = bytes.subarray(-FOOTER)
  const [, afterOffset] = varint(footer, 0)
  const [, afterSize] = varint(footer, afterOffset)
  const index = entries(blockAt(bytes, footer.subarray(afterSize)))
  const parts: Buffer[] = []
  for (const [last, where] of index) {
    parts.push(last)
    for (const [key, value] of entries(blockAt(bytes, where))) parts.push(key, Buffer.from([0]), value)
  }
  return Buffer.concat(parts)
}

/** Handle: offset (varint) ‖ size (varint); after the block its compression (1) and checksum (4). */
function blockAt(bytes: Buffer, handle: Buffer): Buffer {
  const [offset, next] = varint(handle, 0)
  const [size] = varint(handle, next)
  const packed = bytes.subarray(offset, offset + size)
  const compression = bytes[offset + size]
  if (compression === 0) return packed
  if (compression === 1) return unsnappy(packed)
  if (compression === 2) return zstdDecompressSync(packed)
  throw new RangeError('unknown compression')
}

/** Entry: shared key bytes ‖ own key bytes ‖ value bytes (varints) ‖ key ‖ value; at the block's end its restart points and their number. */
function entries(block: Buffer): [key: Buffer, value: Buffer][] {
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4)
  const found: [Buffer, Buffer][] = []
  let before = Buffer.alloc(0)
  for (let at = 0; at < end; ) {
    const [shared, afterShared] = varint(block, at)
    const [own, afterOwn] = varint(block, afterShared)
    const [size, from] = varint(block, afterOwn)
    const key = Buffer.concat([before.subarray(0, shared), block.subarray(from, from + own)])
    found.push([key, block.subarray(from + own, from + own + size)])
    before = key
    at = from + own + size
  }
  return found
}
