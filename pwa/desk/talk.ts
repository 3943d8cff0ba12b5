/**
 * One talk of this shift: its keys, its words, its line. Whatever it holds is in memory, and is let go of when the talk ends.
 * What is shown where is the screens' affair; what is asked of the server goes through `TalkServer`.
 */
import { type Bytes, bytesOf, toBase64url } from '../../crypto/bytes.ts'
import { sealReply } from '../../crypto/talk/capsule.ts'
import { closeByCounsellor, isClosedBy, readClose } from '../../crypto/talk/close.ts'
import { Conversation } from '../../crypto/talk/conversation.ts'
import { type EpochKeys, forget } from '../../crypto/talk/epoch.ts'
import { readAck } from '../../crypto/talk/message.ts'
import type { SignedDeskAsk } from '../../schema/desk-api.ts'
import { CODES, type Peer, readFrame, readKept, readRefused, readState, writeFrame } from '../../schema/line.ts'
import { type FirstWords, readSaid, type Said, write } from '../../schema/said.ts'
import type { Language } from '../../schema/terms.ts'
import { type CrisisOf, type Danger, dangerInFirst } from './danger.ts'
import { Gaps } from './gaps.ts'
import { Handing, type Step } from './handing.ts'
import { Line, type Socket } from './line.ts'
import { Outbox } from './outbox.ts'
import type { Answer } from './server.ts'
import { insist } from './server.ts'
import type { Colleague, Shift } from './shift.ts'
import { isShown, lastHers, type Shown, type Transcript, withEntry, withMark, withMarkUpTo, withRemoved } from './transcript.ts'

export type TalkServer = {
  call(ask: SignedDeskAsk): Promise<Answer>
  connect(tag: Bytes): Promise<Socket>
}

/**
 * `left`: she went, or her page said so. `ended`: by this desk. `moved`: her page asked anew, so that somebody may have it who is there.
 * `handed`: a colleague has it. `gone`: it expired. Only `open` talks can be written in.
 */
export type TalkState = 'open' | 'left' | 'ended' | 'moved' | 'handed' | 'gone'

export type Accepted = { tag: Bytes; caseId: Bytes; visitor: Bytes; language: Language; first: FirstWords | null; keys: EpochKeys }

export class Talk {
  readonly tag: string
  readonly language: Language
  readonly first: FirstWords | null
  readonly firstDanger: Danger | null
  readonly startedAt = Date.now()
  state: TalkState = 'open'
  peer: Peer = 'none'
  isUp = false
  isDuress = false
  /** After the word for danger: takes no place among the three any more. */
  isAside = false
  /** She is away for a moment. */
  isPaused = false
  /** This counsellor is, and said so. */
  isResting = false
  entries: Transcript = []
  draft = ''
  unread = 0
  mailbox: { box: string; key: string } | null = null

  readonly #accepted: Accepted
  readonly #shift: Shift
  readonly #server: TalkServer
  readonly #changed: () => void
  readonly #crisisOf: CrisisOf
  readonly #conversation: Conversation
  readonly #line: Line
  readonly #outbox = new Outbox()
  readonly #handing: Handing
  readonly #gaps: Gaps
  readonly #timer: ReturnType<typeof setInterval>
  #work: Promise<unknown> = Promise.resolve()
  #isAsking = false
  #seenSent = -1
  #pauseHeard = -1

