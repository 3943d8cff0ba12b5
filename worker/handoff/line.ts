/**
 * The line of one talk: takes sealed frames from one end, keeps them in the mailbox and passes them to the other. Everything here is in
 * memory, and may be forgotten at any moment: what matters is in the mailbox or with the two ends, who send again what was not
 * acknowledged. Sockets and who is there: `ends.ts`; the seal of what is kept: `mailbox.ts`.
 */
import { DurableObject } from 'cloudflare:workers'
import { type Bytes, bytesOf, equal, toBase64url } from '../../crypto/bytes.ts'
import { closeByVisitor, readClose } from '../../crypto/talk/close.ts'
import { readAck, readMessage } from '../../crypto/talk/message.ts'
import { CODES, type Frame, PING, PONG, readFrame, type Why, writeFrame, writeKept, writeRefused, writeState } from '../../schema/line.ts'
import { LINE_PROTOCOL } from '../../schema/paths.ts'
import { type RingEnv, ringOf } from '../keys/ring.ts'
import { dropRead } from '../store/mail.ts'
import { Ends, hangUp, send, type Who, whoseIs } from './ends.ts'
import { type Found, Handoff } from './handoff.ts'
import type { Effect, Talk } from './machine.ts'
import { keepFrame, unreadFrames } from './mailbox.ts'
import { Pace } from './pace.ts'
import { otherOf, type Side } from './presence.ts'
import { Rows } from './rows.ts'

/** Header of the object's only request, which nobody outside can make. */
export const WHO = 'X-Who'

/** What is written is kept alive this often. */
const TOUCH_MS = 4 * 60 * 1000
/** Nobody waits longer than this to learn a change that was not told. */
const LOOK_MS = 20 * 1000

const DIRECTION: Record<Side, number> = { counsellor: 0, visitor: 1 }
const FORWARDED = { v2c: 0, c2v: 1 } as const

/** For who has no part in this talk, or no longer: nothing tells why. */
const GONE = writeState({ state: 'gone', peer: 'none', rev: 0, epoch: 0 })

export class TalkLine extends DurableObject<Env & RingEnv> {
  readonly #ends: Ends
  readonly #paces = { visitor: new Pace(), counsellor: new Pace() }
  #found: Found | null = null
  #looking: Promise<void> | null = null
  #looked = 0
  #touched = 0

