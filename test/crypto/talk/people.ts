/** An organisation, its roster and its shifts, for tests: real keys, a passkey in software. */
import { type Bytes, random, toBase64url, utf8 } from '../../../crypto/bytes.ts'
import { type Certificate, challengeOf, writeCertificate } from '../../../crypto/talk/certificate.ts'
import { rosterSignedBytes, type SignedRoster, type Trust } from '../../../crypto/talk/roster.ts'
import type { SignedShift } from '../../../crypto/talk/shift.ts'
import { newSigningKeys, type SigningKeys, sign } from '../../../crypto/talk/sign.ts'
import { type SoftwarePasskey, softwarePasskey } from '../../../crypto/talk/software-passkey.ts'
import { type BoxKeys, newBoxKeys } from '../../../crypto/talk/suite.ts'

export const ORG = 'stezhka-test'
export const ORIGIN = 'https://desk.test'
export const RP_ID = 'desk.test'
/** Some second of 2026. */
export const NOW = 1_795_000_000

export type Person = { sid: string; passkey: SoftwarePasskey }
export type Desk = { shiftId: Bytes; box: BoxKeys; signing: SigningKeys; signed: SignedShift; certificate: Certificate }

export const person = async (sid: string, flags?: number): Promise<Person> => ({ sid, passkey: await softwarePasskey(flags) })

type Named = { sid: string; passkey: Pick<SoftwarePasskey, 'spki'> }

export const rosterText = (people: readonly Named[], more: Record<string, unknown> = {}) => ({
  v: 1,
  org: ORG,
  seq: 7,
  notBefore: NOW - 3600,
  notAfter: NOW + 20 * 24 * 3600,
  deskOrigin: ORIGIN,
  rpId: RP_ID,
  staff: people.map(({ sid, passkey }) => ({
    sid,
    role: 'counsellor',
    langs: ['uk', 'ru'],
    as: 'woman',
    passkeys: [toBase64url(passkey.spki)],
  })),
  revoked: [],
  ...more,
})

export async function signRoster(roster: unknown, roots: readonly SigningKeys[]): Promise<SignedRoster> {
  const bytes = utf8(JSON.stringify(roster))
  return { bytes, signatures: await Promise.all(roots.map(({ privateKey }) => sign(privateKey, rosterSignedBytes(bytes)))) }
}

export const trustIn = (roots: readonly SigningKeys[], more: Partial<Trust> = {}): Trust => ({
  org: ORG,
  roots: roots.map(({ publicBytes }) => publicBytes),
  needed: roots.length,
  floor: 7,
  ...more,
})

/** @param asked  where and for whom the passkey is asked, if not as it should be */
export async function startShift(
  who: Person,
  more: Partial<Certificate> = {},
  asked: { origin?: string; rpId?: string } = {},
): Promise<Desk> {
  const [box, signing, shiftId] = [await newBoxKeys(), await newSigningKeys(), random(16)]
  const certificate: Certificate = {
    ...{ org: ORG, sid: who.sid, shiftId, kemPub: box.publicBytes, sigPub: signing.publicBytes },
    ...{ notBefore: NOW - 60, notAfter: NOW + 8 * 3600, rosterSeq: 7 },
    ...more,
  }
  const bytes = writeCertificate(certificate)
  const assertion = await who.passkey.answer(await challengeOf(bytes), asked.origin ?? ORIGIN, asked.rpId ?? RP_ID)
  return { shiftId, box, signing, signed: { certificate: bytes, assertion }, certificate }
}

export const newRoot = (): Promise<SigningKeys> => newSigningKeys(true)
