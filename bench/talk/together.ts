/** Many talks at once, each with a message every two seconds, now from one end, now from the other, beside the pages' own "are you there?". */
import { setTimeout as pause } from 'node:timers/promises'
import { PING_SECONDS, writeFrame } from '../../schema/line.ts'
import type { Pair } from '../../test/live/house.ts'

const EVERY_MS = 2000
/** What has not come so long after the last was sent is lost. */
const LATE_MS = 10_000

export type Together = { talks: number; seconds: number; sent: number; lost: number; disordered: number; refused: number; ms: number[] }

/** @param pairs  with open lines. Nothing is sent twice, so that what is lost shows. */
export async function together(pairs: readonly Pair[], seconds: number): Promise<Together> {
  const each = Math.floor((seconds * 1000) / EVERY_MS)
  const all = await Promise.all(pairs.map((pair) => talk(pair, each)))
  const sum = (of: (one: Spoken) => number): number => all.reduce((total, one) => total + of(one), 0)
  return {
    ...{ talks: pairs.length, seconds, sent: sum(({ sent }) => sent), lost: sum(({ sent, ms }) => sent - ms.length) },
    ...{ disordered: sum((one) => one.disordered), refused: sum((one) => one.refused) },
    ms: all.flatMap(({ ms }) => ms).sort((a, b) => a - b),
  }
}

type Spoken = { sent: number; disordered: number; refused: number; ms: number[] }

async function talk({ she, desk }: Pair, each: number): Promise<Spoken> {
  const spoken: Spoken = { sent: 0, disordered: 0, refused: 0, ms: [] }
  const dueAt: number[] = []
  for (const end of [she, desk]) {
    let last = -1
    end.onHeard = (text) => {
      const nth = Number(text.split(' ')[0])
      // From the moment it should have gone, so that a late timer is no gain.
      spoken.ms.push(performance.now() - (dueAt[nth] as number))
      if (nth < last) spoken.disordered += 1
      last = nth
    }
  }
  const beat = setInterval(() => {
    for (const end of [she, desk]) void end.give(writeFrame('who'))
  }, PING_SECONDS * 1000)
  const before = [she.frames.length, desk.frames.length]
  // Each begins at a moment of its own.
  const begun = performance.now() + Math.random() * EVERY_MS
  for (let nth = 0; nth < each; nth += 1) {
    const due = begun + nth * EVERY_MS
    await pause(Math.max(0, due - performance.now()))
    dueAt[nth] = due
    await (nth % 2 === 0 ? desk : she).say(`${nth} ${WORDS}`)
    spoken.sent += 1
  }
  for (const end = performance.now() + LATE_MS; spoken.ms.length < spoken.sent && performance.now() < end; ) await pause(20)
  clearInterval(beat)
  spoken.refused = [she, desk].reduce(
    (sum, end, at) => sum + end.frames.slice(before[at]).filter(({ kind }) => kind === 'refused').length,
    0,
  )
  return spoken
}

/** As long as a message often is. */
export const WORDS = 'я зараз у своїй кімнаті, двері зачинені, можу писати ще хвилин двадцять'
