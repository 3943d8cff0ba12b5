/** A counsellor in Node, with real keys through the real server: what a visitor's page meets while the desk's own page is tested elsewhere. */
import { type Bytes, fromBase64url, random, toBase64url } from '../../crypto/bytes.ts'
import { makeAccept } from '../../crypto/talk/accept.ts'
import { sealReply } from '../../crypto/talk/capsule.ts'
import { closeByCounsellor } from '../../crypto/talk/close.ts'
import { Conversation } from '../../crypto/talk/conversation.ts'
import { signCall } from '../../crypto/talk/desk-call.ts'
import type { Opened } from '../../crypto/talk/refusal.ts'
import { peek } from '../../crypto/talk/request.ts'
import type { SigningKeys } from '../../crypto/talk/sign.ts'
import type { DeskAnswer, Looked, SignedDeskAsk } from '../../schema/api.ts'
import { readFrame, readState, type StateFrame, writeFrame } from '../../schema/line.ts'
import { type FirstWords, readFirstWords, readSaid, type Said } from '../../schema/said.ts'
import { type Desk as Keys, newRoot, ORG, type Person, person, rosterText, signRoster, startShift } from '../crypto/talk/people.ts'

export const DESK = 'http://desk.localhost'
const RP_ID = 'desk.localhost'

type Fetch = (
  url: string,
  init: { method: string; body: string; headers?: Record<string, string> },
) => Promise<{ json(): Promise<unknown> }>

const now = (): number => Math.floor(Date.now() / 1000)
const bytesOf = (text: string): Bytes => fromBase64url(text) ?? new Uint8Array(0)

function must<T>(result: Opened<T>): T {
  if (!result.ok) throw new Error(result.error.reason)
  return result.value
}

/** An organisation with a root: what the Worker is told of it, and the people it sends on shift. */
export class Organisation {
  readonly #root: SigningKeys
  readonly #people: Person[] = []
  #seq = 7
  fetch: Fetch = () => Promise.reject(new Error('not served'))

  private constructor(root: SigningKeys) {
    this.#root = root
  }

  static async found(): Promise<Organisation> {
    return new Organisation(await newRoot())
  }

