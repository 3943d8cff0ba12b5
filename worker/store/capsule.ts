/** Capsules: what a visitor finds again with her code. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

/** A capsule's name and the proof of its code, both hashed under one day's long key. */
export type Names = { tag: Uint8Array; auth: Uint8Array }

/** After it was read it stays so long for the same reader, whose answer may have been lost. */
const READ_SECONDS = 10 * 60

/**
 * Keeps a capsule in place of the one before. Where another code's proof stands under this name nothing changes, and nobody is told.
 *
 * @param before  the names under the keys of days before: the capsule moves to today's
 */
export async function keepCapsule(
  db: D1Database,
  { tag, auth }: Names,
  sealed: Uint8Array,
  expiresAt: EpochSeconds,
  before: readonly Names[],
  now: EpochSeconds,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO capsule (tag, auth, reader, sealed, expires_at) VALUES (?1, ?2, NULL, ?3, ?4)
         ON CONFLICT (tag) DO UPDATE SET auth = ?2, reader = NULL, sealed = ?3, expires_at = ?4
         WHERE capsule.auth = ?2 OR capsule.expires_at <= ?5`,
      )
      .bind(tag, auth, sealed, expiresAt, now),
    ...before.map((names) => remove(db, names, now)),
  ])
}

/**
 * Gives a capsule to its first reader, and to the same one again.
 *
 * @param names  one for each day whose key lives
 * @returns which of the names it stood under, and its sealed text
 */
export async function readCapsule(
  db: D1Database,
  names: readonly Names[],
  reader: Uint8Array,
  now: EpochSeconds,
): Promise<{ at: number; sealed: Uint8Array<ArrayBuffer> } | null> {
  const results = await db.batch<{ sealed: ArrayBuffer }>(
    names.map(({ tag, auth }) =>
      db
        .prepare(
          `UPDATE capsule SET reader = ?3, expires_at = MIN(expires_at, ?5)
           WHERE tag = ?1 AND auth = ?2 AND (reader IS NULL OR reader = ?3) AND expires_at > ?4 RETURNING sealed`,
        )
        .bind(tag, auth, reader, now, Math.ceil((now + READ_SECONDS) / 300) * 300),
    ),
  )
  const at = results.findIndex((result) => result.results.length > 0)
  const found = results[at]?.results[0]
  return found ? { at, sealed: new Uint8Array(found.sealed) } : null
}

export async function dropCapsule(db: D1Database, names: readonly Names[], now: EpochSeconds): Promise<void> {
  await db.batch(names.map((one) => remove(db, one, now)))
}

const remove = (db: D1Database, { tag, auth }: Names, now: EpochSeconds): D1PreparedStatement =>
  db.prepare('DELETE FROM capsule WHERE tag = ?1 AND auth = ?2 AND expires_at > ?3').bind(tag, auth, now)

/** When a talk ends: its row knows the capsule by its name only. */
export async function dropCapsuleOf(db: D1Database, tag: Uint8Array, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM capsule WHERE tag = ?1 AND expires_at > ?2').bind(tag, now).run()
}

/** Housekeeping only: an expired row is never read. */
export async function sweepCapsules(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM capsule WHERE expires_at <= ?1').bind(now).run()
}
