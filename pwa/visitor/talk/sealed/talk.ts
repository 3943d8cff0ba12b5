/**
 * One talk, as her page holds it: from the ask to the end, in memory only. What the screen shows of it are its fields; it calls `changed`
 * when they did. Frames, answers and what she says go one after another, so that no two of them see half a change.
 */
import { type Bytes, toBase64url } from '../../../../crypto/bytes.ts'
import type { Done } from '../../../../schema/api.ts'
import { CODES, type Frame, type Peer, readState, writeFrame } from '../../../../schema/line.ts'
import type { FirstWords, Said } from '../../../../schema/said.ts'
import { Asking, type NotBegun } from './asking.ts'
import { type Code, drop, type Kept, type Known, keptOf, knownOf, named } from './capsule.ts'
import { Entries, type Entry } from './entries.ts'
import { Keeping } from './keeping.ts'
import { isClosedBy, readAccept, readClose } from './keys.ts'
import { Line, type LineNews } from './line.ts'
import { Messages } from './messages.ts'
import { type Counsellor, type Present, whoIsThere } from './people.ts'
import { hers, reachOf } from './reach.ts'
import { ask } from './server.ts'

/** `ended`: a counsellor ended it. `old`: this page is older than the other one. */
export type End = 'ended' | 'left' | 'elsewhere' | 'gone' | 'old'

const LOOK_MS = 20_000
const TICK_MS = 1000
/** What a screen says of minutes is true again after so many ticks. */
const STALE_TICKS = 10
/** "Gone" is believed when no word of an ending came with it. */
const GONE_MS = 2000
/** Her last word under duress may take so long. */
const DURESS_MS = 60_000

export class Talk {
  stage: 'waiting' | 'joined' | 'over' = 'waiting'
  end: End | null = null
  readonly entries = new Entries()
  /** Nothing is heard of the server. */
  lost = false
  peer: Peer = 'none'
  /** Since when the other page is away, in milliseconds. */
  awaySince: number | null = null
  paused = false
  person: Counsellor['person'] | null = null
  first: FirstWords
  readonly duressWord: string
  /** Since when she waits, in milliseconds. */
  since = Date.now()
  /** The talk stands on her screen. */
  shown = false

  readonly #changed: () => void
  readonly #asking: Asking
  readonly #messages: Messages
  readonly #keeping = new Keeping(() => this.#kept())
  #line: Line | null = null
  #with: Counsellor | null = null
  #epoch = 0
  #work: Promise<unknown> = Promise.resolve()
  #timers: ReturnType<typeof setInterval>[] = []
  #ticks = 0
  #closing: ReturnType<typeof setTimeout> | undefined

  constructor(org: string, first: FirstWords, duressWord: string, changed: (talk: Talk) => void, known?: Known) {
    this.first = first
    this.duressWord = duressWord
    this.#changed = () => changed(this)
    this.#asking = new Asking(org, known)
    this.#messages = new Messages(this.entries, (kind, payload) => this.#line?.send(writeFrame(kind, payload)), this.#changed)
  }

  /** What she comes back to. Her words of then stand on the screen again. */
  static from({ code, kept }: { code: Code; kept: Kept }, changed: (talk: Talk) => void): Talk {
    const back = new Talk(code.org, kept.first, kept.duress, changed, kept.talk ? knownOf(kept.talk) : undefined)
    back.#keeping.code = code
    for (const [n, { mine, text }] of kept.words.entries())
      back.entries.add({ mine, epoch: 0, n, said: { kind: 'text', text }, mark: 'seen' })
    return back
  }

  /** How many wait in front of her; null while that is not known. */
  get ahead(): number | null {
    return this.#asking.ahead
  }

  get theyPause(): boolean {
    return this.#messages.theyPause
  }

  get hasCode(): boolean {
    return this.#keeping.code !== null
  }

