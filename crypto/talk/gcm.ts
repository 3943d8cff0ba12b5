/** AES-256-GCM under a key that seals one thing once; see `KEY_AND_NONCE`. */
import type { Bytes } from '../bytes.ts'
import { type Opened, opened, refuse } from './refusal.ts'

const imported = (key: Bytes, usage: 'encrypt' | 'decrypt') => crypto.subtle.importKey('raw', key.slice(0, 32), 'AES-GCM', false, [usage])
const settings = (key: Bytes, additionalData: Bytes) => ({ name: 'AES-GCM', iv: key.slice(32), additionalData })

/** @returns `ciphertext ‖ tag (16)` */
export const sealOnce = async (key: Bytes, aad: Bytes, plain: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.encrypt(settings(key, aad), await imported(key, 'encrypt'), plain))

export async function openOnce(key: Bytes, aad: Bytes, sealed: Bytes): Promise<Opened<Bytes>> {
  const base = await imported(key, 'decrypt')
  try {
    return opened(new Uint8Array(await crypto.subtle.decrypt(settings(key, aad), base, sealed)))
  } catch {
    return refuse('forged')
  }
}
