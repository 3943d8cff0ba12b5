/**
 * Who may be a counsellor: public JSON, signed by the organisation's roots, which are kept offline and whose public halves are part of the
 * build. What is checked are the bytes as they were signed; nobody writes them anew.
 */
import { type Bytes, fromBase64url, fromUtf8, join, utf8 } from '../bytes.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { verify } from './sign.ts'

/** Seconds since 1970. */
export type EpochSeconds = number

export const LONGEST_ROSTER_SECONDS = 30 * 24 * 60 * 60

export type Role = 'counsellor' | 'supervisor'

/** `sid` is a name of the roster only. `passkeys` are SubjectPublicKeyInfo. */
export type Member = { sid: string; role: Role; langs: string[]; as: 'woman' | 'man' | null; passkeys: Bytes[] }

export type Roster = {
  org: string
  seq: number
  notBefore: EpochSeconds
  notAfter: EpochSeconds
  deskOrigin: string
  rpId: string
  staff: Member[]
  /** Names of people and of shifts (base64url), both. */
  revoked: string[]
}

/** As it travels: `bytes` is the JSON, `signatures` are of different roots. */
export type SignedRoster = { bytes: Bytes; signatures: Bytes[] }

/**
 * What a build believes. `roots`: 65 bytes each. `needed`: how many of them must have signed, two in production. `floor`: no older roster
 * is taken.
 */
export type Trust = { org: string; roots: Bytes[]; needed: number; floor: number }

export const rosterSignedBytes = (bytes: Bytes): Bytes => join(utf8('h1 roster\0'), bytes)

/** @param now  the later of the phone's clock and the server's: a wrong clock may never prolong anything */
export async function openRoster({ bytes, signatures }: SignedRoster, trust: Trust, now: EpochSeconds): Promise<Opened<Roster>> {
  const signed = rosterSignedBytes(bytes)
  let held = 0
  for (const root of trust.roots) {
    const answers = await Promise.all(signatures.map((signature) => verify(root, signed, signature)))
    if (answers.includes(true)) held += 1
  }
  if (trust.needed < 1 || held < trust.needed) return refuse('forged')
  const roster = readRoster(bytes)
  if (!roster.ok) return roster
  const { org, seq, notBefore, notAfter } = roster.value
  if (org !== trust.org || seq < trust.floor) return refuse('replayed')
  if (!holds(notBefore, notAfter, now, LONGEST_ROSTER_SECONDS)) return refuse('not-now')
  return roster
}

/** `notBefore <= now < notAfter`, and no longer than it may be. */
export const holds = (notBefore: EpochSeconds, notAfter: EpochSeconds, now: EpochSeconds, longest: number): boolean =>
  notBefore <= now && now < notAfter && notAfter - notBefore <= longest

/** What a root is about to sign, or what it signed. */
export function readRoster(bytes: Bytes): Opened<Roster> {
  const value = json(bytes)
  if (value?.v !== 1) return refuse(value === null ? 'shape' : 'version')
  const { org, seq, notBefore, notAfter, deskOrigin, rpId, staff, revoked } = value
  if (![org, deskOrigin, rpId].every(isText) || ![seq, notBefore, notAfter].every(isCount)) return refuse('shape')
  if (!Array.isArray(staff) || !isTexts(revoked)) return refuse('shape')
  const members = staff.map(member)
  if (members.includes(null)) return refuse('shape')
  return opened({ org, seq, notBefore, notAfter, deskOrigin, rpId, staff: members, revoked } as Roster)
}

function member(value: unknown): Member | null {
  const { sid, role, langs, as, passkeys } = (value ?? {}) as Record<string, unknown>
  if (!isText(sid) || (role !== 'counsellor' && role !== 'supervisor') || !isTexts(langs) || !isTexts(passkeys)) return null
  const keys = passkeys.map(fromBase64url)
  if (keys.includes(null)) return null
  return { sid, role, langs, as: as === 'woman' || as === 'man' ? as : null, passkeys: keys as Bytes[] }
}

/** An object that bytes of JSON hold. */
export function json(bytes: Bytes): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes) ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