  /** Asks for a person. @returns why not */
  begin(present: Present): Promise<NotBegun | null> {
    return this.#next(async () => {
      const why = await this.#asking.open(present, this.first)
      if (why === null) this.#run()
      return why
    })
  }

  /** Comes back to a talk that may still be there; to a new one when it is not. */
  async resume(present: Present): Promise<NotBegun | null> {
    const answer = await this.#reseal('any', present, null)
    if (answer === 'gone') {
      this.#asking.startOver()
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
    if (answer === null) {
      this.since = Date.now()
      this.#changed()
    }
    return answer
  }

  say(said: Said): void {
    const text = JSON.stringify(said)
    void this.#next(() => this.#messages.seal(text))
  }

  answer(entry: Entry, answer: number): void {
    if (this.stage !== 'joined') return
    entry.answered = answer
    this.say({ kind: 'answer', to: { epoch: entry.epoch, n: entry.n }, answer })
  }

  again({ epoch, n }: Entry): void {
    this.#messages.again(epoch, n)
  }

  remove(which: 'all' | { epoch: number; n: number }): void {
    if (which === 'all') {
      this.entries.list = []
      this.first = { ...this.first, text: '', before: [] }
    } else this.entries.remove(true, which)
    this.say({ kind: 'remove', which })
    this.#stepped()
  }

  pause(on: boolean): void {
    this.paused = on
    this.say({ kind: 'pause', on })
    this.#changed()
  }

  /** A code she has typed once again: from now on each step is kept under it. */
  async keepUnder(code: Code): Promise<boolean> {
    if (!(await this.#keeping.under(code))) return false
    this.#sayMailbox(code)
    return true
  }

  /** Everything up to the last word stands on her screen. */
  sawAll(): void {
    const last = this.#messages.newlySeen()
    if (last) this.say({ kind: 'seen', ...last })
  }

  /** She ends it: talk and capsule go. */
  async finish(): Promise<void> {
    const { code } = this.#keeping
    const talk = hers(this.#asking.named)
    this.leave()
    await ask<Done>({ ask: 'leave', ...talk, ...(code && named(code)) })
  }

  /** The exit: tells the other page "left", and forgets. Her code, if she made one, still leads back. */
  leave(): void {
    this.#line?.close(CODES.left)
    this.#forget('left')
  }

  /** The screen is a harmless one by now: the counsellor is told to stop writing, and this page knows nothing any more. */
  async duress(): Promise<void> {
    this.entries.list = []
    if (!this.#line || this.stage !== 'joined') return this.finish()
    this.#stopTimers()
    this.shown = false
    this.#keeping.stop()
    this.say({ kind: 'duress' })
    await this.#work
    await this.#messages.deliver(DURESS_MS)
    this.#forget('left')
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => {})
    return done
  }

  /** Something was said, heard or has arrived. */
  #stepped(): void {
    this.#keeping.soon()
    this.#changed()
  }

  #sayMailbox({ keys }: Code): void {
    this.say({ kind: 'mailbox', box: toBase64url(keys.box), key: toBase64url(keys.mailbox.publicBytes) })
  }

  #reseal(from: 'waiting' | 'any', present: Present, without: Counsellor | null): Promise<NotBegun | null> {
    return this.#next(async () => {
      if (this.end || (from === 'waiting' && this.stage !== 'waiting')) return 'changed'
      const answer = await this.#asking.anew(from, present, this.first, without)
      if (typeof answer === 'string') return answer
      if (from === 'any') {
        this.#epoch = answer
        this.#messages.part()
        this.#with = null
        this.peer = 'none'
        this.awaySince = null
        this.stage = 'waiting'
        this.#asking.ahead = null
        this.#changed()
        void this.#lookAhead()
      }
      this.#keeping.soon()
      return null
    })
  }

  #run(): void {
    if (this.#line || this.end) return
    this.#line = new Line(
      reachOf(this.#asking.named),
      (frame) => void this.#next(() => this.#hear(frame)),
      (news) => this.#news(news),
    )
    this.#timers = [setInterval(() => void this.#look(), LOOK_MS), setInterval(() => this.#tick(), TICK_MS)]
    this.#stepped()
    void this.#lookAhead()
  }

  async #lookAhead(): Promise<void> {
    if (this.stage !== 'waiting' || this.end) return
    await this.#asking.lookAhead()
    this.#changed()
  }

  #news(news: LineNews): void {
    if (news === 'open' || news === 'lost') {
      this.lost = news === 'lost'
      if (news === 'open') this.#messages.sendAll()
      this.#changed()
    } else if (news === 'elsewhere') this.#forget('elsewhere')
    else this.#goneSoon()
  }

  /** What ended it may still be on its way through the queue. */
  #goneSoon(): void {
    this.#closing ??= setTimeout(() => this.#forget('gone'), GONE_MS)
  }

  /** While she waits: whether somebody came who could have her, too. */
  async #look(): Promise<void> {
    if (this.stage !== 'waiting' || this.end) return
    void this.#lookAhead()
    const present = await whoIsThere()
    if (present === null || this.stage !== 'waiting' || this.end) return
    this.#asking.believe(present)
    if (this.#asking.hasNew(present, this.first)) await this.#reseal('waiting', present, null)
  }

  #tick(): void {
    const failed = this.#messages.sendDue()
    this.#ticks += 1
    if (failed || this.#ticks % STALE_TICKS === 0) this.#changed()
  }

  async #hear({ kind, payload }: Frame): Promise<void> {
    if (this.end) return
    if (kind === 'state') this.#state(payload)
    else if (kind === 'accept') await this.#accept(payload)
    else if (kind === 'close') await this.#closed(payload)
    else if (kind === 'message') {
      const news = await this.#messages.open(payload)
      if (news === 'old') this.#forget('old')
      else if (news) this.#stepped()
    } else if (kind === 'ack') {
      if (this.#messages.acked(payload)) this.#stepped()
    } else if (kind === 'kept' || kind === 'refused') {
      this.#messages[kind](payload)
      this.#changed()
    }
  }

  #state(payload: Bytes): void {
    const state = readState(payload)
    if (state === null) return
    if (state.state === 'gone') {
      this.#goneSoon()
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
    const opened = await this.#asking.opened(accept.value, this.#epoch)
    if (!opened) return
    this.#epoch = accept.value.epoch
    this.#with = opened.by
    this.person = opened.by.person
    this.stage = 'joined'
    await this.#messages.join(opened.talk)
    const { code } = this.#keeping
    if (code) this.#sayMailbox(code)
    this.#stepped()
  }

  async #closed(payload: Bytes): Promise<void> {
    const close = readClose(payload)
    if (!close.ok) return
    const by = this.#with
    const really = by !== null && (await isClosedBy(by.sigPub, this.#asking.known.caseId, close.value))
    const { code } = this.#keeping
    this.#forget(really ? 'ended' : 'gone')
    if (really && code) await drop(code)
  }

  #kept(): Kept {
    const first = { ...this.first, again: this.first.again || this.#epoch > 0, before: [] }
    return { v: 1, talk: keptOf(this.#asking.known), first, duress: this.duressWord, words: this.entries.words() }
  }

  #stopTimers(): void {
    for (const timer of this.#timers) clearInterval(timer)
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
    this.#asking.forget()
    this.#messages.forget()
    this.#keeping.stop()
    this.#changed()
  }
}
