/** A root: the key that says who is a counsellor. One file that only its owner may read; in production on a machine without network, and on paper. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Bytes, fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { newSigningKeys, type SigningKeys } from '../../crypto/talk/sign.ts'

const KIND = 'stezhka root key, secret'

type Kept = { kind: string; public: string; private: string }

/** The message says what to do. */
export class RosterError extends Error {}

/** @throws RosterError when the file is there already: a root that was written over is gone for ever */
export async function makeRoot(path: string): Promise<SigningKeys> {
  if (existsSync(path)) throw new RosterError(`${path} is there already, and a root is never written over. Choose another file: --root …`)
  const keys = await newSigningKeys(true)
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const kept: Kept = { kind: KIND, public: toBase64url(keys.publicBytes), private: toBase64url(pkcs8) }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return keys
}

/** @throws RosterError when it is no root's file */
export async function readRoot(path: string): Promise<SigningKeys> {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept
    const [publicBytes, pkcs8] = [fromBase64url(kept.public), fromBase64url(kept.private)]
    if (kept.kind !== KIND || publicBytes?.length !== 65 || !pkcs8) throw new Error('another file')
    return { publicBytes, privateKey: await importRoot(pkcs8) }
  } catch {
    throw new RosterError(`${path} holds no root. Make one:  npm run roster -- new-root --root ${path}`)
  }
}

const importRoot = (pkcs8: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
