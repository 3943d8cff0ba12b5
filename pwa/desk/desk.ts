/**
 * The desk of one counsellor: from the link of an invitation to the end of a shift. Everything is in this page's memory; a reload forgets
 * it, and the pages of her talks ask anew by themselves. Screens read it and call it; it tells them when to draw again.
 */
import { random } from '../../crypto/bytes.ts'
import type { Roster } from '../../crypto/talk/roster.ts'
import type { Looked, Pace, RosterAnswer, Waiting } from '../../schema/desk-api.ts'
import { DESK_LINE_PATH, LINE_PROTOCOL } from '../../schema/paths.ts'
import { LANGUAGES } from '../../schema/terms.ts'
import { begin } from './begin.ts'
import { trustText } from './built.ts'
import { type Danger, type DangerWords, dangerInFirst } from './danger.ts'
import { enrol, untilNamed } from './enrolment.ts'
import { Idle } from './idle.ts'
import { type Invitation, readInvitation } from './invitation.ts'
import type { Socket } from './line.ts'
import { canPasskey, touch } from './passkey.ts'
import { Server } from './server.ts'
import { type Colleague, isPersonOf, readBelieved, readColleagues, type Shift } from './shift.ts'
import { Talk, type TalkState } from './talk.ts'
import { look, type No, type Read, take } from './waiting.ts'

/**
 * `enrol`: an invitation is in the address. `signing`: the passkey is made, and waits for the roster that names it. `closed`: no shift.
 * `locked`: on shift, and nothing of it on the screen.
 */
export type Phase = 'enrol' | 'signing' | 'closed' | 'on' | 'locked'

/** What the desk says once, in the words of `desk.json` under `notice`. */
export type Notice =
  | No
  | 'no-passkey'
  | 'put-off'
  | 'used'
  | 'late'
  | 'not-invited'
  | 'not-whole'
  | 'no-roster'
  | 'unknown-person'
  | 'again-to-sign'
  | 'shift-over'
  | 'signed-out'
  | 'ended'
  | 'not-ended'
  | 'wiped'
  | 'reply-left'

export type Picked = { kind: 'waiting' | 'talk'; tag: string } | null

const LOOK_MS = 3000
const TICK_MS = 5000
const ROSTER_SECONDS = 15

const NO_PACE: Pace = { state: 'free', peeksLeft: 0, placesLeft: 0, breakDue: false, endsAt: 0 }

export class Desk {
  phase: Phase
  notice: Notice | null = null
  isBusy = false
  isOffline = false
  invitation: Invitation | null
  shift: Shift | null = null
  waiting: Waiting[] = []
  pace: Pace = NO_PACE
  colleagues: Colleague[] = []
  /** What was read of those that wait, and the danger found in it. */
  readings = new Map<string, Read & { danger: Danger | null }>()
  talks: Talk[] = []
  picked: Picked = null
  isCountHidden = false

  readonly #server: Server
  readonly #changed: () => void
  readonly #danger: DangerWords
  readonly #called: string
  #sid: string | null = null
  readonly #idle = new Idle(Date.now())
  #isRestingForLock = false
  #rosterAt = 0
  #endNow: (() => void) | null = null
  #looking: ReturnType<typeof setTimeout> | undefined

  /** @param called  the organisation's neutral name, for the authenticator's own list */
  constructor(hash: string, called: string, changed: () => void, danger: DangerWords) {
    this.#server = new Server((path, init) => fetch(path, init), Date.now)
    this.#called = called
    this.#changed = changed
    this.#danger = danger
    this.invitation = readInvitation(hash)
    this.phase = this.invitation === null ? 'closed' : 'enrol'
    if (!canPasskey()) this.notice = 'no-passkey'
    setInterval(() => this.#tick(), TICK_MS)
  }

  now(): number {
    return this.#server.now()
  }

  /** Somebody is there. */
  touched(): void {
    this.#idle.touched(Date.now())
  }

  say(notice: Notice | null): void {
    this.notice = notice
    this.#changed()
  }

  async enrol(): Promise<void> {
    const { invitation } = this
    if (invitation === null) return
    await this.#busy(async () => {
      const made = await enrol(invitation, this.#called, (ask) => this.#server.open(ask))
      if (!made.ok) return this.say(made.why)
      this.#sid = invitation.sid
      this.phase = 'signing'
      void this.#awaitRoster(made.passkey)
    })
  }

