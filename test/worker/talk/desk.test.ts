/** The desk's API: nobody gets in without every signature, and nobody is given more than one may have. */
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { random, toBase64url } from '../../../crypto/bytes.ts'
import { sealCapsule } from '../../../crypto/talk/capsule.ts'
import { codeKeys, newCode } from '../../../crypto/talk/code.ts'
import { signAsk, signInvitation, writeInvitation } from '../../../crypto/talk/root.ts'
import type { Looked } from '../../../schema/desk-api.ts'
import { LONGEST_SECONDS } from '../../../worker/handoff/machine.ts'
import { newRoot, ORG, rosterText, signRoster } from '../../crypto/talk/people.ts'
import {
  DESK,
  Desk,
  deskSays,
  desksOf,
  fetchAt,
  joined,
  must,
  NOW,
  nextSeq,
  openHouse,
  person,
  postAt,
  publishRoster,
  root,
  SITE,
  Visitor,
  visitorSays,
} from './house.ts'

openHouse()

const tagOf = ({ tag }: { tag: Uint8Array }) => toBase64url(tag)
const OUT = { ok: false, reason: 'signed-out' }

describe('the hosts', () => {
  it('each has only its own: nothing of the desk for visitors, nothing of visitors on the desk', async () => {
    expect((await postAt(`${SITE}/api`, { ask: 'roster' })).status).toBe(303)
    expect((await fetchAt(`${SITE}/line`, { redirect: 'manual' })).status).toBe(303)
    expect((await postAt(`${DESK}/t`, { ask: 'people' })).status).toBe(404)
    expect((await postAt(`${DESK}/u`, {})).status).toBe(404)
  })
})

describe('a roster', () => {
  it('is taken from whoever brings it, if the roots signed it and it is newer', async () => {
    const people = [await person('c-1')]
    const seq = nextSeq()
    const newer = nextSeq()
    expect(await publishRoster(people, { seq })).toEqual({ ok: true })
    expect(await publishRoster(people, { seq: seq - 1 })).toEqual({ ok: false, reason: 'not-now' })
    expect(await publishRoster(people, { seq: newer, notAfter: NOW() })).toEqual({ ok: false, reason: 'not-now' })
    expect(await publishRoster(people, { seq: newer, org: 'other' })).toEqual({ ok: false, reason: 'not-now' })
    const forged = await signRoster(rosterText(people, { seq: newer, notBefore: NOW(), notAfter: NOW() + 60 }), [await newRoot()])
    const roster = { bytes: toBase64url(forged.bytes), signatures: forged.signatures.map(toBase64url) }
    expect(await deskSays({ ask: 'publish', roster })).toEqual({ ok: false, reason: 'forged' })
    const answer = await deskSays({ ask: 'roster' })
    expect(answer.ok && 'roster' in answer && atob(answer.roster?.bytes.replaceAll('-', '+').replaceAll('_', '/') ?? '')).toContain(
      `"seq":${seq}`,
    )
  })
})

describe('enrolment', () => {
  const invited = async (more: Record<string, unknown> = {}, by = root) => {
    const bytes = writeInvitation({ org: ORG, sid: 'c-7', notAfter: NOW() + 3600, token: toBase64url(random(16)), ...more })
    const passkey = toBase64url((await person('c-7')).passkey.spki)
    return { ask: 'enrol', invitation: toBase64url(bytes), signature: toBase64url(await signInvitation(by.privateKey, bytes)), passkey }
  }
  const enrolled = async (by = root, time = NOW()) =>
    deskSays({ ask: 'enrolled', time, signature: toBase64url(await signAsk(by.privateKey, ORG, time)) })

  it('takes one passkey for one invitation, and tells only a root', async () => {
    const ask = await invited()
    const answers = await Promise.all([1, 2, 3].map(() => deskSays(ask)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'used')).toHaveLength(2)
    expect(await enrolled()).toEqual({ ok: true, enrolled: [{ sid: 'c-7', passkey: ask.passkey }] })
    expect(await enrolled(await newRoot())).toEqual({ ok: false, reason: 'forged' })
    expect(await enrolled(root, NOW() - 120)).toEqual({ ok: false, reason: 'not-now' })
  })

  it('refuses an invitation of nobody, a late one, one that lives too long, and what is no passkey', async () => {
    expect(await deskSays(await invited({}, await newRoot()))).toEqual({ ok: false, reason: 'forged' })
    expect(await deskSays(await invited({ notAfter: NOW(), rosterSeq: 1 }))).toEqual({ ok: false, reason: 'not-now' })
    expect(await deskSays(await invited({ notAfter: NOW() + 80 * 3600 }))).toEqual({ ok: false, reason: 'shape' })
    expect(await deskSays({ ...(await invited()), passkey: toBase64url(random(91)) })).toEqual({ ok: false, reason: 'shape' })
    expect(await enrolled()).toEqual({ ok: true, enrolled: [] })
  })
})

