/** How the desk speaks with its server: plain asks before a shift, signed ones during it, and the ticket of a line. Clock and `fetch` are arguments. */
import { type Bytes, join, random, toBase64url, u32 } from '../../crypto/bytes.ts'
import { NONCE_BYTES, signCall } from '../../crypto/talk/desk-call.ts'
import type { SigningKeys } from '../../crypto/talk/sign.ts'
import type { DeskAnswer, OpenDeskAsk, SignedDeskAsk } from '../../schema/desk-api.ts'
import { DESK_LINE_PATH, DESK_PATH } from '../../schema/paths.ts'

/** `offline`: nothing came back, so nobody knows whether it was done; the same may be asked again. */
export type Answer = DeskAnswer | { ok: false; reason: 'offline' }

export type Signer = { shiftId: Bytes; signing: SigningKeys }

type Fetch = (path: string, init: RequestInit) => Promise<Response>

const LONGEST_MS = 10_000
const CLOCKS_SECONDS = 5

export class Server {
  readonly #fetch: Fetch
  readonly #clock: () => number
  /** Seconds that the server's clock is ahead of this machine's. */
  #ahead = 0

  /** @param clock  milliseconds */
  constructor(fetch: Fetch, clock: () => number) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /** Epoch seconds, as the server counts them: a wrong clock here must not make every call too old. */
  now(): number {
    return Math.floor(this.#clock() / 1000) + this.#ahead
  }

  open(ask: OpenDeskAsk): Promise<Answer> {
    return this.#send(JSON.stringify(ask), {})
  }

  /** Signed out is also who has another time: a machine that slept, a clock that was set. Then the time is asked for, and the call made again. */
  async call(by: Signer, ask: SignedDeskAsk): Promise<Answer> {
    const answer = await this.#callOnce(by, ask)
    if (answer.ok || answer.reason !== 'signed-out') return answer
    const ahead = this.#ahead
    await this.open({ ask: 'roster' })
    return Math.abs(this.#ahead - ahead) > CLOCKS_SECONDS ? this.#callOnce(by, ask) : answer
  }

  async #callOnce(by: Signer, ask: SignedDeskAsk): Promise<Answer> {
    const { body, headers } = await this.#signedCall(by, ask)
    return this.#send(body, headers)
  }

  /**
   * A call signed before it is needed, for a page that is closing and cannot wait for a signature.
   *
   * @returns sends it; good for a minute, once
   */
  async ready(by: Signer, ask: SignedDeskAsk): Promise<() => void> {
    const { body, headers } = await this.#signedCall(by, ask)
    return () => void this.#fetch(DESK_PATH, { method: 'POST', body, headers, keepalive: true, credentials: 'omit' }).catch(() => {})
  }

  async #signedCall(by: Signer, ask: SignedDeskAsk): Promise<{ body: string; headers: Record<string, string> }> {
    const body = JSON.stringify(ask)
    const { time, nonce, signature } = await this.#signed(by, { method: 'POST', path: DESK_PATH, body })
    const named = [toBase64url(by.shiftId), time, toBase64url(nonce), toBase64url(signature)].join('.')
    return { body, headers: { Authorization: `Shift ${named}` } }
  }

  /** What opens the line of one talk; good for a minute, once. */
  async ticket(by: Signer, tag: Bytes): Promise<string> {
    const { time, nonce, signature } = await this.#signed(by, { method: 'GET', path: DESK_LINE_PATH, body: toBase64url(tag) })
    return toBase64url(join(tag, by.shiftId, u32(time), nonce, signature))
  }

  async #signed({ signing }: Signer, what: { method: string; path: string; body: string }) {
    const [time, nonce] = [this.now(), random(NONCE_BYTES)]
    return { time, nonce, signature: await signCall(signing.privateKey, { ...what, time, nonce }) }
  }

  async #send(body: string, headers: Record<string, string>): Promise<Answer> {
    try {
      const signal = AbortSignal.timeout(LONGEST_MS)
      const answer = await this.#fetch(DESK_PATH, { method: 'POST', body, headers, signal, credentials: 'omit', cache: 'no-store' })
      const said = (await answer.json()) as DeskAnswer
      if (said.ok && 'now' in said) this.#ahead = said.now - Math.floor(this.#clock() / 1000)
      return said
    } catch {
      return { ok: false, reason: 'offline' }
    }
  }
}

/** Asks again while nobody knows whether it was done; whoever is asked gives the same answer twice. */
export async function insist(ask: () => Promise<Answer>, tries = 4, pauseMs = 800): Promise<Answer> {
  let answer = await ask()
  for (let n = 1; n < tries && !answer.ok && (answer.reason === 'offline' || answer.reason === 'unavailable'); n += 1) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs * n))
    answer = await ask()
  }
  return answer
}
