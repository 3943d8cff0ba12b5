/** Which requests a shift has looked at: each once, and only so many an hour. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

export const PEEKS_AN_HOUR = 8
const HOUR = 60 * 60

/** @returns false when this shift has looked at as many others as it may; looking again at the same is free */
export async function countPeek(db: D1Database, shift: Uint8Array, talk: Uint8Array, now: EpochSeconds): Promise<boolean> {
  const { results } = await db
    .prepare(
      `INSERT INTO peek (shift, talk, expires_at)
       SELECT ?1, ?2, ?3 WHERE (SELECT COUNT(*) FROM peek WHERE shift = ?1 AND talk <> ?2 AND expires_at > ?4) < ?5
       ON CONFLICT DO UPDATE SET expires_at = CASE WHEN peek.expires_at > ?4 THEN peek.expires_at ELSE ?3 END RETURNING expires_at`,
    )
    .bind(shift, talk, Math.ceil((now + HOUR) / 300) * 300, now, PEEKS_AN_HOUR)
    .all()
  return results.length > 0
}

/** The talks looked at within the hour, accepted ones among them. */
export async function peeksOf(db: D1Database, shift: Uint8Array, now: EpochSeconds): Promise<Uint8Array[]> {
  const { results } = await db
    .prepare('SELECT talk FROM peek WHERE shift = ?1 AND expires_at > ?2')
    .bind(shift, now)
    .all<{ talk: ArrayBuffer }>()
  return results.map(({ talk }) => new Uint8Array(talk))
}

/** A talk that was accepted was not looked at for nothing. */
export async function dropPeek(db: D1Database, shift: Uint8Array, talk: Uint8Array, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM peek WHERE shift = ?1 AND talk = ?2 AND expires_at > ?3').bind(shift, talk, now).run()
}

/** Housekeeping only: an expired row is never read. */
export async function sweepPeeks(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM peek WHERE expires_at <= ?1').bind(now).run()
}
