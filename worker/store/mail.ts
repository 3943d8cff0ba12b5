/** Sealed frames on their way: at least once, until the other end says it has them. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

const MINUTE = 60
const KEPT_SECONDS = 30 * MINUTE

/** A frame's name within its talk. `direction`: 0 to the counsellor, 1 to the visitor. */
export type Place = { direction: number; epoch: number; n: number }

export type Mail = Place & { sealed: Uint8Array<ArrayBuffer> }

/** So many unread frames of one direction are kept; whoever sends more waits for the other end. */
export const MOST_UNREAD = 200

/**
 * Keeps a frame; the same one again only keeps it longer.
 *
 * @returns false when too many wait for the other end
 */
export async function keepMail(
  db: D1Database,
  talk: Uint8Array,
  { direction, epoch, n, sealed }: Mail,
  now: EpochSeconds,
): Promise<boolean> {
  const { results } = await db
    .prepare(
      `INSERT INTO mail (talk, direction, epoch, n, sealed, expires_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6
       WHERE (SELECT COUNT(*) FROM mail WHERE talk = ?1 AND direction = ?2 AND NOT (epoch = ?3 AND n = ?4) AND expires_at > ?7) < ?8
       ON CONFLICT DO UPDATE SET sealed = ?5, expires_at = ?6 RETURNING n`,
    )
    .bind(talk, direction, epoch, n, sealed, Math.ceil((now + KEPT_SECONDS) / 300) * 300, now, MOST_UNREAD)
    .all()
  return results.length > 0
}

/** What one end has not acknowledged, in order. */
export async function unread(db: D1Database, talk: Uint8Array, direction: number, now: EpochSeconds): Promise<Mail[]> {
  const { results } = await db
    .prepare('SELECT direction, epoch, n, sealed FROM mail WHERE talk = ?1 AND direction = ?2 AND expires_at > ?3 ORDER BY epoch, n')
    .bind(talk, direction, now)
    .all<Place & { sealed: ArrayBuffer }>()
  return results.map(({ sealed, ...place }) => ({ ...place, sealed: new Uint8Array(sealed) }))
}

/** The other end has everything up to this one, and all of earlier epochs. */
export async function dropRead(db: D1Database, talk: Uint8Array, { direction, epoch, n }: Place, now: EpochSeconds): Promise<void> {
  await db
    .prepare('DELETE FROM mail WHERE talk = ?1 AND direction = ?2 AND (epoch < ?3 OR (epoch = ?3 AND n <= ?4)) AND expires_at > ?5')
    .bind(talk, direction, epoch, n, now)
    .run()
}

/** @param direction  both when it is left out */
export async function dropMail(db: D1Database, talk: Uint8Array, now: EpochSeconds, direction?: number): Promise<void> {
  await db
    .prepare('DELETE FROM mail WHERE talk = ?1 AND (?2 < 0 OR direction = ?2) AND expires_at > ?3')
    .bind(talk, direction ?? -1, now)
    .run()
}

/** Housekeeping only: an expired row is never read. */
export async function sweepMail(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM mail WHERE expires_at <= ?1').bind(now).run()
}
