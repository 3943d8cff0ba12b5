/** One row a sealed talk. Only the state, the holder and the expiry can be asked about; the rest is sealed. Described in `schema/storage.md`. */
import type { EpochSeconds } from './no-answer.ts'

/** `code` stands in the row and is never reused. */
export const STATES = { waiting: 1, handed: 2, joined: 3, ended: 4 } as const
export type State = keyof typeof STATES

const nameOf = (code: number): State => (Object.keys(STATES) as State[]).find((name) => STATES[name] === code) ?? 'ended'

export type Row = {
  tag: Uint8Array<ArrayBuffer>
  state: State
  /** Goes up with every change; a change is written only over the version it was made from. */
  version: number
  /** Keyed hash of the shift that has the talk. */
  holder: Uint8Array<ArrayBuffer> | null
  sealed: Uint8Array<ArrayBuffer>
  expiresAt: EpochSeconds
}

/** Today's name of a talk, then yesterday's. */
export type Tags = readonly Uint8Array[]

type Stored = { tag: ArrayBuffer; state: number; version: number; holder: ArrayBuffer | null; sealed: ArrayBuffer; expires_at: number }

const rowOf = ({ tag, state, version, holder, sealed, expires_at }: Stored): Row => ({
  tag: new Uint8Array(tag),
  state: nameOf(state),
  version,
  holder: holder && new Uint8Array(holder),
  sealed: new Uint8Array(sealed),
  expiresAt: expires_at,
})

/**
 * Begins a talk unless it is there already, or so many wait that no more are taken.
 *
 * @returns false in both cases; reading tells which
 */
export async function insertTalk(db: D1Database, row: Omit<Row, 'version' | 'holder'>, now: EpochSeconds, most: number): Promise<boolean> {
  const { results } = await db
    .prepare(
      `INSERT INTO talk (tag, state, version, holder, sealed, expires_at)
       SELECT ?1, ?2, 1, NULL, ?3, ?4 WHERE (SELECT COUNT(*) FROM talk WHERE state = ?2 AND expires_at > ?5) < ?6
       ON CONFLICT (tag) DO UPDATE SET state = ?2, version = version + 1, holder = NULL, sealed = ?3, expires_at = ?4 WHERE talk.expires_at <= ?5
       RETURNING version`,
    )
    .bind(row.tag, STATES[row.state], row.sealed, row.expiresAt, now, most)
    .all()
  return results.length > 0
}

export async function readTalk(db: D1Database, tags: Tags, now: EpochSeconds): Promise<Row | null> {
  const found = await db
    .prepare('SELECT * FROM talk WHERE tag IN (?1, ?2) AND expires_at > ?3 ORDER BY tag = ?1 DESC LIMIT 1')
    .bind(tags[0], tags[1] ?? tags[0], now)
    .first<Stored>()
  return found && rowOf(found)
}

/**
 * Writes a change over the version it was made from.
 *
 * @param most  so many talks may its holder have with this one
 * @returns false when somebody else was quicker, the row expired, or its holder has enough; reading tells which
 */
export async function writeTalk(db: D1Database, row: Row, now: EpochSeconds, most: number): Promise<boolean> {
  const { results } = await db
    .prepare(
      `UPDATE talk SET state = ?3, holder = ?4, sealed = ?5, version = version + 1, expires_at = ?6
       WHERE tag = ?1 AND version = ?2 AND expires_at > ?7
         AND (?4 IS NULL OR (SELECT COUNT(*) FROM talk WHERE holder = ?4 AND tag <> ?1 AND state IN (2, 3) AND expires_at > ?7) < ?8)
       RETURNING version`,
    )
    .bind(row.tag, row.version, STATES[row.state], row.holder, row.sealed, row.expiresAt, now, most)
    .all()
  return results.length > 0
}

/** Prolongs a talk that has not ended; never shortens. */
export async function touchTalk(db: D1Database, tag: Uint8Array, expiresAt: EpochSeconds, now: EpochSeconds): Promise<void> {
  await db
    .prepare('UPDATE talk SET expires_at = ?2 WHERE tag = ?1 AND state < 4 AND expires_at > ?3 AND expires_at <= ?2')
    .bind(tag, expiresAt, now)
    .run()
}

/** Those that wait, or were handed to somebody who has not yet accepted. */
export async function openTalks(db: D1Database, now: EpochSeconds, limit: number): Promise<Row[]> {
  const { results } = await db
    .prepare('SELECT * FROM talk WHERE state IN (1, 2) AND expires_at > ?1 LIMIT ?2')
    .bind(now, limit)
    .all<Stored>()
  return results.map(rowOf)
}

export async function heldTalks(db: D1Database, holder: Uint8Array, now: EpochSeconds): Promise<Row[]> {
  const { results } = await db
    .prepare('SELECT * FROM talk WHERE holder = ?1 AND state IN (2, 3) AND expires_at > ?2')
    .bind(holder, now)
    .all<Stored>()
  return results.map(rowOf)
}

/** How many wait, and how many each shift has, by its holder's hash in base64. */
export async function countTalks(
  db: D1Database,
  now: EpochSeconds,
): Promise<{ waiting: number; held: { holder: Uint8Array; times: number }[] }> {
  const { results } = await db
    .prepare(
      'SELECT state = 1 AS waits, holder, COUNT(*) AS times FROM talk WHERE state < 4 AND expires_at > ?1 GROUP BY state = 1, holder',
    )
    .bind(now)
    .all<{ waits: number; holder: ArrayBuffer | null; times: number }>()
  const held = results.flatMap(({ holder, times }) => (holder === null ? [] : [{ holder: new Uint8Array(holder), times }]))
  return { waiting: results.reduce((sum, { waits, times }) => sum + (waits ? times : 0), 0), held }
}

/** Housekeeping only: an expired row is never read. */
export async function sweepTalks(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM talk WHERE expires_at <= ?1').bind(now).run()
}
