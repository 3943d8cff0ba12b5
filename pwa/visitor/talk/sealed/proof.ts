/** Proof of work, asked for only while many wait: tries numbers until one gives the key that was asked for. The format is `altcha-lib`'s. */
import { type Bytes, toBase64url, utf8 } from '../../../../crypto/bytes.ts'
import type { Challenge } from '../../../../schema/api.ts'

type Puzzle = { nonce: string; salt: string; cost: number; keyLength?: number; keyPrefix: string }

/** Far more than the server ever asks for. */
const MOST = 100_000

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const unhex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** @returns `proof` of an ask, or null for a challenge nobody can solve */
export async function solve(challenge: Challenge): Promise<string | null> {
  const { nonce, salt, cost, keyLength = 32, keyPrefix } = challenge.parameters as Puzzle
  const password = new Uint8Array([...unhex(nonce), 0, 0, 0, 0])
  const view = new DataView(password.buffer)
  for (let counter = 0; counter < MOST; counter += 1) {
    view.setUint32(password.length - 4, counter)
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt: unhex(salt), iterations: cost }
    const derivedKey = hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, keyLength * 8)))
    if (derivedKey.startsWith(keyPrefix)) return toBase64url(utf8(JSON.stringify({ challenge, solution: { counter, derivedKey } })))
  }
  return null
}
