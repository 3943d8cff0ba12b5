/** What is sealed opens only for its own key, row and day. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64url, join, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { dayOf, ringFromJson } from '../../crypto/keyring.ts'
import { type RowName, seal, unseal } from '../../crypto/seal.ts'
import { macKey, same, tag } from '../../crypto/tag.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)
const row: RowName = { table: 'chat', tag: new Uint8Array(16).fill(7), day: 20_779 }

describe('a sealed blob', () => {
  it('opens to what was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (plain) => {
        const blob = await seal(key(1), row, plain)
        expect(blob.length).toBe(1 + 12 + plain.length + 16)
        expect(blob[0]).toBe(1)
        expect(await unseal(key(1), row, blob)).toEqual(new Uint8Array(plain))
      }),
    )
  })

  it('never looks the same twice', async () => {
    const blobs = await Promise.all(Array.from({ length: 50 }, () => seal(key(1), row, utf8('same'))))
    expect(new Set(blobs.map(toBase64url)).size).toBe(50)
  })

  it.each<[string, number, Partial<RowName>]>([
    ['another key', 2, {}],
    ['another table', 1, { table: 'chat.leftover' }],
    ['another row', 1, { tag: new Uint8Array(16).fill(8) }],
    ['another day', 1, { day: 20_780 }],
  ])('is gone with %s', async (_what, fill, other) => {
    const blob = await seal(key(1), row, utf8('secret'))
    expect(await unseal(key(fill), { ...row, ...other }, blob)).toBeNull()
  })

  it('changed in one bit, cut or lengthened it opens nothing', async () => {
    const blob = await seal(key(1), row, utf8('a secret of some length'))
    for (let at = 0; at < blob.length; at += 1) {
      const changed = join(blob)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(await unseal(key(1), row, changed), String(at)).toBeNull()
      expect(await unseal(key(1), row, blob.subarray(0, at)), String(at)).toBeNull()
    }
    expect(await unseal(key(1), row, join(blob, new Uint8Array(1)))).toBeNull()
  })

  it('opens what was sealed before: a known blob', async () => {
    const blob = fromBase64url('AeJwFIuL3gCSIM0rfu86pxB32LAeD0bZOhbGEv_jhRwn0-qQRTxxhR4')
    expect(blob && new TextDecoder().decode((await unseal(key(1), row, blob)) ?? new Uint8Array())).toBe('стежка')
  })
})

describe('a tag', () => {
  it('is HMAC-SHA-256 of purpose, zero and text, cut', async () => {
    const made = await tag(await macKey(utf8('key')), 'tg', '5', 16)
    const { createHmac } = await import('node:crypto')
    expect(made).toEqual(new Uint8Array(createHmac('sha256', 'key').update('tg\x005').digest().subarray(0, 16)))
  })

  it('differs by key, purpose and text', async () => {
    const [a, b] = await Promise.all([macKey(key(1)), macKey(key(2))])
    const all = await Promise.all([tag(a, 'tg', '1'), tag(b, 'tg', '1'), tag(a, 'update', '1'), tag(a, 'tg', '2')])
    expect(new Set(all.map(toBase64url)).size).toBe(4)
  })
})

it('texts are the same or not, whatever their lengths', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (one, other) => {
      expect(await same(one, other)).toBe(one === other)
    }),
  )
  expect(await same('x'.repeat(1000), 'x'.repeat(1000))).toBe(true)
})

it('base64url comes back, and nothing else is read as it', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64url(toBase64url(bytes))).toEqual(new Uint8Array(bytes))
    }),
  )
  for (const text of ['a', 'a+b=', 'ж', 'ab c']) expect(fromBase64url(text)).toBeNull()
})

describe('the ring of keys', () => {
  const good = { id: toBase64url(key(1)), wrap: toBase64url(key(2)) }

  it('gives the keys of a day, and nothing for a day without', async () => {
    const ring = ringFromJson(JSON.stringify({ 20779: good }))
    expect(await ring?.keysFor(20_779)).toEqual({ id: key(1), wrap: key(2) })
    expect(await ring?.keysFor(20_780)).toBeNull()
  })

  it('gives the long keys of a day from one, also when the short ones are gone', async () => {
    const ring = ringFromJson(JSON.stringify({ 5: { ...good, long: toBase64url(key(3)) }, 6: { long: toBase64url(key(3)) }, 7: good }))
    const long = await ring?.keysFor(5, 'long')
    expect([long?.id.length, long?.wrap.length]).toEqual([32, 32])
    expect(long?.id).not.toEqual(long?.wrap)
    expect(await ring?.keysFor(6, 'long')).toEqual(long)
    expect(await ring?.keysFor(6)).toBeNull()
    expect(await ring?.keysFor(7, 'long')).toBeNull()
  })

  it('a misshapen day is as if its keys were gone', async () => {
    const ring = ringFromJson(JSON.stringify({ 1: good, 2: { id: 'short', wrap: good.wrap }, 3: null, x: good, 4: { id: 5 } }))
    expect(await Promise.all([1, 2, 3, 4].map((day) => ring?.keysFor(day)))).toEqual([{ id: key(1), wrap: key(2) }, null, null, null])
  })

  it.each(['', '{', '[]', 'null', '5', '{}', '{"x":1}'])('%s is no ring', (text) => {
    expect(ringFromJson(text)).toBeNull()
  })

  it('a day begins at midnight, UTC', () => {
    expect([dayOf(86_399), dayOf(86_400)]).toEqual([0, 1])
  })
})
