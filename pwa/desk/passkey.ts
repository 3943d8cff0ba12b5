/**
 * The counsellor's authenticator: makes one passkey at enrolment, and answers one question at a time afterwards. The only file that knows
 * WebAuthn. Without an authenticator nobody gets in: there is no other way, in no build.
 */
import { type Bytes, fromUtf8, join, random, utf8 } from '../../crypto/bytes.ts'
import type { Assertion } from '../../crypto/talk/assertion.ts'

const ES256 = -7
const LONGEST_MS = 120_000

export const canPasskey = (): boolean => typeof PublicKeyCredential === 'function' && 'credentials' in navigator

/**
 * @param sid  the name in the roster; the authenticator keeps it, so that nobody types it later
 * @returns the public key (SubjectPublicKeyInfo); null when it was put off, or the authenticator has no such keys
 */
export async function createPasskey(sid: string, called: string): Promise<Bytes | null> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    rp: { id: location.hostname, name: called },
    user: { id: utf8(sid), name: sid, displayName: sid },
    challenge: random(32),
    pubKeyCredParams: [{ type: 'public-key', alg: ES256 }],
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
    timeout: LONGEST_MS,
  }
  try {
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null
    const spki = (made?.response as AuthenticatorAttestationResponse | undefined)?.getPublicKey()
    return spki ? new Uint8Array(spki) : null
  } catch {
    return null
  }
}

/** `sid`: whose passkey answered. */
export type Touch = { assertion: Assertion; sid: string | null }

/** @returns null when nobody touched it */
export async function touch(challenge: Bytes): Promise<Touch | null> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    rpId: location.hostname,
    challenge,
    userVerification: 'required',
    timeout: LONGEST_MS,
  }
  try {
    const got = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null
    if (got === null) return null
    const { authenticatorData, clientDataJSON, signature, userHandle } = got.response as AuthenticatorAssertionResponse
    const bytes = (buffer: ArrayBuffer): Bytes => join(new Uint8Array(buffer))
    return {
      assertion: { authenticatorData: bytes(authenticatorData), clientData: bytes(clientDataJSON), signature: bytes(signature) },
      sid: userHandle === null ? null : fromUtf8(bytes(userHandle)),
    }
  } catch {
    return null
  }
}
