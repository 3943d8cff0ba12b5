/** Invitations that were used, with the passkeys made: a root collects them into the next roster. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

const KEPT_SECONDS = 72 * 60 * 60

/** @returns false when this invitation was used before */
export async function keepEnrolment(db: D1Database, tag: Uint8Array, sealed: Uint8Array, now: EpochSeconds): Promise<boolean> {
  const { results } = await db
    .prepare('INSERT INTO enrolment (tag, sealed, expires_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING RETURNING expires_at')
    .bind(tag, sealed, Math.floor((now + KEPT_SECONDS) / 300) * 300)
    .all()
  return results.length > 0
}

export async function enrolments(
  db: D1Database,
  now: EpochSeconds,
): Promise<{ tag: Uint8Array<ArrayBuffer>; sealed: Uint8Array<ArrayBuffer> }[]> {
  const { results } = await db
    .prepare('SELECT tag, sealed FROM enrolment WHERE expires_at > ?1 LIMIT 100')
    .bind(now)
    .all<{ tag: ArrayBuffer; sealed: ArrayBuffer }>()
  return results.map(({ tag, sealed }) => ({ tag: new Uint8Array(tag), sealed: new Uint8Array(sealed) }))
}

/** Housekeeping only: an expired row is never read. */
export async function sweepEnrolments(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM enrolment WHERE expires_at <= ?1').bind(now).run()
}
