/** From the first words to the end, and everything that must not open. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bytes, join, random, utf8 } from '../../../crypto/bytes.ts'
import { makeAccept, openAccept, readAccept } from '../../../crypto/talk/accept.ts'
import { closeByCounsellor, closeByVisitor, isClosedBy, readClose } from '../../../crypto/talk/close.ts'
import { Conversation } from '../../../crypto/talk/conversation.ts'
import { type EpochKeys, epochKeys, forget } from '../../../crypto/talk/epoch.ts'
import { lp } from '../../../crypto/talk/kdf.ts'
import { readAck, readMessage } from '../../../crypto/talk/message.ts'
import { LONGEST_TEXT, pad, unpad } from '../../../crypto/talk/padding.ts'
import type { Opened } from '../../../crypto/talk/refusal.ts'
import { caseTag, LONGEST_INTAKE, makeRequest, peek, readRequest } from '../../../crypto/talk/request.ts'
import { type BoxKeys, newBoxKeys } from '../../../crypto/talk/suite.ts'
import { makeTransfer, openTransfer, readTransfer } from '../../../crypto/talk/transfer.ts'
import { type Desk, ORG, person, startShift } from './people.ts'

const no = (reason: string) => ({ ok: false, error: { reason } })

function must<T>(result: Opened<T>): T {
  if (!result.ok) throw new Error(result.error.reason)
  return result.value
}

const flip = (bytes: Bytes, bit: number): Bytes => {
  const bent = bytes.slice()
  const at = (bit >> 3) % bent.length
  bent[at] = (bent[at] ?? 0) ^ (1 << (bit & 7))
  return bent
}

const addressee = ({ shiftId, box }: Desk) => ({ shiftId, kemPub: box.publicBytes })

let desks: Desk[]
let visitor: BoxKeys
let caseId: Bytes
let tag: Bytes

beforeAll(async () => {
  desks = await Promise.all(['a', 'b', 'c'].map(async (sid) => startShift(await person(sid))))
  visitor = await newBoxKeys(true)
  caseId = random(16)
  tag = await caseTag(caseId)
})

const desk = (at: number): Desk => desks[at] as Desk
const ask = async (to = [desk(0), desk(1)], words = 'перше') =>
  must(await makeRequest({ org: ORG, caseId, visitor, words, to: to.map(addressee) }))
const looks = (bytes: Bytes, by: Desk) => peek(bytes, ORG, by.shiftId, by.box)
const accepts = async (by: Desk, salt: Bytes, epoch: number) =>
  must(await makeAccept({ caseId, epoch, shiftId: by.shiftId, visitor: visitor.publicBytes, salt, signWith: by.signing.privateKey }))
const learns = async (bytes: Bytes, from: Desk, salt: Bytes, after = 0) =>
  openAccept(must(readAccept(bytes)), { caseId, visitor, salt, sigPub: from.signing.publicBytes, after })

describe('a request', () => {
  it('has the drawn size, whoever and however many it is for', async () => {
    for (const to of [[desk(0)], desks, [...desks, ...desks, desk(0), desk(1)]])
      expect((await ask(to)).bytes.length).toBe(2 + 16 + 65 + 8 * 113 + 528)
    expect((await ask(desks, 'я'.repeat(300))).bytes.length).toBe(2 + 16 + 65 + 8 * 113 + 2064)
  })

  it('is read by who was asked, and by nobody else', async () => {
    const { bytes, next } = await ask()
    for (const by of [desk(0), desk(1)])
      expect(must(await looks(bytes, by))).toEqual({ words: 'перше', next, caseId, visitor: visitor.publicBytes })
    expect(await looks(bytes, desk(2))).toEqual(no('not-for-me'))
    expect(await peek(bytes, 'another-org', desk(0).shiftId, desk(0).box)).toEqual(no('not-for-me'))
    expect(await peek(bytes, ORG, desk(1).shiftId, desk(0).box)).toEqual(no('not-for-me'))
  })

  it('names nobody, and puts the boxes anywhere', async () => {
    const places = new Set<number>()
    for (let run = 0; run < 12; run += 1) {
      const { bytes } = await ask([desk(0)])
      const { boxes } = must(readRequest(bytes))
      expect(Buffer.from(bytes).includes(Buffer.from(desk(0).shiftId))).toBe(false)
      for (let at = 0; at < 8; at += 1) {
        const alone = join(
          bytes.slice(0, 83),
          ...Array.from({ length: 8 }, () => boxes.slice(at * 113, at * 113 + 113)),
          bytes.slice(83 + 8 * 113),
        )
        if ((await looks(alone, desk(0))).ok) places.add(at)
      }
    }
    expect(places.size).toBeGreaterThan(2)
  })

  it('refuses words that do not fit, and keeps any that do', async () => {
    expect(await makeRequest({ org: ORG, caseId, visitor, words: 'a'.repeat(LONGEST_INTAKE + 1), to: [addressee(desk(0))] })).toEqual(
      no('shape'),
    )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (words) => {
        fc.pre(utf8(words).length <= LONGEST_INTAKE)
        expect(must(await looks((await ask([desk(0)], words)).bytes, desk(0))).words).toBe(words)
      }),
      { numRuns: 20 },
    )
  })

  it('tells a newer version and another suite from what is broken', async () => {
    const { bytes } = await ask()
    const bent = (at: number, value: number) => bytes.map((byte, index) => (index === at ? value : byte))
    expect(readRequest(bent(0, 2))).toEqual(no('version'))
    expect(readRequest(bent(1, 2))).toEqual(no('suite'))
    for (const length of [0, 1, 2, 18, bytes.length - 1]) expect(readRequest(bytes.slice(0, length))).toEqual(no('shape'))
    expect(readRequest(join(bytes, bytes))).toEqual(no('shape'))
  })

  it('with any bit flipped gives no words', async () => {
    const { bytes } = await ask([desk(0)])
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        const result = await looks(flip(bytes, bit), desk(0))
        // A box for nobody may be bent: then it is still the same request.
        if (result.ok) expect(bit >> 3).toBeGreaterThanOrEqual(83)
        if (result.ok) expect(result.value.words).toBe('перше')
      }),
      { numRuns: 60 },
    )
  })
})

describe('an accept', () => {
  it('gives both ends the same keys', async () => {
    const { bytes, next } = await ask()
    const peeked = must(await looks(bytes, desk(1)))
    const { bytes: frame, keys } = await accepts(desk(1), peeked.next, 1)
    expect(frame.length).toBe(2 + 16 + 4 + 16 + 113 + 64)
    expect(must(await learns(frame, desk(1), next))).toEqual(keys)
  })

  it('of another shift, or made by the server, is refused', async () => {
    const { next } = await ask()
    const { bytes } = await accepts(desk(1), next, 1)
    expect(await learns(bytes, desk(2), next)).toEqual(no('forged'))
    const server = await startShift(await person('a'), { shiftId: desk(1).shiftId })
    expect(await learns((await accepts(server, next, 1)).bytes, desk(1), next)).toEqual(no('forged'))
  })

  it('of a thief of the signing key, who opened no box, leads to other keys', async () => {
    const { next } = await ask()
    const { bytes, keys } = await accepts(desk(1), random(32), 1)
    expect(must(await learns(bytes, desk(1), next)).toVisitor).not.toEqual(keys.toVisitor)
  })

  it('is refused once a later one was taken, for another talk, and with any bit flipped', async () => {
    const { next } = await ask()
    const { bytes } = await accepts(desk(1), next, 1)
    expect(await learns(bytes, desk(1), next, 1)).toEqual(no('replayed'))
    expect(
      await openAccept(must(readAccept(bytes)), { caseId: random(16), visitor, salt: next, sigPub: desk(1).signing.publicBytes, after: 0 }),
    ).toEqual(no('other-talk'))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        const read = readAccept(flip(bytes, bit))
        if (!read.ok) return
        const result = await openAccept(read.value, { caseId, visitor, salt: next, sigPub: desk(1).signing.publicBytes, after: 0 })
        expect(result.ok).toBe(false)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a transfer', () => {
  it('lets the next counsellor go on, and neither read the other’s part', async () => {
    const { next } = await ask()
    const first = await accepts(desk(0), next, 1)
    const handed = must(
      await makeTransfer({ caseId, tag, epoch: 1, next: first.keys.next, visitor: visitor.publicBytes }, addressee(desk(2))),
    )
    expect(handed.length).toBe(2 + 16 + 4 + 16 + 113)
    const transfer = must(readTransfer(handed))
    const salt = must(await openTransfer(transfer, caseId, visitor.publicBytes, desk(2).box))
    expect(salt).toEqual(first.keys.next)
    expect(await openTransfer(transfer, caseId, visitor.publicBytes, desk(1).box)).toEqual(no('not-for-me'))
    expect(await openTransfer(transfer, random(16), visitor.publicBytes, desk(2).box)).toEqual(no('not-for-me'))
    const second = await accepts(desk(2), salt, 2)
    expect(must(await learns(second.bytes, desk(2), first.keys.next, 1))).toEqual(second.keys)
    const talkOfTwo = new Conversation('counsellor', caseId, tag, second.keys)
    const { frame } = must(await talkOfTwo.seal('друге'))
    expect(await new Conversation('visitor', caseId, tag, first.keys).open(frame)).toEqual(no('other-talk'))
    expect(await new Conversation('visitor', caseId, tag, { ...first.keys, epoch: 2 }).open(frame)).toEqual(no('forged'))
  })
})

describe('the end', () => {
  it('is signed when a counsellor says it, and believed as such only then', async () => {
    const byDesk = await closeByCounsellor({ caseId, tag, epoch: 3, reason: 'ended', signWith: desk(0).signing.privateKey })
    const closed = must(readClose(byDesk))
    expect(closed).toMatchObject({ tag, epoch: 3, reason: 'ended' })
    expect(await isClosedBy(desk(0).signing.publicBytes, caseId, closed)).toBe(true)
    expect(await isClosedBy(desk(1).signing.publicBytes, caseId, closed)).toBe(false)
    expect(await isClosedBy(desk(0).signing.publicBytes, caseId, { ...closed, reason: 'abuse' })).toBe(false)
    const byVisitor = must(readClose(closeByVisitor(tag, 3)))
    expect(byVisitor.signature.length).toBe(0)
    expect(await isClosedBy(desk(0).signing.publicBytes, caseId, byVisitor)).toBe(false)
  })
})

describe('padding', () => {
  it('has three sizes, and gives back what it was given', async () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: LONGEST_TEXT }), (bytes) => {
        const padded = pad(join(bytes))
        expect([512, 2048, 8192]).toContain(padded?.length)
        expect(unpad(padded as Bytes)).toEqual({ ok: true, value: join(bytes) })
      }),
    )
    expect(pad(new Uint8Array(LONGEST_TEXT + 1))).toBeNull()
    expect(pad(new Uint8Array(1), 8192)?.length).toBe(8192)
  })

  it('refuses another size, a length beyond the end, and anything but zeros behind the text', () => {
    const padded = pad(utf8('слово')) as Bytes
    expect(unpad(padded.slice(0, 511))).toEqual(no('shape'))
    expect(unpad(padded.map((byte, at) => (at === 0 ? 9 : byte)))).toEqual(no('shape'))
    expect(unpad(padded.map((byte, at) => (at === 511 ? 1 : byte)))).toEqual(no('shape'))
  })

  it('parts behind their length read in one way only', () => {
    expect(lp('ab', 'c')).not.toEqual(lp('a', 'bc'))
    expect(lp('a', '')).not.toEqual(lp('a'))
    expect(lp(1)).toEqual(lp(Uint8Array.of(0, 0, 0, 1)))
  })
})

describe('messages', () => {
  const both = async (): Promise<[Conversation, Conversation, EpochKeys]> => {
    const keys = await epochKeys(random(32), random(32), caseId, 1)
    return [new Conversation('counsellor', caseId, tag, keys), new Conversation('visitor', caseId, tag, keys), keys]
  }

  it('arrive once each, in any order, with losses, repeats and forgeries between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { minLength: 1, maxLength: 14 }),
        fc.infiniteStream(fc.nat()),
        async (texts, stream) => {
          const [from, to] = await both()
          const numbers = stream[Symbol.iterator]()
          const some = (): number => numbers.next().value as number
          const frames = await Promise.all(texts.map(async (text) => must(await from.seal(text)).frame))
          const order = texts.map((_text, at) => [some(), at] as const).sort(([a], [b]) => a - b)
          const seen = new Set<number>()
          for (const [, at] of order) {
            const frame = frames[at] as Bytes
            expect((await to.open(flip(frame, some()))).ok).toBe(false)
            expect(await to.open(frame)).toEqual({ ok: true, value: { n: at, text: texts[at] } })
            expect(await to.open(frame)).toEqual(no('replayed'))
            seen.add(at)
            const missing = texts.findIndex((_text, n) => !seen.has(n))
            const complete = (missing < 0 ? texts.length : missing) - 1
            const ack = to.ack()
            expect(ack === null ? -1 : must(readAck(ack)).n).toBe(complete)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('may come 64 past the first that is missing, and further ones wait to be sent again', async () => {
    const [from, to] = await both()
    const frames: Bytes[] = []
    for (let n = 0; n < 67; n += 1) frames.push(must(await from.seal(String(n))).frame)
    const opens = (n: number) => to.open(frames[n] as Bytes)
    expect(await opens(64)).toEqual(no('gap'))
    expect(must(await opens(63)).text).toBe('63')
    expect(await opens(64)).toEqual(no('gap'))
    expect(to.ack()).toBeNull()
    for (let n = 0; n < 63; n += 1) expect(must(await opens(n)).text).toBe(String(n))
    expect(must(readAck(to.ack() as Bytes)).n).toBe(63)
    expect(must(await opens(66)).text).toBe('66')
    expect(must(readAck(to.ack() as Bytes)).n).toBe(63)
  })

  it('of both directions at once never meet', async () => {
    const [counsellor, she] = await both()
    const [a, b] = [must(await counsellor.seal('я тут')), must(await she.seal('добре'))]
    expect(await counsellor.open(a.frame)).toEqual(no('other-talk'))
    expect(must(await she.open(a.frame)).text).toBe('я тут')
    expect(must(await counsellor.open(b.frame)).text).toBe('добре')
  })

  it('many opened at the same moment take each step of the chain once', async () => {
    const [from, to] = await both()
    const frames = await Promise.all(Array.from({ length: 30 }, async (_none, n) => must(await from.seal(`${n}`)).frame))
    const got = await Promise.all([...frames, ...frames].reverse().map((frame) => to.open(frame)))
    expect(got.filter(({ ok }) => ok)).toHaveLength(30)
  })

  it('have one of three sizes, and say which version they are', async () => {
    const [from] = await both()
    for (const [length, size] of [
      [1, 528],
      [508, 528],
      [509, 2064],
      [2045, 8208],
      [8188, 8208],
    ] as const) {
      const { frame } = must(await from.seal('a'.repeat(length)))
      expect(must(readMessage(frame)).sealed.length).toBe(size)
      expect(readMessage(frame.map((byte, at) => (at === 0 ? 9 : byte)))).toEqual(no('version'))
      expect(readMessage(frame.map((byte, at) => (at === 1 ? 9 : byte)))).toEqual(no('suite'))
    }
    expect(await from.seal('a'.repeat(8189))).toEqual(no('shape'))
  })

  it('cannot be read by who comes later: used keys lead nowhere', async () => {
    const [from, to, keys] = await both()
    const { frame } = must(await from.seal('раз'))
    must(await to.open(frame))
    from.forget()
    to.forget()
    forget(keys)
    expect([...keys.toVisitor, ...keys.toCounsellor, ...keys.next].every((byte) => byte === 0)).toBe(true)
    expect((await to.open(frame)).ok).toBe(false)
  })
})
