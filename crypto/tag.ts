/** Keyed hashes: a row or a button known again by who has the key, and telling nothing to who has not. */
import { type Bytes, join, utf8 } from './bytes.ts'

/** Length of a row's tag. */
export const TAG_BYTES = 16

export const macKey = (key: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])

/** HMAC-SHA-256 of `purpose ‖ 0 ‖ text`, cut to its first bytes: one key serves several purposes without their hashes ever meeting. */
export async function tag(key: CryptoKey, purpose: string, text: string, length = TAG_BYTES): Promise<Bytes> {
  const full = await crypto.subtle.sign('HMAC', key, join(utf8(purpose), new Uint8Array(1), utf8(text)))
  return new Uint8Array(full.slice(0, length))
}

/** Nobody outside knows it, so nobody can choose a text for its hash. */
let blind: CryptoKey | undefined

/** Compares without telling by its time where two texts differ, or how long the right one is. */
export async function same(one: string, other: string): Promise<boolean> {
  blind ??= await macKey(crypto.getRandomValues(new Uint8Array(32)))
  const key = blind
  const [a, b] = await Promise.all([tag(key, 'same', one, 32), tag(key, 'same', other, 32)])
  let difference = 0
  for (let at = 0; at < a.length; at += 1) difference |= (a[at] ?? 0) ^ (b[at] ?? 0)
  return difference === 0
}
