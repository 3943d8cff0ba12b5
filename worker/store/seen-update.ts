/** Which updates were taken: each is worked on once, however often it is delivered. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

/** Telegram keeps what it could not deliver for a day at most. */
const KEPT_SECONDS = 25 * 60 * 60

/** Answers with a row when this update is taken now for the first time, with none when it was taken before. */
export const claim = (db: D1Database, tag: Uint8Array, now: EpochSeconds): D1PreparedStatement =>
  db
    .prepare('INSERT INTO seen_update (tag, expires_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING RETURNING expires_at')
    .bind(tag, Math.ceil((now + KEPT_SECONDS) / 300) * 300)

/** Housekeeping only: nobody asks for an update again after a day. */
export async function sweepSeenUpdates(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM seen_update WHERE expires_at <= ?1').bind(now).run()
}
