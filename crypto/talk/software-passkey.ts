/**
 * A passkey without an authenticator, for the local desk and for tests: a key in memory that answers as a security key does. Only the
 * local build may hold it (`LOCAL`); a test looks for the sentence below in what is deployed.
 */
import { type Bytes, join, toBase64url, utf8 } from '../bytes.ts'
import type { Assertion } from './assertion.ts'
import { sign } from './sign.ts'

export const SOFTWARE_PASSKEY = 'stezhka: passkey of the local desk, not for production'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }
/** Present and verified. */
const FLAGS = 0x05

export type SoftwarePasskey = { spki: Bytes; answer(challenge: Bytes, origin: string, rpId: string): Promise<Assertion> }

export async function softwarePasskey(flags = FLAGS): Promise<SoftwarePasskey> {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])) as CryptoKeyPair
  const digest = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return {
    spki: new Uint8Array((await crypto.subtle.exportKey('spki', publicKey)) as ArrayBuffer),
    async answer(challenge, origin, rpId) {
      const clientData = utf8(JSON.stringify({ type: 'webauthn.get', challenge: toBase64url(challenge), origin, crossOrigin: false }))
      const authenticatorData = join(await digest(utf8(rpId)), Uint8Array.of(flags, 0, 0, 0, 0))
      const raw = await sign(privateKey, join(authenticatorData, await digest(clientData)))
      return { authenticatorData, clientData, signature: toDer(raw) }
    },
  }
}

/** `r ‖ s` as authenticators write it. */
export function toDer(raw: Uint8Array): Bytes {
  const numbers = [raw.subarray(0, 32), raw.subarray(32)].map((number) => {
    const from = number.findIndex((byte) => byte !== 0)
    const digits = from < 0 ? number.subarray(31) : number.subarray(from)
    const positive = (digits[0] ?? 0) > 127 ? join(Uint8Array.of(0), digits) : digits
    return join(Uint8Array.of(2, positive.length), positive)
  })
  const body = join(...numbers)
  return join(Uint8Array.of(0x30, body.length), body)
}
