/** Both ends of a talk as their pages would be: real keys, real frames, through whatever door leads to the Worker. */
import { type Bytes, fromBase64url, join, random, toBase64url, u32 } from '../../../crypto/bytes.ts'
import { makeAccept, openAccept, readAccept } from '../../../crypto/talk/accept.ts'
import { closeByCounsellor } from '../../../crypto/talk/close.ts'
import { Conversation } from '../../../crypto/talk/conversation.ts'
import { signCall } from '../../../crypto/talk/desk-call.ts'
import type { EpochKeys } from '../../../crypto/talk/epoch.ts'
import type { Opened } from '../../../crypto/talk/refusal.ts'
import { type Addressee, caseTag, makeRequest, peek } from '../../../crypto/talk/request.ts'
import { type BoxKeys, newBoxKeys } from '../../../crypto/talk/suite.ts'
import { makeTransfer, openTransfer, readTransfer } from '../../../crypto/talk/transfer.ts'
import type { VisitorAnswer, VisitorAsk, Wish } from '../../../schema/api.ts'
import type { DeskAnswer, Looked, OpenDeskAsk, SignedDeskAsk } from '../../../schema/desk-api.ts'
import { type Frame, readFrame, readState, type StateFrame, writeFrame } from '../../../schema/line.ts'
import { type Desk as Keys, ORG, type Person, startShift } from '../../crypto/talk/people.ts'

/** The part of a WebSocket that an end uses. */
export type Socket = {
  send(bytes: Uint8Array<ArrayBuffer>): void
  close(code?: number): void
  addEventListener(type: string, listener: (event: { data?: unknown; code?: number }) => void): void
}

/** How an end reaches the Worker. A line that is refused is its status. */
export type Door = {
  desk: string
  site: string
  post(url: string, body: string, headers: Record<string, string>): Promise<{ json(): Promise<unknown> }>
  socket(url: string, protocols: string[]): Promise<Socket | number>
}

let door: Door

export const useDoor = (next: Door): void => {
  door = next
}

export const NOW = () => Math.floor(Date.now() / 1000)

export function must<T>(result: Opened<T>): T {
  if (!result.ok) throw new Error(result.error.reason)
  return result.value
}

const says = async (url: string, ask: object, headers: Record<string, string> = {}): Promise<unknown> =>
  (await door.post(url, JSON.stringify(ask), headers)).json()

const visitorSays = async (ask: VisitorAsk | object, headers = {}): Promise<VisitorAnswer> =>
  (await says(`${door.site}/t`, ask, headers)) as VisitorAnswer

export const deskSays = async (ask: OpenDeskAsk | object): Promise<DeskAnswer> => (await says(`${door.desk}/api`, ask)) as DeskAnswer

const bytesOf = (text: string): Bytes => fromBase64url(text) ?? new Uint8Array(0)

/** What both ends do alike: an open line or exchanges, a conversation, frames sent until they are acknowledged. */
abstract class End {
  talk: Conversation | null = null
  /** What came, in order. */
  readonly heard: string[] = []
  /** Told of each as it is opened. */
  onHeard: (text: string) => void = () => {}
  readonly frames: Frame[] = []
  readonly unacked = new Map<number, Bytes>()
  state: StateFrame | null = null
  socket: Socket | null = null
  closedWith: number | null = null
  #work: Promise<unknown> = Promise.resolve()

  abstract openLine(): Promise<Socket | number>
  abstract exchange(frames: Bytes[]): Promise<string[]>
  protected abstract onOther(frame: Frame): Promise<void>

  async connect(): Promise<number> {
    const socket = await this.openLine()
    if (typeof socket === 'number') return socket
    this.closedWith = null
    socket.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') this.#work = this.#work.then(() => this.take(new Uint8Array(data as ArrayBuffer)))
    })
    socket.addEventListener('close', ({ code = 0 }) => {
      this.closedWith = code
    })
    this.socket = socket
    return 101
  }

  async take(bytes: Uint8Array): Promise<void> {
    const frame = readFrame(bytes)
    if (!frame) return
    this.frames.push(frame)
    if (frame.kind === 'state') this.state = readState(frame.payload)
    else if (frame.kind === 'message') await this.#message(frame.payload)
    else if (frame.kind === 'ack')
      for (const n of this.unacked.keys()) if (n <= new DataView(frame.payload.buffer).getUint32(23)) this.unacked.delete(n)
    await this.onOther(frame)
  }

  async #message(payload: Bytes): Promise<void> {
    const opened = await this.talk?.open(payload)
    if (opened?.ok) {
      this.heard.push(opened.value.text)
      this.onHeard(opened.value.text)
    }
    const ack = this.talk?.ack()
    if (ack) await this.give(writeFrame('ack', ack))
  }

  async give(frame: Bytes): Promise<void> {
    if (this.socket) this.socket.send(frame)
    else await this.poll([frame])
  }

  async poll(frames: Bytes[] = []): Promise<void> {
    for (const frame of await this.exchange(frames)) await this.take(bytesOf(frame))
  }

  async say(text: string): Promise<Bytes> {
    if (!this.talk) throw new Error('not joined')
    const { n, frame } = must(await this.talk.seal(text))
    this.unacked.set(n, frame)
    await this.give(writeFrame('message', frame))
    return frame
  }

  async sayAgain(): Promise<void> {
    for (const frame of this.unacked.values()) await this.give(writeFrame('message', frame))
  }

  hangUp(code = 1000): void {
    this.socket?.close(code)
    this.socket = null
  }
}