describe('a shift', () => {
  it('begins with the passkey of somebody in the roster, and with nothing else', async () => {
    const { people } = await desksOf(1)
    const [who] = people
    const stranger = await person('c-1')
    await expect(Desk.start(stranger, { rosterSeq: 1 })).rejects.toThrow('forged')
    await expect(Desk.start(await person('c-99'), { rosterSeq: 1 })).rejects.toThrow('unknown-person')
    await expect(Desk.start(who as typeof stranger, { notAfter: NOW(), rosterSeq: 1 })).rejects.toThrow('not-now')
    await expect(Desk.start(who as typeof stranger, { notAfter: NOW() + LONGEST_SECONDS + 100, rosterSeq: 1 })).rejects.toThrow('not-now')
    await expect(Desk.start(who as typeof stranger, { rosterSeq: 2_000_000_000 })).rejects.toThrow('unknown-person')
  })

  it('ends at once for who is revoked, person or shift, and visitors no longer see it', async () => {
    const { desks, people } = await desksOf(2)
    const [one, two] = desks as [Desk, Desk]
    expect(await publishRoster(people, { seq: nextSeq(), revoked: ['c-1', toBase64url(two.keys.shiftId)] })).toEqual({ ok: true })
    for (const desk of [one, two]) expect(await desk.call({ ask: 'look' })).toEqual(OUT)
    expect(await visitorSays({ ask: 'people' })).toMatchObject({ ok: true, shifts: [] })
    expect(await new Visitor().open([one])).toEqual({ ok: false, reason: 'nobody' })
  })

  it('ends when it says so, and cannot be used again', async () => {
    const { desk, she } = await joined()
    expect(await desk.call({ ask: 'end' })).toEqual({ ok: true })
    expect(await desk.call({ ask: 'look' })).toEqual(OUT)
    expect(await desk.openLine()).toBe(404)
    await she.poll()
    expect(she.state).toMatchObject({ state: 'joined', peer: 'away' })
  })
})

describe('a call', () => {
  const look = JSON.stringify({ ask: 'look' })
  const calls = async (Authorization: string, body = look) => (await postAt(`${DESK}/api`, body, { Authorization })).json()

  it('is taken once', async () => {
    const { desks } = await desksOf(1)
    const header = await (desks[0] as Desk).header(look)
    const answers = await Promise.all([1, 2, 3, 4].map(() => calls(header)))
    expect(answers.filter((answer) => (answer as Looked).ok)).toHaveLength(1)
    expect(await calls(header)).toEqual(OUT)
  })

  it('is refused late, early, for another body, from another shift, and without its signature', async () => {
    const { desks } = await desksOf(2)
    const [one, two] = desks as [Desk, Desk]
    for (const time of [NOW() - 62, NOW() + 62]) expect(await calls(await one.header(look, { time }))).toEqual(OUT)
    for (const time of [NOW() - 55, NOW() + 55]) expect(await calls(await one.header(look, { time }))).toMatchObject({ ok: true })
    expect(await calls(await one.header(look), JSON.stringify({ ask: 'end' }))).toEqual(OUT)
    const [, mine] = (await one.header(look)).split(' ') as [string, string]
    const theirs = (await two.header(look)).split(' ')[1] as string
    expect(await calls(`Shift ${[mine.split('.')[0], ...theirs.split('.').slice(1)].join('.')}`)).toEqual(OUT)
    for (const header of ['', 'Shift', 'Shift a.b.c.d', `Bearer ${mine}`, `Shift ${mine}x`]) expect(await calls(header)).toEqual(OUT)
  })

  it('that is refused writes nothing', async () => {
    const { desks } = await desksOf(1)
    const stranger = new Desk({ ...(desks[0] as Desk).keys, signing: await newRoot() })
    const count = async () => (await env.DB.prepare('SELECT COUNT(*) AS n FROM used').first<{ n: number }>())?.n
    const before = await count()
    for (let turn = 0; turn < 5; turn += 1) expect(await stranger.call({ ask: 'look' })).toEqual(OUT)
    expect(await count()).toBe(before)
  })
})

