/**
 * Messages both ways: sealed in the epoch that is, sent until they arrived, opened, and what her screen shows of them. Frames go through
 * `send`; an epoch's keys come with `join` and are overwritten when it ends.
 */
import type { Bytes } from '../../../../crypto/bytes.ts'
import { readKept, readRefused } from '../../../../schema/line.ts'
import type { Said } from '../../../../schema/said.ts'
import { type Entries, isShown } from './entries.ts'
import { type Conversation, readAck } from './keys.ts'
import { Outbox, type Parcel } from './outbox.ts'
import { readSaid } from './said.ts'
import { pause } from './server.ts'

export class Messages {
  /** The counsellor said: away for a moment. */
  theyPause = false

  readonly #entries: Entries
  readonly #send: (kind: 'message' | 'ack', payload: Bytes) => void
  readonly #changed: () => void
  #talk: Conversation | null = null
  readonly #outbox = new Outbox()
  /** Said before anybody could read it. */
  #later: string[] = []
  #seen: { epoch: number; n: number } = { epoch: 0, n: -1 }
  #pauseHeard = -1
  #over = false

  constructor(entries: Entries, send: (kind: 'message' | 'ack', payload: Bytes) => void, changed: () => void) {
    this.#entries = entries
    this.#send = send
    this.#changed = changed
  }

  /** A new epoch. What did not arrive in the one before is sealed in it. */
  async join(talk: Conversation): Promise<void> {
    this.#talk?.forget()
    this.#talk = talk
    this.theyPause = false
    this.#pauseHeard = -1
    const [parcels, later] = [this.#outbox.takeAll(), this.#later.splice(0)]
    for (const parcel of parcels) await this.seal(parcel.text, parcel)
    for (const text of later) await this.seal(text)
  }

  /** Who had the talk has it no longer. What did not arrive waits for the next. */
  part(): void {
    this.#later = [...this.#outbox.takeAll().map(({ text }) => text), ...this.#later]
    this.#talk?.forget()
    this.#talk = null
  }

  /** @param text  `Said` as JSON */
  async seal(text: string, before?: Parcel): Promise<void> {
    if (this.#over) return
    if (this.#talk === null) {
      this.#later.push(text)
      return
    }
    const sealed = await this.#talk.seal(text)
    if (!sealed.ok) return
    const at = { epoch: this.#talk.epoch, n: sealed.value.n }
    this.#outbox.add({ ...at, frame: sealed.value.frame, text }, Date.now())
    const said = JSON.parse(text) as Said
    if (before) this.#entries.rename(before, at)
    else if (isShown(said)) this.#entries.add({ mine: true, ...at, said, mark: 'sending' })
    this.#send('message', sealed.value.frame)
    this.#changed()
  }

  /** She taps a message that failed. */
  again(epoch: number, n: number): void {
    const parcel = this.#outbox.again(epoch, n, Date.now())
    if (!parcel) return
    const entry = this.#entries.find(true, epoch, n)
    if (entry) entry.mark = 'sending'
    this.#send('message', parcel.frame)
    this.#changed()
  }

  /** A new line. */
  sendAll(): void {
    for (const { frame } of this.#outbox.all(Date.now())) this.#send('message', frame)
  }

  /** @returns whether something failed meanwhile */
  sendDue(): boolean {
    const now = Date.now()
    for (const { frame } of this.#outbox.due(now)) this.#send('message', frame)
    const failed = this.#outbox.failed(now).filter(({ epoch, n }) => this.#entries.find(true, epoch, n)?.mark === 'sending')
    for (const { epoch, n } of failed) this.#entries.mark(epoch, n, 'failed')
    return failed.length > 0
  }

  /** Sends again what is due until everything has arrived, for so long at most. */
  async deliver(ms: number): Promise<void> {
    for (const until = performance.now() + ms; this.#outbox.size > 0 && performance.now() < until && !this.#over; ) {
      await pause(300)
      this.sendDue()
    }
  }

  /** @returns the last word of theirs in this epoch, once: from now on it counts as seen */
  newlySeen(): { epoch: number; n: number } | null {
    const last = this.#entries.list.findLast(({ mine, epoch }) => !mine && epoch === this.#talk?.epoch)
    if (!last || (last.epoch === this.#seen.epoch && last.n <= this.#seen.n)) return null
    this.#seen = { epoch: last.epoch, n: last.n }
    return this.#seen
  }

  /** @returns whether it said something new; `old` when this page is too old to open it */
  async open(payload: Bytes): Promise<boolean | 'old'> {
    const talk = this.#talk
    if (!talk) return false
    const opened = await talk.open(payload)
    if (!opened.ok && opened.error.reason !== 'replayed')
      return opened.error.reason === 'version' || opened.error.reason === 'suite' ? 'old' : false
    const ack = talk.ack()
    if (ack) this.#send('ack', ack)
    if (opened.ok) this.#said(talk.epoch, opened.value.n, readSaid(opened.value.text))
    return opened.ok
  }

  /** @returns whether this was about hers */
  acked(payload: Bytes): boolean {
    const ack = readAck(payload)
    if (!ack.ok || ack.value.direction !== 'v2c') return false
    this.#outbox.arrived(ack.value.epoch, ack.value.n)
    this.#entries.markUpTo(ack.value.epoch, ack.value.n, 'there')
    return true
  }

  kept(payload: Bytes): void {
    const place = readKept(payload)
    if (!place) return
    this.#outbox.kept(place.epoch, place.n)
    this.#entries.mark(place.epoch, place.n, 'sent')
  }

  refused(payload: Bytes): void {
    const refused = readRefused(payload)
    if (refused?.why === 'full') this.#entries.mark(refused.epoch, refused.n, 'failed')
  }

  forget(): void {
    this.#over = true
    this.#talk?.forget()
    this.#talk = null
    this.#outbox.takeAll()
    this.#later = []
    this.#entries.list = []
  }

  #said(epoch: number, n: number, said: Said | null): void {
    if (said === null || isShown(said)) this.#entries.add({ mine: false, epoch, n, said, mark: 'seen' })
    else if (said.kind === 'remove') this.#entries.remove(false, said.which)
    else if (said.kind === 'seen') this.#entries.markUpTo(said.epoch, said.n, 'seen')
    else if (said.kind === 'pause' && n > this.#pauseHeard) {
      // What was late says nothing any more.
      this.#pauseHeard = n
      this.theyPause = said.on
    }
  }
}
