/** DB-1 to DB-5 and the faults: what a copy of the database says, with and without keys, now and later, and what happens when it breaks. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { type Bytes, random, toBase64url, utf8 } from '../../../crypto/bytes.ts'
import { DAY_SECONDS, dayOf, ringFromJson } from '../../../crypto/keyring.ts'
import { unseal } from '../../../crypto/seal.ts'
import { sealCapsule, sealReply } from '../../../crypto/talk/capsule.ts'
import { codeKeys, newCode } from '../../../crypto/talk/code.ts'
import { Conversation } from '../../../crypto/talk/conversation.ts'
import { peek } from '../../../crypto/talk/request.ts'
import type { VisitorAnswer } from '../../../schema/api.ts'
import { expiryOf, LONGEST_SECONDS, open } from '../../../worker/handoff/machine.ts'
import { keepMail } from '../../../worker/store/mail.ts'
import { STATES } from '../../../worker/store/talk.ts'
import { faultyD1 } from '../../faults/d1.ts'
import { Desk, desksOf, joined, KEYS, must, NOW, ORG, openHouse, Visitor, visitorSays } from './house.ts'

openHouse()

const MARK = 'Позначка7431'
const IP = '203.0.113.74'

/** A whole talk with a marker in every field that somebody may fill, left standing as it is in the middle. */
async function wholeTalk() {
  const { desks } = await desksOf(2)
  const [desk] = desks as [Desk, Desk]
  const she = new Visitor()
  await she.open(desks, `${MARK} перші слова`, 'any', { 'CF-Connecting-IP': IP, 'User-Agent': 'Planted-Agent-7431' })
  await desk.accept(toBase64url(she.tag))
  await she.poll()
  await she.say(`${MARK} від неї`)
  await desk.say(`${MARK} від нас`)
  const code = newCode()
  const keys = await codeKeys(code, ORG)
  const capsule = toBase64url(must(await sealCapsule(keys.capsule, `${MARK} капсула`)))
  const named = { locator: toBase64url(keys.locator), auth: toBase64url(keys.auth) }
  await visitorSays({ ask: 'keep', ...named, capsule, hours: 24, talk: she.hers }, { 'CF-Connecting-IP': IP })
  await desk.call({
    ask: 'reply',
    box: toBase64url(keys.box),
    reply: toBase64url(must(await sealReply(keys.mailbox.publicBytes, ORG, MARK))),
  })
  await visitorSays({ ask: 'return', ...named, auth: toBase64url(random(32)), by: toBase64url(random(16)) }, { 'CF-Connecting-IP': IP })
  return { she, desk, desks, code, keys }
}

type Dump = Record<string, Record<string, unknown>[]>

async function dump(): Promise<Dump> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
  ).all<{ name: string }>()
  const found: Dump = {}
  for (const { name } of tables.results)
    if (name !== 'd1_migrations') found[name] = (await env.DB.prepare(`SELECT * FROM "${name}"`).all()).results
  return found
}

const blobsOf = (dumped: Dump) =>
  Object.entries(dumped).flatMap(([table, rows]) =>
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        typeof value === 'object' && value !== null ? [{ table, column, row, bytes: new Uint8Array(value as ArrayBuffer) }] : [],
      ),
    ),
  )

const holds = (bytes: Uint8Array, needle: Uint8Array) => Buffer.from(bytes).includes(Buffer.from(needle))

describe('DB-1: a copy of the database', () => {
  it('holds no word, code, case, key or address, in any form', async () => {
    const { she, desk, code, keys } = await wholeTalk()
    const dumped = await dump()
    for (const table of ['talk', 'mail', 'shift', 'used', 'tries', 'capsule', 'reply', 'roster'])
      expect(dumped[table]?.length, table).toBeGreaterThan(0)
    const words = [MARK, IP, '203.0.113', 'Planted-Agent', code, code.slice(0, 8), 'c-1', 'uk'].map((text) =>
      new TextEncoder().encode(text),
    )
    const secrets = [she.caseId, she.tag, she.pass, she.device, she.keys.publicBytes, keys.locator, keys.auth, keys.box, desk.keys.shiftId]
    const texts = secrets.map((bytes) => new TextEncoder().encode(toBase64url(bytes)))
    const all = blobsOf(dumped)
    for (const { table, column, bytes } of all) {
      for (const needle of [...words.filter(({ length }) => length > 3), ...secrets, ...texts])
        expect(holds(bytes, needle), `${table}.${column}`).toBe(false)
    }
    for (const rows of Object.values(dumped))
      for (const row of rows) for (const value of Object.values(row)) expect(['number', 'object']).toContain(typeof value)
  })

  it('the search itself finds what a leaky table would hold', async () => {
    const { she } = await wholeTalk()
    await keepMail(env.DB, random(16), { direction: 0, epoch: 1, n: 1, sealed: utf8(`x${MARK}`) }, NOW())
    await keepMail(env.DB, random(16), { direction: 0, epoch: 1, n: 2, sealed: she.caseId }, NOW())
    const found = blobsOf(await dump()).filter(({ bytes }) =>
      [new TextEncoder().encode(MARK), she.caseId].some((needle) => holds(bytes, needle)),
    )
    expect(found).toHaveLength(2)
  })
})

