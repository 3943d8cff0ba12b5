/** What counsellors left for somebody who may come back with a code. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

const KEPT_SECONDS = 72 * 60 * 60
/** More are not kept in one box. */
export const MOST_REPLIES = 4

export type Reply = { box: Uint8Array; tag: Uint8Array; sealed: Uint8Array }

/** @returns false when the box is full */
export async function keepReply(db: D1Database, { box, tag, sealed }: Reply, now: EpochSeconds): Promise<boolean> {
  const { results } = await db
    .prepare(
      `INSERT INTO reply (box, tag, sealed, expires_at)
       SELECT ?1, ?2, ?3, ?4 WHERE (SELECT COUNT(*) FROM reply WHERE box = ?1 AND tag <> ?2 AND expires_at > ?5) < ?6
       ON CONFLICT DO UPDATE SET expires_at = ?4 RETURNING expires_at`,
    )
    .bind(box, tag, sealed, Math.floor((now + KEPT_SECONDS) / 300) * 300, now, MOST_REPLIES)
    .all()
  return results.length > 0
}

/** @param boxes  one for each day whose key lives */
export async function repliesIn(
  db: D1Database,
  boxes: readonly Uint8Array[],
  now: EpochSeconds,
): Promise<{ at: number; tag: Uint8Array<ArrayBuffer>; sealed: Uint8Array<ArrayBuffer> }[]> {
  const results = await db.batch<{ tag: ArrayBuffer; sealed: ArrayBuffer }>(
    boxes.map((box) => db.prepare('SELECT tag, sealed FROM reply WHERE box = ?1 AND expires_at > ?2 ORDER BY expires_at').bind(box, now)),
  )
  return results.flatMap((result, at) =>
    result.results.map(({ tag, sealed }) => ({ at, tag: new Uint8Array(tag), sealed: new Uint8Array(sealed) })),
  )
}

/** Housekeeping only: an expired row is never read. */
export async function sweepReplies(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM reply WHERE expires_at <= ?1').bind(now).run()
}
