/** How often something was tried within ten minutes, by a name that is a keyed hash. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

/** Counts run out at the end of a whole ten minutes of the clock, so that a row tells no finer time. */
export const TRIES_SECONDS = 10 * 60

export const triesEnd = (now: EpochSeconds): EpochSeconds => (Math.floor(now / TRIES_SECONDS) + 1) * TRIES_SECONDS

/** Counts one more. @returns how many it is */
export async function countTry(db: D1Database, tag: Uint8Array, now: EpochSeconds, most = 1_000_000): Promise<number> {
  const row = await db
    .prepare(
      `INSERT INTO tries (tag, times, expires_at) VALUES (?1, 1, ?2)
       ON CONFLICT (tag) DO UPDATE SET times = CASE WHEN tries.expires_at > ?3 THEN MIN(tries.times + 1, ?4) ELSE 1 END, expires_at = ?2
       RETURNING times`,
    )
    .bind(tag, triesEnd(now), now, most)
    .first<{ times: number }>()
  return row?.times ?? 1
}

export async function triesOf(db: D1Database, tag: Uint8Array, now: EpochSeconds): Promise<number> {
  const row = await db.prepare('SELECT times FROM tries WHERE tag = ?1 AND expires_at > ?2').bind(tag, now).first<{ times: number }>()
  return row?.times ?? 0
}

/** Housekeeping only: an expired count begins anew. */
export async function sweepTries(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM tries WHERE expires_at <= ?1').bind(now).run()
}
