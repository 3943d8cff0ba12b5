/** Who is there: the roster as it was signed, and the shifts of now. Public, the same for everybody. */
import { type Bytes, bytesOf, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { seal, unseal } from '../../crypto/seal.ts'
import { type Certificate, readCertificate } from '../../crypto/talk/certificate.ts'
import { openRoster, type Roster, readRoster, type SignedRoster } from '../../crypto/talk/roster.ts'
import { openShift, type SignedShift } from '../../crypto/talk/shift.ts'
import type { OnShift, SignedShift as ShiftText } from '../../schema/api.ts'
import { fail, ok, type Result } from '../../schema/result.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { keepRoster, newestRoster } from '../store/roster.ts'
import { insertShift, SHOWN_SECONDS, type ShiftRow, type ShiftState, setShift, shiftsNow } from '../store/shift.ts'
import { countTalks } from '../store/talk.ts'
import type { TalkConfig } from './config.ts'
import { MOST_HELD } from './handoff.ts'
import type { Name } from './rows.ts'

const TABLE = 'shift'
const MOST_SHIFTS = 64

/** As it lies in its row. `breakAt`: when the last break ended, or the shift began. */
export type KeptShift = { shift: ShiftText; breakAt: EpochSeconds }

export type Working = { name: Name; state: ShiftState; kept: KeptShift; certificate: Certificate }

type RosterText = { bytes: string; signatures: string[] }

/** The roster's seal needs no secret that dies: it is public, and only not to be read from a copy of the database. */
async function rosterKey({ trust }: TalkConfig): Promise<{ key: Bytes; row: { table: string; tag: Bytes; day: number } }> {
  const key = new Uint8Array(await crypto.subtle.digest('SHA-256', trust.roots[0] ?? new Uint8Array(0)))
  return { key, row: { table: 'roster', tag: utf8(trust.org), day: 0 } }
}

export async function rosterNow(config: TalkConfig, now: EpochSeconds): Promise<{ signed: RosterText; roster: Roster } | null> {
  const row = await newestRoster(config.db, now)
  if (row === null) return null
  const { key, row: name } = await rosterKey(config)
  const plain = await unseal(key, name, row.sealed)
  if (plain === null) return null
  const signed = JSON.parse(new TextDecoder().decode(plain)) as RosterText
  const roster = readRoster(bytesOf(signed.bytes))
  return roster.ok && roster.value.seq >= config.trust.floor ? { signed, roster: roster.value } : null
}

/** Takes a newer roster. Whoever brings it: the roots' signatures are all that counts. */
export async function publish(config: TalkConfig, text: RosterText, now: EpochSeconds): Promise<Result<number, string>> {
  const opened = await openRoster(signedRoster(text), config.trust, now)
  if (!opened.ok) return fail(opened.error.reason)
  const last = await newestRoster(config.db, now)
  if (last !== null && opened.value.seq < last.seq) return fail('replayed')
  const { key, row } = await rosterKey(config)
  await keepRoster(config.db, opened.value.seq, await seal(key, row, utf8(JSON.stringify(text))), opened.value.notAfter)
  return ok(opened.value.seq)
}

/** Begins a shift, or says why its person is not believed. */
export async function beginShift(config: TalkConfig, text: ShiftText, now: EpochSeconds): Promise<Result<Certificate, string>> {
  const roster = await rosterNow(config, now)
  if (roster === null) return fail('not-now')
  const opened = await openShift(signedShift(text), roster.roster, now)
  if (!opened.ok) return fail(opened.error.reason)
  const names = await config.rows.names(TABLE, opened.value.shiftId, now)
  const [name] = names ?? []
  if (!name) return fail('unavailable')
  const kept: KeptShift = { shift: text, breakAt: now }
  const row = {
    tag: name.tag,
    state: 'working' as const,
    sealed: await config.rows.seal(TABLE, name, kept),
    shownUntil: now + SHOWN_SECONDS,
    expiresAt: opened.value.notAfter,
  }
  await insertShift(config.db, row)
  return ok(opened.value)
}

/** The shifts of now, except those whose desk gives no sign any more or whose person the newest roster no longer knows. */
export async function shiftsOn(config: TalkConfig, roster: Roster, now: EpochSeconds): Promise<Working[]> {
  const rows = await shiftsNow(config.db, now, MOST_SHIFTS)
  const opened = await Promise.all(rows.map((row) => openRow(config, row, now)))
  return opened.filter((shift) => shift !== null).filter(({ certificate }) => isTrusted(certificate, roster))
}

export async function openRow({ rows }: TalkConfig, row: ShiftRow, now: EpochSeconds): Promise<Working | null> {
  const opened = await rows.openAny<KeptShift>(TABLE, row.tag, row.sealed, now)
  const certificate = opened && readCertificate(bytesOf(opened.value.shift.certificate))
  return opened && certificate?.ok ? { name: opened.name, state: row.state, kept: opened.value, certificate: certificate.value } : null
}

export const isTrusted = ({ sid, shiftId }: Certificate, { staff, revoked }: Roster): boolean =>
  staff.some((member) => member.sid === sid) && !revoked.some((name) => name === sid || name === toBase64url(shiftId))

export async function keepShift({ db, rows }: TalkConfig, { name, kept }: Working, state: ShiftState, now: EpochSeconds): Promise<void> {
  await setShift(db, { tag: name.tag, state, sealed: await rows.seal(TABLE, name, kept) }, now)
}

/** With what each can take now. `waiting`: how many ask. */
export async function onShift(config: TalkConfig, roster: Roster, now: EpochSeconds): Promise<{ shifts: OnShift[]; waiting: number }> {
  const [working, counts] = await Promise.all([shiftsOn(config, roster, now), countTalks(config.db, now)])
  const held = new Map(counts.held.map(({ holder, times }) => [toBase64url(holder), times]))
  const shifts = working.map(({ name, state, kept }): OnShift => {
    const has = held.get(toBase64url(name.tag)) ?? 0
    return { ...kept.shift, state: state === 'break' ? 'break' : has >= MOST_HELD ? 'full' : 'free' }
  })
  return { shifts, waiting: counts.waiting }
}

const signedRoster = ({ bytes, signatures }: RosterText): SignedRoster => ({ bytes: bytesOf(bytes), signatures: signatures.map(bytesOf) })

const signedShift = ({ certificate, authenticatorData, clientData, signature }: ShiftText): SignedShift => ({
  certificate: bytesOf(certificate),
  assertion: { authenticatorData: bytesOf(authenticatorData), clientData: bytesOf(clientData), signature: bytesOf(signature) },
})
