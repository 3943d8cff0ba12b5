/** Numbers that may be used once: of signed calls, and of solved puzzles. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

/** Whether this number is used now for the first time. */
export async function isFirstUse(db: D1Database, tag: Uint8Array, seconds: number, now: EpochSeconds): Promise<boolean> {
  const { results } = await db
    .prepare('INSERT INTO used (tag, expires_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING RETURNING expires_at')
    .bind(tag, Math.ceil((now + seconds) / 300) * 300)
    .all()
  return results.length > 0
}

/** Housekeeping only: what it belongs to is refused by its own time long before. */
export async function sweepUsed(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM used WHERE expires_at <= ?1').bind(now).run()
}
