/**
 * A shift's certificate: which keys one person of the roster uses for the next hours. Public JSON; it is the challenge that the person's
 * passkey answers (`assertion.ts`), so that no key of a person is kept anywhere but in an authenticator.
 */
import { type Bytes, fromBase64url, join, toBase64url, utf8 } from '../bytes.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { type EpochSeconds, isCount, isText, json } from './roster.ts'
import { PUBLIC_BYTES, SHIFT_BYTES } from './wire.ts'

export const LONGEST_SHIFT_SECONDS = 12 * 60 * 60

export type Certificate = {
  org: string
  sid: string
  /** 16 random bytes. */
  shiftId: Bytes
  /** Requests are sealed to it. */
  kemPub: Bytes
  /** Accepts, closings and each request of the desk are signed with it. */
  sigPub: Bytes
  notBefore: EpochSeconds
  notAfter: EpochSeconds
  rosterSeq: number
}

export function writeCertificate(certificate: Certificate): Bytes {
  const { org, sid, shiftId, kemPub, sigPub, notBefore, notAfter, rosterSeq } = certificate
  const named = { shiftId: toBase64url(shiftId), kemPub: toBase64url(kemPub), sigPub: toBase64url(sigPub) }
  return utf8(JSON.stringify({ v: 1, org, sid, ...named, notBefore, notAfter, rosterSeq }))
}

export function readCertificate(bytes: Bytes): Opened<Certificate> {
  const value = json(bytes)
  if (value?.v !== 1) return refuse(value === null ? 'shape' : 'version')
  const { org, sid, notBefore, notAfter, rosterSeq } = value
  if (!isText(org) || !isText(sid) || !isCount(notBefore) || !isCount(notAfter) || !isCount(rosterSeq)) return refuse('shape')
  const [shiftId, kemPub, sigPub] = [value.shiftId, value.kemPub, value.sigPub].map((key) => (isText(key) ? fromBase64url(key) : null))
  if (shiftId?.length !== SHIFT_BYTES || kemPub?.length !== PUBLIC_BYTES || sigPub?.length !== PUBLIC_BYTES) return refuse('shape')
  return opened({ org, sid, shiftId, kemPub, sigPub, notBefore, notAfter, rosterSeq })
}

/** What the passkey is asked to sign: `SHA-256("h1 shift" ‖ certificate)`. */
export const challengeOf = async (certificate: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', join(utf8('h1 shift'), certificate)))
