/** One epoch of a talk as one end sees it: seals what goes, opens what comes, says how far it has come. */
import { type Bytes, equal, fromUtf8, utf8 } from '../bytes.ts'
import { ReceivingChain, SendingChain } from './chain.ts'
import type { EpochKeys } from './epoch.ts'
import { openOnce, sealOnce } from './gcm.ts'
import { type Direction, messageAad, messageKey, type Numbered, readMessage, writeAck, writeMessage } from './message.ts'
import { pad, unpad } from './padding.ts'
import { type Opened, opened, refuse } from './refusal.ts'

export type Side = 'visitor' | 'counsellor'

export class Conversation {
  readonly epoch: number
  readonly #caseId: Bytes
  readonly #tag: Bytes
  readonly #out: { direction: Direction; chain: SendingChain }
  readonly #in: { direction: Direction; chain: ReceivingChain }

  /** @param keys  the caller keeps `next` for a transfer and forgets the rest; see `forget` */
  constructor(side: Side, caseId: Bytes, tag: Bytes, keys: EpochKeys) {
    const [out, back]: [Direction, Direction] = side === 'visitor' ? ['v2c', 'c2v'] : ['c2v', 'v2c']
    const keyOf = (direction: Direction): Bytes => (direction === 'v2c' ? keys.toCounsellor : keys.toVisitor)
    this.epoch = keys.epoch
    this.#caseId = caseId
    this.#tag = tag
    this.#out = { direction: out, chain: new SendingChain(keyOf(out)) }
    this.#in = { direction: back, chain: new ReceivingChain(keyOf(back)) }
  }

  /** The sender keeps `frame` until it is acknowledged, and sends these same bytes again. A text over 8,188 bytes is refused as `shape`. */
  async seal(text: string): Promise<Opened<{ n: number; frame: Bytes }>> {
    const padded = pad(utf8(text))
    if (padded === null) return refuse('shape')
    return this.#out.chain.seal(async (n, key) => {
      const at = this.#numbered(this.#out.direction, n)
      const sealed = await sealOnce(await messageKey(key, this.#caseId), messageAad(this.#caseId, at), padded)
      return opened({ n, frame: writeMessage(at, sealed) })
    })
  }

  async open(frame: Uint8Array): Promise<Opened<{ n: number; text: string }>> {
    const message = readMessage(frame)
    if (!message.ok) return message
    const { tag, epoch, direction, n, sealed } = message.value
    if (!equal(tag, this.#tag) || epoch !== this.epoch || direction !== this.#in.direction) return refuse('other-talk')
    return this.#in.chain.open(n, async (key) => {
      const padded = await openOnce(await messageKey(key, this.#caseId), messageAad(this.#caseId, message.value), sealed)
      const bytes = padded.ok ? unpad(padded.value) : padded
      if (!bytes.ok) return bytes
      const text = fromUtf8(bytes.value)
      return text === null ? refuse('shape') : opened({ n, text })
    })
  }

  /** What to tell the other end; null before anything arrived. Sent again whenever something arrives twice. */
  ack(): Bytes | null {
    const n = this.#in.chain.complete
    return n < 0 ? null : writeAck(this.#numbered(this.#in.direction, n))
  }

  forget(): void {
    this.#out.chain.forget()
    this.#in.chain.forget()
  }

  #numbered(direction: Direction, n: number): Numbered {
    return { tag: this.#tag, epoch: this.epoch, direction, n }
  }
}
