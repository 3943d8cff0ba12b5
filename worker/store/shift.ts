/**
 * Shifts as long as they last: certificates for visitors, whether somebody takes new talks, and whether their desks are there. Described in
 * `schema/storage.md`.
 */
import type { EpochSeconds } from './no-answer.ts'

/** `code` stands in the row and is never reused. */
export const SHIFT_STATES = { working: 1, break: 2 } as const
export type ShiftState = keyof typeof SHIFT_STATES

/** So long a desk is believed to be there that gave no sign. It looks every three seconds. */
export const SHOWN_SECONDS = 60
/** A sign is written down only when the last one that was is this old: most looks of a desk write nothing. */
const RENEW_SECONDS = 20

/** `shownUntil`: the second from which nobody is sent to this shift any more, unless its desk gives a sign before. */
export type ShiftRow = {
  tag: Uint8Array<ArrayBuffer>
  state: ShiftState
  sealed: Uint8Array<ArrayBuffer>
  shownUntil: EpochSeconds
  expiresAt: EpochSeconds
}

type Stored = { tag: ArrayBuffer; state: number; sealed: ArrayBuffer; shown_until: number; expires_at: number }

const rowOf = ({ tag, state, sealed, shown_until, expires_at }: Stored): ShiftRow => ({
  tag: new Uint8Array(tag),
  state: state === SHIFT_STATES.break ? 'break' : 'working',
  sealed: new Uint8Array(sealed),
  shownUntil: shown_until,
  expiresAt: expires_at,
})

/** Begins a shift; the same again changes nothing. */
export async function insertShift(db: D1Database, { tag, state, sealed, shownUntil, expiresAt }: ShiftRow): Promise<void> {
  await db
    .prepare('INSERT INTO shift (tag, state, sealed, shown_until, expires_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING')
    .bind(tag, SHIFT_STATES[state], sealed, shownUntil, expiresAt)
    .run()
}

/** @param tags  today's name, then yesterday's */
export async function readShift(db: D1Database, tags: readonly Uint8Array[], now: EpochSeconds): Promise<ShiftRow | null> {
  const found = await db
    .prepare('SELECT * FROM shift WHERE tag IN (?1, ?2) AND expires_at > ?3 ORDER BY tag = ?1 DESC LIMIT 1')
    .bind(tags[0], tags[1] ?? tags[0], now)
    .first<Stored>()
  return found && rowOf(found)
}

/** Those whose desks are there. */
export async function shiftsNow(db: D1Database, now: EpochSeconds, limit: number): Promise<ShiftRow[]> {
  const { results } = await db
    .prepare('SELECT * FROM shift WHERE expires_at > ?1 AND shown_until > ?1 LIMIT ?2')
    .bind(now, limit)
    .all<Stored>()
  return results.map(rowOf)
}

/** A desk gave a sign. Never shortens; once or twice in the same seconds is the same. */
export async function showShift(db: D1Database, { tag, shownUntil }: ShiftRow, now: EpochSeconds): Promise<void> {
  if (shownUntil - now > SHOWN_SECONDS - RENEW_SECONDS) return
  await db
    .prepare('UPDATE shift SET shown_until = ?2 WHERE tag = ?1 AND shown_until < ?2 AND expires_at > ?3')
    .bind(tag, now + SHOWN_SECONDS, now)
    .run()
}

export async function setShift(
  db: D1Database,
  { tag, state, sealed }: Pick<ShiftRow, 'tag' | 'state' | 'sealed'>,
  now: EpochSeconds,
): Promise<void> {
  await db
    .prepare('UPDATE shift SET state = ?2, sealed = ?3 WHERE tag = ?1 AND expires_at > ?4')
    .bind(tag, SHIFT_STATES[state], sealed, now)
    .run()
}

export async function endShift(db: D1Database, tag: Uint8Array, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM shift WHERE tag = ?1 AND expires_at > ?2').bind(tag, now).run()
}

/** Housekeeping only: an expired row is never read. */
export async function sweepShifts(db: D1Database, now: EpochSeconds): Promise<void> {
  await db.prepare('DELETE FROM shift WHERE expires_at <= ?1').bind(now).run()
}
