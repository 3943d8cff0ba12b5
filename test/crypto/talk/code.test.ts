/** Sixteen digits lead back to the talk, and nothing leads to the digits. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { CAPSULE_BYTES, openCapsule, openReply, sealCapsule, sealReply } from '../../../crypto/talk/capsule.ts'
import { type CodeKeys, codeKeys, newCode, readCode } from '../../../crypto/talk/code.ts'
import type { Opened } from '../../../crypto/talk/refusal.ts'

const no = (reason: string) => ({ ok: false, error: { reason } })

function must<T>(result: Opened<T>): T {
  if (!result.ok) throw new Error(result.error.reason)
  return result.value
}

let mine: CodeKeys
let other: CodeKeys

beforeAll(async () => {
  mine = await codeKeys('1234567890123456', 'o')
  other = await codeKeys('1234567890123457', 'o')
})

describe('a code', () => {
  it('is sixteen digits, all equally likely, none twice', () => {
    const codes = Array.from({ length: 400 }, newCode)
    expect(new Set(codes).size).toBe(400)
    const counts = Array.from({ length: 10 }, (_none, digit) => codes.join('').split(String(digit)).length - 1)
    for (const code of codes) expect(code).toMatch(/^\d{16}$/)
    for (const count of counts) expect(Math.abs(count - 640)).toBeLessThan(160)
  })

  it('is read with whatever stands between its digits', () => {
    expect(readCode(' 1234 5678-9012.3456\n')).toBe('1234567890123456')
    expect(readCode('１２３４５６７８９０１２３４５６')).toBe('1234567890123456')
    for (const bad of ['', '123456789012345', '12345678901234567', 'стежка']) expect(readCode(bad)).toBeNull()
    fc.assert(fc.property(fc.string(), (typed) => readCode(typed) === null || /^\d{16}$/.test(readCode(typed) ?? '')))
  })

  it('always leads to the same keys, another code or organisation to others, and no key to another', async () => {
    const again = await codeKeys('1234567890123456', 'o')
    expect([again.locator, again.auth, again.capsule, again.box, again.mailbox.publicBytes]).toEqual([
      mine.locator,
      mine.auth,
      mine.capsule,
      mine.box,
      mine.mailbox.publicBytes,
    ])
    const elsewhere = await codeKeys('1234567890123456', 'p')
    const all = [mine, other, elsewhere].flatMap(({ locator, auth, capsule, box }) =>
      [locator, auth, capsule, box].map((key) => Buffer.from(key).toString('hex')),
    )
    expect(new Set(all).size).toBe(12)
  })
})

describe('a capsule', () => {
  it('opens with its code only, and has one size', async () => {
    const sealed = must(await sealCapsule(mine.capsule, 'усе, що було'))
    expect(sealed.length).toBe(CAPSULE_BYTES)
    expect(must(await sealCapsule(mine.capsule, '')).length).toBe(CAPSULE_BYTES)
    expect(must(await openCapsule(mine.capsule, sealed))).toBe('усе, що було')
    expect(await openCapsule(other.capsule, sealed)).toEqual(no('forged'))
    expect(await sealCapsule(mine.capsule, 'я'.repeat(5000))).toEqual(no('shape'))
  })

  it('is never sealed twice under one key and nonce', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, async () => must(await sealCapsule(mine.capsule, 'same'))))
    expect(new Set(all.map((one) => Buffer.from(one.slice(2, 40)).toString('hex'))).size).toBe(30)
  })

  it('of another version or suite is told apart, and a flipped bit opens nothing', async () => {
    const sealed = must(await sealCapsule(mine.capsule, 'текст'))
    expect(
      await openCapsule(
        mine.capsule,
        sealed.map((byte, at) => (at === 0 ? 2 : byte)),
      ),
    ).toEqual(no('version'))
    expect(
      await openCapsule(
        mine.capsule,
        sealed.map((byte, at) => (at === 1 ? 2 : byte)),
      ),
    ).toEqual(no('suite'))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 16, max: sealed.length * 8 - 1 }), async (bit) => {
        const bent = sealed.slice()
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(await openCapsule(mine.capsule, bent)).toEqual(no('forged'))
      }),
      { numRuns: 40 },
    )
  })
})

describe('a reply left for her', () => {
  it('opens with her code only', async () => {
    const sealed = must(await sealReply(mine.mailbox.publicBytes, 'o', 'ми тут'))
    expect(sealed.length).toBe(2 + 65 + 2064)
    expect(must(await openReply(mine.mailbox, 'o', sealed))).toBe('ми тут')
    expect(await openReply(other.mailbox, 'o', sealed)).toEqual(no('not-for-me'))
    expect(await openReply(mine.mailbox, 'p', sealed)).toEqual(no('not-for-me'))
    expect(await openReply(mine.mailbox, 'o', sealed.slice(1))).toEqual(no('suite'))
    expect(must(await sealReply(mine.mailbox.publicBytes, 'o', 'a'.repeat(3000))).length).toBe(2 + 65 + 8208)
  })
})