  async #awaitRoster(passkey: string): Promise<void> {
    const isNamed = await untilNamed(
      passkey,
      () => this.#roster(),
      () => this.phase === 'signing',
    )
    if (!isNamed) return
    this.phase = 'closed'
    this.#changed()
  }

  /** Pasted, or a link opened where the desk stands already. */
  invite(text: string): void {
    if (this.phase !== 'closed' && this.phase !== 'enrol') return
    const invitation = readInvitation(text)
    if (invitation !== null) Object.assign(this, { invitation, phase: 'enrol' })
    this.say(invitation === null ? 'not-whole' : null)
  }

  leaveEnrolment(): void {
    this.invitation = null
    this.phase = 'closed'
    this.say(null)
  }

  async start(hours: number): Promise<void> {
    await this.#busy(async () => {
      const roster = await this.#roster()
      if (roster === null) return this.say('no-roster')
      const begun = await begin(
        roster,
        { known: this.#sid, hours },
        { ask: (ask) => this.#server.open(ask), now: () => this.now(), again: () => this.say('again-to-sign') },
      )
      this.#sid = begun.sid
      if (!begun.ok) return this.say(begun.why)
      this.shift = begun.shift
      this.phase = 'on'
      this.notice = null
      this.touched()
      void this.#danger.load(LANGUAGES.filter((one) => begun.shift.person.langs.includes(one)))
      await this.#look()
    })
  }

  async #roster(): Promise<Roster | null> {
    const answer = await this.#server.open({ ask: 'roster' })
    this.isOffline = !answer.ok && answer.reason === 'offline'
    return answer.ok && 'roster' in answer
      ? readBelieved(answer as RosterAnswer, trustText((answer as RosterAnswer).trust), this.now())
      : null
  }

  /** Somebody is on shift whom this desk's roster does not know yet. */
  async #newerRoster(shift: Shift): Promise<void> {
    if (this.now() - this.#rosterAt < ROSTER_SECONDS) return
    this.#rosterAt = this.now()
    shift.roster = (await this.#roster()) ?? shift.roster
  }

  // --- the list -------------------------------------------------------------------------------------------------------------------------

  async #look(): Promise<void> {
    clearTimeout(this.#looking)
    const { shift } = this
    if (shift === null) return
    const answer = await this.#server.call(shift, { ask: 'look' })
    if (this.shift !== shift) return
    if (!answer.ok && answer.reason === 'signed-out') return this.#close('signed-out')
    this.isOffline = !answer.ok
    if (answer.ok) this.#endNow = await this.#server.ready(shift, { ask: 'end' })
    if (answer.ok && 'waiting' in answer) await this.#lookedAt(answer, shift)
    this.#looking = setTimeout(() => void this.#look(), LOOK_MS)
    this.#changed()
  }

  async #lookedAt({ waiting, pace, colleagues }: Looked, shift: Shift): Promise<void> {
    this.waiting = waiting.filter(({ tag }) => !this.talks.some((talk) => talk.tag === tag && talk.state === 'open'))
    this.pace = pace
    this.colleagues = await readColleagues(colleagues, shift.roster, this.now())
    if (this.colleagues.length < colleagues.length) await this.#newerRoster(shift)
    const isThere = (tag: string): boolean => waiting.some((one) => one.tag === tag)
    for (const tag of this.readings.keys()) if (!isThere(tag)) this.readings.delete(tag)
    if (this.picked?.kind === 'waiting' && !isThere(this.picked.tag)) {
      this.picked = null
      this.notice ??= 'gone'
    }
  }

  pick(picked: Picked): void {
    this.picked = picked
    this.notice = null
    this.lookedAtTalk()
    this.#changed()
  }

  get talk(): Talk | null {
    const { picked } = this
    return picked?.kind === 'talk' ? (this.talks.find(({ tag }) => tag === picked.tag) ?? null) : null
  }

  /** What is on the screen has been seen. */
  lookedAtTalk(): void {
    if (this.phase === 'on' && document.visibilityState === 'visible') this.talk?.looked()
  }

  async peek(tag: string): Promise<void> {
    const { shift } = this
    if (shift === null) return
    await this.#busy(async () => {
      const read = await look((ask) => this.#server.call(shift, ask), tag, shift)
      if (!read.ok) return this.say(read.why)
      const { first } = read.value
      this.readings.set(tag, { ...read.value, danger: first && dangerInFirst(first, this.#danger.of) })
      this.notice = null
      await this.#look()
    })
  }

  async accept(tag: string): Promise<void> {
    const [shift, who] = [this.shift, this.waiting.find((one) => one.tag === tag)]
    if (shift === null || who === undefined || this.pace.state !== 'free') return
    await this.#busy(async () => {
      const read = this.readings.get(tag) ?? null
      const taken = await take((ask) => this.#server.call(shift, ask), who, read?.rev === who.rev ? read : null, shift)
      if (!taken.ok) return this.say(taken.why)
      const server = {
        call: (ask: Parameters<Server['call']>[1]) => this.#server.call(shift, ask),
        connect: async (bytes: Parameters<Server['ticket']>[1]): Promise<Socket> =>
          new WebSocket(DESK_LINE_PATH, [LINE_PROTOCOL, await this.#server.ticket(shift, bytes)]) as Socket,
      }
      const talk = new Talk(taken.value, shift, server, () => this.#talkChanged(), this.#danger.of)
      void this.#danger.load([who.language])
      this.talks = [...this.talks.filter((one) => one.tag !== tag), talk]
      this.readings.delete(tag)
      this.picked = { kind: 'talk', tag }
      this.notice = null
      await this.#look()
    })
  }

  #talkChanged(): void {
    this.lookedAtTalk()
    this.#changed()
  }

  async end(talk: Talk): Promise<void> {
    await this.#busy(async () => {
      this.say((await talk.end()) ? 'ended' : 'not-ended')
      await this.#look()
    })
  }

  async leaveReply(talk: Talk): Promise<void> {
    await this.#busy(async () => this.say((await talk.leaveDraft()) ? 'reply-left' : 'offline'))
  }

  /** Takes a talk that is over off the desk, words and all. */
  clear(talk: Talk): void {
    talk.forget()
    this.talks = this.talks.filter((one) => one !== talk)
    if (this.picked?.tag === talk.tag) this.picked = null
    this.say(null)
  }

  async rest(on: boolean): Promise<void> {
    const { shift } = this
    if (shift === null) return
    await this.#busy(async () => {
      const answer = await this.#server.call(shift, { ask: 'break', on })
      if (!answer.ok) return this.say(answer.reason === 'signed-out' ? 'signed-out' : 'offline')
      await this.#look()
    })
  }

  // --- lock and end ---------------------------------------------------------------------------------------------------------------------

  /** Nothing of any talk stays on the screen, and nobody new is sent here meanwhile. */
  lock(): void {
    if (this.phase !== 'on') return
    this.phase = 'locked'
    this.#idle.locked(Date.now())
    this.notice = null
    this.#changed()
    if (this.pace.state !== 'break' && this.shift !== null) {
      this.#isRestingForLock = true
      void this.#server.call(this.shift, { ask: 'break', on: true })
    }
  }

  async unlock(): Promise<void> {
    const { shift } = this
    if (shift === null) return
    await this.#busy(async () => {
      const challenge = random(32)
      const touched = await touch(challenge)
      if (this.shift !== shift) return
      if (touched === null) return this.say('put-off')
      if (!(await isPersonOf(shift, challenge, touched.assertion))) return this.say('unknown-person')
      this.phase = 'on'
      this.notice = null
      this.touched()
      if (this.#isRestingForLock) await this.#server.call(shift, { ask: 'break', on: false })
      this.#isRestingForLock = false
      await this.#look()
      this.lookedAtTalk()
    })
  }

  async endShift(): Promise<void> {
    const { shift } = this
    if (shift === null) return
    await this.#busy(async () => {
      const answer = await this.#server.call(shift, { ask: 'end' })
      if (!answer.ok && answer.reason !== 'signed-out') return this.say('offline')
      this.#close(null)
    })
  }

  /** The page goes, and the keys with it: who waits should not be sent to a desk where nobody can read. Lost when the page crashes. */
  leaving(): void {
    this.#endNow?.()
    this.#endNow = null
  }

  #close(why: Notice | null): void {
    clearTimeout(this.#looking)
    this.#endNow = null
    for (const talk of this.talks) talk.forget()
    Object.assign(this, { shift: null, talks: [], waiting: [], colleagues: [], picked: null, pace: NO_PACE, phase: 'closed' })
    this.readings.clear()
    this.#isRestingForLock = false
    this.say(why)
  }

  #tick(): void {
    const [ms, { shift }] = [Date.now(), this]
    if (shift === null) return
    if (this.now() >= shift.notAfter) this.#close('shift-over')
    else if (this.phase === 'locked' && this.#idle.isTimeToWipe(ms)) void this.#wipe(shift)
    else if (this.phase === 'on' && this.#idle.isTimeToLock(ms)) this.lock()
    else this.#changed()
  }

  async #wipe(shift: Shift): Promise<void> {
    this.#close('wiped')
    await this.#server.call(shift, { ask: 'end' })
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.#changed()
    try {
      await work()
    } finally {
      this.isBusy = false
      this.#changed()
    }
  }
}

/** How many things want to be looked at: for the title of the tab, which says nothing else. */
export const wanting = ({ phase, talks, waiting, isCountHidden }: Desk): number =>
  phase === 'on' ? talks.reduce((sum, { unread }) => sum + unread, isCountHidden ? 0 : waiting.length) : 0

export const isOver = (state: TalkState): boolean => state !== 'open'
