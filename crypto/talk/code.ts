/**
 * The return code: 16 digits in a head or on paper, from which everything else comes, and nothing leads back.
 *
 * 10^16 codes and 600,000 rounds for each guess; the server slows guessing further, and what it keeps is found only with the day's key.
 * PBKDF2 because every browser has it; a slower hash would need WebAssembly, which the page's policy forbids.
 */
import { type Bytes, random, readU32, utf8 } from '../bytes.ts'
import { kdf } from './kdf.ts'
import { type BoxKeys, boxKeysFrom } from './suite.ts'

export const CODE_DIGITS = 16
const ROUNDS = 600_000

/** Digits nobody can foresee, each as likely as the others. */
export function newCode(): string {
  let code = ''
  while (code.length < CODE_DIGITS) {
    const value = readU32(random(4))
    // 4,000,000,000 is the highest multiple of ten thousand below 2^32: what is above would make some digits likelier.
    if (value < 4_000_000_000) code += String(value % 10_000).padStart(4, '0')
  }
  return code
}

/** @returns the 16 digits of what was typed, whatever stands between them; null when they are not 16 */
export function readCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/\D/g, '')
  return digits.length === CODE_DIGITS ? digits : null
}

/**
 * `locator` (16): where the capsule lies. `auth` (32): proves the code to the server, which keeps only a keyed hash of it. `capsule` (32):
 * opens the capsule. `box` (16) and `mailbox`: where a counsellor leaves an answer, and the key that opens it.
 */
export type CodeKeys = { locator: Bytes; auth: Bytes; capsule: Bytes; box: Bytes; mailbox: BoxKeys }

/** Takes a quarter of a second, and more on a cheap phone. */
export async function codeKeys(code: string, org: string): Promise<CodeKeys> {
  const base = await crypto.subtle.importKey('raw', utf8(code), 'PBKDF2', false, ['deriveBits'])
  const salt = utf8(`h1 receipt ${org}`)
  const prk = new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', iterations: ROUNDS, salt }, base, 256))
  const part = (label: string, length = 32): Promise<Bytes> => kdf(prk, new Uint8Array(0), label, length)
  const [locator, auth, capsule, box, seed] = await Promise.all([
    part('loc', 16),
    part('auth'),
    part('capsule'),
    part('box', 16),
    part('mbox'),
  ])
  prk.fill(0)
  return { locator, auth, capsule, box, mailbox: await boxKeysFrom(seed) }
}