  constructor(accepted: Accepted, shift: Shift, server: TalkServer, changed: () => void, crisisOf: CrisisOf) {
    this.#accepted = accepted
    this.tag = toBase64url(accepted.tag)
    this.language = accepted.language
    this.first = accepted.first
    this.firstDanger = accepted.first && dangerInFirst(accepted.first, crisisOf)
    this.#shift = shift
    this.#server = server
    this.#changed = changed
    this.#crisisOf = crisisOf
    this.#handing = new Handing(accepted, server, changed)
    this.#gaps = new Gaps(accepted.first?.again === true, Date.now())
    this.#conversation = new Conversation('counsellor', accepted.caseId, accepted.tag, accepted.keys)
    this.#line = new Line({
      connect: () => server.connect(accepted.tag),
      exchange: (frames) => this.#exchange(frames),
      take: (frame) => this.#queue(frame),
      up: () => {
        this.isUp = true
        this.#outbox.again()
        this.#flush()
        changed()
      },
      down: () => {
        this.isUp = false
        changed()
      },
      closed: (code) => {
        // What was said last may still be in the queue; it is read first.
        this.#work = this.#work.then(() => this.#closedWith(code))
      },
    })
    this.#line.start()
    this.#timer = setInterval(() => {
      this.#flush()
      this.#freePlace()
    }, 500)
  }

  get epoch(): number {
    return this.#conversation.epoch
  }

  get canWrite(): boolean {
    return this.state === 'open' && !this.isDuress
  }

  get isWordDue(): boolean {
    return this.canWrite && this.#gaps.isWordDue
  }

  get handing(): Step | null {
    return this.#handing.now
  }

  /** @returns false when it cannot be said now, and nothing of it went */
  async say(said: Said): Promise<boolean> {
    if (!this.canWrite) return false
    if (this.isResting && isShown(said)) await this.rest(false)
    const sealed = await this.#conversation.seal(write(said))
    if (!sealed.ok) return false
    const { n, frame } = sealed.value
    this.#outbox.add(n, writeFrame('message', frame))
    if (isShown(said)) this.#enter(n, said, true)
    if (said.kind === 'ask-word') this.wordChecked()
    this.#flush()
    return true
  }

  /** Her page says so. Whoever writes is back without saying it. */
  async rest(on: boolean): Promise<void> {
    this.isResting = on
    this.#changed()
    if (await this.say({ kind: 'pause', on })) return
    this.isResting = !on
    this.#changed()
  }

  /** Sends what stands in the draft; the draft is kept if it could not. */
  async sendDraft(): Promise<void> {
    const text = this.draft.trim()
    if (text === '') return
    this.draft = ''
    this.#changed()
    if (!(await this.say({ kind: 'text', text }))) {
      this.draft = text
      this.#changed()
    }
  }

  /** She has a code and is not here: what is left now waits with it for days, sealed to it, and opens nowhere else. */
  get canLeave(): boolean {
    return this.canWrite && this.mailbox !== null && this.peer === 'away'
  }

  /** @returns false when it could not be left; the draft is kept then */
  async leaveDraft(): Promise<boolean> {
    const [text, { mailbox }] = [this.draft.trim(), this]
    if (text === '' || mailbox === null || !this.canLeave) return false
    const sealed = await sealReply(bytesOf(mailbox.key), this.#shift.roster.org, write({ kind: 'text', text }))
    if (!sealed.ok) return false
    const answer = await insist(() => this.#server.call({ ask: 'reply', box: mailbox.box, reply: toBase64url(sealed.value) }))
    if (answer.ok) this.draft = ''
    return answer.ok
  }

  again(n: number): void {
    this.#outbox.again(n)
    this.entries = this.entries.map((one) => (one.mine && one.n === n && one.mark === 'failed' ? { ...one, mark: 'sending' } : one))
    this.#flush()
    this.#changed()
  }

  async remove(n: number): Promise<void> {
    if (!(await this.say({ kind: 'remove', which: { epoch: this.epoch, n } }))) return
    this.entries = withRemoved(this.entries, true, { epoch: this.epoch, n })
    this.#changed()
  }

  wordChecked(): void {
    this.#gaps.wordChecked(Date.now())
    this.#changed()
  }

  /** Somebody looks at this talk now: her page may be told so. */
  looked(): void {
    this.unread = 0
    const last = lastHers(this.entries)
    if (!last || last.epoch !== this.epoch || last.n <= this.#seenSent || !this.canWrite) return
    this.#seenSent = last.n
    void this.say({ kind: 'seen', epoch: last.epoch, n: last.n })
  }

  askToHand(to: Colleague): Promise<void> {
    return this.#handing.ask(to, (said) => this.say(said))
  }

  dropHanding(): void {
    this.#handing.drop()
  }

  /** @returns false when the server could not be told; the talk goes on then */
  async end(): Promise<boolean> {
    if (this.state !== 'open') return true
    const { caseId, tag } = this.#accepted
    const frame = await closeByCounsellor({ caseId, tag, epoch: this.epoch, reason: 'ended', signWith: this.#shift.signing.privateKey })
    const answer = await insist(() => this.#server.call({ ask: 'close', tag: this.tag, close: toBase64url(frame) }))
    if (!answer.ok && answer.reason !== 'gone') return false
    this.#finish('ended')
    return true
  }

  /** The shift is over, or the desk lets go of a talk that ended: nothing of it stays. */
  forget(): void {
    clearInterval(this.#timer)
    this.#line.stop()
    this.#outbox.drop()
    this.#conversation.forget()
    forget(this.#accepted.keys)
    this.entries = []
    this.draft = ''
    if (this.state === 'open') this.state = 'gone'
  }

  async #take(bytes: Bytes): Promise<void> {
    const frame = readFrame(bytes)
    if (frame === null || this.state !== 'open') return
    const { kind, payload } = frame
    if (kind === 'state') this.#stateIs(payload)
    else if (kind === 'message') await this.#message(payload)
    else if (kind === 'ack') this.#acked(payload)
    else if (kind === 'kept') this.#kept(payload)
    else if (kind === 'refused') this.#refused(payload)
    else if (kind === 'close') await this.#closedBy(payload)
    this.#changed()
  }

  async #message(payload: Bytes): Promise<void> {
    const opened = await this.#conversation.open(payload)
    if (opened.ok) this.#heard(opened.value.n, readSaid(opened.value.text))
    else if (opened.error.reason !== 'replayed') return
    const ack = this.#conversation.ack()
    if (ack) this.#line.send(writeFrame('ack', ack))
  }

  #heard(n: number, said: Said | null): void {
    if (said?.kind !== 'seen') this.#gaps.heard(Date.now())
    if (isShown(said)) {
      this.unread += 1
      this.#enter(n, said, false)
    } else if (said.kind === 'seen') this.entries = withMarkUpTo(this.entries, said, 'seen')
    else if (said.kind === 'remove') this.entries = withRemoved(this.entries, false, said.which)
    else if (said.kind === 'pause') this.#pause(n, said.on)
    else if (said.kind === 'mailbox') this.mailbox = { box: said.box, key: said.key }
    else if (said.kind === 'duress') this.#duress()
    else if (said.kind === 'hand') void this.#handing.answered(said.yes, this.epoch)
  }

  /** What was late says nothing any more. */
  #pause(n: number, on: boolean): void {
    if (n < this.#pauseHeard) return
    this.#pauseHeard = n
    this.isPaused = on
  }

  /** Somebody else may hold the phone: nothing more is sent, not even what was on its way. */
  #duress(): void {
    this.isDuress = true
    this.unread += 1
    this.#outbox.drop()
    this.#handing.now = null
  }

  /** Nobody can be helped here until she comes back, and somebody else waits: the talk stays, with her code, but takes no place. */
  #freePlace(): void {
    if (!this.isDuress || this.state !== 'open' || this.isAside || !this.#gaps.isAsideDue(Date.now())) return
    void this.#server.call({ ask: 'aside', tag: this.tag }).then(({ ok }) => {
      this.isAside ||= ok
      this.#changed()
    })
  }

  #enter(n: number, said: Shown, mine: boolean): void {
    const danger = !mine && said !== null && 'text' in said ? this.#crisisOf(said.text, this.language) : null
    this.entries = withEntry(this.entries, { epoch: this.epoch, n, mine, said, at: Date.now(), mark: 'sending', danger })
    this.#changed()
  }

  #stateIs(payload: Bytes): void {
    const state = readState(payload)
    if (state === null) return
    if (state.state === 'gone') {
      void this.#askWhy()
      return
    }
    this.#gaps.peerIs(state.peer, Date.now())
    this.peer = state.peer
  }

  #acked(payload: Bytes): void {
    const ack = readAck(payload)
    if (!ack.ok || ack.value.epoch !== this.epoch || ack.value.direction !== 'c2v') return
    this.#outbox.acknowledged(ack.value.n)
    this.entries = withMarkUpTo(this.entries, ack.value, 'arrived')
  }

  #kept(payload: Bytes): void {
    const kept = readKept(payload)
    if (kept === null || kept.epoch !== this.epoch) return
    this.#outbox.kept(kept.n)
    this.entries = withMark(this.entries, kept, 'sent')
  }

  #refused(payload: Bytes): void {
    const no = readRefused(payload)
    if (no?.epoch !== this.epoch) return
    if (no.why === 'old') void this.#askWhy()
    else this.#outbox.slow(no.n, Date.now())
  }

  async #closedBy(payload: Bytes): Promise<void> {
    const close = readClose(payload)
    if (!close.ok || toBase64url(close.value.tag) !== this.tag) return
    if (close.value.signature.length === 0) return this.#finish('left')
    const { sigPub, caseId } = { sigPub: this.#shift.signing.publicBytes, caseId: this.#accepted.caseId }
    if (await isClosedBy(sigPub, caseId, close.value)) this.#finish('ended')
  }

  #closedWith(code: number): void {
    if (code === CODES.left) this.#finish('left')
    else this.#lost()
  }

  /** The line says that the talk is no longer here; an ask tells why, sooner than the socket's own end. */
  async #askWhy(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    for (const frame of (await this.#exchange([])) ?? []) this.#queue(frame)
    this.#isAsking = false
  }

  async #exchange(frames: Bytes[]): Promise<Bytes[] | null> {
    const answer = await this.#server.call({ ask: 'exchange', tag: this.tag, frames: frames.map(toBase64url) })
    if (!answer.ok && answer.reason === 'gone') this.#lost()
    return answer.ok && 'frames' in answer ? answer.frames.map(bytesOf) : null
  }

  #queue(frame: Bytes): void {
    this.#work = this.#work.then(() => this.#take(frame)).catch(() => {})
  }

  /** Somebody else has it, or nobody. */
  #lost(): void {
    this.#finish(this.#handing.isOffered ? 'handed' : this.#gaps.isExpired(Date.now()) ? 'gone' : 'moved')
  }

  #finish(state: TalkState): void {
    if (this.state !== 'open') return
    this.state = state
    this.#handing.now = null
    this.entries = this.entries.map((one) => (one.mark === 'sending' && one.mine ? { ...one, mark: 'failed' } : one))
    clearInterval(this.#timer)
    this.#line.stop()
    this.#outbox.drop()
    this.#conversation.forget()
    forget(this.#accepted.keys)
    this.#changed()
  }

  #flush(): void {
    if (!this.isUp || this.state !== 'open' || this.isDuress) return
    const { frames, failed } = this.#outbox.due(Date.now())
    for (const frame of frames) this.#line.send(frame)
    for (const n of failed) this.entries = withMark(this.entries, { epoch: this.epoch, n }, 'failed')
    if (failed.length > 0) this.#changed()
  }
}