  constructor(state: DurableObjectState, env: Env & RingEnv) {
    super(state, env)
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG))
    this.#ends = new Ends(state, (who) => now() < who.until && (this.#found === null || mayAct(who, this.#found.talk)))
  }

  /** Opens the socket of one end. */
  override async fetch(request: Request): Promise<Response> {
    const who = JSON.parse(request.headers.get(WHO) ?? '{}') as Who
    const { 0: theirs, 1: ours } = new WebSocketPair()
    this.#ends.join(who, ours)
    this.#hear(who)
    for (const frame of await this.#all(who)) ours.send(frame)
    this.#showState(otherOf(who.side))
    return new Response(null, { status: 101, webSocket: theirs, headers: { 'Sec-WebSocket-Protocol': LINE_PROTOCOL } })
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const who = whoseIs(socket)
    if (typeof message === 'string') return hangUp(socket, CODES.unclear)
    const frame = readFrame(new Uint8Array(message))
    // A frame of a newer page is passed over.
    if (frame === null) return
    try {
      for (const answer of await this.#take(who, frame)) send(socket, answer)
    } catch {
      // The store is away. The sender hears nothing, and sends again.
    }
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    const who = whoseIs(socket)
    if (!this.#ends.part(socket, code)) return
    try {
      if (code === CODES.left && who.side === 'visitor') await this.#leave(who)
      else await this.#tellAway(who)
    } catch {
      // The store is away. The other end sees by itself that nobody answers.
    }
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.webSocketClose(socket, 1006)
  }

  /** For who has no WebSocket: takes frames, gives everything that is there. */
  async exchange(who: Who, frames: readonly Bytes[]): Promise<Bytes[]> {
    this.#hear(who)
    const answers: Bytes[] = []
    for (const bytes of frames) {
      const frame = readFrame(bytes)
      if (frame !== null) answers.push(...(await this.#take(who, frame)))
    }
    return [...answers, ...this.#ends.collect(who.side), ...(await this.#all(who))]
  }

  /** A change was stored: both ends are shown what it means for them. */
  async news(found: Found, effects: readonly Effect[]): Promise<void> {
    this.#found = found
    this.#looked = Date.now()
    const { talk } = found
    for (const effect of effects) {
      if (effect.do === 'release') this.#ends.release(effect.holder, GONE)
      if (effect.do === 'show-accept' && talk.accept) this.#ends.show('visitor', writeFrame('accept', bytesOf(talk.accept)))
      if (effect.do === 'show-close' && talk.close) this.#ends.show(effect.to, writeFrame('close', bytesOf(talk.close)))
      if (effect.do === 'show-state') for (const side of ['visitor', 'counsellor'] as const) this.#showState(side)
    }
  }

  /** A shift ended: it is heard no more, whatever its sockets say. */
  async quiet(holder: string): Promise<void> {
    this.#ends.release(holder, GONE)
    this.#ends.forget('counsellor')
    this.#showState('visitor')
  }

  async #take(who: Who, { kind, payload }: Frame): Promise<Bytes[]> {
    const found = await this.#talk(who)
    this.#hear(who)
    if (found === null || !mayAct(who, found.talk)) return [GONE]
    if (kind === 'who') return [this.#state(who.side)]
    if (kind === 'message') return this.#message(who, found, payload)
    if (kind === 'ack') this.#ack(who, found, payload)
    if (kind === 'close' && who.side === 'visitor') await this.#leave(who)
    if (kind === 'close' && who.side === 'counsellor') await this.#close(who, found, payload)
    return []
  }

  /** Passed on at once, and kept until the other end has it. */
  async #message(who: Who, found: Found, payload: Bytes): Promise<Bytes[]> {
    const message = readMessage(payload)
    if (!message.ok || FORWARDED[message.value.direction] !== 1 - DIRECTION[who.side] || !this.#isOurs(message.value.tag, found)) return []
    const { epoch, n } = message.value
    const place = { direction: FORWARDED[message.value.direction], epoch, n }
    const no = (why: Why): Bytes[] => [writeRefused(why, place)]
    if (epoch !== found.talk.epoch || found.talk.state === 'waiting') return no('old')
    if (!this.#paces[who.side].takes(Date.now())) return no('slow')
    this.#ends.pass(otherOf(who.side), writeFrame('message', payload))
    try {
      const rows = this.#rows()
      if (!rows) return no('unavailable')
      const kept = await keepFrame(this.env.DB, rows, found.name, { ...place, sealed: payload }, now())
      return kept ? [writeKept(place)] : no('full')
    } catch {
      return no('unavailable')
    }
  }

  #ack(who: Who, found: Found, payload: Bytes): void {
    const ack = readAck(payload)
    if (!ack.ok || FORWARDED[ack.value.direction] !== DIRECTION[who.side] || !this.#isOurs(ack.value.tag, found)) return
    const { epoch, n, direction } = ack.value
    if (epoch > found.talk.epoch) return
    this.#ends.show(otherOf(who.side), writeFrame('ack', payload))
    const place = { direction: FORWARDED[direction], epoch, n }
    this.ctx.waitUntil(dropRead(this.env.DB, found.name.tag, place, now()).catch(() => {}))
  }

  async #leave(who: Who): Promise<void> {
    const found = await this.#talk(who)
    const handoff = this.#handoff()
    if (!found || !handoff) return
    const frame = toBase64url(closeByVisitor(bytesOf(found.talk.wire), found.talk.epoch))
    const done = await handoff.leave(bytesOf(found.talk.wire), frame, now())
    if (done.ok) await this.news(done.value.found, done.value.effects)
  }

  async #close(who: Who, found: Found, payload: Bytes): Promise<void> {
    const close = readClose(payload)
    const handoff = this.#handoff()
    if (!close.ok || !handoff || !this.#isOurs(close.value.tag, found) || close.value.signature.length === 0) return
    const done = await handoff.close(bytesOf(found.talk.wire), who.as, toBase64url(payload), now())
    if (done.ok) await this.news(done.value.found, done.value.effects)
  }

  /** What an end is told when it comes: where the talk stands, who accepted, and everything it has not acknowledged. */
  async #all(who: Who): Promise<Bytes[]> {
    const found = await this.#talk(who)
    if (found === null || !mayAct(who, found.talk)) return [GONE]
    const { talk } = found
    const accept = who.side === 'visitor' && talk.accept ? [writeFrame('accept', bytesOf(talk.accept))] : []
    const close = talk.close ? [writeFrame('close', bytesOf(talk.close))] : []
    return [this.#state(who.side), ...accept, ...(await this.#unread(who, found)), ...close]
  }

  /** A mailbox that cannot be read now is read the next time: nothing in it is lost. */
  async #unread(who: Who, found: Found): Promise<Bytes[]> {
    const rows = this.#rows()
    if (!rows) return []
    try {
      const frames = await unreadFrames(this.env.DB, rows, found.name, DIRECTION[who.side], now())
      return frames.map((frame) => writeFrame('message', frame))
    } catch {
      return []
    }
  }

  /** As it was told, or looked up; looked up again now and then, should a change not have been told. */
  async #talk(who: Who): Promise<Found | null> {
    if (this.#found === null || Math.abs(Date.now() - this.#looked) >= LOOK_MS) {
      this.#looking ??= this.#look(who).finally(() => {
        this.#looking = null
      })
      await this.#looking
    }
    return this.#found
  }

  async #look(who: Who): Promise<void> {
    const before = this.#found
    const found = (await this.#handoff()?.findRow(bytesOf(who.tag), now())) ?? null
    this.#looked = Date.now()
    if (before === null || found === null || found.version === before.version) this.#found = found
    else await this.news(found, [{ do: 'show-accept' }, { do: 'show-state' }])
  }

  /** Somebody is there: the talk lives on. */
  #hear(who: Who): void {
    const ms = Date.now()
    this.#ends.hear(who.side, ms)
    const found = this.#found
    if (who.side !== 'visitor' || found === null || Math.abs(ms - this.#touched) < TOUCH_MS) return
    this.#touched = ms
    this.ctx.waitUntil((this.#handoff()?.touch(found, now()) ?? Promise.resolve()).catch(() => {}))
  }

  async #tellAway(who: Who): Promise<void> {
    await this.#talk(who)
    this.#showState(otherOf(who.side))
  }

  #state(side: Side): Bytes {
    const talk = this.#found?.talk
    if (!talk || talk.state === 'ended') return writeState({ state: 'gone', peer: 'none', rev: talk?.rev ?? 0, epoch: talk?.epoch ?? 0 })
    const peer = talk.holder === null ? 'none' : this.#ends.peer(otherOf(side), Date.now())
    return writeState({ state: talk.state, peer, rev: talk.rev, epoch: talk.epoch })
  }

  #showState(side: Side): void {
    this.#ends.pass(side, this.#state(side))
  }

  #isOurs(tag: Bytes, { talk }: Found): boolean {
    return equal(tag, bytesOf(talk.wire))
  }

  #rows(): Rows | null {
    const ring = ringOf(this.env)
    return ring && new Rows(ring)
  }

  #handoff(): Handoff | null {
    const rows = this.#rows()
    return rows && new Handoff(this.env.DB, rows)
  }
}

const now = (): number => Math.floor(Date.now() / 1000)

/** A visitor in her talk; a shift in the talk it holds. */
const mayAct = (who: Who, talk: Talk): boolean =>
  now() < Math.min(who.until, talk.until) && (who.side === 'visitor' || talk.holder === who.as)
