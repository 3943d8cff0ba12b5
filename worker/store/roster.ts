/** The roster as the roots signed it: the newest counts. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

export async function keepRoster(db: D1Database, seq: number, sealed: Uint8Array, expiresAt: EpochSeconds): Promise<void> {
  await db
    .prepare('INSERT INTO roster (seq, sealed, expires_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING')
    .bind(seq, sealed, expiresAt)
    .run()
}

export async function newestRoster(db: D1Database, now: EpochSeconds): Promise<{ seq: number; sealed: Uint8Array<ArrayBuffer> } | null> {
  const row = await db
    .prepare('SELECT seq, sealed FROM roster WHERE expires_at > ?1 ORDER BY seq DESC LIMIT 1')
    .bind(now)
    .first<{ seq: number; sealed: ArrayBuffer }>()
  return row && { seq: row.seq, sealed: new Uint8Array(row.sealed) }
}

/** Housekeeping only: an expired row is never read, and an older one neither. */
export async function sweepRosters(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM roster WHERE expires_at <= ?1 OR seq < (SELECT MAX(seq) FROM roster WHERE expires_at > ?1)').bind(now).run()
}
