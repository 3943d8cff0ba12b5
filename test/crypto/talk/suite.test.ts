/** The suite is RFC 9180's, known by its published vector and by a second implementation that understands it both ways. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { join, random } from '../../../crypto/bytes.ts'
import { boxKeysFrom, boxKeysOf, newBoxKeys, openBox, privateBytes, sealTo } from '../../../crypto/talk/suite.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

/** RFC 9180's test vectors (github.com/cfrg/draft-irtf-cfrg-hpke): mode 0, KEM 0x0010, KDF 0x0001, AEAD 0x0002, first encryption. */
const VECTOR = {
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  skRm: hex('317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2'),
  pkRm: hex(
    '04abc7e49a4c6b3566d77d0304addc6ed0e98512ffccf505e6a8e3eb25c685136f853148544876de76c0f2ef99cdc3a05ccf5ded7860c7c021238f9e2073d2356c',
  ),
  enc: hex(
    '04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0',
  ),
  aad: hex('436f756e742d30'),
  pt: hex('4265617574792069732074727574682c20747275746820626561757479'),
  ct: hex('58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f'),
}

const second = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const plain = (bytes: Uint8Array) => join(bytes).buffer
const piece = fc.uint8Array({ maxLength: 200 }).map((bytes) => join(bytes))

describe('the suite', () => {
  it('opens what RFC 9180 sealed', async () => {
    const keys = await boxKeysOf(VECTOR.skRm, VECTOR.pkRm)
    if (!keys.ok) throw new Error('the vector’s keys')
    expect(await openBox(keys.value, join(VECTOR.enc, VECTOR.ct), VECTOR.info, VECTOR.aad)).toEqual({ ok: true, value: VECTOR.pt })
  })

  it('is opened by another implementation', async () => {
    const pair = await second.kem.generateKeyPair()
    const publicBytes = new Uint8Array(await second.kem.serializePublicKey(pair.publicKey))
    await fc.assert(
      fc.asyncProperty(piece, piece, piece, async (text, info, aad) => {
        const box = await sealTo(publicBytes, text, info, aad)
        if (!box.ok) throw new Error(box.error.reason)
        const [enc, ct] = [box.value.slice(0, 65), box.value.slice(65)]
        const got = await second.open({ recipientKey: pair, enc: plain(enc), info: plain(info) }, plain(ct), plain(aad))
        expect(new Uint8Array(got)).toEqual(text)
      }),
      { numRuns: 100 },
    )
  })

  it('opens what another implementation sealed', async () => {
    const keys = await newBoxKeys()
    const recipientPublicKey = await second.kem.deserializePublicKey(plain(keys.publicBytes))
    await fc.assert(
      fc.asyncProperty(piece, piece, piece, async (text, info, aad) => {
        const sealed = await second.seal({ recipientPublicKey, info: plain(info) }, plain(text), plain(aad))
        const box = join(new Uint8Array(sealed.enc), new Uint8Array(sealed.ct))
        expect(await openBox(keys, box, info, aad)).toEqual({ ok: true, value: text })
      }),
      { numRuns: 100 },
    )
  })

  it('refuses another key, info, additional data, and every flipped bit', async () => {
    const [keys, others] = [await newBoxKeys(), await newBoxKeys()]
    const [text, info, aad] = [random(32), random(9), random(9)]
    const box = await sealTo(keys.publicBytes, text, info, aad)
    if (!box.ok) throw new Error(box.error.reason)
    const no = { ok: false, error: { reason: 'not-for-me' } }
    expect(await openBox(others, box.value, info, aad)).toEqual(no)
    expect(await openBox(keys, box.value, random(9), aad)).toEqual(no)
    expect(await openBox(keys, box.value, info, random(9))).toEqual(no)
    await fc.assert(
      fc.asyncProperty(fc.nat(box.value.length * 8 - 1), async (bit) => {
        const bent = box.value.slice()
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(await openBox(keys, bent, info, aad)).toEqual(no)
      }),
    )
  })

  it('refuses what is no public key', async () => {
    for (const bytes of [random(65), new Uint8Array(65), random(64), new Uint8Array(0)])
      expect(await sealTo(bytes, random(32), random(1))).toEqual({ ok: false, error: { reason: 'shape' } })
  })

  it('makes the same pair from the same seed, and finds a kept pair again', async () => {
    const seed = random(32)
    expect((await boxKeysFrom(seed)).publicBytes).toEqual((await boxKeysFrom(seed)).publicBytes)
    const keys = await newBoxKeys(true)
    const again = await boxKeysOf(await privateBytes(keys), keys.publicBytes)
    const box = await sealTo(keys.publicBytes, seed, random(1).fill(1))
    if (!again.ok || !box.ok) throw new Error('a kept pair')
    expect(await openBox(again.value, box.value, random(1).fill(1))).toEqual({ ok: true, value: seed })
  })
})
