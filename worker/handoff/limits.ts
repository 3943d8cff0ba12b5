/** Against floods and guessing, without keeping an address: counts of ten minutes under a keyed hash of its front. */

import type { EpochSeconds } from '../store/no-answer.ts'
import { countTry, triesEnd, triesOf } from '../store/tries.ts'
import type { Rows } from './rows.ts'

/** Asks for a person from one network. A shelter's whole house may sit behind one address. */
const MOST_ASKS = 30
/** Wrong codes from one network; the sixth waits. */
const MOST_WRONG = 5
/** Wrong codes from everywhere. */
const MOST_WRONG_ALL = 3000

type Counting = { db: D1Database; rows: Rows; now: EpochSeconds }

/** @returns seconds to wait; 0 when it may go on */
export async function countAsk({ db, rows, now }: Counting, network: string | null): Promise<number> {
  if (network === null) return 0
  const name = (await rows.names('ask', network, now))?.[0]
  return name && (await countTry(db, name.tag, now)) > MOST_ASKS ? triesEnd(now) - now : 0
}

/** Asked before a code is looked for, so that who guesses too often learns nothing at all. */
export async function waitForCode({ db, rows, now }: Counting, network: string | null): Promise<number> {
  const [mine, all] = await codeNames(rows, network, now)
  if (!mine || !all) return 0
  const [wrong, wrongAll] = await Promise.all([triesOf(db, mine, now), triesOf(db, all, now)])
  return wrong >= MOST_WRONG || wrongAll >= MOST_WRONG_ALL ? triesEnd(now) - now : 0
}

export async function countWrongCode({ db, rows, now }: Counting, network: string | null): Promise<void> {
  const [mine, all] = await codeNames(rows, network, now)
  if (mine && all) await Promise.all([countTry(db, mine, now), countTry(db, all, now)])
}

/** Who is behind no known network shares one count: on one machine that is everybody. */
async function codeNames(rows: Rows, network: string | null, now: EpochSeconds) {
  const names = await Promise.all([rows.names('wrong', network ?? '', now), rows.names('wrong-all', '', now)])
  return names.map((found) => found?.[0].tag ?? null)
}
