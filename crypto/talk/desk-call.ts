/**
 * Each call of the desk is signed by its shift: what a thief of the database or of a log holds is worth nothing, and there is no cookie.
 * Signed: method, path, hash of the body, time and a number used once.
 */
import { type Bytes, utf8 } from '../bytes.ts'
import { lp } from './kdf.ts'
import { sign, verify } from './sign.ts'

export const NONCE_BYTES = 16
/** A desk's clock may be off by so much. */
export const CALL_SECONDS = 60

/** `time`: epoch seconds of the desk's clock. */
export type Call = { method: string; path: string; body: string; time: number; nonce: Bytes }

const signedBytes = async ({ method, path, body, time, nonce }: Call): Promise<Bytes> =>
  lp('h1 desk call', method, path, new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(body))), time, nonce)

export const signCall = async (key: CryptoKey, call: Call): Promise<Bytes> => sign(key, await signedBytes(call))

export const isCallOf = async (sigPub: Bytes, call: Call, signature: Bytes): Promise<boolean> =>
  verify(sigPub, await signedBytes(call), signature)
