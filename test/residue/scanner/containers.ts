/** Small files as browsers write them, each with one marker in the place where it is hardest to see. */
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'

export const PAD = 'the quick brown fox jumps over '.repeat(50)

const varint = (value: number): Buffer => {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest)
    if (rest <= 127) return Buffer.from(bytes)
  }
}

/** Snappy in literals of at most 60 bytes, and once as a copy: the last eight bytes are the same as eight before. */
export function snappy(bytes: Buffer, copyAt?: { to: number; back: number }): Buffer {
  const parts = [varint(bytes.length)]
  const literal = (from: number, to: number) => {
    for (let at = from; at < to; at += 60) {
      const run = bytes.subarray(at, Math.min(at + 60, to))
      parts.push(Buffer.from([(run.length - 1) << 2]), run)
    }
  }
  if (!copyAt) literal(0, bytes.length)
  else {
    literal(0, copyAt.to)
    parts.push(Buffer.from([((8 - 1) << 2) | 2, copyAt.back & 255, copyAt.back >> 8]))
    literal(copyAt.to + 8, bytes.length)
  }
  return Buffer.concat(parts)
}

/** The middle of the marker stands once before and is only pointed to inside it. */
export function snappyWithCopy(marker: string): Buffer {
  const middle = marker.slice(4, 12)
  const bytes = Buffer.from(`${middle}--${marker}`)
  return snappy(bytes, { to: 8 + 2 + 4, back: 8 + 2 + 4 })
}

/** The marker is cut by the end of a block of 32 KiB. */
export function levelLog(marker: string): Buffer {
  const all = Buffer.concat([Buffer.alloc(32768 - 7 - 5, 97), Buffer.from(marker)])
  const record = (type: number, data: Buffer) => {
    const head = Buffer.alloc(7)
    head.writeUInt16LE(data.length, 4)
    head[6] = type
    return Buffer.concat([head, data])
  }
  return Buffer.concat([record(2, all.subarray(0, 32768 - 7)), record(4, all.subarray(32768 - 7))])
}

/** The marker is a key whose beginning is shared with the key before it, in a compressed block. */
export function levelTable(marker: string, compress: 'snappy' | 'zstd'): Buffer {
  const block = (entries: [shared: number, key: Buffer, value: Buffer][]) =>
    Buffer.concat([
      ...entries.flatMap(([shared, key, value]) => [varint(shared), varint(key.length), varint(value.length), key, value]),
      Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]),
    ])
  const key = Buffer.from(marker)
  const data = block([
    [0, Buffer.concat([Buffer.from('key:'), key.subarray(0, 10), Buffer.from('zz')]), Buffer.from('one')],
    [14, key.subarray(10), Buffer.from('two')],
  ])
  const packed = compress === 'snappy' ? snappy(data) : zstdCompressSync(data)
  const trailer = (compression: number) => Buffer.from([compression, 0, 0, 0, 0])
  const index = block([[0, Buffer.from('zzz'), Buffer.concat([varint(0), varint(packed.length)])]])
  const footer = Buffer.alloc(48)
  Buffer.concat([varint(0), varint(0), varint(packed.length + 5), varint(index.length)]).copy(footer)
  Buffer.from('57fb808b247547db', 'hex').copy(footer, 40)
  return Buffer.concat([packed, trailer(compress === 'snappy' ? 1 : 2), index, trailer(0), footer])
}

/** The value goes on in the next page, behind the pointer that stands there. */
export function sqlite(marker: string): Buffer {
  const bytes = Buffer.alloc(3 * 4096, 120)
  bytes.write('SQLite format 3\0', 'latin1')
  bytes.writeUInt16BE(4096, 16)
  bytes.write(marker.slice(0, 6), 2 * 4096 - 6)
  bytes.write(marker.slice(6), 2 * 4096 + 4)
  return bytes
}

export function writeAheadLog(marker: string): Buffer {
  const head = Buffer.alloc(32)
  head.writeUInt32BE(0x377f0682, 0)
  head.writeUInt32BE(4096, 8)
  const pages = [Buffer.alloc(4096, 121), Buffer.alloc(4096, 121)] as const
  pages[0].write(marker.slice(0, 5), 4096 - 5)
  pages[1].write(marker.slice(5), 4)
  return Buffer.concat([head, ...pages.flatMap((page) => [Buffer.alloc(24), page])])
}

export function journal(marker: string): Buffer {
  const head = Buffer.alloc(512)
  Buffer.from('d9d505f920a163d7', 'hex').copy(head)
  head.writeUInt32BE(512, 20)
  head.writeUInt32BE(4096, 24)
  const pages = [Buffer.alloc(4096, 121), Buffer.alloc(4096, 121)] as const
  pages[0].write(marker.slice(0, 5), 4096 - 5)
  pages[1].write(marker.slice(5), 4)
  return Buffer.concat([head, ...pages.flatMap((page) => [Buffer.alloc(4), page, Buffer.alloc(4)])])
}

/** The second part of the marker is only there as a match that points twenty bytes back. */
export function sessionFile(marker: string): Buffer {
  const head = Buffer.from(`${marker.slice(8, 16)}----${marker.slice(0, 8)}`)
  const tail = Buffer.from(marker.slice(16))
  const start = Buffer.alloc(12)
  start.write('mozLz40\0', 'latin1')
  start.writeUInt32LE(head.length + 8 + tail.length, 8)
  return Buffer.concat([
    start,
    Buffer.from([(15 << 4) | 4, head.length - 15]),
    head,
    Buffer.from([20, 0]),
    Buffer.from([tail.length << 4]),
    tail,
  ])
}

export function chromiumCache(body: Buffer): Buffer {
  const key = Buffer.from('1/0/https://page.test/a')
  const head = Buffer.alloc(24)
  Buffer.from('305c72a71b6dfbfc', 'hex').copy(head)
  head.writeUInt32LE(5, 8)
  head.writeUInt32LE(key.length, 12)
  const end = Buffer.concat([Buffer.from('d8410d97456ffaf4', 'hex'), Buffer.alloc(12)])
  return Buffer.concat([head, key, body, end, Buffer.from('HTTP/1.1 200'), end])
}

export function firefoxCache(body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([body, Buffer.alloc(4 + 2), Buffer.from(':https://page.test/a\0'), Buffer.alloc(40, 1), length])
}

export const packed = {
  gzip: (text: string) => gzipSync(text),
  brotli: (text: string) => brotliCompressSync(text),
  zstd: (text: string) => zstdCompressSync(Buffer.from(text)),
}

/** Stream with its own name, then one compressed chunk. */
export function snappyStream(bytes: Buffer): Buffer {
  const chunk = snappy(bytes)
  const head = Buffer.alloc(8)
  head.writeUIntLE(chunk.length + 4, 1, 3)
  return Buffer.concat([Buffer.from('ff060000734e61507059', 'hex'), head, chunk])
}
