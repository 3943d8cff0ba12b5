/** DB-1 on the disk, and lines over a real network: the built Worker as it is served, two ends on sockets, and every file it left behind. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { random, toBase64url } from '../../crypto/bytes.ts'
import { sealCapsule, sealReply } from '../../crypto/talk/capsule.ts'
import { codeKeys, newCode } from '../../crypto/talk/code.ts'
import { writeFrame } from '../../schema/line.ts'
import { ORG } from '../crypto/talk/people.ts'
import { scan } from '../residue/scanner/scan.ts'
import { type Desk, must, Visitor } from '../worker/talk/ends.ts'
import { openTalkHouse, post, type TalkHouse, until } from './house.ts'

let house: TalkHouse

beforeAll(async () => {
  house = await openTalkHouse()
}, 60_000)

afterAll(() => house.close())

const starts = async (): Promise<Desk> => (await house.comes('counsellor-7431'))[0] as Desk

describe('a talk over a real network', () => {
  it('goes both ways on two lines, and comes back after both were cut', async () => {
    const counsellor = await starts()
    const she = new Visitor()
    expect(await she.open([counsellor])).toMatchObject({ ok: true })
    expect(await she.connect()).toBe(101)
    expect((await counsellor.accept(toBase64url(she.tag))).answer).toEqual({ ok: true })
    expect(await counsellor.connect()).toBe(101)
    await until(() => she.talk !== null)
    await she.say('чи є хтось')
    await counsellor.say('я тут')
    await until(() => counsellor.heard.length === 1 && she.heard.length === 1)
    await until(() => she.unacked.size === 0 && counsellor.unacked.size === 0)
    await she.give(writeFrame('who'))
    await until(() => she.state?.peer === 'here')
    she.hangUp()
    counsellor.hangUp()
    await she.say('поки нікого').catch(() => {})
    await she.connect()
    await she.sayAgain()
    await counsellor.connect()
    await until(() => counsellor.heard.includes('поки нікого') && she.unacked.size === 0)
    she.hangUp(4001)
    await until(() => counsellor.closed !== null)
    await counsellor.call({ ask: 'end' })
  })

  it('is refused without a right ticket', async () => {
    const stranger = new Visitor()
    expect(await stranger.connect()).toBe(404)
  })
})

describe('REL-02: fifty talks at once', () => {
  const TALKS = 50
  const EACH = 6

  it('lose no message either way, and keep each in its order', async () => {
    const pairs = await house.joined(TALKS)
    for (const { she, desk } of pairs) {
      expect(await she.connect()).toBe(101)
      expect(await desk.connect()).toBe(101)
    }
    const texts = (side: string, at: number) => Array.from({ length: EACH }, (_none, n) => `${side} ${at} ${n}`)
    await Promise.all(
      pairs.map(async ({ she, desk }, at) => {
        const [hers, ours] = [texts('she', at), texts('desk', at)]
        for (let n = 0; n < EACH; n += 1) await Promise.all([she.say(hers[n] as string), desk.say(ours[n] as string)])
      }),
    )
    await until(() => pairs.every(({ she, desk }) => she.unacked.size === 0 && desk.unacked.size === 0))
    for (const [at, { she, desk }] of pairs.entries()) {
      expect(desk.heard).toEqual(texts('she', at))
      expect(she.heard).toEqual(texts('desk', at))
      she.hangUp(4001)
    }
  })
})

describe('DB-1: the files of the database', () => {
  it('hold none of the words, codes, names and keys of a talk, written or deleted; the leaky one is found', async () => {
    const counsellor = await starts()
    const she = new Visitor()
    const [first, hers, ours, held, left, code] = [
      'firstwords-7431',
      'herwords-7432',
      'ourwords-7433',
      'capsule-7434',
      'reply-7435',
      newCode(),
    ]
    await she.open([counsellor], first)
    await counsellor.accept(toBase64url(she.tag))
    await she.poll()
    await she.say(hers as string)
    await counsellor.say(ours as string)
    const keys = await codeKeys(code as string, ORG)
    const capsule = toBase64url(must(await sealCapsule(keys.capsule, held as string)))
    const named = { locator: toBase64url(keys.locator), auth: toBase64url(keys.auth) }
    await post(`${house.site}/t`, JSON.stringify({ ask: 'keep', ...named, capsule, hours: 1, talk: she.hers }), {
      'CF-Connecting-IP': '203.0.113.74',
    })
    const reply = toBase64url(must(await sealReply(keys.mailbox.publicBytes, ORG, left as string)))
    expect(await counsellor.call({ ask: 'reply', box: toBase64url(keys.box), reply })).toEqual({ ok: true })
    await post(`${house.site}/t`, JSON.stringify({ ask: 'return', ...named, by: toBase64url(random(16)) }), {
      'CF-Connecting-IP': '203.0.113.74',
    })
    await she.leave()
    await counsellor.call({ ask: 'end' })
    const raw = [
      she.caseId,
      she.tag,
      she.pass,
      she.device,
      she.keys.publicBytes,
      keys.locator,
      keys.auth,
      keys.box,
      counsellor.keys.shiftId,
    ]
    const words = [first, hers, ours, held, left, code, '203.0.113.74', 'counsellor-7431'].map(String)
    const values = [...words, ...raw.map(toBase64url), ...raw.map((bytes) => Buffer.from(bytes))]
    const markers = values.map((value, at) => ({ id: String(at), class: 'talk', value }))
    expect(scan(house.data, markers)).toEqual([])
    writeFileSync(join(house.data, 'leak.sqlite'), `x${Buffer.from(hers as string).toString('base64')}x`)
    expect(scan(house.data, markers).length).toBeGreaterThan(0)
  })
})