describe('DB-2: the database with every key the server has', () => {
  it('gives no word: inside the outer seals lie only what the two ends sealed', async () => {
    await wholeTalk()
    const dumped = await dump()
    const ring = ringFromJson(KEYS)
    const opened: Bytes[] = []
    for (const { table, column, row, bytes } of blobsOf(dumped))
      for (const life of ['short', 'long'] as const)
        for (let ago = 0; ago < 4; ago += 1) {
          const day = dayOf(NOW()) - ago
          const keys = await ring?.keysFor(day, life)
          const named = [row.tag, row.talk, row.box].flatMap((tag) => (tag ? [new Uint8Array(tag as ArrayBuffer)] : []))
          for (const tag of [...named, mailTag(row)]) {
            const plain = keys && column === 'sealed' ? await unseal(keys.wrap, { table, tag, day }, bytes) : null
            if (plain) opened.push(plain)
          }
        }
    // Talk, the frame nobody acknowledged, two shifts, capsule, reply: all that is sealed was opened, and is still sealed.
    expect(opened.length).toBe(6)
    for (const bytes of opened) expect(holds(bytes, new TextEncoder().encode(MARK))).toBe(false)
    for (const bytes of opened) expect(Buffer.from(bytes).toString()).not.toContain('7431')
  })

  it('with the keys of other days only, nothing opens and nothing is known again', async () => {
    const { she } = await wholeTalk()
    const others = Object.fromEntries(
      [dayOf(NOW()) - 1, dayOf(NOW()), dayOf(NOW()) + 1].map((day) => [
        day,
        { id: toBase64url(random(32)), wrap: toBase64url(random(32)), long: toBase64url(random(32)) },
      ]),
    )
    Object.assign(env, { BOT_KEYS: JSON.stringify(others) })
    expect(await she.exchange([])).toEqual([])
    expect(await visitorSays({ ask: 'people' })).toMatchObject({ ok: true, shifts: [] })
  })
})

/** As `worker/handoff/mailbox.ts` names a frame. */
function mailTag(row: Record<string, unknown>): Bytes {
  if (!row.talk) return new Uint8Array(1)
  const tag = new Uint8Array(25)
  tag.set(new Uint8Array(row.talk as ArrayBuffer))
  const view = new DataView(tag.buffer)
  view.setUint8(16, row.direction as number)
  view.setUint32(17, row.epoch as number)
  view.setUint32(21, row.n as number)
  return tag
}

describe('DB-3: the same passkey on a new shift', () => {
  it('opens nothing of the shift before: neither the request nor a frame', async () => {
    const { she, people } = await joined()
    const before = await she.seal(she.desks, 'до того')
    const again = await Desk.start(people[0] as (typeof people)[0], { rosterSeq: 1 })
    expect(await peek(before.bytes, ORG, again.keys.shiftId, again.keys.box)).toEqual({ ok: false, error: { reason: 'not-for-me' } })
    const frame = await she.say('сховане')
    expect(frame.length).toBeGreaterThan(500)
    expect((await again.call({ ask: 'exchange', tag: toBase64url(she.tag), frames: [] })).ok).toBe(false)
  })

  it('an earlier state of the database, restored after the end, shows nothing readable to anybody left', async () => {
    const { she, desk, desks } = await wholeTalk()
    const before = await dump()
    await desk.end()
    await Promise.all(desks.map((one) => one.call({ ask: 'end' })))
    she.talk?.forget()
    desk.talk?.forget()
    for (const [table, rows] of Object.entries(before)) {
      await env.DB.prepare(`DELETE FROM "${table}"`).run()
      for (const row of rows) {
        const names = Object.keys(row)
        const values = Object.values(row).map((value) =>
          typeof value === 'object' && value !== null ? new Uint8Array(value as ArrayBuffer) : value,
        )
        await env.DB.prepare(`INSERT INTO "${table}" (${names.join()}) VALUES (${names.map((_n, at) => `?${at + 1}`).join()})`)
          .bind(...values)
          .run()
      }
    }
    // Both pages are closed: their chains are gone, and new ones from nothing open no frame that comes back.
    const late = new Conversation('visitor', she.caseId, she.tag, {
      epoch: 1,
      toCounsellor: random(32),
      toVisitor: random(32),
      next: random(32),
    })
    const frames = await she.exchange([])
    expect(frames.length).toBeGreaterThan(0)
    for (const frame of frames) expect((await late.open(new Uint8Array(Buffer.from(frame, 'base64url')).slice(1))).ok).toBe(false)
    for (const { bytes } of blobsOf(await dump())) expect(holds(bytes, new TextEncoder().encode(MARK))).toBe(false)
  })
})

