/** ECDSA over P-256 with SHA-256: what a shift signs with, and what passkeys and roots do. A signature is `r (32) ‖ s (32)`. */
import type { Bytes } from '../bytes.ts'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' }

/** `publicBytes` is the point as 65 bytes. */
export type SigningKeys = { privateKey: CryptoKey; publicBytes: Bytes }

/** @param extractable  only for a root, which must outlive the program that made it */
export async function newSigningKeys(extractable = false): Promise<SigningKeys> {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey(CURVE, extractable, ['sign', 'verify'])) as CryptoKeyPair
  return { privateKey, publicBytes: new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer) }
}

export const sign = async (key: CryptoKey, bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, bytes))

/** @param key  a point of 65 bytes, or SubjectPublicKeyInfo, as passkeys give it */
export async function verify(key: Bytes, bytes: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey(key.length === 65 ? 'raw' : 'spki', key, CURVE, false, ['verify'])
    return await crypto.subtle.verify(ALGORITHM, imported, signature, bytes)
  } catch {
    return false
  }
}

/**
 * What authenticators write, `SEQUENCE (INTEGER r, INTEGER s)` in DER, as the 64 bytes WebCrypto takes.
 *
 * @returns null for anything else, a longer or looser way to write the same included
 */
export function fromDer(der: Uint8Array): Bytes | null {
  const raw = new Uint8Array(64)
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null
  let at = 2
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0
    const number = der.subarray(at + 2, at + 2 + length)
    if (der[at] !== 2 || length === 0 || number.length !== length || (number[0] ?? 0) > 127) return null
    if (number[0] === 0 && length > 1 && (number[1] ?? 0) < 128) return null
    const digits = number[0] === 0 ? number.subarray(1) : number
    if (digits.length > 32) return null
    raw.set(digits, end - digits.length)
    at += 2 + length
  }
  return at === der.length ? raw : null
}
