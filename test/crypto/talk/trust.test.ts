/** Nobody is believed to be a counsellor without every link: root, roster, passkey, certificate, dates. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { random, toBase64url, utf8 } from '../../../crypto/bytes.ts'
import { LONGEST_SHIFT_SECONDS, readCertificate } from '../../../crypto/talk/certificate.ts'
import { isCallOf, signCall } from '../../../crypto/talk/desk-call.ts'
import { openInvitation, signInvitation, writeInvitation } from '../../../crypto/talk/root.ts'
import { openRoster, type Roster, readRoster } from '../../../crypto/talk/roster.ts'
import { openShift } from '../../../crypto/talk/shift.ts'
import { fromDer, newSigningKeys, type SigningKeys } from '../../../crypto/talk/sign.ts'
import { toDer } from '../../../crypto/talk/software-passkey.ts'
import { NOW, newRoot, ORG, type Person, person, rosterText, signRoster, startShift, trustIn } from './people.ts'

const no = (reason: string) => ({ ok: false, error: { reason } })
const DAY = 24 * 3600

let roots: SigningKeys[]
let olena: Person
let roster: Roster

beforeAll(async () => {
  roots = [await newRoot(), await newRoot()]
  olena = await person('c-1')
  const opened = await openRoster(await signRoster(rosterText([olena]), roots), trustIn(roots), NOW)
  if (!opened.ok) throw new Error(opened.error.reason)
  roster = opened.value
})

describe('a roster', () => {
  it('signed by both roots is taken, with its people', () => {
    expect(roster.staff).toEqual([{ sid: 'c-1', role: 'counsellor', langs: ['uk', 'ru'], as: 'woman', passkeys: [olena.passkey.spki] }])
  })

  it('signed by one root twice, by another root, or by none is refused', async () => {
    const [a] = roots as [SigningKeys, SigningKeys]
    const text = rosterText([olena])
    for (const signers of [[a], [a, a], [a, await newRoot()], []])
      expect(await openRoster(await signRoster(text, signers), trustIn(roots), NOW)).toEqual(no('forged'))
    expect(await openRoster(await signRoster(text, []), trustIn([]), NOW)).toEqual(no('forged'))
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['of another organisation', { org: 'other' }, 'replayed'],
    ['older than the build', { seq: 6 }, 'replayed'],
    ['not yet valid', { notBefore: NOW + 1 }, 'not-now'],
    ['no longer valid', { notAfter: NOW }, 'not-now'],
    ['meant to live over 30 days', { notBefore: NOW - DAY, notAfter: NOW + 30 * DAY }, 'not-now'],
    ['of a newer version', { v: 2 }, 'version'],
    ['without its people', { staff: null }, 'shape'],
    ['with a role nobody has', { staff: [{ sid: 'x', role: 'boss', langs: [], passkeys: [] }] }, 'shape'],
    ['with a key that is none', { staff: [{ sid: 'x', role: 'counsellor', langs: [], passkeys: ['ä'] }] }, 'shape'],
    ['with a date in words', { notAfter: 'soon' }, 'shape'],
  ])('%s is refused', async (_what, more, reason) => {
    expect(await openRoster(await signRoster(rosterText([olena], more), roots), trustIn(roots), NOW)).toEqual(no(reason))
  })

  it('with a byte changed after signing is refused', async () => {
    const signed = await signRoster(rosterText([olena]), roots)
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.bytes.length - 1), async (at) => {
        const bytes = signed.bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
        expect(await openRoster({ ...signed, bytes }, trustIn(roots), NOW)).toEqual(no('forged'))
      }),
      { numRuns: 20 },
    )
  })

  it('is never an exception, whatever bytes it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => readRoster(new Uint8Array(bytes)).ok === false))
    fc.assert(fc.property(fc.json(), (text) => typeof readRoster(utf8(text)).ok === 'boolean'))
  })
})

describe('a shift', () => {
  const opens = async (signed: Parameters<typeof openShift>[0], more: Partial<Roster> = {}, now = NOW) =>
    openShift(signed, { ...roster, ...more }, now)

  it('whose certificate its person’s passkey answered is taken', async () => {
    const { signed, certificate } = await startShift(olena)
    const shift = await opens(signed)
    expect(shift).toMatchObject({ ok: true, value: { ...certificate, person: { sid: 'c-1' } } })
  })

  it('is refused for who is not in the roster, or revoked: the person, or this shift', async () => {
    const { signed, shiftId } = await startShift(olena)
    expect(await opens((await startShift(await person('c-2'))).signed)).toEqual(no('unknown-person'))
    expect(await opens(signed, { revoked: ['c-1'] })).toEqual(no('unknown-person'))
    expect(await opens(signed, { revoked: [toBase64url(shiftId)] })).toEqual(no('unknown-person'))
    expect(await opens(signed, { org: 'other' })).toEqual(no('unknown-person'))
    expect(await opens((await startShift(olena, { rosterSeq: 8 })).signed)).toEqual(no('unknown-person'))
  })

  it('is refused when the passkey answered elsewhere, for another host, or without its person', async () => {
    for (const asked of [{ origin: 'https://desk.test.evil' }, { origin: 'http://desk.test' }, { rpId: 'test' }])
      expect(await opens((await startShift(olena, {}, asked)).signed)).toEqual(no('forged'))
    for (const flags of [0x00, 0x01, 0x04]) {
      const absent = await person('c-1', flags)
      const known = { ...roster, staff: [{ ...(roster.staff[0] as Roster['staff'][0]), passkeys: [absent.passkey.spki] }] }
      expect(await openShift((await startShift(absent)).signed, known, NOW)).toEqual(no('forged'))
    }
  })

  it('is refused with another passkey, and with an answer to another certificate', async () => {
    expect(await opens((await startShift({ ...(await person('c-1')) })).signed)).toEqual(no('forged'))
    const [one, two] = [await startShift(olena), await startShift(olena)]
    expect(await opens({ certificate: one.signed.certificate, assertion: two.signed.assertion })).toEqual(no('forged'))
  })

  it('lives from its first second to before its last, and no longer than twelve hours', async () => {
    const { signed, certificate } = await startShift(olena)
    expect((await opens(signed, {}, certificate.notAfter - 1)).ok).toBe(true)
    expect(await opens(signed, {}, certificate.notAfter)).toEqual(no('not-now'))
    expect(await opens(signed, {}, certificate.notBefore - 1)).toEqual(no('not-now'))
    const long = await startShift(olena, { notBefore: NOW, notAfter: NOW + LONGEST_SHIFT_SECONDS + 1 })
    expect(await opens(long.signed)).toEqual(no('not-now'))
  })

  it('with any bit of its passkey’s answer flipped is refused', async () => {
    const { signed } = await startShift(olena)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('authenticatorData', 'clientData', 'signature' as const), fc.nat(), async (name, bit) => {
        const bytes = signed.assertion[name].slice()
        const at = (bit >> 3) % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
        expect((await opens({ ...signed, assertion: { ...signed.assertion, [name]: bytes } })).ok).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('has a certificate that is a refusal when it is broken, never an exception', () => {
    fc.assert(fc.property(fc.json(), (text) => readCertificate(utf8(text)).ok === false))
  })
})

describe('signatures of authenticators', () => {
  it('are DER, and nothing looser', async () => {
    await fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (raw) => {
        expect(fromDer(toDer(raw))).toEqual(new Uint8Array(raw))
      }),
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => fromDer(bytes) === null || fromDer(bytes)?.length === 64))
    const der = toDer(random(64))
    for (const bad of [der.slice(0, -1), new Uint8Array([...der, 0]), new Uint8Array(0)]) expect(fromDer(bad)).toBeNull()
  })
})

describe('a call of the desk', () => {
  it('holds for this method, path, body, time and number only', async () => {
    const [keys, other] = [await newSigningKeys(), await newSigningKeys()]
    const call = { method: 'POST', path: '/api', body: '{"ask":"waiting"}', time: NOW, nonce: random(16) }
    const signature = await signCall(keys.privateKey, call)
    expect(await isCallOf(keys.publicBytes, call, signature)).toBe(true)
    expect(await isCallOf(other.publicBytes, call, signature)).toBe(false)
    for (const change of [{ method: 'GET' }, { path: '/' }, { body: '{}' }, { time: NOW + 1 }, { nonce: random(16) }])
      expect(await isCallOf(keys.publicBytes, { ...call, ...change }, signature)).toBe(false)
  })
})

describe('an invitation', () => {
  it('of any root opens until its time, and no other', async () => {
    const trust = trustIn(roots)
    const invitation = { org: ORG, sid: 'c-9', notAfter: NOW + 60, token: toBase64url(random(16)) }
    const bytes = writeInvitation(invitation)
    for (const { privateKey } of roots)
      expect(await openInvitation(bytes, await signInvitation(privateKey, bytes), trust, NOW)).toEqual({ ok: true, value: invitation })
    const signature = await signInvitation((roots[0] as SigningKeys).privateKey, bytes)
    expect(await openInvitation(bytes, signature, trust, NOW + 60)).toEqual(no('not-now'))
    expect(await openInvitation(writeInvitation({ ...invitation, sid: 'c-8' }), signature, trust, NOW)).toEqual(no('forged'))
    expect(await openInvitation(bytes, await signInvitation((await newRoot()).privateKey, bytes), trust, NOW)).toEqual(no('forged'))
  })
})
