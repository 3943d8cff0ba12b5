/** DB-1 on the disk, and lines over a real network: the built Worker as it is served, two ends on sockets, and every file it left behind. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { random, toBase64url } from '../../crypto/bytes.ts'
import { turn } from '../../crypto/keeping.ts'
import { sealCapsule, sealReply } from '../../crypto/talk/capsule.ts'
import { codeKeys, newCode } from '../../crypto/talk/code.ts'
import { writeFrame } from '../../schema/line.ts'
import { fresh, remember } from '../../scripts/build/fresh.ts'
import { build } from '../../scripts/build.ts'
import { type Local, serveLocal } from '../../scripts/serve/local.ts'
import { newRoot, ORG, type Person, person, rosterText, signRoster } from '../crypto/talk/people.ts'
import { scan } from '../residue/scanner/scan.ts'
import { Desk, deskSays, must, NOW, type Socket, useDoor, Visitor } from '../worker/talk/ends.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const root = await newRoot()

let data: string
let server: Local
let site: string
let desk: string
let people: Person[]
let seq = 0

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })

/** A WebSocket as a browser opens one; refused ones are 404 to everybody. */
const socket = (url: string, protocols: string[]): Promise<Socket | number> =>
  new Promise((done) => {
    const line = new WebSocket(url.replace('http', 'ws'), protocols)
    line.binaryType = 'arraybuffer'
    line.addEventListener('open', () => done(line as unknown as Socket))
    line.addEventListener('error', () => done(404))
  })

const post = (url: string, body: string, headers: Record<string, string>) => fetch(url, { method: 'POST', body, headers })

const until = (what: () => boolean): Promise<unknown> => vi.waitFor(() => expect(what()).toBe(true), { timeout: 10_000, interval: 20 })

async function starts(): Promise<Desk> {
  seq += 1
  const dates = { notBefore: NOW() - 60, notAfter: NOW() + 24 * 3600 }
  const signed = await signRoster(rosterText(people, { ...dates, seq, deskOrigin: desk, rpId: 'localhost' }), [root])
  const roster = { bytes: toBase64url(signed.bytes), signatures: signed.signatures.map(toBase64url) }
  expect(await deskSays({ ask: 'publish', roster })).toEqual({ ok: true })
  return Desk.start(people[0] as Person, { rosterSeq: seq })
}

beforeAll(async () => {
  if (!fresh(ROOT)) {
    await build(ROOT)
    remember(ROOT)
  }
  data = mkdtempSync(join(tmpdir(), 'talk-'))
  people = [await person('counsellor-7431')]
  const port = await freePort()
  site = `http://127.0.0.1:${port}`
  desk = `http://localhost:${port}`
  const trust = { org: ORG, roots: [toBase64url(root.publicBytes)], needed: 1, floor: 1 }
  const vars = { BOT_KEYS: JSON.stringify(turn({}, NOW())), DESK_ORIGIN: desk, TALK_TRUST: JSON.stringify(trust) }
  server = await serveLocal({ root: ROOT, port, data, vars })
  useDoor({ desk, site, post, socket })
}, 60_000)

afterAll(async () => {
  await server.stop()
  rmSync(data, { recursive: true, force: true })
})

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
    await post(`${site}/t`, JSON.stringify({ ask: 'keep', ...named, capsule, hours: 1, talk: she.hers }), {
      'CF-Connecting-IP': '203.0.113.74',
    })
    const reply = toBase64url(must(await sealReply(keys.mailbox.publicBytes, ORG, left as string)))
    expect(await counsellor.call({ ask: 'reply', box: toBase64url(keys.box), reply })).toEqual({ ok: true })
    await post(`${site}/t`, JSON.stringify({ ask: 'return', ...named, by: toBase64url(random(16)) }), {
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
    expect(scan(data, markers)).toEqual([])
    writeFileSync(join(data, 'leak.sqlite'), `x${Buffer.from(hers as string).toString('base64')}x`)
    expect(scan(data, markers).length).toBeGreaterThan(0)
  })
})
