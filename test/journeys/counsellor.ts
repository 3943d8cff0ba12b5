/** A counsellor with real keys at the other end of a visitor's page, by the shared ends of the Worker's tests; the desk's own page is tested elsewhere. */
import { fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { sealReply } from '../../crypto/talk/capsule.ts'
import { writeFrame } from '../../schema/line.ts'
import { type FirstWords, readFirstWords, readSaid, type Said } from '../../schema/said.ts'
import { newRoot, ORG, person, rosterText, signRoster } from '../crypto/talk/people.ts'
import { Desk, deskSays, must, NOW, useDoor } from '../worker/talk/ends.ts'
import type { House } from './house.ts'

const DAY = 24 * 3600

/** Whom a roster names: of the passkey it has the public half. */
type Member = Parameters<typeof rosterText>[0][number]

/**
 * An organisation with a root: what the Worker is told of it, and the people it sends on shift.
 *
 * @param desk  where browsers find its desk
 */
export async function organise(desk = 'http://desk.localhost') {
  const root = await newRoot()
  const people: Member[] = []
  const trust = { org: ORG, roots: [toBase64url(root.publicBytes)], needed: 1, floor: 1 }
  /** Somebody new in the roster. */
  const knows = async (who: Member): Promise<void> => {
    people.push(who)
    const dates = { notBefore: NOW() - 60, notAfter: NOW() + 20 * DAY, seq: 7 + people.length }
    const signed = await signRoster(rosterText(people, { ...dates, deskOrigin: desk, rpId: new URL(desk).hostname }), [root])
    const roster = { bytes: toBase64url(signed.bytes), signatures: signed.signatures.map(toBase64url) }
    const published = await deskSays({ ask: 'publish', roster })
    if (!published.ok) throw new Error(published.reason)
  }
  return {
    knows,
    vars: { DESK_ORIGIN: desk, TALK_TRUST: JSON.stringify(trust) },
    /** Its desk is a host of this server. */
    at({ server }: Pick<House, 'server'>): void {
      const post = (url: string, body: string, headers: Record<string, string>) => server.fetch(url, { method: 'POST', body, headers })
      useDoor({
        desk,
        site: new URL(server.url).origin,
        post,
        socket: () => Promise.reject(new Error('this end comes by now and then')),
      })
    },
    /** Somebody who was not there before comes on shift. */
    async comes(sid: string): Promise<Counsellor> {
      const who = await person(sid)
      await knows(who)
      return new Counsellor(await Desk.start(who))
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Comes by every moment, as a desk without a line does. */
export class Counsellor {
  readonly end: Desk
  #said = 0

  constructor(end: Desk) {
    this.end = end
  }

  /** @param tag  whom to take; without, whoever waits longest, or was handed to this shift. @returns her first words */
  async accept(tag?: string): Promise<FirstWords | null> {
    const { end } = this
    end.heard.splice(0)
    end.unacked.clear()
    end.closed = null
    end.state = null
    this.#said = 0
    for (let tries = 0; tries < 150; tries += 1) {
      const first = (await end.look()).waiting.find((one) => tag === undefined || one.tag === tag)
      if (first) {
        const { answer, words } = await end.accept(first.tag)
        if (!answer.ok) throw new Error(answer.reason)
        return readFirstWords(words)
      }
      await pause(100)
    }
    throw new Error('nobody asks')
  }

  /** @returns its number */
  async say(said: Said): Promise<number> {
    await this.end.say(JSON.stringify(said))
    return this.#said++
  }

  get heard(): Said[] {
    return this.end.heard.flatMap((text) => readSaid(text) ?? [])
  }

  get texts(): string[] {
    return this.heard.flatMap((said) => (said.kind === 'text' ? [said.text] : []))
  }

  /** Her page told that it is over, or the server did. */
  get isOver(): boolean {
    return this.end.closed !== null || this.end.state?.state === 'gone'
  }

  heardA(kind: Said['kind']): boolean {
    return this.heard.some((said) => said.kind === kind)
  }

  /** Comes by until something holds; what was not acknowledged goes again. */
  async until(holds: () => boolean, ms = 20_000): Promise<void> {
    for (const last = Date.now() + ms; !holds(); ) {
      if (Date.now() > last) throw new Error(`not within ${ms} ms; heard ${JSON.stringify(this.heard)}`)
      await this.end.poll([writeFrame('who'), ...[...this.end.unacked.values()].map((frame) => writeFrame('message', frame))])
      await pause(150)
    }
  }

  async close(): Promise<void> {
    if (this.end.talk) await this.end.end()
  }

  /** Leaves an answer where her code leads. */
  async leave(text: string): Promise<void> {
    const told = this.heard.findLast((said) => said.kind === 'mailbox')
    if (told?.kind !== 'mailbox') throw new Error('no code')
    const reply = must(await sealReply(fromBase64url(told.key) ?? new Uint8Array(0), ORG, text))
    const answer = await this.end.call({ ask: 'reply', box: told.box, reply: toBase64url(reply) })
    if (!answer.ok) throw new Error(answer.reason)
  }
}
