/** The one-time link: what stands behind `#`, which no browser sends to anybody; or the same, pasted, which no history keeps. */
import { bytesOf, fromBase64url } from '../../crypto/bytes.ts'
import { json } from '../../crypto/talk/roster.ts'

/** `sid` and `notAfter` are only read here; whether a root signed it, the server says. */
export type Invitation = { bytes: string; signature: string; sid: string; notAfter: number }

/** Signed bytes and a signature of 64, base64url. */
const TOKEN = /([\w-]+)\.([\w-]{86})/

/**
 * @param text  the whole link or only its end, with whatever a message put around it or broke it with
 * @returns null for anything but an invitation
 */
export function readInvitation(text: string): Invitation | null {
  const [, bytes, signature] = TOKEN.exec(text.replace(/\s/g, '')) ?? []
  if (!bytes || !signature || !fromBase64url(signature)) return null
  const value = json(bytesOf(bytes))
  const { sid, notAfter } = value ?? {}
  return typeof sid === 'string' && typeof notAfter === 'number' ? { bytes, signature, sid, notAfter } : null
}
