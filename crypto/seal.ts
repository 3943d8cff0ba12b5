/**
 * A sealed blob: AES-256-GCM under a key of its own, derived from the day's wrapping key and the row's name.
 *
 * Layout: `version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. The row's name is bound in twice, in the key and as additional data,
 * so that a blob moved to another row, table or day opens nothing.
 */
import { type Bytes, join, utf8 } from './bytes.ts'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Which row a blob belongs to. */
export type RowName = { table: string; tag: Bytes; day: number }

const nameBytes = ({ table, tag, day }: RowName): Bytes => join(utf8(`${table}\0${day}\0`), tag)

/** A day's key as WebCrypto takes it, for as long as somebody holds its bytes. */
const bases = new WeakMap<Bytes, CryptoKey>()

async function keyFor(wrap: Bytes, row: RowName): Promise<CryptoKey> {
  const base = bases.get(wrap) ?? (await crypto.subtle.importKey('raw', wrap, 'HKDF', false, ['deriveKey']))
  bases.set(wrap, base)
  const info = join(utf8('row\0'), nameBytes(row))
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

export async function seal(wrap: Bytes, row: RowName, plain: Uint8Array): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const key = await keyFor(wrap, row)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: nameBytes(row) }, key, join(plain))
  return join(Uint8Array.of(VERSION), iv, new Uint8Array(sealed))
}

/** @returns null for whatever this key and row did not seal: to the caller the row is gone */
export async function unseal(wrap: Bytes, row: RowName, blob: Uint8Array): Promise<Bytes | null> {
  if (blob[0] !== VERSION || blob.length < 1 + NONCE_BYTES + TAG_BYTES) return null
  const iv = join(blob.subarray(1, 1 + NONCE_BYTES))
  const key = await keyFor(wrap, row)
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: nameBytes(row) },
      key,
      join(blob.subarray(1 + NONCE_BYTES)),
    )
    return new Uint8Array(plain)
  } catch {
    return null
  }
}