describe('DB-4: in the second it says', () => {
  it('every kind of row is invisible, although nobody swept', async () => {
    const { she, desk, keys } = await wholeTalk()
    for (const table of Object.keys(await dump())) await env.DB.prepare(`UPDATE "${table}" SET expires_at = ?1`).bind(NOW()).run()
    expect(await she.exchange([])).toEqual([])
    expect(await desk.call({ ask: 'look' })).toEqual({ ok: false, reason: 'signed-out' })
    expect(await visitorSays({ ask: 'people' })).toMatchObject({ ok: true, roster: null, shifts: [], waiting: 0 })
    expect(await visitorSays({ ask: 'replies', box: toBase64url(keys.box) })).toEqual({ ok: true, replies: [] })
    const back = { ask: 'return', locator: toBase64url(keys.locator), auth: toBase64url(keys.auth), by: toBase64url(random(16)) }
    expect(await visitorSays(back, { 'CF-Connecting-IP': '198.51.100.9' })).toMatchObject({ ok: true, found: 0 })
  })

  it('no row outlives the key of its day: the longest of each class', () => {
    const asked = { pass: '', wire: '', request: '', language: 'uk', wish: 'any' } as const
    for (let hour = 0; hour < 24; hour += 1) {
      const now = 20_779 * DAY_SECONDS + hour * 3600 + 3599
      const talk = open(asked, now)
      const ends = Object.keys(STATES).map((state) => expiryOf({ ...talk, state: state as keyof typeof STATES }, now + LONGEST_SECONDS))
      const dies = (dayOf(now) + 1) * DAY_SECONDS
      expect(Math.max(...ends)).toBeLessThan(dies + 48 * 3600)
      expect(now + 72 * 3600).toBeLessThan(dies + 96 * 3600)
    }
  })
})

describe('DB-5: without keys', () => {
  it('rows of the missing day are absent, and the service goes on with what it has', async () => {
    const { she } = await wholeTalk()
    Object.assign(env, { BOT_KEYS: '{}' })
    expect(await she.exchange([])).toEqual([])
    expect(await visitorSays({ ask: 'people' })).toMatchObject({ ok: true, roster: null, shifts: [] })
    expect(await new Visitor().open(she.desks)).toEqual({ ok: false, reason: 'nobody' })
    Object.assign(env, { BOT_KEYS: KEYS })
    expect((await she.exchange([])).length).toBeGreaterThan(0)
  })
})

describe('REL-03: a fault at every statement', () => {
  /** What must come out of an ask, however often it had to be repeated. */
  const flows: [string, () => Promise<(more: object) => Promise<VisitorAnswer>>, object][] = [
    [
      'open',
      async () => {
        const { desks } = await desksOf(1)
        const she = new Visitor()
        const { bytes } = await she.seal(desks, 'раз')
        const ask = { ask: 'open', ...she.hers, request: toBase64url(bytes), language: 'uk', wish: 'any' }
        return (more) => visitorSays(ask, {}, more)
      },
      { ok: true, state: 'waiting', rev: 1, epoch: 0 },
    ],
    [
      'reseal',
      async () => {
        const { she, desks } = await joined()
        const { bytes } = await she.seal(desks, 'ще')
        const ask = { ask: 'reseal', ...she.hers, from: 'any', rev: 2, request: toBase64url(bytes) }
        return (more) => visitorSays(ask, {}, more)
      },
      { ok: true, state: 'waiting', rev: 2, epoch: 1 },
    ],
    [
      'leave',
      async () => {
        const { she } = await joined()
        return (more) => visitorSays({ ask: 'leave', ...she.hers }, {}, more)
      },
      { ok: true },
    ],
  ]

  it.each(flows)('%s ends the same, whether the store fails before or after it did its work', async (_name, prepare, wanted) => {
    for (const how of ['before', 'after'] as const)
      for (let at = 1; at <= 6; at += 1) {
        const ask = await prepare()
        const faulty = faultyD1(env.DB)
        faulty.plan({ at, how })
        let answer = await ask({ DB: faulty.db })
        for (let again = 0; again < 3 && !answer.ok; again += 1) {
          expect(answer.reason).toBe('unavailable')
          answer = await ask({ DB: faulty.db })
        }
        expect(answer, `${how} ${at}`).toMatchObject(wanted)
        expect(
          (await env.DB.prepare('SELECT COUNT(*) AS n FROM talk WHERE expires_at > ?1').bind(NOW()).first<{ n: number }>())?.n,
        ).toBeGreaterThan(0)
        await env.DB.prepare('DELETE FROM talk').run()
      }
  })

  it('a store that is away is said as "unavailable", never as an error', async () => {
    const { she } = await joined()
    const away = {
      prepare: () => {
        throw new Error('planted')
      },
      batch: () => {
        throw new Error('planted')
      },
    }
    expect(await visitorSays({ ask: 'people' }, {}, { DB: away })).toEqual({ ok: false, reason: 'unavailable' })
    expect(await visitorSays({ ask: 'leave', ...she.hers }, {}, { DB: away })).toEqual({ ok: false, reason: 'unavailable' })
  })
})
