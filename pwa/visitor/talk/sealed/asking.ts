/**
 * Asking for a person, and asking anew: whom her first words are sealed to, which request counts, and whose accept is believed. An ask is
 * sent in the same bytes until there is an answer. Its keys are let go with the talk's.
 */
import { type Bytes, equal, random, toBase64url } from '../../../../crypto/bytes.ts'
import type { Ahead, TalkState, VisitorRefusal } from '../../../../schema/api.ts'
import { readFrame, readState, writeFrame } from '../../../../schema/line.ts'
import type { FirstWords } from '../../../../schema/said.ts'
import type { Known } from './capsule.ts'
import { written } from './first-words.ts'
import { type BoxKeys, Conversation, caseTag, makeRequest, newBoxKeys, openAccept, type readAccept } from './keys.ts'
import { addressees, type Counsellor, type Present, whoIsThere } from './people.ts'
import { solve } from './proof.ts'
import { hers, type Named, reachOf } from './reach.ts'
import { ask, pause } from './server.ts'

/** Why it did not begin. `nobody`: no one on shift who fits. */
export type NotBegun = VisitorRefusal['reason'] | 'no-answer'

type Accept = Extract<ReturnType<typeof readAccept>, { ok: true }>['value']

const TRIES = 5

export class Asking {
  /** How many asked earlier and still wait, as the server told last; null while it has not. */
  ahead: number | null = null

  readonly #org: string
  #known: Known
  #tag: Bytes = new Uint8Array(16)
  readonly #device = random(8)
  #keys!: BoxKeys
  /** Of the request that counts, later of the epoch before: what the next accept is opened with. */
  #salt: Bytes = new Uint8Array(32)
  readonly #believed = new Map<string, Counsellor>()
  #asked = new Set<string>()
  #over = false

  constructor(org: string, known: Known = newCase()) {
    this.#org = org
    this.#known = known
  }

  get known(): Readonly<Known> {
    return this.#known
  }

  get named(): Named {
    return { tag: this.#tag, pass: this.#known.pass, device: this.#device }
  }

  /** @returns why not */
  async open(present: Present, first: FirstWords): Promise<NotBegun | null> {
    const made = await this.#request(present, first, null)
    if (made === null) return 'nobody'
    const { language, wish } = first
    const asked = { ask: 'open', ...hers(this.named), request: toBase64url(made.bytes), language, wish } as const
    let answer = await this.#until(() => ask<TalkState>(asked))
    if (!answer.ok && answer.reason === 'prove') {
      const proof = await solve(answer.challenge)
      if (proof !== null) answer = await this.#until(() => ask<TalkState>({ ...asked, proof }))
    }
    if (!answer.ok) return answer.reason
    this.#salt = made.next
    return null
  }

  /**
   * @param from  `waiting`: only while nobody has accepted
   * @param without  who shall not be asked again, as long as there is anybody else
   * @returns the epoch it stands at, or why not
   */
  async anew(from: 'waiting' | 'any', present: Present, first: FirstWords, without: Counsellor | null): Promise<number | NotBegun> {
    const made = await this.#request(present, first, without)
    if (made === null) return 'nobody'
    const request = toBase64url(made.bytes)
    const send = (rev: number) => this.#until(() => ask<TalkState>({ ask: 'reseal', ...hers(this.named), from, rev, request }))
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
    return answer.epoch
  }

  /** The talk that was known is gone: the next request begins another. */
  startOver(): void {
    this.#known = newCase()
  }

  believe({ counsellors }: Present): void {
    for (const one of counsellors) this.#believed.set(toBase64url(one.shiftId), one)
  }

  async lookAhead(): Promise<void> {
    const answer = await ask<Ahead>({ ask: 'ahead', ...hers(this.named) })
    if (answer.ok) this.ahead = answer.ahead
  }

  /** Whether somebody could have her who was not asked. */
  hasNew({ counsellors }: Present, { language, wish }: FirstWords): boolean {
    return addressees(counsellors, language, wish).some(({ shiftId }) => !this.#asked.has(toBase64url(shiftId)))
  }

  /** @returns null for an accept of nobody who is believed, or for another request */
  async opened(accept: Accept, after: number): Promise<{ by: Counsellor; talk: Conversation } | null> {
    const by = await this.#believedOf(toBase64url(accept.shiftId))
    if (!by) return null
    const { caseId } = this.#known
    const keys = await openAccept(accept, { caseId, visitor: this.#keys, salt: this.#salt, sigPub: by.sigPub, after })
    if (!keys.ok) return null
    const talk = new Conversation('visitor', caseId, this.#tag, keys.value)
    keys.value.toCounsellor.fill(0)
    keys.value.toVisitor.fill(0)
    this.#salt = keys.value.next
    return { by, talk }
  }

  forget(): void {
    this.#over = true
    this.#salt.fill(0)
  }

  async #request(present: Present, first: FirstWords, without: Counsellor | null) {
    const able = addressees(present.counsellors, first.language, first.wish)
    const others = able.filter((one) => !without || !equal(one.shiftId, without.shiftId))
    const to = others.length > 0 ? others : able
    if (to.length === 0) return null
    const { caseId } = this.#known
    this.#tag = await caseTag(caseId)
    this.#keys ??= await newBoxKeys()
    this.believe(present)
    const made = await makeRequest({ org: this.#org, caseId, visitor: this.#keys, words: written(first), to })
    if (!made.ok) return null
    this.#asked = new Set(to.map(({ shiftId }) => toBase64url(shiftId)))
    return made.value
  }

  async #until<A extends { ok: boolean; reason?: string }>(send: () => Promise<A>): Promise<A> {
    for (let at = 1; ; at += 1) {
      const answer = await send()
      if (answer.ok || (answer.reason !== 'no-answer' && answer.reason !== 'unavailable') || at === TRIES || this.#over) return answer
      await pause(700 * at)
    }
  }

  async #revNow(): Promise<number | null> {
    const answer = await reachOf(this.named).exchange([writeFrame('who')])
    for (const bytes of Array.isArray(answer) ? answer : []) {
      const frame = readFrame(bytes)
      const state = frame?.kind === 'state' ? readState(frame.payload) : null
      if (state) return state.rev
    }
    return null
  }

  async #believedOf(shift: string): Promise<Counsellor | undefined> {
    if (!this.#believed.has(shift)) {
      const present = await whoIsThere()
      if (present) this.believe(present)
    }
    return this.#believed.get(shift)
  }
}

const newCase = (): Known => ({ caseId: random(16), pass: random(32), rev: 1 })
