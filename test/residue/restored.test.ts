/**
 * The server's own disk: a copy taken in the middle of a talk and put back later, as a database is restored after an accident, or looked at
 * by whoever got hold of an old one. The key of its day is gone by then. A leaky table lies beside ours, and must be read in every copy.
 */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bytes, random, toBase64url } from '../../crypto/bytes.ts'
import { turned } from '../../crypto/keeping.ts'
import { sealCapsule, sealReply } from '../../crypto/talk/capsule.ts'
import { type CodeKeys, codeKeys, newCode } from '../../crypto/talk/code.ts'
import type { VisitorAnswer, VisitorAsk } from '../../schema/api.ts'
import { type Local, localOptions, serveLocal } from '../../scripts/serve/local.ts'
import { ORG } from '../crypto/talk/people.ts'
import { type Counsellor, organise } from '../journeys/counsellor.ts'
import { must, NOW, Visitor } from '../worker/talk/ends.ts'
import { ROOT } from './house.ts'
import { passedSecrets, type Secret } from './keys.ts'
import type { Marker } from './scanner/forms.ts'
import { scan, snapshot } from './scanner/scan.ts'
import { random as letters } from './visit.ts'

/** In the order of their names. */
const LEAKY = ['bytes', 'packed', 'text']

let folder: string
let data: string
let organisation: Awaited<ReturnType<typeof organise>>
let server: Local
const sought: Marker[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'restored-'))
  data = join(folder, 'data')
  organisation = await organise()
  await leak()
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What a table would hold that keeps what it is told: words, bytes, and both in JSON. */
async function leak(): Promise<void> {
  const { bytes, packed, text } = { bytes: randomBytes(32), packed: randomBytes(32), text: letters() }
  const miniflare = new Miniflare(localOptions({ root: ROOT, port: 0, data }))
  const db = await miniflare.getD1Database('DB')
  await db.exec('CREATE TABLE leaky (text TEXT, bytes BLOB, packed TEXT)')
  const row = [text, bytes, JSON.stringify({ kept: packed.toString('base64') })]
  await db
    .prepare('INSERT INTO leaky VALUES (?1, ?2, ?3)')
    .bind(...row)
    .run()
  await miniflare.dispose()
  for (const [id, value] of Object.entries({ bytes, packed, text })) seek(id, value)
}

const seek = (id: string, value: string | Uint8Array): void => {
  sought.push({ id, class: 'sought', value: typeof value === 'string' ? value : Buffer.from(value) })
}

/** @returns the names of what was found */
const found = (where: string): string[] => [...new Set(scan(where, sought).map(({ id }) => id))].sort()

async function serve(keys: string): Promise<void> {
  server = await serveLocal({ root: ROOT, port: 0, data, vars: { ...organisation.vars, BOT_KEYS: keys } })
  organisation.at({ server })
}

/** The copy in place of what is there, and the service on it. */
async function restore(from: string, keys: string): Promise<void> {
  await server.stop()
  rmSync(data, { recursive: true })
  cpSync(from, data, { recursive: true })
  await serve(keys)
}

const asks = async (ask: VisitorAsk): Promise<VisitorAnswer> =>
  (await server.fetch(`${server.url}t`, { method: 'POST', body: JSON.stringify(ask) })).json() as Promise<VisitorAnswer>

type Talk = { she: Visitor; counsellor: Counsellor; code: CodeKeys }

