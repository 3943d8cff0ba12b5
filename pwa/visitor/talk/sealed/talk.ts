/**
 * One talk, as her page holds it: from the ask to the end, in memory only. What the screen shows of it are its fields; it calls `changed`
 * when they did. Frames, answers and what she says go one after another, so that no two of them see half a change.
 */
import { type Bytes, equal, fromBase64url, join, random, toBase64url } from '../../../../crypto/bytes.ts'
import type { Done, Exchanged, TalkState, VisitorRefusal } from '../../../../schema/api.ts'
import { CODES, type Frame, type Peer, readKept, readRefused, readState, writeFrame } from '../../../../schema/line.ts'
import type { FirstWords, Said } from '../../../../schema/said.ts'
import { type Code, drop, type Kept, keep } from './capsule.ts'
import { Entries, type Entry } from './entries.ts'
import { written } from './first-words.ts'
import {
  type BoxKeys,
  Conversation,
  caseTag,
  isClosedBy,
  makeRequest,
  newBoxKeys,
  openAccept,
  readAccept,
  readAck,
  readClose,
} from './keys.ts'
import { Line, type LineNews } from './line.ts'
import { Outbox, type Parcel } from './outbox.ts'
import { addressees, type Counsellor, type Present, whoIsThere } from './people.ts'
import { solve } from './proof.ts'
import { readSaid } from './said.ts'
import { ask, PATH } from './server.ts'

/** `ended`: a counsellor ended it. `old`: this page is older than the other one. */
export type End = 'ended' | 'left' | 'elsewhere' | 'gone' | 'old'

/** Why it did not begin. `nobody`: no one on shift who fits. */
export type NotBegun = VisitorRefusal['reason'] | 'no-answer'

const LOOK_MS = 20_000
const TICK_MS = 1000
/** What a screen says of minutes is true again after so many ticks. */
const STALE_TICKS = 10
/** "Gone" is believed when no word of an ending came with it. */
const GONE_MS = 2000
const KEEP_MS = 1200
/** Her last word under duress may take so long. */
const DURESS_MS = 60_000
const TRIES = 5

const SHOWN = ['text', 'question', 'answer', 'ask-word', 'may-hand']

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

type Known = { caseId: Bytes; pass: Bytes; rev: number }

export class Talk {
  stage: 'waiting' | 'joined' | 'over' = 'waiting'
  end: End | null = null
  readonly entries = new Entries()
  /** Nothing is heard of the server. */
  lost = false
  peer: Peer = 'none'
  /** Since when the other page is away, in milliseconds. */
  awaySince: number | null = null
  /** The counsellor said: away for a moment. */
  theyPause = false
  paused = false
  person: Counsellor['person'] | null = null
  waiting = 0
  code: Code | null = null
  first: FirstWords
  readonly duressWord: string
  /** Since when she waits, in milliseconds. */
  since = Date.now()
  /** The talk stands on her screen. */
  shown = false

  readonly #changed: () => void
  readonly #org: string
  #known: Known
  #tag: Bytes = new Uint8Array(16)
  #device = random(8)
  #keys!: BoxKeys
  #salt: Bytes = new Uint8Array(32)
  #epoch = 0
  #talk: Conversation | null = null
  #line: Line | null = null
  readonly #outbox = new Outbox()
  /** Said before anybody could read it. */
  #later: string[] = []
  #believed = new Map<string, Counsellor>()
  #asked = new Set<string>()
  #with: Counsellor | null = null
  #seen: { epoch: number; n: number } = { epoch: 0, n: -1 }
  #work: Promise<unknown> = Promise.resolve()
  #timers: ReturnType<typeof setInterval>[] = []
  #ticks = 0
  #keeping: ReturnType<typeof setTimeout> | undefined
  #closing: ReturnType<typeof setTimeout> | undefined

  constructor(org: string, first: FirstWords, duressWord: string, changed: (talk: Talk) => void, known?: Known) {
    this.#org = org
    this.first = first
    this.duressWord = duressWord
    this.#changed = () => changed(this)
    this.#known = known ?? { caseId: random(16), pass: random(32), rev: 1 }
  }

