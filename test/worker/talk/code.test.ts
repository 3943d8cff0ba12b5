/** Coming back with a code: burnt on read, no oracle, slow for who guesses; and what a counsellor left. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { random, toBase64url } from '../../../crypto/bytes.ts'
import { openCapsule, openReply, sealCapsule, sealReply } from '../../../crypto/talk/capsule.ts'
import { type CodeKeys, codeKeys, newCode } from '../../../crypto/talk/code.ts'
import { networkOf } from '../../../worker/http/network.ts'
import { desksOf, joined, must, NOW, ORG, openHouse, postAt, SITE, visitorSays } from './house.ts'

openHouse()

let mine: CodeKeys
let other: CodeKeys
/** A network of its own for each test, so that one's wrong tries do not slow down the next. */
let net = 0
const network = () => ({ 'CF-Connecting-IP': `198.51.${(net += 1)}.7` })

beforeAll(async () => {
  mine = await codeKeys(newCode(), ORG)
  other = await codeKeys(newCode(), ORG)
})

const text = (bytes: Uint8Array) => toBase64url(bytes)
const keep = async ({ locator, auth, capsule }: CodeKeys, words = 'усе', more: object = {}) =>
  visitorSays({
    ask: 'keep',
    locator: text(locator),
    auth: text(auth),
    capsule: text(must(await sealCapsule(capsule, words))),
    hours: 24,
    ...more,
  })
const asked = ({ locator, auth }: CodeKeys, by = random(16)) => ({ ask: 'return', locator: text(locator), auth: text(auth), by: text(by) })
const comes = (keys: CodeKeys, by = random(16), headers = network()) => visitorSays(asked(keys, by), headers)
const reads = async (keys: CodeKeys, by?: Uint8Array<ArrayBuffer>) => {
  const answer = await comes(keys, by)
  if (!answer.ok || !('capsule' in answer) || answer.found === 0) return null
  return must(await openCapsule(keys.capsule, new Uint8Array(Buffer.from(answer.capsule, 'base64url'))))
}

describe('a capsule', () => {
  it('is found with its code, by its first reader only, who may ask again', async () => {
    const { desks } = await desksOf(1)
    expect(desks).toHaveLength(1)
    expect(await keep(mine, 'раз')).toEqual({ ok: true })
    expect(await keep(mine, 'два')).toEqual({ ok: true })
    const by = random(16)
    expect(await reads(mine, by)).toBe('два')
    expect(await reads(mine, by)).toBe('два')
    expect(await reads(mine)).toBeNull()
    await visitorSays({ ask: 'drop', locator: text(mine.locator), auth: text(mine.auth) })
    expect(await reads(mine, by)).toBeNull()
    expect((await env.DB.prepare('SELECT * FROM capsule').all()).results).toEqual([])
  })

  it('of somebody else is neither read, written over nor removed without the proof', async () => {
    await keep(mine, 'моє')
    const thief = { ...other, locator: mine.locator }
    await keep(thief, 'чуже')
    await visitorSays({ ask: 'drop', locator: text(mine.locator), auth: text(other.auth) })
    expect(await reads(thief)).toBeNull()
    expect(await reads(mine)).toBe('моє')
  })

  it('goes when its talk ends, whoever ends it', async () => {
    const { she, desk } = await joined()
    expect(await keep(mine, 'з розмови', { talk: she.hers })).toEqual({ ok: true })
    await desk.end()
    expect(await reads(mine)).toBeNull()
    const { she: again } = await joined()
    await keep(other, 'ще', { talk: again.hers })
    await again.leave()
    expect(await reads(other)).toBeNull()
    expect(await keep(mine, 'x', { talk: { ...again.hers, pass: text(random(32)) } })).toEqual({ ok: false, reason: 'gone' })
  })

  it('may be written again after it was read: the next reader has the newest', async () => {
    await keep(mine, 'перше')
    expect(await reads(mine)).toBe('перше')
    await keep(mine, 'друге')
    expect(await reads(mine)).toBe('друге')
  })
})

