/**
 * HPKE (RFC 9180) in the one way it is used here: base mode, single shot, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 * The only file that knows the library.
 */
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256, type KeyPair } from 'hpke'
import { type Bytes, join } from '../bytes.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { PUBLIC_BYTES } from './wire.ts'

const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

/** A pair for sealing to. `publicBytes` is the point as 65 bytes; the private half need not be readable. */
export type BoxKeys = { pair: KeyPair<CryptoKey>; publicBytes: Bytes }

const withBytes = async (pair: KeyPair<CryptoKey>): Promise<BoxKeys> => ({
  pair,
  publicBytes: join(await suite.SerializePublicKey(pair.publicKey)),
})

/** @param extractable  only for a key that must go into a capsule */
export const newBoxKeys = async (extractable = false): Promise<BoxKeys> => withBytes(await suite.GenerateKeyPair(extractable))

/** The same pair from the same 32 bytes, always. */
export const boxKeysFrom = async (seed: Bytes): Promise<BoxKeys> => withBytes(await suite.DeriveKeyPair(seed, false))

/** 32 bytes; only of keys that were made extractable. */
export const privateBytes = async ({ pair }: BoxKeys): Promise<Bytes> => join(await suite.SerializePrivateKey(pair.privateKey))

/** The pair of a capsule: its private half, which may go into the next capsule, and its public one. */
export async function boxKeysOf(secret: Bytes, publicBytes: Bytes): Promise<Opened<BoxKeys>> {
  try {
    const publicKey = await suite.DeserializePublicKey(publicBytes)
    return opened({ pair: { privateKey: await suite.DeserializePrivateKey(secret, true), publicKey }, publicBytes })
  } catch {
    return refuse('shape')
  }
}

/** @returns `encapsulated key (65) ‖ ciphertext ‖ tag (16)`, or a refusal of a key that is no point of the curve */
export async function sealTo(publicBytes: Bytes, plain: Bytes, info: Bytes, aad?: Bytes): Promise<Opened<Bytes>> {
  try {
    const key = await suite.DeserializePublicKey(publicBytes)
    const { encapsulatedSecret, ciphertext } = await suite.Seal(key, plain, { info, ...(aad && { aad }) })
    return opened(join(encapsulatedSecret, ciphertext))
  } catch {
    return refuse('shape')
  }
}

export async function openBox({ pair }: BoxKeys, box: Bytes, info: Bytes, aad?: Bytes): Promise<Opened<Bytes>> {
  const [enc, sealed] = [box.subarray(0, PUBLIC_BYTES), box.subarray(PUBLIC_BYTES)]
  try {
    return opened(join(await suite.Open(pair, enc, sealed, { info, ...(aad && { aad }) })))
  } catch {
    return refuse('not-for-me')
  }
}
