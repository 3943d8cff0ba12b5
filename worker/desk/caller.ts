/**
 * Who calls from a desk: a shift, by its signature over this very call, once. There is no password, nothing the browser would send by itself, and
 * nothing in the database with which anybody could call in its name.
 */
import { type Bytes, fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { CALL_SECONDS, type Call, isCallOf, NONCE_BYTES } from '../../crypto/talk/desk-call.ts'
import type { Roster } from '../../crypto/talk/roster.ts'
import { SHIFT_BYTES, SIGNATURE_BYTES } from '../../crypto/talk/wire.ts'
import type { TalkConfig } from '../handoff/config.ts'
import { isTrusted, openRow, rosterNow, type Working } from '../handoff/people.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { readShift, showShift } from '../store/shift.ts'
import { isFirstUse } from '../store/used.ts'

/** `holder`: the row name of the shift, as talks know it. */
export type Caller = Working & { holder: string; roster: Roster }

export type Signed = Call & { shiftId: Bytes; signature: Bytes }

/** A number is remembered for longer than its time is believed, either way. */
const REMEMBERED_SECONDS = 2 * CALL_SECONDS + 60

/** `Authorization: Shift <shift>.<time>.<nonce>.<signature>`, bytes as base64url. */
export function readSigned(header: string | null, call: Pick<Call, 'method' | 'path' | 'body'>): Signed | null {
  const [, shift, time, nonce, signature] = /^Shift ([\w-]+)\.(\d{1,10})\.([\w-]+)\.([\w-]+)$/.exec(header ?? '') ?? []
  const [shiftId, nonceBytes, signatureBytes] = [shift, nonce, signature].map((text) => (text === undefined ? null : fromBase64url(text)))
  if (shiftId?.length !== SHIFT_BYTES || nonceBytes?.length !== NONCE_BYTES || signatureBytes?.length !== SIGNATURE_BYTES) return null
  return { ...call, time: Number(time), nonce: nonceBytes, shiftId, signature: signatureBytes }
}

/**
 * Whoever calls is there: that is what keeps a shift shown to visitors.
 *
 * @returns null for whoever is not on shift, whatever the reason
 */
export async function callerOf(config: TalkConfig, signed: Signed | null, now: EpochSeconds): Promise<Caller | null> {
  if (signed === null || Math.abs(now - signed.time) > CALL_SECONDS) return null
  const { db, rows } = config
  const [tags, used] = await Promise.all([
    rows.names('shift', signed.shiftId, now),
    rows.names('desk-call', `${toBase64url(signed.shiftId)} ${toBase64url(signed.nonce)}`, now),
  ])
  const [first] = used ?? []
  if (!tags || !first) return null
  const [row, roster] = await Promise.all([
    readShift(
      db,
      tags.map(({ tag }) => tag),
      now,
    ),
    rosterNow(config, now),
  ])
  const working = row && (await openRow(config, row, now))
  if (row === null || working === null || roster === null || !isTrusted(working.certificate, roster.roster)) return null
  if (now >= working.certificate.notAfter || !(await isCallOf(working.certificate.sigPub, signed, signed.signature))) return null
  // Last, so that only a shift can make it write anything.
  if (!(await isFirstUse(db, first.tag, REMEMBERED_SECONDS, now))) return null
  // A sign that could not be written down comes again with the next look.
  await showShift(db, row, now).catch(() => {})
  return { ...working, holder: toBase64url(working.name.tag), roster: roster.roster }
}
