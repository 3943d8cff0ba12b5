/**
 * The roster as people edit it, and as roots sign it. The draft is a file without secrets; signing gives it a number, its dates, and one
 * signature for each root, who may be in different places.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fromBase64url, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { readRoster, rosterSignedBytes } from '../../crypto/talk/roster.ts'
import { type SigningKeys, sign } from '../../crypto/talk/sign.ts'
import { RosterError } from './root.ts'

export type DraftMember = {
  sid: string
  role: 'counsellor' | 'supervisor'
  langs: string[]
  as: 'woman' | 'man' | null
  passkeys: string[]
}
export type Draft = { org: string; deskOrigin: string; seq: number; staff: DraftMember[]; revoked: string[] }

/** As `publish` takes it. */
export type SignedText = { bytes: string; signatures: string[] }

const DAY = 24 * 60 * 60
/** So much before now it is valid: clocks differ. */
const EARLIER = 5 * 60

export const emptyDraft = (org: string, deskOrigin: string): Draft => ({ org, deskOrigin, seq: 0, staff: [], revoked: [] })

/** @throws RosterError */
export function readDraft(path: string): Draft {
  if (!existsSync(path))
    throw new RosterError(`There is no ${path} yet. Begin one:  npm run roster -- add --sid c-1 --langs uk,ru --desk https://…`)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Draft
  } catch {
    throw new RosterError(`${path} cannot be read: it should be the JSON that "npm run roster" wrote.`)
  }
}

export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}

/** Adds a person, or changes what is known of one; a passkey is added to those there are. */
export function withMember(draft: Draft, { passkeys, ...member }: DraftMember): Draft {
  const before = draft.staff.find(({ sid }) => sid === member.sid)
  const changed = { ...member, passkeys: [...new Set([...(before?.passkeys ?? []), ...passkeys])] }
  return { ...draft, staff: [...draft.staff.filter(({ sid }) => sid !== member.sid), changed] }
}

/** Passkeys of invitations that were used, for people the draft knows. */
export function withPasskeys(draft: Draft, enrolled: readonly { sid: string; passkey: string }[]): { draft: Draft; added: number } {
  let added = 0
  const staff = draft.staff.map((member) => {
    const fresh = enrolled
      .filter(({ sid, passkey }) => sid === member.sid && !member.passkeys.includes(passkey))
      .map(({ passkey }) => passkey)
    added += fresh.length
    return fresh.length === 0 ? member : { ...member, passkeys: [...member.passkeys, ...fresh] }
  })
  return { draft: { ...draft, staff }, added }
}

/** A person, or one shift of somebody; in force with the next roster. */
export const withRevoked = (draft: Draft, name: string): Draft => ({ ...draft, revoked: [...new Set([...draft.revoked, name])] })

/** @param now  epoch seconds  @param days  30 at most */
export async function signDraft(draft: Draft, root: SigningKeys, now: number, days: number): Promise<{ draft: Draft; signed: SignedText }> {
  const { org, deskOrigin, staff, revoked } = draft
  const seq = draft.seq + 1
  const dates = { notBefore: now - EARLIER, notAfter: now - EARLIER + days * DAY }
  const text = JSON.stringify({ v: 1, org, seq, ...dates, deskOrigin, rpId: new URL(deskOrigin).hostname, staff, revoked })
  const checked = readRoster(utf8(text))
  if (!checked.ok) throw new RosterError('The draft is no roster: look at its people, languages and passkeys.')
  return { draft: { ...draft, seq }, signed: await countersign({ bytes: toBase64url(utf8(text)), signatures: [] }, root) }
}

/** The signature of one more root, under the very same bytes. */
export async function countersign(signed: SignedText, root: SigningKeys): Promise<SignedText> {
  const bytes = fromBase64url(signed.bytes)
  if (bytes === null) throw new RosterError('This is no signed roster.')
  return { ...signed, signatures: [...signed.signatures, toBase64url(await sign(root.privateKey, rosterSignedBytes(bytes)))] }
}
