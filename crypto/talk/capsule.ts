/**
 * What a visitor finds again with her code, and what a counsellor may leave for her there.
 *
 * Capsule: `version (1) ‖ suite (1) ‖ salt (16) ‖ sealed (8,208)`. It is written again after each message, always under the same code:
 * the salt makes each writing's key and nonce new.
 * Reply: `version (1) ‖ suite (1) ‖ encapsulated key (65) ‖ sealed (2,064 or 8,208)`.
 */
import { type Bytes, fromUtf8, join, random, utf8 } from '../bytes.ts'
import { openOnce, sealOnce } from './gcm.ts'
import { KEY_AND_NONCE, kdf, lp } from './kdf.ts'
import { pad, unpad } from './padding.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { type BoxKeys, openBox, sealTo } from './suite.ts'
import { PUBLIC_BYTES, read, write } from './wire.ts'

const SALT_BYTES = 16
const AAD = lp('h1 capsule')
export const CAPSULE_BYTES = 2 + SALT_BYTES + 8208
/** A text of a capsule, in bytes of UTF-8. */
export const LONGEST_CAPSULE = 8188

const keyFor = (secret: Bytes, salt: Bytes): Promise<Bytes> => kdf(secret, salt, 'h1 capsule', KEY_AND_NONCE)

/** @param secret  `CodeKeys.capsule`  @param text  what the page wants to find again; the page shortens it until it fits */
export async function sealCapsule(secret: Bytes, text: string): Promise<Opened<Bytes>> {
  const padded = pad(utf8(text), 8192)
  if (padded === null) return refuse('shape')
  const salt = random(SALT_BYTES)
  return opened(write(salt, await sealOnce(await keyFor(secret, salt), AAD, padded)))
}

export async function openCapsule(secret: Bytes, bytes: Uint8Array): Promise<Opened<string>> {
  const pieces = read(bytes, { salt: SALT_BYTES, sealed: 8208 })
  if (!pieces.ok) return pieces
  return textOf(await openOnce(await keyFor(secret, pieces.value.salt), AAD, pieces.value.sealed))
}

/** @param mailbox  the visitor's, told in a message  @param org  binds it to one organisation */
export async function sealReply(mailbox: Bytes, org: string, text: string): Promise<Opened<Bytes>> {
  const padded = pad(utf8(text), 2048)
  if (padded === null) return refuse('shape')
  const sealed = await sealTo(mailbox, padded, lp('h1 reply', org))
  return sealed.ok ? opened(write(sealed.value)) : sealed
}

export async function openReply(mailbox: BoxKeys, org: string, bytes: Uint8Array): Promise<Opened<string>> {
  const pieces = read(bytes, { enc: PUBLIC_BYTES, sealed: [2064, 8208] })
  if (!pieces.ok) return pieces
  return textOf(await openBox(mailbox, join(pieces.value.enc, pieces.value.sealed), lp('h1 reply', org)))
}

function textOf(padded: Opened<Bytes>): Opened<string> {
  const bytes = padded.ok ? unpad(padded.value) : padded
  if (!bytes.ok) return bytes
  const text = fromUtf8(bytes.value)
  return text === null ? refuse('shape') : opened(text)
}
