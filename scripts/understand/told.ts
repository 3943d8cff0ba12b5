/** What the net learns from: texts as words of buckets that are met often enough, each with its answers. */
import { NET_OUTPUTS } from '../../guide/understand/net.ts'
import type { Told } from './fit-net.ts'

/** Buckets that have vectors, in ascending order, and their rows. */
export type Rows = Map<number, number>
/** Buckets of a text, a word after the other; `starts`: where each word's begin, and the end. */
export type Spoken = { buckets: Int32Array; starts: Int32Array }

export function spokenOf(words: readonly (readonly number[])[]): Spoken {
  const starts = new Int32Array(words.length + 1)
  words.forEach((one, nth) => {
    starts[nth + 1] = (starts[nth] as number) + one.length
  })
  return { buckets: Int32Array.from(words.flat()), starts }
}

/** The buckets met most often, as many as there is room for; one met less than `least` times teaches only those texts. */
export function rowsOf(all: readonly Spoken[], room: number, least: number): Rows {
  const counts = new Map<number, number>()
  for (const { buckets } of all) for (const bucket of buckets) counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  const often = [...counts].filter(([, count]) => count >= least).sort(([a, one], [b, other]) => other - one || a - b)
  const kept = often.slice(0, room).map(([bucket]) => bucket)
  return new Map(kept.sort((a, b) => a - b).map((bucket, row) => [bucket, row]))
}

export function toldOf({ buckets, starts }: Spoken, rows: Rows, targets: Float32Array, weight: number): Told {
  const words = Array.from({ length: starts.length - 1 }, (_, word) =>
    Array.from(buckets.subarray(starts[word], starts[word + 1])).flatMap((bucket) => rows.get(bucket) ?? []),
  )
  const known = spokenOf(words)
  return { rows: known.buckets, starts: known.starts, targets: targets.subarray(0, NET_OUTPUTS), weight }
}
