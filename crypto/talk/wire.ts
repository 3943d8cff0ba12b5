/**
 * Binary layouts of the talk. Everything on the wire begins `version (1) ‖ suite (1)` and goes on with pieces of fixed length; only the
 * last may have one of a few lengths. So there is nothing to parse, and nothing of what was said shows in a length.
 */
import { type Bytes, join } from '../bytes.ts'
import { type Opened, opened, refuse } from './refusal.ts'

export const VERSION = 1
/** DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; ECDSA P-256 with SHA-256. */
export const SUITE = 1

export const CASE_BYTES = 16
export const SHIFT_BYTES = 16
export const PUBLIC_BYTES = 65
export const SIGNATURE_BYTES = 64
const TAG_BYTES = 16
/** An HPKE box of 32 bytes: `encapsulated key (65) ‖ ciphertext (48)`. */
export const BOX_BYTES = PUBLIC_BYTES + 32 + TAG_BYTES

/** A piece's length, or the lengths that the last piece may have. */
type Length = number | readonly number[]

export const write = (...pieces: readonly Uint8Array[]): Bytes => join(Uint8Array.of(VERSION, SUITE), ...pieces)

/** Cuts what `write` joined. An unknown version or suite is told apart, so that an old page can say "load me anew". */
export function read<Name extends string>(bytes: Uint8Array, layout: Record<Name, Length>): Opened<Record<Name, Bytes>> {
  if (bytes.length < 2) return refuse('shape')
  if (bytes[0] !== VERSION) return refuse('version')
  if (bytes[1] !== SUITE) return refuse('suite')
  const pieces = {} as Record<Name, Bytes>
  let at = 2
  for (const [name, length] of Object.entries(layout) as [Name, Length][]) {
    const taken = typeof length === 'number' ? length : bytes.length - at
    if (typeof length !== 'number' && !length.includes(taken)) return refuse('shape')
    if (at + taken > bytes.length) return refuse('shape')
    pieces[name] = join(bytes.subarray(at, at + taken))
    at += taken
  }
  return at === bytes.length ? opened(pieces) : refuse('shape')
}
