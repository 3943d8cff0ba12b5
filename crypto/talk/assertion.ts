/**
 * What an authenticator answers (WebAuthn assertion), checked without a library: it was asked on our desk, for our host, about this
 * challenge, with the person present and verified, and signed by one of the person's passkeys (ES256).
 *
 * Authenticator data: `SHA-256(rpId) (32) ‖ flags (1) ‖ counter (4) ‖ …`. Signed: `authenticator data ‖ SHA-256(client data)`.
 */
import { type Bytes, equal, join, toBase64url, utf8 } from '../bytes.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { json } from './roster.ts'
import { fromDer, verify } from './sign.ts'

export type Assertion = { authenticatorData: Bytes; clientData: Bytes; signature: Bytes }

/** User present, user verified. */
const FLAGS = 0x01 | 0x04
const FLAGS_AT = 32
const LEAST_BYTES = 37

const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

export type Expected = { challenge: Bytes; origin: string; rpId: string; passkeys: readonly Bytes[] }

export async function checkAssertion(assertion: Assertion, expected: Expected): Promise<Opened<true>> {
  const { authenticatorData, clientData, signature } = assertion
  const client = json(clientData)
  if (client === null || authenticatorData.length < LEAST_BYTES) return refuse('shape')
  if (client.type !== 'webauthn.get' || client.origin !== expected.origin || client.crossOrigin === true) return refuse('forged')
  if (!equal(authenticatorData.subarray(0, FLAGS_AT), await sha256(utf8(expected.rpId)))) return refuse('forged')
  if (((authenticatorData[FLAGS_AT] ?? 0) & FLAGS) !== FLAGS) return refuse('forged')
  if (client.challenge !== toBase64url(expected.challenge)) return refuse('forged')
  const raw = fromDer(signature)
  if (raw === null) return refuse('shape')
  const signed = join(authenticatorData, await sha256(clientData))
  for (const passkey of expected.passkeys) if (await verify(passkey, signed, raw)) return opened(true)
  return refuse('forged')
}