  get vars(): Record<string, string> {
    const trust = { org: ORG, roots: [toBase64url(this.#root.publicBytes)], needed: 1, floor: 1 }
    return { DESK_ORIGIN: DESK, TALK_TRUST: JSON.stringify(trust) }
  }

  async send(body: string, headers: Record<string, string> = {}): Promise<DeskAnswer> {
    return (await (await this.fetch(`${DESK}/api`, { method: 'POST', body, headers })).json()) as DeskAnswer
  }

  /** Somebody who was not there before comes on shift. */
  async comes(sid: string, hours = 8): Promise<Counsellor> {
    const who = await person(sid)
    this.#people.push(who)
    this.#seq += 1
    const dates = { notBefore: now() - 60, notAfter: now() + 20 * 24 * 3600, seq: this.#seq }
    const signed = await signRoster(rosterText(this.#people, { ...dates, deskOrigin: DESK, rpId: RP_ID }), [this.#root])
    const roster = { bytes: toBase64url(signed.bytes), signatures: signed.signatures.map(toBase64url) }
    const published = await this.send(JSON.stringify({ ask: 'publish', roster }))
    if (!published.ok) throw new Error(published.reason)
    const keys = await startShift(who, { notBefore: now() - 60, notAfter: now() + hours * 3600 }, { origin: DESK, rpId: RP_ID })
    const { certificate, assertion } = keys.signed
    const shift = Object.fromEntries(Object.entries({ certificate, ...assertion }).map(([name, bytes]) => [name, toBase64url(bytes)]))
    const started = await this.send(JSON.stringify({ ask: 'start', shift }))
    if (!started.ok) throw new Error(started.reason)
    return new Counsellor(this, keys)
  }
}

export class Counsellor {
  readonly #house: Organisation
  readonly #keys: Keys
  #talk: Conversation | null = null
  #tag = ''
  #caseId: Bytes = new Uint8Array(16)
  #unacked = new Map<number, Bytes>()
  /** Everything she said, in order. */
  readonly heard: Said[] = []
  state: StateFrame | null = null
  /** Why it ended, if it did. */
  closed = false

  constructor(house: Organisation, keys: Keys) {
    this.#house = house
    this.#keys = keys
  }

  async call(ask: SignedDeskAsk): Promise<DeskAnswer> {
    const [body, time, nonce] = [JSON.stringify(ask), now(), random(16)]
    const signature = await signCall(this.#keys.signing.privateKey, { method: 'POST', path: '/api', body, time, nonce })
    const header = `Shift ${toBase64url(this.#keys.shiftId)}.${time}.${toBase64url(nonce)}.${toBase64url(signature)}`
    return this.#house.send(body, { Authorization: header })
  }

  /** Who waits; the list is asked for until somebody does. */
  async waits(): Promise<string> {
    for (let tries = 0; tries < 100; tries += 1) {
      const looked = (await this.call({ ask: 'look' })) as Looked
      const first = looked.ok ? looked.waiting[0] : undefined
      if (first) return first.tag
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('nobody asks')
  }

  /** Takes whoever waits longest. @returns her first words */
  async accept(): Promise<FirstWords> {
    const tag = await this.waits()
    const seen = await this.call({ ask: 'peek', tag })
    if (!seen.ok || !('request' in seen)) throw new Error('nothing to read')
    const { words, next, caseId, visitor } = must(await peek(bytesOf(seen.request), ORG, this.#keys.shiftId, this.#keys.box))
    const { shiftId, signing } = this.#keys
    const epoch = seen.epoch + 1
    const made = must(await makeAccept({ caseId, epoch, shiftId, visitor, salt: next, signWith: signing.privateKey }))
    const answer = await this.call({ ask: 'accept', tag, rev: seen.rev, accept: toBase64url(made.bytes) })
    if (!answer.ok) throw new Error(answer.reason)
    this.#talk = new Conversation('counsellor', caseId, bytesOf(tag), made.keys)
    this.#tag = tag
    this.#caseId = caseId
    this.#unacked.clear()
    this.heard.splice(0)
    this.closed = false
    const first = readFirstWords(words)
    if (!first) throw new Error('first words of another shape')
    return first
  }

  async say(said: Said): Promise<number> {
    const { n, frame } = must(await (this.#talk as Conversation).seal(JSON.stringify(said)))
    this.#unacked.set(n, frame)
    await this.#exchange([writeFrame('message', frame)])
    return n
  }

  /** Comes by: takes what is there, and acknowledges it. */
  async poll(): Promise<void> {
    await this.#exchange([writeFrame('who'), ...[...this.#unacked.values()].map((frame) => writeFrame('message', frame))])
  }

  /** Comes by until something holds. */
  async until(holds: () => boolean, ms = 20_000): Promise<void> {
    for (const end = Date.now() + ms; !holds(); ) {
      if (Date.now() > end) throw new Error(`not within ${ms} ms; heard ${JSON.stringify(this.heard)}`)
      await this.poll()
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  }

  texts(): string[] {
    return this.heard.flatMap((said) => (said.kind === 'text' ? [said.text] : []))
  }

  async close(): Promise<void> {
    if (!this.#talk) return
    const signWith = this.#keys.signing.privateKey
    const { epoch } = this.#talk
    const frame = await closeByCounsellor({ caseId: this.#caseId, tag: bytesOf(this.#tag), epoch, reason: 'ended', signWith })
    await this.call({ ask: 'close', tag: this.#tag, close: toBase64url(frame) })
  }

  /** Leaves an answer where her code leads. */
  async leave(text: string): Promise<void> {
    const told = this.heard.findLast((said) => said.kind === 'mailbox')
    if (told?.kind !== 'mailbox') throw new Error('no code')
    const reply = must(await sealReply(bytesOf(told.key), ORG, text))
    const answer = await this.call({ ask: 'reply', box: told.box, reply: toBase64url(reply) })
    if (!answer.ok) throw new Error(answer.reason)
  }

  async #exchange(frames: Bytes[]): Promise<void> {
    const answer = await this.call({ ask: 'exchange', tag: this.#tag, frames: frames.map(toBase64url) })
    if (!answer.ok) {
      this.closed ||= answer.reason === 'gone'
      return
    }
    if (!('frames' in answer)) return
    let came = false
    for (const bytes of answer.frames.map(bytesOf)) {
      const frame = readFrame(bytes)
      if (frame?.kind === 'state') this.state = readState(frame.payload)
      if (frame?.kind === 'close') this.closed = true
      if (frame?.kind === 'ack') {
        const upTo = new DataView(frame.payload.buffer).getUint32(23)
        for (const n of this.#unacked.keys()) if (n <= upTo) this.#unacked.delete(n)
      }
      if (frame?.kind !== 'message') continue
      came = true
      const opened = await this.#talk?.open(frame.payload)
      const said = opened?.ok ? readSaid(opened.value.text) : null
      if (said) this.heard.push(said)
    }
    const ack = came ? this.#talk?.ack() : null
    if (ack) await this.#exchange([writeFrame('ack', ack)])
  }
}