  /** What she comes back to. Her words of then stand on the screen again. */
  static from({ code, kept }: { code: Code; kept: Kept }, changed: (talk: Talk) => void): Talk {
    const { talk } = kept
    const bytes = (text: string): Bytes => fromBase64url(text) ?? new Uint8Array(0)
    const known = talk ? { caseId: bytes(talk.caseId), pass: bytes(talk.pass), rev: talk.rev } : undefined
    const back = new Talk(code.org, kept.first, kept.duress, changed, known)
    back.code = code
    for (const [n, { mine, text }] of kept.words.entries())
      back.entries.add({ mine, epoch: 0, n, said: { kind: 'text', text }, mark: 'seen' })
    return back
  }

  /** Asks for a person. @returns why not */
  begin(present: Present): Promise<NotBegun | null> {
    return this.#next(async () => {
      const made = await this.#request(present, this.first, null)
      if (made === null) return 'nobody'
      const { language, wish } = this.first
      const asked = { ask: 'open', ...this.#hers, request: toBase64url(made.bytes), language, wish } as const
      let answer = await this.#until(() => ask<TalkState>(asked))
      if (!answer.ok && answer.reason === 'prove') {
        const proof = await solve(answer.challenge)
        if (proof !== null) answer = await this.#until(() => ask<TalkState>({ ...asked, proof }))
      }
      if (!answer.ok) return answer.reason
      this.#salt = made.next
      this.#run()
      return null
    })
  }

  /** Comes back to a talk that may still be there; to a new one when it is not. */
  async resume(present: Present): Promise<NotBegun | null> {
    this.#tag = await caseTag(this.#known.caseId)
    const answer = await this.#reseal('any', present, null)
    if (answer === 'gone') {
      this.#known = { caseId: random(16), pass: random(32), rev: 1 }
      return this.begin(present)
    }
    if (answer === null) this.#run()
    return answer
  }

  /** Another person. @param tell  what was said may be read by them */
  async another(tell: boolean): Promise<NotBegun | null> {
    const present = await whoIsThere()
    if (present === null) return 'no-answer'
    this.first = { ...this.first, again: true, before: tell ? this.entries.words() : [] }
    const answer = await this.#reseal('any', present, this.#with)
    if (answer === null) this.#show({ since: Date.now() })
    return answer
  }

  say(said: Said): void {
    const text = JSON.stringify(said)
    void this.#next(() => this.#seal(text))
  }

  answer(entry: Entry, answer: number): void {
    if (this.stage !== 'joined') return
    entry.answered = answer
    this.say({ kind: 'answer', to: { epoch: entry.epoch, n: entry.n }, answer })
  }

  again({ epoch, n }: Entry): void {
    const parcel = this.#outbox.again(epoch, n, Date.now())
    if (!parcel) return
    const entry = this.entries.find(true, epoch, n)
    if (entry) entry.mark = 'sending'
    this.#line?.send(writeFrame('message', parcel.frame))
    this.#changed()
  }

  remove(which: 'all' | { epoch: number; n: number }): void {
    if (which === 'all') {
      this.entries.list = []
      this.first = { ...this.first, text: '', before: [] }
    } else this.entries.remove(true, which)
    this.say({ kind: 'remove', which })
    this.#keepSoon()
    this.#changed()
  }

  pause(on: boolean): void {
    this.paused = on
    this.say({ kind: 'pause', on })
    this.#changed()
  }

  /** A code she has typed once again: from now on each step is kept under it. */
  async keepUnder(code: Code): Promise<boolean> {
    this.code = code
    if (!(await keep(code, this.#kept()))) {
      this.code = null
      return false
    }
    this.say({ kind: 'mailbox', box: toBase64url(code.keys.box), key: toBase64url(code.keys.mailbox.publicBytes) })
    return true
  }

  /** Everything up to the last word stands on her screen. */
  sawAll(): void {
    const last = this.entries.list.findLast((entry) => !entry.mine && entry.epoch === this.#epoch)
    if (!last || this.stage !== 'joined' || (last.epoch === this.#seen.epoch && last.n <= this.#seen.n)) return
    this.#seen = { epoch: last.epoch, n: last.n }
    this.say({ kind: 'seen', ...this.#seen })
  }

  /** She ends it: talk and capsule go. */
  async finish(): Promise<void> {
    const { code } = this
    const hers = this.#hers
    this.leave()
    const named = code ? { locator: toBase64url(code.keys.locator), auth: toBase64url(code.keys.auth) } : {}
    await ask<Done>({ ask: 'leave', ...hers, ...named })
  }

  /** The exit: tells the other page "left", and forgets. Her code, if she made one, still leads back. */
  leave(): void {
    this.#line?.close(CODES.left)
    this.#forget('left')
  }

  /** The screen is a harmless one by now: the counsellor is told to stop writing, and this page knows nothing any more. */
  async duress(): Promise<void> {
    const [line, talk] = [this.#line, this.#talk]
    this.entries.list = []
    if (!line || !talk || this.stage !== 'joined') return this.finish()
    this.#stopTimers()
    this.shown = false
    this.code = null
    this.say({ kind: 'duress' })
    await this.#work
    for (const until = Date.now() + DURESS_MS; this.#outbox.size > 0 && Date.now() < until && !this.end; ) {
      await pause(300)
      for (const { frame } of this.#outbox.due(Date.now())) line.send(writeFrame('message', frame))
    }
    line.close(1000)
    this.#forget('left')
  }

  get #hers() {
    return { tag: toBase64url(this.#tag), pass: toBase64url(this.#known.pass) }
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => {})
    return done
  }

  #show(fields: Partial<Pick<Talk, 'stage' | 'since'>>): void {
    Object.assign(this, fields)
    this.#changed()
  }

  /** The same bytes until there is an answer. */
  async #until<A extends { ok: boolean; reason?: string }>(send: () => Promise<A>): Promise<A> {
    for (let at = 1; ; at += 1) {
      const answer = await send()
      if (answer.ok || (answer.reason !== 'no-answer' && answer.reason !== 'unavailable') || at === TRIES || this.end) return answer
      await pause(700 * at)
    }
  }

  /** @param without  who shall not be asked again, as long as there is anybody else */
  async #request(present: Present, first: FirstWords, without: Counsellor | null) {
    const able = addressees(present.counsellors, first.language, first.wish)
    const others = able.filter((one) => !without || !equal(one.shiftId, without.shiftId))
    const to = others.length > 0 ? others : able
    if (to.length === 0) return null
    this.#tag = await caseTag(this.#known.caseId)
    this.#keys ??= await newBoxKeys()
    this.#believe(present)
    const { caseId } = this.#known
    const made = await makeRequest({ org: this.#org, caseId, visitor: this.#keys, words: written(first), to })
    if (!made.ok) return null
    this.#asked = new Set(to.map(({ shiftId }) => toBase64url(shiftId)))
    return made.value
  }

  #believe({ counsellors, waiting }: Present): void {
    for (const one of counsellors) this.#believed.set(toBase64url(one.shiftId), one)
    this.waiting = waiting
  }

  #reseal(from: 'waiting' | 'any', present: Present, without: Counsellor | null): Promise<NotBegun | null> {
    return this.#next(async () => {
      if (this.end || (from === 'waiting' && this.stage !== 'waiting')) return 'changed'
      const made = await this.#request(present, this.first, without)
      if (made === null) return 'nobody'
      const send = (rev: number) =>
        this.#until(() => ask<TalkState>({ ask: 'reseal', ...this.#hers, from, rev, request: toBase64url(made.bytes) }))
      let rev = this.#known.rev + 1
      let answer = await send(rev)
      if (!answer.ok && answer.reason === 'changed' && from === 'any') {
        // A capsule may be a step behind: the line knows which request counts.
        rev = ((await this.#revNow()) ?? rev) + 1
        answer = await send(rev)
      }
      if (!answer.ok) return answer.reason
      this.#known.rev = rev
      this.#salt = made.next
      if (from === 'any') {
        this.#epoch = answer.epoch
        this.#later = [...this.#outbox.takeAll().map(({ text }) => text), ...this.#later]
        this.#talk?.forget()
        this.#talk = null
        this.#with = null
        this.peer = 'none'
        this.awaySince = null
        this.#show({ stage: 'waiting' })
      }
      this.#keepSoon()
      return null
    })
  }

  async #revNow(): Promise<number | null> {
    const answer = await this.#exchange([writeFrame('who')])
    for (const bytes of Array.isArray(answer) ? answer : []) {
      const state = bytes[0] === 6 ? readState(bytes.slice(1)) : null
      if (state) return state.rev
    }
    return null
  }

  async #exchange(frames: Bytes[]): Promise<Bytes[] | 'gone' | null> {
    const device = toBase64url(this.#device)
    const answer = await ask<Exchanged>({ ask: 'exchange', ...this.#hers, device, frames: frames.map(toBase64url) })
    if (answer.ok) return answer.frames.map((frame) => fromBase64url(frame) ?? new Uint8Array(0))
    return answer.reason === 'gone' ? 'gone' : null
  }

  #run(): void {
    if (this.#line || this.end) return
    const url = new URL(PATH, location.href)
    url.protocol = url.protocol.replace('http', 'ws')
    const socket = () => new WebSocket(url, ['s1', toBase64url(join(this.#tag, this.#known.pass, this.#device))])
    this.#line = new Line(
      { socket, exchange: (frames) => this.#exchange(frames) },
      (frame) => void this.#next(() => this.#hear(frame)),
      (news) => this.#news(news),
    )
    this.#timers = [setInterval(() => void this.#look(), LOOK_MS), setInterval(() => this.#tick(), TICK_MS)]
    this.#keepSoon()
    this.#changed()
  }

  #news(news: LineNews): void {
    if (news === 'open' || news === 'lost') {
      this.lost = news === 'lost'
      if (news === 'open') for (const { frame } of this.#outbox.all(Date.now())) this.#line?.send(writeFrame('message', frame))
      this.#changed()
    } else if (news === 'elsewhere') this.#forget('elsewhere')
    // What ended it may still be on its way through the queue.
    else this.#closing ??= setTimeout(() => this.#forget('gone'), GONE_MS)
  }

  /** While she waits: whether somebody came who could have her, too. */
  async #look(): Promise<void> {
    if (this.stage !== 'waiting' || this.end) return
    const present = await whoIsThere()
    if (present === null || this.stage !== 'waiting' || this.end) return
    this.#believe(present)
    this.#changed()
    const { language, wish } = this.first
    const able = addressees(present.counsellors, language, wish)
    if (able.some(({ shiftId }) => !this.#asked.has(toBase64url(shiftId)))) await this.#reseal('waiting', present, null)
  }

  #tick(): void {
    const now = Date.now()
    for (const { frame } of this.#outbox.due(now)) this.#line?.send(writeFrame('message', frame))
    const failed = this.#outbox.failed(now).filter(({ epoch, n }) => this.entries.find(true, epoch, n)?.mark === 'sending')
    for (const { epoch, n } of failed) this.entries.mark(epoch, n, 'failed')
    this.#ticks += 1
    if (failed.length > 0 || this.#ticks % STALE_TICKS === 0) this.#changed()
  }

  async #hear({ kind, payload }: Frame): Promise<void> {
    if (this.end) return
    if (kind === 'state') this.#state(payload)
    else if (kind === 'accept') await this.#accept(payload)
    else if (kind === 'message') await this.#message(payload)
    else if (kind === 'ack') this.#acked(payload)
    else if (kind === 'close') await this.#closed(payload)
    else if (kind === 'kept') {
      const place = readKept(payload)
      if (place) this.#outbox.kept(place.epoch, place.n)
      if (place) this.entries.mark(place.epoch, place.n, 'sent')
      this.#changed()
    } else if (kind === 'refused') {
      const refused = readRefused(payload)
      if (refused?.why === 'full') this.entries.mark(refused.epoch, refused.n, 'failed')
      this.#changed()
    }
  }

  #state(payload: Bytes): void {
    const state = readState(payload)
    if (state === null) return
    if (state.state === 'gone') {
      this.#closing ??= setTimeout(() => this.#forget('gone'), GONE_MS)
      return
    }
    const [before, away] = [this.peer, state.peer === 'away' && this.stage === 'joined']
    this.peer = state.peer
    this.awaySince = away ? (this.awaySince ?? Date.now()) : null
    if (before !== state.peer) this.#changed()
  }

  async #accept(payload: Bytes): Promise<void> {
    const accept = readAccept(payload)
    if (!accept.ok) {
      if (accept.error.reason !== 'shape') this.#forget('old')
      return
    }
    if (accept.value.epoch <= this.#epoch) return
    const shift = toBase64url(accept.value.shiftId)
    if (!this.#believed.has(shift)) {
      const present = await whoIsThere()
      if (present) this.#believe(present)
    }
    const from = this.#believed.get(shift)
    if (!from) return
    const { caseId } = this.#known
    const awaiting = { caseId, visitor: this.#keys, salt: this.#salt, sigPub: from.sigPub, after: this.#epoch }
    const keys = await openAccept(accept.value, awaiting)
    if (!keys.ok) return
    this.#talk?.forget()
    this.#talk = new Conversation('visitor', caseId, this.#tag, keys.value)
    keys.value.toCounsellor.fill(0)
    keys.value.toVisitor.fill(0)
    this.#salt = keys.value.next
    this.#epoch = accept.value.epoch
    this.#with = from
    this.person = from.person
    this.theyPause = false
    const [parcels, later] = [this.#outbox.takeAll(), this.#later.splice(0)]
    this.stage = 'joined'
    for (const parcel of parcels) await this.#seal(parcel.text, parcel)
    for (const text of later) await this.#seal(text)
    if (this.code) this.say({ kind: 'mailbox', box: toBase64url(this.code.keys.box), key: toBase64url(this.code.keys.mailbox.publicBytes) })
    this.#keepSoon()
    this.#changed()
  }

  async #seal(text: string, before?: Parcel): Promise<void> {
    if (this.end) return
    if (this.#talk === null) {
      this.#later.push(text)
      return
    }
    const sealed = await this.#talk.seal(text)
    if (!sealed.ok) return
    const at = { epoch: this.#talk.epoch, n: sealed.value.n }
    this.#outbox.add({ ...at, frame: sealed.value.frame, text }, Date.now())
    if (before) this.entries.rename(before, at)
    else {
      const said = JSON.parse(text) as Said
      if (SHOWN.includes(said.kind)) this.entries.add({ mine: true, ...at, said: said as Entry['said'], mark: 'sending' })
    }
    this.#line?.send(writeFrame('message', sealed.value.frame))
    this.#changed()
  }

  async #message(payload: Bytes): Promise<void> {
    const talk = this.#talk
    if (!talk) return
    const opened = await talk.open(payload)
    if (!opened.ok && opened.error.reason !== 'replayed') {
      if (opened.error.reason === 'version' || opened.error.reason === 'suite') this.#forget('old')
      return
    }
    const ack = talk.ack()
    if (ack) this.#line?.send(writeFrame('ack', ack))
    if (opened.ok) this.#said(talk.epoch, opened.value.n, opened.value.text)
  }

  #said(epoch: number, n: number, text: string): void {
    const said = readSaid(text)
    if (said === null || SHOWN.includes(said.kind)) this.entries.add({ mine: false, epoch, n, said: said as Entry['said'], mark: 'seen' })
    else if (said.kind === 'remove') this.entries.remove(false, said.which)
    else if (said.kind === 'seen') this.entries.markUpTo(said.epoch, said.n, 'seen')
    else if (said.kind === 'pause') this.theyPause = said.on
    this.#keepSoon()
    this.#changed()
  }

  #acked(payload: Bytes): void {
    const ack = readAck(payload)
    if (!ack.ok || ack.value.direction !== 'v2c') return
    this.#outbox.arrived(ack.value.epoch, ack.value.n)
    this.entries.markUpTo(ack.value.epoch, ack.value.n, 'there')
    this.#keepSoon()
    this.#changed()
  }

  async #closed(payload: Bytes): Promise<void> {
    const close = readClose(payload)
    if (!close.ok) return
    const by = this.#with
    const really = by !== null && (await isClosedBy(by.sigPub, this.#known.caseId, close.value))
    const { code } = this
    this.#forget(really ? 'ended' : 'gone')
    if (really && code) await drop(code)
  }

  #kept(): Kept {
    const { caseId, pass, rev } = this.#known
    const first = { ...this.first, again: this.first.again || this.#epoch > 0, before: [] }
    const talk = { caseId: toBase64url(caseId), pass: toBase64url(pass), rev }
    return { v: 1, talk, first, duress: this.duressWord, words: this.entries.words() }
  }

  #keepSoon(): void {
    if (!this.code || this.end) return
    clearTimeout(this.#keeping)
    this.#keeping = setTimeout(() => {
      if (this.code && !this.end) void keep(this.code, this.#kept())
    }, KEEP_MS)
  }

  #stopTimers(): void {
    for (const timer of this.#timers) clearInterval(timer)
    clearTimeout(this.#keeping)
    clearTimeout(this.#closing)
  }

  /** What was said goes with the keys. */
  #forget(end: End): void {
    if (this.end) return
    this.end = end
    this.stage = 'over'
    this.#stopTimers()
    this.#line?.close(1000)
    this.#line = null
    this.#talk?.forget()
    this.#talk = null
    this.#salt.fill(0)
    this.#outbox.takeAll()
    this.#later = []
    this.entries.list = []
    this.code = null
    this.#changed()
  }
}