describe('H10: nobody is given more than one may have', () => {
  it('three talks at once, also when more are taken in the same moment', async () => {
    const { desks } = await desksOf(1)
    const desk = desks[0] as Desk
    const visitors: Visitor[] = []
    for (let n = 0; n < 5; n += 1) {
      const she = new Visitor()
      await she.open(desks)
      visitors.push(she)
    }
    const answers = await Promise.all(visitors.map((she) => new Desk(desk.keys).accept(tagOf(she))))
    expect(answers.filter(({ answer }) => answer.ok)).toHaveLength(3)
    for (const { answer } of answers) if (!answer.ok) expect(['limit', 'unavailable']).toContain(answer.reason)
    expect((await desk.look()).pace).toMatchObject({ state: 'full', placesLeft: 0 })
    const people = await visitorSays({ ask: 'people' })
    expect(people.ok && 'shifts' in people && people.shifts.map(({ state }) => state)).toEqual(['full'])
    await (visitors.find((_she, at) => answers[at]?.answer.ok) as Visitor).leave()
    expect((await desk.look()).pace).toMatchObject({ state: 'free', placesLeft: 1 })
  })

  it('a talk set aside takes no place, only while nobody is at her end; it stays hers to come back to, with its code', async () => {
    const { desks } = await desksOf(2)
    const [desk, other] = desks as [Desk, Desk]
    const [she, second, third, late] = [new Visitor(), new Visitor(), new Visitor(), new Visitor()]
    for (const each of [she, second, third]) {
      await each.open(desks)
      expect((await new Desk(desk.keys).accept(tagOf(each))).answer).toEqual({ ok: true })
    }
    await she.poll()
    const code = await codeKeys(newCode(), ORG)
    const named = { locator: toBase64url(code.locator), auth: toBase64url(code.auth) }
    const capsule = toBase64url(must(await sealCapsule(code.capsule, 'усе')))
    expect((await visitorSays({ ask: 'keep', ...named, capsule, hours: 24, talk: she.hers })).ok).toBe(true)
    const aside = { ask: 'aside', tag: tagOf(she) }
    const fourth = () => new Desk(desk.keys).accept(tagOf(late))
    expect(await desk.call(aside)).toEqual({ ok: false, reason: 'changed' })
    expect(await other.call(aside)).toEqual({ ok: false, reason: 'gone' })
    const real = Date.now()
    try {
      vi.setSystemTime(real + 11 * 60_000)
      for (const each of desks) await each.look()
      await late.open(desks)
      expect((await fourth()).answer).toEqual({ ok: false, reason: 'limit' })
      for (let turn = 0; turn < 2; turn += 1) expect(await desk.call(aside)).toEqual({ ok: true })
      expect((await desk.look()).pace).toMatchObject({ state: 'free', placesLeft: 1 })
      expect((await fourth()).answer).toEqual({ ok: true })
      expect((await desk.look()).pace).toMatchObject({ state: 'full', placesLeft: 0 })
      expect(await visitorSays({ ask: 'return', ...named, by: toBase64url(random(16)) })).toMatchObject({ ok: true, found: 1 })
      expect(await she.reseal(desks)).toMatchObject({ ok: true, state: 'waiting', rev: 2, epoch: 1 })
      expect((await new Desk(desk.keys).accept(tagOf(she))).answer).toEqual({ ok: false, reason: 'limit' })
      expect((await other.accept(tagOf(she))).answer).toEqual({ ok: true })
      expect((await other.look()).pace.placesLeft).toBe(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('eight looks an hour at talks it does not take; one that it takes is not counted, one it saw is free', async () => {
    const { desks } = await desksOf(1)
    const desk = desks[0] as Desk
    const tags: string[] = []
    for (let n = 0; n < 9; n += 1) {
      const she = new Visitor()
      await she.open(desks)
      tags.push(tagOf(she))
    }
    const peeks = async (tag: string) => (await desk.call({ ask: 'peek', tag })).ok
    for (const tag of tags.slice(0, 8)) expect(await peeks(tag)).toBe(true)
    expect(await desk.call({ ask: 'peek', tag: tags[8] })).toEqual({ ok: false, reason: 'limit' })
    expect(await peeks(tags[0] as string)).toBe(true)
    expect((await desk.look()).pace.peeksLeft).toBe(0)
    expect((await desk.accept(tags[0] as string)).answer).toEqual({ ok: true })
    expect(await peeks(tags[8] as string)).toBe(true)
  })

  it('no new talk during a break; a break that is over begins the two hours anew', async () => {
    const { desks } = await desksOf(1)
    const desk = desks[0] as Desk
    const she = new Visitor()
    await she.open(desks)
    await desk.call({ ask: 'break', on: true })
    expect(await desk.call({ ask: 'peek', tag: tagOf(she) })).toEqual({ ok: false, reason: 'on-break' })
    expect((await desk.look()).pace).toMatchObject({ state: 'break', breakDue: false })
    await desk.call({ ask: 'break', on: false })
    expect((await desk.accept(tagOf(she))).answer).toEqual({ ok: true })
  })
})

describe('the list', () => {
  it('shows who waits longest first, and only whom this person may help', async () => {
    const { desks } = await desksOf(1)
    const desk = desks[0] as Desk
    const [first, man, second] = [new Visitor(), new Visitor(), new Visitor()]
    await first.open(desks)
    // Everybody of this roster is a woman.
    await man.open(desks, 'x', 'man')
    await second.open(desks, 'x', 'woman')
    expect((await desk.look()).waiting.map(({ tag }) => tag).sort()).toEqual([tagOf(first), tagOf(second)].sort())
    expect(await desk.call({ ask: 'peek', tag: tagOf(man) })).toEqual({ ok: false, reason: 'gone' })
  })

  it('H9: holds nothing of a person but a name of the wire, language, wish and minutes', async () => {
    const { desks } = await desksOf(1)
    await new Visitor().open(desks, 'Planted7431', 'any', { 'CF-Connecting-IP': '203.0.113.74', 'User-Agent': 'Planted-Agent-7431' })
    const looked = await (desks[0] as Desk).look()
    expect(Object.keys(looked.waiting[0] ?? {}).sort()).toEqual(['epoch', 'language', 'minutes', 'peeked', 'rev', 'state', 'tag', 'wish'])
    expect(JSON.stringify(looked)).not.toMatch(/planted|7431|203\.0/i)
  })
})

describe('an accept', () => {
  it('not signed by its shift, for another talk, or another epoch is refused', async () => {
    const { desks } = await desksOf(2)
    const [one, two] = desks as [Desk, Desk]
    const [she, other] = [new Visitor(), new Visitor()]
    await she.open(desks)
    await other.open(desks)
    const made = await one.accept(tagOf(other))
    const ask = { ask: 'accept', tag: tagOf(she), rev: 1, accept: made.accept }
    expect(await one.call(ask)).toEqual({ ok: false, reason: 'shape' })
    const thief = new Desk({ ...two.keys, signing: { ...one.keys.signing } })
    const forged = await thief.accept(tagOf(she))
    expect(forged.answer).toEqual(OUT)
  })
})
