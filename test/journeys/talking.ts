/** A visitor of a sealed talk, played by the crypto library: believes, asks, opens the line, writes. Her page is tested elsewhere. */
import { type Bytes, bytesOf, join, random, toBase64url } from '../../crypto/bytes.ts'
import { openAccept, readAccept } from '../../crypto/talk/accept.ts'
import { openReply } from '../../crypto/talk/capsule.ts'
import type { CodeKeys } from '../../crypto/talk/code.ts'
import { Conversation } from '../../crypto/talk/conversation.ts'
import { readAck } from '../../crypto/talk/message.ts'
import type { Opened } from '../../crypto/talk/refusal.ts'
import { caseTag, makeRequest } from '../../crypto/talk/request.ts'
import { openRoster } from '../../crypto/talk/roster.ts'
import { openShift, type Shift } from '../../crypto/talk/shift.ts'
import { type BoxKeys, newBoxKeys } from '../../crypto/talk/suite.ts'
import { trustFrom } from '../../crypto/talk/trust.ts'
import type { People, VisitorAnswer, VisitorAsk } from '../../schema/api.ts'
import { CODES, PING, PING_SECONDS, readFrame, readState, type StateFrame, writeFrame } from '../../schema/line.ts'
import { type FirstWords, readSaid, type Said, write } from '../../schema/said.ts'

function must<T>(result: Opened<T>): T {
  if (!result.ok) throw new Error(result.error.reason)
  return result.value
}

export class Talking {
  readonly url: URL
  readonly heard: Said[] = []
  readonly unacked = new Map<number, Bytes>()
  /** What both ends of her talk hold: its case, and each epoch's beginning. */
  readonly secrets: Record<string, Bytes> = {}
  state: StateFrame | null = null
  closed = false
  epoch = 0
  rev = 0
  isRefusing = false
  readonly #caseId = random(16)
  readonly #pass = random(32)
  #device = random(8)
  #keys: BoxKeys | null = null
  #salt: Bytes = new Uint8Array(32)
  #tag: Bytes = new Uint8Array(16)
  #talk: Conversation | null = null
  #socket: WebSocket | null = null
  #shifts: Shift[] = []
  #org = ''
  #work: Promise<unknown> = Promise.resolve()
  #beat: NodeJS.Timeout | undefined

  constructor(url: string) {
    this.url = new URL('/t', url)
  }

