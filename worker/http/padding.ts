/**
 * Pages of one length: who watches the line sees that a page was read, and not which. What fills a page up comes after its text, so
 * that nobody waits for it, and is what each format has for nothing: every decoder passes over it.
 */
import { brotliCompressSync, constants, crc32, gzipSync } from 'node:zlib'

export type Coding = 'br' | 'gzip' | 'identity'

/** Room for the longest page there is, with half as much to spare; within the first flight of a connection. A test fails when a page outgrows it. */
export const PAGE_BYTES: Record<Coding, number> = { br: 8 * 1024, gzip: 8 * 1024, identity: 64 * 1024 }

/** Beyond this, time costs more than bytes. */
const QUALITY = 6

/** For what is packed once and sent to everybody. */
const ONCE_QUALITY = 10

type Format = {
  /** The text alone, as long as it is. */
  whole(text: Uint8Array): Uint8Array
  /** The text up to a full byte, the format's end still to come. */
  open(text: Uint8Array): Uint8Array
  fill(room: Uint8Array): void
  end(text: Uint8Array): number[]
}

const brotli = (text: Uint8Array, finishFlush: number, quality: number): Uint8Array =>
  brotliCompressSync(text, {
    finishFlush,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  })

const FORMATS: Record<Coding, Format> = {
  br: {
    whole: (text) => brotli(text, constants.BROTLI_OPERATION_FINISH, ONCE_QUALITY),
    open: (text) => brotli(text, constants.BROTLI_OPERATION_FLUSH, QUALITY),
    // RFC 7932, 9.2: a metadata block of no bytes, filled up to a byte; then the empty last block.
    fill: (room) => void room.fill(0b0000_0110),
    end: () => [0b11],
  },
  gzip: {
    whole: (text) => gzipSync(text),
    open: (text) => gzipSync(text, { finishFlush: constants.Z_SYNC_FLUSH }),
    fill: fillDeflate,
    // RFC 1951: a last block that only ends. RFC 1952: CRC-32 and length of the text.
    end: (text) => [0x03, 0x00, ...littleEndian(crc32(text)), ...littleEndian(text.length)],
  },
  // Spaces after the end of the document.
  identity: { whole: (text) => text, open: (text) => text, fill: (room) => void room.fill(0x20), end: () => [] },
}

const littleEndian = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)

/** RFC 1951, 3.2.4: a stored block of no bytes. */
const STORED = [0x00, 0x00, 0x00, 0xff, 0xff]
/** The same behind a block of fixed codes that only ends, for lengths that five does not divide. */
const FIXED_STORED = [0x02, ...STORED]
/** Fives and sixes add up to every length from here on. */
const LEAST = 20

function fillDeflate(room: Uint8Array): void {
  const sixes = room.length % 5
  for (let n = 0, at = 0; at < room.length; n += 1) {
    const block = n < sixes ? FIXED_STORED : STORED
    room.set(block, at)
    at += block.length
  }
}

const bytesOf = (html: string): Uint8Array => new TextEncoder().encode(html)

const packed = new Map<string, Uint8Array>()

/** The first view: there are as many of them as languages, so each is packed as small as it goes, once. */
export function pack(html: string, coding: Coding): Uint8Array {
  const key = `${coding} ${html}`
  const bytes = packed.get(key) ?? FORMATS[coding].whole(bytesOf(html))
  packed.set(key, bytes)
  return bytes
}

/** @param size the length of every page; one that outgrew it is a whole number of times as long */
export function pad(html: string, coding: Coding, size: number = PAGE_BYTES[coding]): Uint8Array {
  const text = bytesOf(html)
  const { open, fill, end } = FORMATS[coding]
  const [begin, last] = [open(text), end(text)]
  const page = new Uint8Array(Math.ceil((begin.length + LEAST + last.length) / size) * size)
  page.set(begin)
  fill(page.subarray(begin.length, page.length - last.length))
  page.set(last, page.length - last.length)
  return page
}
