/** The one-time link: what stands behind `#`, which no browser sends to anybody. */
import { bytesOf, fromBase64url } from '../../crypto/bytes.ts'
import { json } from '../../crypto/talk/roster.ts'

/** `sid` and `notAfter` are only read here; whether a root signed it, the server says. */
export type Invitation = { bytes: string; signature: string; sid: string; notAfter: number }

/** @returns null for anything but an invitation */
export function readInvitation(hash: string): Invitation | null {
  const [bytes, signature] = hash.replace(/^#/, '').split('.')
  if (!bytes || !signature || !fromBase64url(signature)) return null
  const value = json(bytesOf(bytes))
  const { sid, notAfter } = value ?? {}
  return typeof sid === 'string' && typeof notAfter === 'number' ? { bytes, signature, sid, notAfter } : null
}
