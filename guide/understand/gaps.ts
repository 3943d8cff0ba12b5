/** Buckets in ascending order as gaps, one character each: how the edge's files say which they keep. */

export const FIRST = 33
/** A gap is one character from `!`; this one adds as many as the others can say, and goes on. */
export const MORE = 125
export const STEP = MORE - FIRST

export function bucketsIn(line: string): number[] {
  const buckets: number[] = []
  let bucket = -1
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    bucket += code === MORE ? STEP : code - FIRST + 1
    if (code !== MORE) buckets.push(bucket)
  }
  return buckets
}

const gap = (size: number): string => String.fromCharCode(MORE).repeat(Math.floor(size / STEP)) + String.fromCharCode(FIRST + (size % STEP))

/** What `bucketsIn` reads. */
export const gapsOf = (buckets: readonly number[]): string =>
  buckets.map((bucket, nth) => gap(bucket - (buckets[nth - 1] ?? -1) - 1)).join('')