/** As it stands in the middle: words both ways, of which the last are still on their way; a capsule, and an answer left for her. */
async function talk(counsellor: Counsellor): Promise<Talk> {
  const says = (name: string): string => {
    const text = letters()
    seek(name, text)
    return text
  }
  const she = new Visitor()
  const opened = await she.open([counsellor.end], says('first words'))
  expect(opened.ok).toBe(true)
  await counsellor.accept(toBase64url(she.tag))
  await she.poll()
  const [hers, theirs] = [says('hers'), says('theirs')]
  await she.say(hers)
  await counsellor.end.say(theirs)
  await counsellor.end.poll()
  await she.poll()
  expect([counsellor.end.heard, she.heard]).toEqual([[hers], [theirs]])
  await she.say(says('hers, on its way'))
  await counsellor.end.say(says('theirs, on its way'))
  const digits = newCode()
  seek('code', digits)
  const code = await codeKeys(digits, ORG)
  const named = { locator: toBase64url(code.locator), auth: toBase64url(code.auth) }
  const capsule = toBase64url(must(await sealCapsule(code.capsule, says('capsule'))))
  expect(await asks({ ask: 'keep', ...named, capsule, hours: 72 })).toEqual({ ok: true })
  const reply = toBase64url(must(await sealReply(code.mailbox.publicBytes, ORG, says('reply'))))
  expect(await counsellor.end.call({ ask: 'reply', box: toBase64url(code.box), reply })).toMatchObject({ ok: true })
  for (const { name, bytes } of secretsOf(she, counsellor, code)) seek(name, bytes)
  return { she, counsellor, code }
}

function secretsOf({ caseId, tag, pass, device, keys }: Visitor, { end }: Counsellor, code: CodeKeys): Secret[] {
  if (end.epochKeys === null) throw new Error('nothing was accepted')
  const { toCounsellor, toVisitor, next } = end.epochKeys
  const { locator, auth, capsule, box } = code
  const named: Record<string, Bytes> = { caseId, tag, pass, device, visitor: keys.publicBytes, shift: end.keys.shiftId }
  Object.assign(named, { toCounsellor, toVisitor, next, locator, auth, capsule, box })
  return Object.entries(named).map(([name, bytes]) => ({ name, bytes }))
}

/** What each part of it answers: frames, capsule, replies, shift. */
async function answersOf({ she, counsellor, code }: Talk) {
  const named = { locator: toBase64url(code.locator), auth: toBase64url(code.auth) }
  const returned = await asks({ ask: 'return', ...named, by: toBase64url(random(16)) })
  const replies = await asks({ ask: 'replies', box: toBase64url(code.box) })
  const looked = await counsellor.end.call({ ask: 'look' })
  return {
    frames: (await she.exchange([])).length > 0,
    capsule: 'found' in returned && returned.found === 1,
    replies: 'replies' in replies && replies.replies.length === 1,
    shift: looked.ok,
  }
}

test('DB-1, DB-5: an earlier state of the database, put back after the end without the key of its day, is no talk to anybody and says nothing', async () => {
  const keys = turned('', NOW())
  for (const { name, bytes } of passedSecrets([{ method: '', path: '', sent: keys, status: 200, answered: Buffer.alloc(0) }]))
    seek(`key of the day: ${name}`, bytes)
  await serve(keys)
  const before = await talk(await organisation.comes('c-1'))
  const earlier = join(folder, 'earlier')
  snapshot(data, earlier)
  expect(sought.length).toBeGreaterThan(25)
  expect(found(earlier)).toEqual(LEAKY)

  await before.counsellor.close()
  await before.counsellor.end.call({ ask: 'end' })
  // While its key lives a copy is the talk as it was: it is whole, so what follows is the key's doing.
  await restore(earlier, keys)
  expect(await answersOf(before)).toEqual({ frames: true, capsule: true, replies: true, shift: true })

  await restore(earlier, turned('', NOW()))
  expect(await answersOf(before)).toEqual({ frames: false, capsule: false, replies: false, shift: false })
  expect(await asks({ ask: 'people' })).toMatchObject({ ok: true, shifts: [], waiting: 0 })
  // The service goes on beside the rows that nobody can read any more.
  const after = await talk(await organisation.comes('c-2'))
  expect(await answersOf(after)).toEqual({ frames: true, capsule: true, replies: true, shift: true })
  await after.counsellor.close()
  await server.stop()
  expect(found(data)).toEqual(LEAKY)
})