export class Visitor extends End {
  readonly caseId: Bytes = random(16)
  readonly pass: Bytes = random(32)
  readonly device: Bytes
  tag: Bytes = new Uint8Array(16)
  rev = 1
  epoch = 0
  salt: Bytes = new Uint8Array(32)
  keys!: BoxKeys
  closed: Frame | null = null
  desks: readonly Desk[] = []

  constructor(device: Bytes = random(8)) {
    super()
    this.device = device
  }

  get hers() {
    return { tag: toBase64url(this.tag), pass: toBase64url(this.pass) }
  }

  async seal(desks: readonly Desk[], words: string) {
    this.keys ??= await newBoxKeys(true)
    this.tag = await caseTag(this.caseId)
    this.desks = desks
    const to: Addressee[] = desks.map(({ keys }) => ({ shiftId: keys.shiftId, kemPub: keys.box.publicBytes }))
    return must(await makeRequest({ org: ORG, caseId: this.caseId, visitor: this.keys, words, to }))
  }

  async open(desks: readonly Desk[], words = 'допоможіть', wish: Wish = 'any', headers = {}): Promise<VisitorAnswer> {
    const { bytes, next } = await this.seal(desks, words)
    this.salt = next
    return visitorSays({ ask: 'open', ...this.hers, request: toBase64url(bytes), language: 'uk', wish }, headers)
  }

  /** Sent twice, as a page does whose first answer was lost. */
  async reseal(desks: readonly Desk[], from: 'waiting' | 'any' = 'any', words = 'ще раз'): Promise<VisitorAnswer> {
    const { bytes, next } = await this.seal(desks, words)
    const rev = this.rev + 1
    const ask = { ask: 'reseal', ...this.hers, from, rev, request: toBase64url(bytes) }
    await visitorSays(ask)
    const answer = await visitorSays(ask)
    if (answer.ok) [this.salt, this.rev] = [next, rev]
    return answer
  }

  openLine(): Promise<Socket | number> {
    return door.socket(`${door.site}/t`, ['s1', toBase64url(join(this.tag, this.pass, this.device))])
  }

  async exchange(frames: Bytes[]): Promise<string[]> {
    const answer = await visitorSays({ ask: 'exchange', ...this.hers, device: toBase64url(this.device), frames: frames.map(toBase64url) })
    return answer.ok && 'frames' in answer ? answer.frames : []
  }

  leave(): Promise<VisitorAnswer> {
    return visitorSays({ ask: 'leave', ...this.hers })
  }

  protected async onOther(frame: Frame): Promise<void> {
    if (frame.kind === 'close') this.closed = frame
    if (frame.kind !== 'accept') return
    const accept = must(readAccept(frame.payload))
    const from = this.desks.find(({ keys }) => toBase64url(keys.shiftId) === toBase64url(accept.shiftId))
    if (!from || accept.epoch <= this.epoch) return
    const awaiting = { caseId: this.caseId, visitor: this.keys, salt: this.salt, sigPub: from.keys.signing.publicBytes, after: this.epoch }
    const keys = must(await openAccept(accept, awaiting))
    this.epoch = accept.epoch
    this.salt = keys.next
    this.talk = new Conversation('visitor', this.caseId, this.tag, keys)
    this.unacked.clear()
  }
}

/** An accept that was made and not yet sent. */
export type Prepared = {
  tag: string
  rev: number
  accept: string
  words: string
  caseId: Bytes
  visitor: Bytes
  salt: Bytes
  epoch: number
  epochKeys: EpochKeys
}

export class Desk extends End {
  readonly keys: Keys
  tag: Bytes = new Uint8Array(16)
  caseId: Bytes = new Uint8Array(16)
  visitor: Bytes = new Uint8Array(65)
  epoch = 0
  epochKeys: EpochKeys | null = null
  closed: Frame | null = null

  constructor(keys: Keys) {
    super()
    this.keys = keys
  }

  /** On shift, with a roster that names everybody who was started with it. */
  static async start(who: Person, more: Parameters<typeof startShift>[1] = {}): Promise<Desk> {
    const dates = { notBefore: NOW() - 60, notAfter: NOW() + 8 * 3600, ...more }
    const keys = await startShift(who, dates, { origin: door.desk, rpId: new URL(door.desk).hostname })
    const desk = new Desk(keys)
    const answer = await desk.begin()
    if (!answer.ok) throw new Error(answer.reason)
    return desk
  }

  get shift() {
    const { certificate, assertion } = this.keys.signed
    const { authenticatorData, clientData, signature } = assertion
    const named = { certificate, authenticatorData, clientData, signature }
    return Object.fromEntries(Object.entries(named).map(([name, bytes]) => [name, toBase64url(bytes)]))
  }