  async #ask(ask: VisitorAsk): Promise<VisitorAnswer> {
    return (await fetch(this.url, { method: 'POST', body: JSON.stringify(ask) })).json() as Promise<VisitorAnswer>
  }

  /** Who is there, checked as her page checks it: roots, roster, passkey, dates. */
  async people(): Promise<number> {
    const people = (await this.#ask({ ask: 'people' })) as People
    if (!people.ok || !people.roster || !people.trust) throw new Error('nobody to believe')
    const trust = trustFrom(people.trust)
    const signed = { bytes: bytesOf(people.roster.bytes), signatures: people.roster.signatures.map(bytesOf) }
    const roster = must(await openRoster(signed, trust, people.now))
    this.#org = trust.org
    const opened = await Promise.all(
      people.shifts
        .filter(({ state }) => state === 'free')
        .map((shift) => {
          const { authenticatorData, clientData, signature } = shift
          const assertion = {
            authenticatorData: bytesOf(authenticatorData),
            clientData: bytesOf(clientData),
            signature: bytesOf(signature),
          }
          return openShift({ certificate: bytesOf(shift.certificate), assertion }, roster, people.now)
        }),
    )
    this.#shifts = opened.map(must)
    return this.#shifts.length
  }

  get tag(): string {
    return toBase64url(this.#tag)
  }

  async #sealed(words: Partial<FirstWords>): Promise<string> {
    this.#keys ??= await newBoxKeys()
    this.#tag = await caseTag(this.#caseId)
    const first: FirstWords = { v: 1, language: 'uk', wish: 'any', text: '', again: false, before: [], ...words }
    const to = this.#shifts.map(({ shiftId, kemPub }) => ({ shiftId, kemPub }))
    const made = must(await makeRequest({ org: this.#org, caseId: this.#caseId, visitor: this.#keys, words: write(first), to }))
    this.#salt = made.next
    this.rev += 1
    return toBase64url(made.bytes)
  }

  get #hers() {
    return { tag: this.tag, pass: toBase64url(this.#pass) }
  }

  async asks(words: Partial<FirstWords>): Promise<this> {
    await this.people()
    const request = await this.#sealed(words)
    const answer = await this.#ask({ ask: 'open', ...this.#hers, request, language: words.language ?? 'uk', wish: words.wish ?? 'any' })
    if (!answer.ok) throw new Error(answer.reason)
    this.connect()
    return this
  }

  async asksAnew(words: Partial<FirstWords>): Promise<void> {
    await this.people()
    const request = await this.#sealed({ again: true, ...words })
    const answer = await this.#ask({ ask: 'reseal', ...this.#hers, from: 'any', rev: this.rev, request })
    if (!answer.ok) throw new Error(answer.reason)
  }

  connect(): void {
    const ticket = toBase64url(join(this.#tag, this.#pass, this.#device))
    const socket = new WebSocket(this.url.href.replace('http', 'ws'), ['s1', ticket])
    socket.binaryType = 'arraybuffer'
    socket.onmessage = ({ data }) => {
      if (typeof data !== 'string' && socket === this.#socket)
        this.#work = this.#work.then(() => this.#take(new Uint8Array(data as ArrayBuffer)))
    }
    this.#socket = socket
    this.#beat ??= setInterval(() => {
      if (this.#socket?.readyState !== WebSocket.OPEN) return
      this.#socket.send(PING)
      this.#socket.send(writeFrame('who'))
    }, PING_SECONDS * 1000).unref()
  }

  async #take(bytes: Bytes): Promise<void> {
    const frame = readFrame(bytes)
    if (frame?.kind === 'state') this.state = readState(frame.payload)
    if (frame?.kind === 'close') this.closed = true
    if (frame?.kind === 'accept') await this.#accepted(frame.payload)
    if (frame?.kind === 'ack') {
      const ack = must(readAck(frame.payload))
      for (const n of this.unacked.keys()) if (n <= ack.n) this.unacked.delete(n)
    }
    if (frame?.kind !== 'message' || this.isRefusing) return
    const opened = await this.#talk?.open(frame.payload)
    const said = opened?.ok ? readSaid(opened.value.text) : null
    if (said) this.heard.push(said)
    const ack = this.#talk?.ack()
    if (ack) this.#socket?.send(writeFrame('ack', ack))
  }

  async #accepted(payload: Bytes): Promise<void> {
    const accept = must(readAccept(payload))
    if (accept.epoch <= this.epoch || this.#keys === null) return
    if (!this.#shifts.some(({ shiftId }) => toBase64url(shiftId) === toBase64url(accept.shiftId))) await this.people()
    const from = this.#shifts.find(({ shiftId }) => toBase64url(shiftId) === toBase64url(accept.shiftId))
    if (!from) throw new Error('not a counsellor')
    const awaiting = { caseId: this.#caseId, visitor: this.#keys, salt: this.#salt, sigPub: from.sigPub, after: this.epoch }
    const keys = must(await openAccept(accept, awaiting))
    const { toCounsellor, toVisitor, next } = keys
    Object.assign(this.secrets, { caseId: this.#caseId, visitor: this.#keys.publicBytes, toCounsellor, toVisitor, next })
    this.epoch = accept.epoch
    this.#salt = keys.next
    this.#talk = new Conversation('visitor', this.#caseId, this.#tag, keys)
    this.unacked.clear()
  }

  async says(said: Said): Promise<number> {
    if (this.#talk === null) throw new Error('not joined')
    const { n, frame } = must(await this.#talk.seal(write(said)))
    this.unacked.set(n, frame)
    this.#socket?.send(writeFrame('message', frame))
    return n
  }

  /** As her page does after a broken connection: the same bytes once more. */
  saysAgain(): void {
    for (const frame of this.unacked.values()) this.#socket?.send(writeFrame('message', frame))
  }

  hangUp(code = 1000): void {
    this.#socket?.close(code)
    this.#socket = null
  }

  leave(): void {
    this.hangUp(CODES.left)
  }

  /** What was left with her code. */
  async replies(code: CodeKeys): Promise<(Said | null)[]> {
    const answer = await this.#ask({ ask: 'replies', box: toBase64url(code.box) })
    if (!answer.ok || !('replies' in answer)) return []
    return Promise.all(answer.replies.map(async (reply) => readSaid(must(await openReply(code.mailbox, this.#org, bytesOf(reply))))))
  }

  get org(): string {
    return this.#org
  }

  texts(): string[] {
    return this.heard.flatMap((said) => (said.kind === 'text' ? [said.text] : []))
  }
}

export async function until(what: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const end = Date.now() + ms
  while (Date.now() < end) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it never came')
}
