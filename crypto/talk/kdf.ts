/** Keys from keys: HKDF-SHA-256, and the two steps of a hash chain. */
import { type Bytes, join, u32, utf8 } from '../bytes.ts'

/** A key of AES-256-GCM with its nonce: `key (32) ‖ nonce (12)`. Made anew for each sealing, so that no nonce is ever used twice. */
export const KEY_AND_NONCE = 44

/** Every part behind its length in 2 bytes, so that no two lists of parts read the same. Numbers are 4 bytes. */
export function lp(...parts: readonly (string | number | Uint8Array)[]): Bytes {
  return join(
    ...parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? utf8(part) : typeof part === 'number' ? u32(part) : part
      if (bytes.length > 0xffff) throw new RangeError('a part longer than its length can say')
      return [Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes]
    }),
  )
}

export async function kdf(secret: Bytes, salt: Bytes, info: string, length = 32): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(info) }, key, length * 8))
}

/** `message key, next chain key = HMAC(chain, 1), HMAC(chain, 2)`: neither leads back to the chain it came from. */
export async function chainStep(chain: Bytes): Promise<{ message: Bytes; next: Bytes }> {
  const key = await crypto.subtle.importKey('raw', chain, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = async (step: number): Promise<Bytes> => new Uint8Array(await crypto.subtle.sign('HMAC', key, Uint8Array.of(step)))
  return { message: await mac(1), next: await mac(2) }
}