describe('a7: no answer tells why not', () => {
  it('unknown, wrong, read, ended and expired codes are answered alike to the byte, and as long as a right one', async () => {
    const raw = async (body: object) => {
      const answer = await postAt(`${SITE}/t`, body, network())
      return { status: answer.status, headers: [...answer.headers].sort().join('\n'), body: await answer.text() }
    }
    const unknown = await raw(asked(await codeKeys(newCode(), ORG)))
    await keep(mine)
    const wrong = await raw(asked({ ...mine, auth: other.auth }))
    await comes(mine)
    const read = await raw(asked(mine))
    const { she, desk } = await joined()
    await keep(other, 'x', { talk: she.hers })
    await desk.end()
    const ended = await raw(asked(other))
    await keep(mine)
    await env.DB.prepare('UPDATE capsule SET expires_at = ?1').bind(NOW()).run()
    const expired = await raw(asked(mine))
    for (const answer of [wrong, read, ended, expired]) expect(answer).toEqual(unknown)
    await env.DB.prepare('UPDATE capsule SET expires_at = ?1')
      .bind(NOW() + 600)
      .run()
    const right = await raw(asked(mine))
    expect(right.body).not.toBe(unknown.body)
    expect({ ...right, body: right.body.length }).toEqual({ ...unknown, body: unknown.body.length })
  })

  it('five wrong tries slow their network down, whatever is asked then; others go on', async () => {
    await keep(mine)
    const headers = network()
    for (let turn = 0; turn < 5; turn += 1) expect(await visitorSays(asked(other), headers)).toMatchObject({ ok: true, found: 0 })
    for (const keys of [other, mine]) expect(await visitorSays(asked(keys), headers)).toMatchObject({ ok: false, reason: 'slow-down' })
    const near = { 'CF-Connecting-IP': headers['CF-Connecting-IP'].replace(/7$/, '200') }
    expect(await visitorSays(asked(mine), near)).toMatchObject({ ok: false, reason: 'slow-down' })
    expect(await reads(mine)).toBe('усе')
  })

  it('a try leaves no address anywhere: a keyed hash and a count', async () => {
    await visitorSays(asked(other), { 'CF-Connecting-IP': '203.0.113.74' })
    const { results } = await env.DB.prepare('SELECT * FROM tries').all<{ tag: ArrayBuffer; times: number; expires_at: number }>()
    expect(results).toHaveLength(2)
    for (const row of results) {
      expect(Object.keys(row).sort()).toEqual(['expires_at', 'tag', 'times'])
      expect(new Uint8Array(row.tag)).toHaveLength(16)
      expect(row.expires_at % 600).toBe(0)
    }
  })

  it.each([
    ['203.0.113.74', '203.0.113'],
    ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002'],
    ['2001:db8::1', '2001:0db8:0000:0000'],
    ['::1', '0000:0000:0000:0000'],
    ['', null],
    ['<script>', null],
  ])('of the address %s only the front is looked at', (address, front) => {
    expect(networkOf(new Request(SITE, { headers: address ? { 'CF-Connecting-IP': address } : {} }))).toBe(front)
  })
})

describe('a reply', () => {
  it('waits where the code leads, once each, at most four, and opens with the code', async () => {
    const { desk } = await joined()
    const leave = async (words: string) => {
      const reply = text(must(await sealReply(mine.mailbox.publicBytes, ORG, words)))
      const ask = { ask: 'reply', box: text(mine.box), reply }
      return [await desk.call(ask), await desk.call(ask)]
    }
    for (const words of ['раз', 'два', 'три', 'чотири']) expect(await leave(words)).toEqual([{ ok: true }, { ok: true }])
    expect((await leave('пʼять'))[0]).toEqual({ ok: false, reason: 'limit' })
    const answer = await visitorSays({ ask: 'replies', box: text(mine.box) })
    if (!answer.ok || !('replies' in answer)) throw new Error('replies')
    const opened = await Promise.all(
      answer.replies.map(async (one) => must(await openReply(mine.mailbox, ORG, new Uint8Array(Buffer.from(one, 'base64url'))))),
    )
    expect(opened.sort()).toEqual(['два', 'раз', 'три', 'чотири'])
    expect(await visitorSays({ ask: 'replies', box: text(other.box) })).toEqual({ ok: true, replies: [] })
  })
})
