/** Makes a browser's PNG small: the few colours a calm page has, one byte a pixel. Reads what Chromium writes: 8 bits a channel, not interlaced. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = 8
const COLOURS = 32

type Picture = { width: number; height: number /** 0xRRGGBB, row by row */; pixels: Uint32Array }

/** length (4) ‖ type (4) ‖ data ‖ crc (4) */
function* chunks(png: Buffer): Generator<[string, Buffer]> {
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at)
    yield [png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]
    at += 12 + length
  }
}

/** PNG specification 9.2: each row says how it was predicted from its left and upper neighbours. */
function unfilter(rows: Buffer, height: number, stride: number, size: number): Buffer {
  const out = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= size ? (out[at - size] ?? 0) : 0
      const up = y > 0 ? (out[at - stride] ?? 0) : 0
      const corner = x >= size && y > 0 ? (out[at - stride - size] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      out[at] = (rows[y * (stride + 1) + 1 + x] ?? 0) + guess
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

export function decode(png: Buffer): Picture {
  const all = [...chunks(png)]
  const head = all.find(([type]) => type === 'IHDR')?.[1]
  if (head?.[8] !== 8 || (head[9] !== 2 && head[9] !== 6) || head[12] !== 0) throw new Error('not a picture of the kind a browser writes')
  const [width, height, size] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6 ? 4 : 3]
  const rows = inflateSync(Buffer.concat(all.filter(([type]) => type === 'IDAT').map(([, data]) => data)))
  const bytes = unfilter(rows, height, width * size, size)
  const pixels = Uint32Array.from({ length: width * height }, (_, n) => bytes.readUIntBE(n * size, 3))
  return { width, height, pixels }
}

const distance = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2

/** The most frequent colours that are not almost the same as one already taken. */
function paletteOf(pixels: Uint32Array): number[] {
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const palette: number[] = []
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (palette.length === COLOURS) break
    if (palette.every((taken) => distance(taken, colour) > 300)) palette.push(colour)
  }
  return palette
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

export function shrink(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png)
  const palette = paletteOf(pixels)
  const nearest = new Map<number, number>()
  const indexOf = (pixel: number): number => {
    const known = nearest.get(pixel)
    if (known !== undefined) return known
    const index = palette.reduce((best, colour, n) => (distance(colour, pixel) < distance(palette[best] ?? 0, pixel) ? n : best), 0)
    nearest.set(pixel, index)
    return index
  }
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf(pixels[y * width + x] ?? 0)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3], 8) // 8 bits, by palette
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    png.subarray(0, SIGNATURE),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
