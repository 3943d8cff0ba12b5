/**
 * One sealed row a chat: what typed words, commands and hiding need to know. Described in `schema/storage.md`.
 * Everything one update asks of the store goes there in one trip.
 */
import { codeOf, DEFAULT_HIDING, DUE_SQL, type Hiding, hidingOf, KEPT_SQL, keptSeconds } from './hiding.ts'
import { type EpochSeconds, noAnswer } from './no-answer.ts'
import { claim } from './seen-update.ts'

const MINUTE = 60

/** Whole minutes only: when exactly she was here is nobody's. */
const minuteOf = (now: EpochSeconds): EpochSeconds => Math.ceil(now / MINUTE) * MINUTE

export const expiryOf = (now: EpochSeconds, hiding: Hiding = DEFAULT_HIDING): EpochSeconds => minuteOf(now) + keptSeconds(hiding)

export type Row = { tag: Uint8Array; session: Uint8Array; leftover: Uint8Array | null; hiding: Hiding; expiresAt: EpochSeconds }

/** What becomes of a chat's row. `null` for `leftover` or `hiding` leaves the cell as it is; `instead` is the tag of yesterday, which the new row replaces; null when the day is too old for one. */
export type Write =
  | {
      kind: 'put'
      tag: Uint8Array
      session: Uint8Array
      leftover: Uint8Array | null
      hiding: Hiding | null
      instead: Uint8Array | null
    }
  | { kind: 'touch'; tags: Tags }
  | { kind: 'drop'; tags: Tags }

/** Today's tag of a chat, then yesterday's. */
export type Tags = readonly [Uint8Array, Uint8Array]

export type Trip = {
  /** Keyed hash of the update's number. */
  update: Uint8Array
  now: EpochSeconds
  read?: Tags | undefined
  write?: Write | undefined
  /** A service that did not answer, to be counted: it has nothing to do with the row. */
  silent?: number | undefined
}

/** @returns null when this update was taken before: then nothing was written. `row` is the chat's as it was before, if it was asked for. */
export async function takeUpdate(db: D1Database, { update, now, read, write, silent }: Trip): Promise<{ row: Row | null } | null> {
  // Nothing but reading and counting may stand between the claim and the writing: `changes()` there speaks of the claim.
  const reading = read ? [select(db, read, now)] : []
  const counting = silent === undefined ? [] : [noAnswer(db, silent, now, true)]
  const statements = [claim(db, update, now), ...reading, ...counting, ...(write ? written(db, write, now, true) : [])]
  const results = await db.batch<Stored>(statements)
  if ((results[0]?.results.length ?? 0) === 0) return null
  const found = read ? results[1]?.results[0] : undefined
  return { row: found ? rowOf(found) : null }
}

/** Once a message was sent, whose number nobody knew before. */
export async function writeChat(db: D1Database, write: Write, now: EpochSeconds): Promise<void> {
  await db.batch(written(db, write, now, false))
}

type Stored = {
  tag: ArrayBuffer | number[]
  session: ArrayBuffer | number[]
  leftover: ArrayBuffer | number[] | null
  hiding: number
  expires_at: number
}

const rowOf = ({ tag, session, leftover, hiding, expires_at }: Stored): Row => ({
  tag: new Uint8Array(tag),
  session: new Uint8Array(session),
  leftover: leftover === null ? null : new Uint8Array(leftover),
  hiding: hidingOf(hiding),
  expiresAt: expires_at,
})

/** The newer of the two, should there be two. */
const select = (db: D1Database, [today, yesterday]: Tags, now: EpochSeconds) =>
  db
    .prepare(
      'SELECT tag, session, leftover, hiding, expires_at FROM chat WHERE tag IN (?1, ?2) AND expires_at > ?3 ORDER BY expires_at DESC, tag = ?1 DESC LIMIT 1',
    )
    .bind(today, yesterday, now)

/** @param claimed only if the claim before took the update */
function written(db: D1Database, write: Write, now: EpochSeconds, claimed: boolean): D1PreparedStatement[] {
  const always = claimed ? 0 : 1
  if (write.kind === 'drop')
    return [
      db
        .prepare('DELETE FROM chat WHERE tag IN (?1, ?2) AND expires_at > ?3 AND (?4 = 1 OR changes() > 0)')
        .bind(...write.tags, now, always),
    ]
  if (write.kind === 'touch')
    return [
      db
        .prepare(`UPDATE chat SET expires_at = ?5 + ${KEPT_SQL} WHERE tag IN (?1, ?2) AND expires_at > ?3 AND (?4 = 1 OR changes() > 0)`)
        .bind(...write.tags, now, always, minuteOf(now)),
    ]
  return [
    db
      .prepare(
        `INSERT INTO chat (tag, session, leftover, hiding, expires_at)
         SELECT ?1, ?2, ?3, hiding, ?4 + ${KEPT_SQL} FROM (
           SELECT COALESCE(?7, (SELECT hiding FROM chat WHERE tag IN (?1, ?8) AND expires_at > ?5 ORDER BY expires_at DESC LIMIT 1), ?9) AS hiding
         ) WHERE ?6 = 1 OR changes() > 0
         ON CONFLICT (tag) DO UPDATE SET session = excluded.session, hiding = excluded.hiding, expires_at = excluded.expires_at,
           leftover = COALESCE(excluded.leftover, CASE WHEN chat.expires_at > ?5 THEN chat.leftover END)`,
      )
      .bind(
        ...[write.tag, write.session, write.leftover, minuteOf(now), now, always],
        ...[write.hiding && codeOf(write.hiding), write.instead, codeOf(DEFAULT_HIDING)],
      ),
    ...(write.instead === null
      ? []
      : [db.prepare('DELETE FROM chat WHERE tag = ?1 AND expires_at > ?2 AND changes() > 0').bind(write.instead, now)]),
  ]
}

/** Rows whose live message has been quiet as long as was chosen. */
export async function quietChats(db: D1Database, now: EpochSeconds, limit: number): Promise<Row[]> {
  const { results } = await db
    .prepare(
      `SELECT tag, session, leftover, hiding, expires_at FROM chat
       WHERE expires_at > ?1 AND expires_at <= ?1 + ${DUE_SQL} ORDER BY expires_at LIMIT ?2`,
    )
    .bind(now, limit)
    .all<Stored>()
  return results.map(rowOf)
}

/** Drops a row unless it was touched since it was read. */
export async function dropQuiet(db: D1Database, { tag, expiresAt }: Row, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM chat WHERE tag = ?1 AND expires_at > ?2 AND expires_at <= ?3').bind(tag, now, expiresAt).run()
}

/** Housekeeping only: an expired row is never read. */
export async function sweepChats(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM chat WHERE expires_at <= ?1').bind(now).run()
}
