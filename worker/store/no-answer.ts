/** "It did not answer", counted by service and day. The table is described in `schema/storage.md`. */

/** Seconds since 1970. */
export type EpochSeconds = number

const DAY = 24 * 60 * 60
const KEPT_DAYS = 90

/** More than this a day tells nothing new, and nobody can fill the table. */
export const COUNTED_A_DAY = 50

const expiryOf = (now: EpochSeconds): EpochSeconds => (Math.floor(now / DAY) + 1 + KEPT_DAYS) * DAY

/** @param service small integer of `guide/content/codes.json`, already known to exist */
export async function countNoAnswer(db: D1Database, service: number, now: EpochSeconds): Promise<void> {
  await noAnswer(db, service, now, false).run()
}

/**
 * Changes one row whatever was counted before, so that `changes()` after it says the same as before it.
 *
 * @param claimed only if the statement before it in its batch changed something
 */
export const noAnswer = (db: D1Database, service: number, now: EpochSeconds, claimed: boolean): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO no_answer (service, times, expires_at) SELECT ?1, 1, ?2 WHERE ?5 = 1 OR changes() > 0
       ON CONFLICT (service, expires_at) DO UPDATE SET times = MIN(times + 1, ?3) WHERE expires_at > ?4`,
    )
    .bind(service, expiryOf(now), COUNTED_A_DAY, now, claimed ? 0 : 1)

/** Housekeeping only: an expired row is never read. */
export async function sweepNoAnswer(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM no_answer WHERE expires_at <= ?1').bind(now).run()
}