  begin(): Promise<DeskAnswer> {
    return deskSays({ ask: 'start', shift: this.shift })
  }

  async header(body: string, { time = NOW(), nonce = random(16) } = {}): Promise<string> {
    const signature = await signCall(this.keys.signing.privateKey, { method: 'POST', path: '/api', body, time, nonce })
    return `Shift ${toBase64url(this.keys.shiftId)}.${time}.${toBase64url(nonce)}.${toBase64url(signature)}`
  }

  async call(ask: SignedDeskAsk | object): Promise<DeskAnswer> {
    const body = JSON.stringify(ask)
    return (await (await door.post(`${door.desk}/api`, body, { Authorization: await this.header(body) })).json()) as DeskAnswer
  }

  async look(): Promise<Looked> {
    const looked = await this.call({ ask: 'look' })
    if (!looked.ok || !('waiting' in looked)) throw new Error(JSON.stringify(looked))
    return looked
  }

  /** Looks at a request, and accepts it if a box is for this shift. @returns what the server said, and the first words */
  async accept(tag: string): Promise<{ answer: DeskAnswer; words: string; accept: string; rev: number }> {
    const made = await this.prepare(tag)
    if ('ok' in made) return { answer: made, words: '', accept: '', rev: 0 }
    return { ...made, answer: await this.claim(made) }
  }

  /** Looks at a request and makes its accept, which nobody has seen yet. @returns the server's refusal, if it refused the look */
  async prepare(tag: string): Promise<Prepared | DeskAnswer> {
    const seen = await this.call({ ask: 'peek', tag })
    if (!seen.ok || !('request' in seen)) return seen
    const { words, salt, caseId, visitor } = await this.#read(seen)
    const epoch = seen.epoch + 1
    const made = must(
      await makeAccept({ caseId, epoch, shiftId: this.keys.shiftId, visitor, salt, signWith: this.keys.signing.privateKey }),
    )
    return { tag, rev: seen.rev, accept: toBase64url(made.bytes), words, caseId, visitor, salt, epoch, epochKeys: made.keys }
  }

  /** May be done again with the same accept: then nothing changes. */
  async claim({ tag, rev, accept, caseId, visitor, epoch, epochKeys }: Prepared): Promise<DeskAnswer> {
    const answer = await this.call({ ask: 'accept', tag, rev, accept })
    if (answer.ok && this.epochKeys !== epochKeys) {
      Object.assign(this, { tag: bytesOf(tag), caseId, visitor, epoch, epochKeys })
      this.talk = new Conversation('counsellor', caseId, this.tag, epochKeys)
    }
    return answer
  }

  async #read(seen: { request: string; transfer: string | null }) {
    const bytes = bytesOf(seen.request)
    const [caseId, visitor] = [bytes.slice(2, 18), bytes.slice(18, 83)]
    if (seen.transfer !== null) {
      const salt = must(await openTransfer(must(readTransfer(bytesOf(seen.transfer))), caseId, visitor, this.keys.box))
      return { words: '', salt, caseId, visitor }
    }
    const peeked = must(await peek(bytes, ORG, this.keys.shiftId, this.keys.box))
    return { words: peeked.words, salt: peeked.next, caseId, visitor }
  }

  async handTo(other: Desk): Promise<DeskAnswer> {
    const of = {
      caseId: this.caseId,
      tag: this.tag,
      epoch: this.epoch,
      next: this.epochKeys?.next ?? new Uint8Array(0),
      visitor: this.visitor,
    }
    const frame = must(await makeTransfer(of, { shiftId: other.keys.shiftId, kemPub: other.keys.box.publicBytes }))
    return this.call({ ask: 'transfer', tag: toBase64url(this.tag), transfer: toBase64url(frame) })
  }

  async closeFrame(): Promise<string> {
    const { caseId, tag, epoch } = this
    return toBase64url(await closeByCounsellor({ caseId, tag, epoch, reason: 'ended', signWith: this.keys.signing.privateKey }))
  }

  async end(): Promise<DeskAnswer> {
    return this.call({ ask: 'close', tag: toBase64url(this.tag), close: await this.closeFrame() })
  }

  async openLine(tag = this.tag): Promise<Socket | number> {
    const [time, nonce] = [NOW(), random(16)]
    const call = { method: 'GET', path: '/line', body: toBase64url(tag), time, nonce }
    const signature = await signCall(this.keys.signing.privateKey, call)
    const ticket = toBase64url(join(tag, this.keys.shiftId, u32(time), nonce, signature))
    return door.socket(`${door.desk}/line`, ['s1', ticket])
  }

  async exchange(frames: Bytes[]): Promise<string[]> {
    const answer = await this.call({ ask: 'exchange', tag: toBase64url(this.tag), frames: frames.map(toBase64url) })
    return answer.ok && 'frames' in answer ? answer.frames : []
  }

  protected async onOther(frame: Frame): Promise<void> {
    if (frame.kind === 'close') this.closed = frame
  }
}
