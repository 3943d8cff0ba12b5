/** A sealed talk through the Worker, D1 and the line of its own, from both ends. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { random, toBase64url } from '../../../crypto/bytes.ts'
import { isClosedBy, readClose } from '../../../crypto/talk/close.ts'
import type { TalkHours } from '../../../schema/content.ts'
import { AWAY_SECONDS, PING_SECONDS, readRefused, writeFrame } from '../../../schema/line.ts'
import { common } from '../../../worker/books.ts'
import { CODES, DESK, type Desk, desksOf, joined, must, openHouse, postAt, until, Visitor, visitorSays } from './house.ts'

openHouse()

const tagOf = ({ tag }: { tag: Uint8Array }) => toBase64url(tag)
const lineNames = async () => {
  const { results } = await env.DB.prepare('SELECT tag FROM talk').all<{ tag: ArrayBuffer }>()
  return results.map(({ tag }) => toBase64url(new Uint8Array(tag)))
}
const line = async () => env.LINES.getByName((await lineNames())[0] ?? '')
const mails = async () => (await env.DB.prepare('SELECT direction, n FROM mail').all()).results

describe('asking for a person', () => {
  it('is seen by the desk with language and wish, and read by a peek', async () => {
    const { desks } = await desksOf(2)
    const she = new Visitor()
    expect(await she.open(desks, 'мені страшно', 'woman')).toMatchObject({ ok: true, state: 'waiting', rev: 1, epoch: 0, accept: null })
    const { waiting, pace } = await (desks[0] as Desk).look()
    expect(waiting).toEqual([
      { tag: tagOf(she), rev: 1, epoch: 0, state: 'waiting', language: 'uk', wish: 'woman', minutes: 0, peeked: false },
    ])
    expect(pace).toMatchObject({ state: 'free', peeksLeft: 8, placesLeft: 3, breakDue: false })
    expect((await (desks[1] as Desk).accept(tagOf(she))).words).toBe('мені страшно')
    expect((await (desks[0] as Desk).look()).waiting).toEqual([])
  })

  it('twice is one talk, and another pass finds nothing', async () => {
    const { desks } = await desksOf(1)
    const she = new Visitor()
    const { bytes } = await she.seal(desks, 'раз')
    const ask = { ask: 'open', ...she.hers, request: toBase64url(bytes), language: 'uk', wish: 'any' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => visitorSays(ask)))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, state: 'waiting', rev: 1 })
    expect(await lineNames()).toHaveLength(1)
    expect(await visitorSays({ ...ask, pass: toBase64url(random(32)) })).toEqual({ ok: false, reason: 'gone' })
  })

  it('is refused while nobody is on shift, and keeps nothing', async () => {
    const she = new Visitor()
    const { desks } = await desksOf(1)
    await (desks[0] as Desk).call({ ask: 'end' })
    expect(await she.open(desks)).toEqual({ ok: false, reason: 'nobody' })
    expect(await lineNames()).toEqual([])
    expect(await visitorSays({ ask: 'people' })).toMatchObject({ ok: true, shifts: [], waiting: 0 })
  })

  it('H2: tells the published hours, whether somebody is there or not', async () => {
    expect(await visitorSays({ ask: 'people' })).toMatchObject({ roster: null, hours: common.organisation.hours })
    const hours: TalkHours[] = [{ country: 'KZ', days: ['mon'], from: '09:00', to: '21:00' }]
    const was = common.organisation.hours
    common.organisation.hours = hours
    await desksOf(1)
    const people = await visitorSays({ ask: 'people' })
    common.organisation.hours = was
    expect(people).toMatchObject({ shifts: [{ state: 'free' }], hours })
  })

  it('tells each how many asked before her and still wait, and nobody anything of others', async () => {
    const [desk, other] = (await desksOf(2)).desks as [Desk, Desk]
    const all = [new Visitor(), new Visitor(), new Visitor(), new Visitor()] as const
    for (const she of all) await she.open([desk, other])
    const place = async (she: Visitor) => {
      const told = await visitorSays({ ask: 'ahead', ...she.hers })
      return told.ok && 'ahead' in told ? told.ahead : told
    }
    const places = () => Promise.all(all.map(place))
    const [GONE, [first, , third, last]] = [{ ok: false, reason: 'gone' }, all]
    expect(await places()).toEqual([0, 1, 2, 3])
    expect((await desk.look()).waiting.map(({ tag }) => tag)).toEqual(all.map(tagOf))
    await third.leave()
    expect(await places()).toEqual([0, 1, GONE, 2])
    await desk.accept(tagOf(first))
    expect(await places()).toEqual([GONE, 0, GONE, 1])
    // Others came on shift: who waits keeps her place. Who asks for another person stands behind.
    await last.reseal([desk, other], 'waiting')
    await first.reseal([other])
    expect(await places()).toEqual([2, 0, GONE, 1])
    expect(await visitorSays({ ask: 'ahead', ...last.hers, pass: toBase64url(random(32)) })).toEqual(GONE)
  })

  it('shows visitors who is there, with roster, certificate and whether they are free', async () => {
    const { desks } = await desksOf(2)
    await (desks[1] as Desk).call({ ask: 'break', on: true })
    const people = await visitorSays({ ask: 'people' })
    if (!people.ok || !('shifts' in people)) throw new Error('people')
    expect(people.roster?.signatures).toHaveLength(1)
    expect(people.shifts.map(({ state }) => state).sort()).toEqual(['break', 'free'])
    expect(people.shifts.map(({ certificate }) => certificate)).toContain((desks[0] as Desk).shift.certificate)
  })
})

describe('REL-12: of many who accept at once', () => {
  it('exactly one is told yes, and the visitor hears that one', async () => {
    const { desks } = await desksOf(6)
    for (let round = 0; round < 4; round += 1) {
      const she = new Visitor()
      await she.open(desks)
      const answers = await Promise.all(desks.map((desk) => desk.accept(tagOf(she))))
      const winners = answers.flatMap(({ answer }, at) => (answer.ok ? [at] : []))
      expect(winners).toHaveLength(1)
      for (const { answer } of answers) if (!answer.ok) expect(['changed', 'gone', 'limit']).toContain(answer.reason)
      const winner = desks[winners[0] as number] as Desk
      await she.poll()
      await winner.say(`коло ${round}`)
      await she.poll()
      expect(she.heard).toEqual([`коло ${round}`])
      await she.leave()
    }
  })

  it('the same accept again is yes again, and changes nothing', async () => {
    const { desks } = await desksOf(2)
    const [desk, other] = desks as [Desk, Desk]
    const she = new Visitor()
    await she.open(desks)
    const { accept, rev } = await desk.accept(tagOf(she))
    for (let turn = 0; turn < 3; turn += 1) expect(await desk.call({ ask: 'accept', tag: tagOf(she), rev, accept })).toEqual({ ok: true })
    expect(await other.call({ ask: 'accept', tag: tagOf(she), rev, accept })).toEqual({ ok: false, reason: 'shape' })
    await she.poll()
    expect(she.epoch).toBe(1)
  })
})

describe('a talk by exchanges', () => {
  it('goes both ways, in order, each once, and empties the mailbox', async () => {
    const { she, desk } = await joined()
    for (const text of ['раз', 'два', 'три']) await she.say(text)
    await desk.say('чую')
    await desk.poll()
    await she.poll()
    await desk.poll()
    await she.poll()
    expect(desk.heard).toEqual(['раз', 'два', 'три'])
    expect(she.heard).toEqual(['чую'])
    expect([she.unacked.size, desk.unacked.size]).toEqual([0, 0])
    expect(await mails()).toEqual([])
  })

  it('gives every frame again until it is acknowledged, and repeats harm nothing', async () => {
    const { she, desk } = await joined()
    await she.say('раз')
    await she.sayAgain()
    await she.sayAgain()
    expect(await mails()).toHaveLength(1)
    const first = await desk.exchange([])
    const second = await desk.exchange([])
    expect(second.filter((frame) => first.includes(frame)).length).toBeGreaterThan(0)
    await desk.poll()
    await desk.poll()
    expect(desk.heard).toEqual(['раз'])
  })

  it('keeps nothing for another epoch, another talk or the wrong direction', async () => {
    const { she, desk } = await joined()
    const frame = await she.say('моє')
    const bend = (at: number, value: number) => frame.map((byte, index) => (index === at ? value : byte))
    // Bytes 2 to 17 are the talk, 18 to 21 the epoch, 22 the direction.
    for (const bad of [bend(2, 99), bend(22, 1), frame.slice(0, 100)])
      expect(await she.exchange([writeFrame('message', bad)])).not.toContain('kept')
    await she.poll([writeFrame('message', bend(21, 7))])
    expect(readRefused(she.frames.findLast(({ kind }) => kind === 'refused')?.payload ?? new Uint8Array(0))).toMatchObject({
      why: 'old',
      epoch: 7,
    })
    expect(await mails()).toHaveLength(1)
    await desk.poll()
    expect(desk.heard).toEqual(['моє'])
  })

  it('slows down who floods it, and loses nothing of what was taken', async () => {
    const { she, desk } = await joined()
    const frames = await Promise.all(
      Array.from({ length: 30 }, async (_none, n) => must(await (she.talk as NonNullable<typeof she.talk>).seal(`${n}`)).frame),
    )
    for (let at = 0; at < 30; at += 10) await she.poll(frames.slice(at, at + 10).map((frame) => writeFrame('message', frame)))
    const kept = she.frames.filter(({ kind }) => kind === 'kept').length
    const slow = she.frames.filter(({ kind }) => kind === 'refused').length
    expect(kept + slow).toBe(30)
    expect(slow).toBeGreaterThan(0)
    await desk.poll()
    expect(desk.heard).toHaveLength(kept)
  })
})

describe('a talk on open lines', () => {
  it('passes frames on at once, tells "kept" and "arrived", and who is there', async () => {
    const { she, desk } = await joined()
    expect(await she.connect()).toBe(101)
    expect(await desk.connect()).toBe(101)
    await she.say('на лінії')
    await until(() => desk.heard.length === 1 && she.unacked.size === 0)
    expect(she.frames.map(({ kind }) => kind)).toContain('kept')
    await she.give(writeFrame('who'))
    await until(() => she.state?.peer === 'here')
    await until(async () => (await mails()).length === 0)
  })

  it('tells "away" when the other line breaks, and gives what was missed when it comes back', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    await until(() => she.state?.peer === 'here')
    desk.hangUp()
    await until(() => she.state?.peer === 'away')
    await she.say('поки вас не було')
    await until(() => she.frames.some(({ kind }) => kind === 'kept'))
    await desk.connect()
    await until(() => desk.heard.length === 1 && she.unacked.size === 0)
    await until(() => she.state?.peer === 'here')
  })

  it('tells "away" about a line that says nothing any more, though it was never closed', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    await until(() => she.state?.peer === 'here')
    const real = Date.now()
    try {
      // The other end asks every five seconds; whoever was silent for nine is away by the second time.
      vi.setSystemTime(real + (AWAY_SECONDS + 1) * 1000)
      await she.give(writeFrame('who'))
      await until(() => she.state?.peer === 'away')
      await desk.give(writeFrame('who'))
      await she.give(writeFrame('who'))
      await until(() => she.state?.peer === 'here')
    } finally {
      vi.useRealTimers()
    }
    expect(PING_SECONDS + AWAY_SECONDS).toBeLessThan(15)
  })

  it('says "unavailable" while the store is away, and takes the same frame later', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    await env.DB.prepare('ALTER TABLE mail RENAME TO away').run()
    await she.say('спробую')
    await until(() => she.frames.some(({ kind, payload }) => kind === 'refused' && readRefused(payload)?.why === 'unavailable'))
    await env.DB.prepare('ALTER TABLE away RENAME TO mail').run()
    await she.sayAgain()
    await until(() => desk.heard.length === 1 && she.unacked.size === 0)
    expect(desk.heard).toEqual(['спробую'])
  })

  it('learns within seconds a change that nobody told it', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    await until(() => she.state?.state === 'joined')
    const untold = { ask: 'close', tag: tagOf(desk), close: await desk.closeFrame() }
    const deaf = { getByName: () => ({ news: async () => Promise.reject(new Error('planted')) }) }
    const body = JSON.stringify(untold)
    expect((await postAt(`${DESK}/api`, body, { Authorization: await desk.header(body) }, { LINES: deaf })).status).toBe(200)
    const real = Date.now()
    try {
      vi.setSystemTime(real + 21_000)
      await she.give(writeFrame('who'))
      await until(() => she.state?.state === 'gone')
    } finally {
      vi.useRealTimers()
    }
  })

  it('outlives a sleeping object: nothing is lost, and nobody has to come again', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    await she.say('перед сном')
    await until(() => desk.heard.length === 1)
    await evictDurableObject(await line(), { webSockets: 'hibernate' })
    await she.say('після сну')
    await until(() => desk.heard.length === 2 && she.unacked.size === 0)
    expect(desk.heard).toEqual(['перед сном', 'після сну'])
  })

  it('touches no storage of the object, whatever happens on it', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    await she.say('a')
    await until(() => desk.heard.length === 1)
    await desk.end()
    await until(() => she.closed !== null)
    const kept = await runInDurableObject(await line(), async (_one, state) => [
      (await state.storage.list()).size,
      await state.storage.getAlarm(),
    ])
    expect(kept).toEqual([0, null])
    const sources = await Promise.all([
      import('../../../worker/handoff/line.ts?raw'),
      import('../../../worker/handoff/ends.ts?raw'),
      import('../../../worker/handoff/mailbox.ts?raw'),
    ])
    for (const source of sources) expect(source.default).not.toMatch(/\.storage|setAlarm|\.kv\b|\.sql\b/)
  })

  it('is refused to who has not the pass, is not the shift, or asks in another way', async () => {
    const { she, desk, desks } = await joined(2)
    const other = desks[1] as Desk
    const stranger = Object.assign(new Visitor(), { tag: she.tag })
    expect(await stranger.connect()).toBe(404)
    other.tag = desk.tag
    expect(await other.connect()).toBe(404)
    expect(await desk.openLine(random(16))).toBe(404)
  })

  it('a page on another device takes the talk over', async () => {
    const { she } = await joined()
    await she.connect()
    const again = Object.assign(new Visitor(), { tag: she.tag, pass: she.pass })
    await again.connect()
    await until(() => she.closedWith === CODES.elsewhere)
  })
})

describe('the end', () => {
  it('by the counsellor is signed, told, and leaves the last words to be read', async () => {
    const { she, desk } = await joined()
    await desk.say('бережіть себе')
    const close = await desk.closeFrame()
    for (let turn = 0; turn < 2; turn += 1) expect(await desk.call({ ask: 'close', tag: tagOf(desk), close })).toEqual({ ok: true })
    await she.poll()
    expect(she.heard).toEqual(['бережіть себе'])
    const told = must(readClose(she.closed?.payload ?? new Uint8Array(0)))
    expect(told.reason).toBe('ended')
    expect(await isClosedBy(desk.keys.signing.publicBytes, she.caseId, told)).toBe(true)
    expect(she.state?.state).toBe('gone')
    expect(await she.reseal([desk])).toEqual({ ok: false, reason: 'gone' })
    expect((await desk.look()).mine).toEqual([])
  })

  it('by the visitor says only "left", and forgets the mailbox', async () => {
    const { she, desk } = await joined()
    await she.say('непрочитане')
    await desk.connect()
    expect(await she.leave()).toEqual({ ok: true })
    expect(await she.leave()).toEqual({ ok: true })
    await until(() => desk.closed !== null)
    expect(must(readClose(desk.closed?.payload ?? new Uint8Array(0)))).toMatchObject({ reason: 'left', signature: new Uint8Array(0) })
    expect(await mails()).toEqual([])
    expect(await visitorSays({ ask: 'leave', tag: toBase64url(random(16)), pass: toBase64url(random(32)) })).toEqual({ ok: true })
  })

  it('by the exit is a line closed with 4001, and the same for the desk', async () => {
    const { she, desk } = await joined()
    await she.connect()
    await desk.connect()
    she.hangUp(CODES.left)
    await until(() => desk.closed !== null)
    expect(must(readClose(desk.closed?.payload ?? new Uint8Array(0))).reason).toBe('left')
  })

  it('cannot be said by another shift, or without a signature', async () => {
    const { desk, desks } = await joined(2)
    const other = desks[1] as Desk
    Object.assign(other, { tag: desk.tag, caseId: desk.caseId, epoch: 1 })
    expect((await other.end()).ok).toBe(false)
    const close = await other.closeFrame()
    expect(await desk.call({ ask: 'close', tag: tagOf(desk), close })).toEqual({ ok: false, reason: 'forged' })
    expect((await desk.look()).mine).toHaveLength(1)
  })
})

describe('another counsellor', () => {
  it('takes over what was handed on, with new keys, and the first cannot read on', async () => {
    const { she, desk, desks } = await joined(2)
    const other = desks[1] as Desk
    await desk.connect()
    expect(await desk.handTo(other)).toEqual({ ok: true })
    expect((await other.look()).waiting).toMatchObject([{ tag: tagOf(she), state: 'handed', epoch: 1 }])
    await desk.say('ще я')
    await she.poll()
    expect(she.heard).toEqual(['ще я'])
    expect((await other.accept(tagOf(she))).answer).toEqual({ ok: true })
    await until(() => desk.closedWith === CODES.handed)
    expect(await desk.call({ ask: 'exchange', tag: tagOf(desk), frames: [] })).toEqual({ ok: false, reason: 'gone' })
    await she.poll()
    expect(she.epoch).toBe(2)
    await she.say('вітаю')
    await other.poll()
    expect(other.heard).toEqual(['вітаю'])
    expect(desk.heard).toEqual([])
  })

  it('comes when the first is gone: her page seals anew, and what it had not sent goes to the next', async () => {
    const { she, desk, desks } = await joined(2)
    const other = desks[1] as Desk
    await desk.connect()
    await she.connect()
    await desk.call({ ask: 'end' })
    await until(() => she.state?.peer === 'away')
    expect(await she.reseal([other])).toMatchObject({ ok: true, state: 'waiting', rev: 2, epoch: 1 })
    expect((await other.accept(tagOf(she))).answer).toEqual({ ok: true })
    await until(() => she.epoch === 2)
    await she.say('я тут')
    await other.poll()
    expect(other.heard).toEqual(['я тут'])
    await until(() => desk.closedWith === CODES.handed)
  })

  it('cannot accept what was sealed anew meanwhile', async () => {
    const { desks } = await desksOf(2)
    const [desk, other] = desks as [Desk, Desk]
    const she = new Visitor()
    await she.open([desk])
    const before = await desk.call({ ask: 'peek', tag: tagOf(she) })
    await she.reseal([desk, other], 'waiting')
    expect(before).toMatchObject({ ok: true, rev: 1 })
    const { answer, accept } = await desk.accept(tagOf(she))
    expect(answer).toEqual({ ok: true })
    expect(await other.call({ ask: 'accept', tag: tagOf(she), rev: 1, accept })).toMatchObject({ ok: false })
  })

  it('who was accepted is not lost to boxes for others: a request sealed anew while it was accepted does not count', async () => {
    const { she, desk, desks } = await joined(2)
    expect(await she.reseal(desks, 'waiting')).toEqual({ ok: false, reason: 'changed' })
    await desk.say('я з вами')
    await she.poll()
    expect(she.heard).toEqual(['я з вами'])
  })
})
