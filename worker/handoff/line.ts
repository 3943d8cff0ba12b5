/**
 * The line of one talk: takes sealed frames from one end, keeps them in the mailbox and passes them to the other. Everything here is in
 * memory, and may be forgotten at any moment: what matters is in the mailbox or with the two ends, who send again what was not
 * acknowledged. Sockets outlive a sleeping object, with a note of whose they are.
 */
import { DurableObject } from 'cloudflare:workers'
import { type Bytes, equal, fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { closeByVisitor, readClose } from '../../crypto/talk/close.ts'
import { readAck, readMessage } from '../../crypto/talk/message.ts'
import { CODES, type Frame, PING, PONG, readFrame, type Why, writeFrame, writeKept, writeRefused, writeState } from '../../schema/line.ts'
import { LINE_PROTOCOL } from '../../schema/paths.ts'
import { type RingEnv, ringOf } from '../keys/ring.ts'
import { dropRead, keepMail, type Mail, unread } from '../store/mail.ts'
import { type Found, Handoff } from './handoff.ts'
import type { Effect, Talk } from './machine.ts'
import { Pace } from './pace.ts'
import { otherOf, Presence, type Side } from './presence.ts'
import { type Name, Rows } from './rows.ts'

/** Who is at one end. The caller made sure of it: a visitor by her pass, a counsellor by the shift's signature. */
export type Who = {
  side: Side
  /** Row name of the talk, and its day. */
  tag: string
  day: number
  /** The visitor's device, or the row name of the shift. */
  as: string
  /** Epoch seconds: the shift's last, or the talk's. */
  until: number
}

/** Header of the object's only request, which nobody outside can make. */
export const WHO = 'X-Who'

/** What is written is kept alive this often. */
const TOUCH_MS = 4 * 60 * 1000
/** Nobody waits longer than this to learn a change that was not told. */
const LOOK_MS = 20 * 1000
/** Acknowledgements wait so long in a queue for who comes by only now and then. */
const MOST_QUEUED = 64

const DIRECTION: Record<Side, number> = { counsellor: 0, visitor: 1 }
const FORWARDED = { v2c: 0, c2v: 1 } as const

type Socket = WebSocket

export class TalkLine extends DurableObject<Env & RingEnv> {
  readonly #presence = new Presence()
  readonly #paces = { visitor: new Pace(), counsellor: new Pace() }
  /** For an end without a socket, until it comes by. */
  readonly #queues: Record<Side, Bytes[]> = { visitor: [], counsellor: [] }
  #found: Found | null = null
  #looking: Promise<void> | null = null
  #looked = 0
  #touched = 0

  constructor(state: DurableObjectState, env: Env & RingEnv) {
    super(state, env)
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG))
  }

  /** Opens the socket of one end. */
  override async fetch(request: Request): Promise<Response> {
    const who = JSON.parse(request.headers.get(WHO) ?? '{}') as Who
    const { 0: theirs, 1: ours } = new WebSocketPair()
    this.ctx.acceptWebSocket(ours, [who.side])
    ours.serializeAttachment(who)
    this.#displace(who, ours)
    this.#hear(who)
    for (const frame of await this.#all(who)) ours.send(frame)
    this.#showState(otherOf(who.side))
    return new Response(null, { status: 101, webSocket: theirs, headers: { 'Sec-WebSocket-Protocol': LINE_PROTOCOL } })
  }

  override async webSocketMessage(socket: Socket, message: string | ArrayBuffer): Promise<void> {
    const who = socket.deserializeAttachment() as Who
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

  override async webSocketClose(socket: Socket, code: number): Promise<void> {
    const who = socket.deserializeAttachment() as Who
    hangUp(socket, code)
    if (this.#sockets(who.side).some((other) => other !== socket && other.readyState === WebSocket.OPEN)) return
    this.#presence.forget(who.side)
    try {
      if (code === CODES.left && who.side === 'visitor') await this.#leave(who)
      else await this.#tellAway(who)
    } catch {
      // The store is away. The other end sees by itself that nobody answers.
    }
  }

  override async webSocketError(socket: Socket): Promise<void> {
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
    const queued = this.#queues[who.side].splice(0)
    return [...answers, ...queued, ...(await this.#all(who))]
  }

  /** A change was stored: both ends are shown what it means for them. */
  async news(found: Found, effects: readonly Effect[]): Promise<void> {
    this.#found = found
    this.#looked = Date.now()
    const { talk } = found
    for (const effect of effects) {
      if (effect.do === 'release') this.#release(effect.holder)
      if (effect.do === 'show-accept' && talk.accept) this.#show('visitor', writeFrame('accept', bytesOf(talk.accept)))
      if (effect.do === 'show-close' && talk.close) this.#show(effect.to, writeFrame('close', bytesOf(talk.close)))
      if (effect.do === 'show-state') for (const side of ['visitor', 'counsellor'] as const) this.#showState(side)
    }
  }

  /** A shift ended: it is heard no more, whatever its sockets say. */
  async quiet(holder: string): Promise<void> {
    this.#release(holder)
    this.#presence.forget('counsellor')
    this.#showState('visitor')
  }

  async #take(who: Who, { kind, payload }: Frame): Promise<Bytes[]> {
    const found = await this.#talk(who)
    this.#hear(who)
    if (found === null || !mayAct(who, found.talk)) return [writeState({ state: 'gone', peer: 'none', rev: 0, epoch: 0 })]
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
    this.#pass(otherOf(who.side), writeFrame('message', payload))
    try {
      const kept = await this.#keep(found.name, { ...place, sealed: payload })
      return kept ? [writeKept(place)] : no('full')
    } catch {
      return no('unavailable')
    }
  }

  async #keep(name: Name, mail: Mail): Promise<boolean> {
    const rows = this.#rows()
    if (!rows) throw new Error('no keys')
    const sealed = await rows.seal('mail', mailName(name, mail), mail.sealed)
    return keepMail(this.env.DB, name.tag, { ...mail, sealed }, now())
  }

  #ack(who: Who, found: Found, payload: Bytes): void {
    const ack = readAck(payload)
    if (!ack.ok || FORWARDED[ack.value.direction] !== DIRECTION[who.side] || !this.#isOurs(ack.value.tag, found)) return
    const { epoch, n, direction } = ack.value
    if (epoch > found.talk.epoch) return
    this.#show(otherOf(who.side), writeFrame('ack', payload))
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
    if (found === null || !mayAct(who, found.talk)) return [writeState({ state: 'gone', peer: 'none', rev: 0, epoch: 0 })]
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
      const mail = await unread(this.env.DB, found.name.tag, DIRECTION[who.side], now())
      const frames = await Promise.all(mail.map((one) => rows.openBytes('mail', mailName(found.name, one), one.sealed)))
      return frames.flatMap((frame) => (frame === null ? [] : [writeFrame('message', frame)]))
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
    this.#presence.hear(who.side, ms)
    const found = this.#found
    if (who.side !== 'visitor' || found === null || ms - this.#touched < TOUCH_MS) return
    this.#touched = ms
    this.ctx.waitUntil((this.#handoff()?.touch(found, now()) ?? Promise.resolve()).catch(() => {}))
  }

  /** A page that came on another device has the talk; so has a shift that accepted. */
  #displace(who: Who, ours: Socket): void {
    for (const socket of this.#sockets(who.side)) {
      const other = socket.deserializeAttachment() as Who
      if (socket !== ours && other.as !== who.as) hangUp(socket, who.side === 'visitor' ? CODES.elsewhere : CODES.handed)
    }
  }

  #release(holder: string): void {
    for (const socket of this.ctx.getWebSockets('counsellor')) {
      if ((socket.deserializeAttachment() as Who).as !== holder) continue
      send(socket, writeState({ state: 'gone', peer: 'none', rev: 0, epoch: 0 }))
      hangUp(socket, CODES.handed)
    }
  }

  async #tellAway(who: Who): Promise<void> {
    await this.#talk(who)
    this.#showState(otherOf(who.side))
  }

  #state(side: Side): Bytes {
    const talk = this.#found?.talk
    if (!talk || talk.state === 'ended') return writeState({ state: 'gone', peer: 'none', rev: talk?.rev ?? 0, epoch: talk?.epoch ?? 0 })
    const other = otherOf(side)
    const peer = talk.holder === null ? 'none' : this.#presence.of(other, this.#pinged(other), Date.now())
    return writeState({ state: talk.state, peer, rev: talk.rev, epoch: talk.epoch })
  }

  #showState(side: Side): void {
    for (const socket of this.#sockets(side)) send(socket, this.#state(side))
  }

  /** To the sockets of one end; to its queue when it has none, since nothing else keeps these. */
  #show(side: Side, frame: Bytes): void {
    if (this.#pass(side, frame)) return
    const queue = this.#queues[side]
    queue.push(frame)
    if (queue.length > MOST_QUEUED) queue.shift()
  }

  #pass(side: Side, frame: Bytes): boolean {
    const sockets = this.#sockets(side)
    for (const socket of sockets) send(socket, frame)
    return sockets.length > 0
  }

  #pinged(side: Side): number {
    return Math.max(0, ...this.#sockets(side).map((socket) => this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0))
  }

  /** Those that may still be spoken to: a counsellor's only while the shift lasts and has the talk. */
  #sockets(side: Side): Socket[] {
    return this.ctx.getWebSockets(side).filter((socket) => {
      const who = socket.deserializeAttachment() as Who
      return now() < who.until && (this.#found === null || mayAct(who, this.#found.talk))
    })
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

const bytesOf = (text: string): Bytes => fromBase64url(text) ?? new Uint8Array(0)

/** A visitor in her talk; a shift in the talk it holds. */
const mayAct = (who: Who, talk: Talk): boolean =>
  now() < Math.min(who.until, talk.until) && (who.side === 'visitor' || talk.holder === who.as)

/** A frame's name, for its outer seal: it opens in no other place of no other talk. */
const mailName = ({ tag, day }: Name, { direction, epoch, n }: Omit<Mail, 'sealed'>): Name => {
  const name = new Uint8Array(tag.length + 9)
  const view = new DataView(name.buffer)
  name.set(tag)
  view.setUint8(tag.length, direction)
  view.setUint32(tag.length + 1, epoch)
  view.setUint32(tag.length + 5, n)
  return { tag: name, day }
}

/** A socket that broke is closed by the platform; nobody waits for it. */
function send(socket: Socket, frame: Bytes): void {
  try {
    socket.send(frame)
  } catch {
    // Its close is on the way.
  }
}

function hangUp(socket: Socket, code: number): void {
  try {
    // 1005 and 1006 are said by nobody; they only tell that nothing was said.
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  } catch {
    // Closed already.
  }
}
