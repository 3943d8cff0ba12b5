/**
 * The two ends of one talk: the sockets that may still be spoken to, what waits for an end that has none, and who was heard when. It passes
 * frames and does not look into them. Sockets outlive a sleeping object, with a note of whose they are; the rest is in memory.
 */
import type { Bytes } from '../../crypto/bytes.ts'
import { CODES, type Peer } from '../../schema/line.ts'
import { Presence, type Side } from './presence.ts'

/** Who is at one end. The caller made sure of it: a visitor by her pass, a counsellor by the shift's signature. */
export type Who = {
  side: Side
  /** Row name of the talk, and its day. */
  tag: string
  day: number
  /** The visitor's device, or the row name of the shift. */
  as: string
  /** Epoch seconds: the shift's last, or the talk's. */
  until: number
}

/** What the ends need of the object they are in. Its storage is no part of that. */
type Sockets = Pick<DurableObjectState, 'acceptWebSocket' | 'getWebSockets' | 'getWebSocketAutoResponseTimestamp'>

/** Acknowledgements wait so long in a queue for who comes by only now and then. */
const MOST_QUEUED = 64

export const whoseIs = (socket: WebSocket): Who => socket.deserializeAttachment() as Who

export class Ends {
  readonly #sockets: Sockets
  readonly #mayHear: (who: Who) => boolean
  readonly #presence = new Presence()
  /** For an end without a socket, until it comes by. */
  readonly #queues: Record<Side, Bytes[]> = { visitor: [], counsellor: [] }

  /** @param mayHear  asked before each frame: a counsellor is spoken to only while the shift lasts and has the talk */
  constructor(sockets: Sockets, mayHear: (who: Who) => boolean) {
    this.#sockets = sockets
    this.#mayHear = mayHear
  }

  /** A page that came on another device has the talk; so has a shift that accepted. */
  join(who: Who, socket: WebSocket): void {
    this.#sockets.acceptWebSocket(socket, [who.side])
    socket.serializeAttachment(who)
    for (const other of this.#at(who.side))
      if (other !== socket && whoseIs(other).as !== who.as) hangUp(other, who.side === 'visitor' ? CODES.elsewhere : CODES.handed)
  }

  /** @returns whether that was the last one of its end */
  part(socket: WebSocket, code: number): boolean {
    const { side } = whoseIs(socket)
    hangUp(socket, code)
    if (this.#at(side).some((other) => other !== socket && other.readyState === WebSocket.OPEN)) return false
    this.#presence.forget(side)
    return true
  }

  /** A shift has the talk no more, whatever its sockets still say. */
  release(holder: string, lastFrame: Bytes): void {
    for (const socket of this.#sockets.getWebSockets('counsellor')) {
      if (whoseIs(socket).as !== holder) continue
      send(socket, lastFrame)
      hangUp(socket, CODES.handed)
    }
  }

  hear(side: Side, ms: number): void {
    this.#presence.hear(side, ms)
  }

  forget(side: Side): void {
    this.#presence.forget(side)
  }

  peer(side: Side, ms: number): Peer {
    const pings = this.#at(side).map((socket) => this.#sockets.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0)
    return this.#presence.of(side, Math.max(0, ...pings), ms)
  }

  /** @returns false when this end has no socket: then nobody got it */
  pass(side: Side, frame: Bytes): boolean {
    const sockets = this.#at(side)
    for (const socket of sockets) send(socket, frame)
    return sockets.length > 0
  }

  /** To the sockets of one end; to its queue when it has none, since nothing else keeps these. */
  show(side: Side, frame: Bytes): void {
    if (this.pass(side, frame)) return
    const queue = this.#queues[side]
    queue.push(frame)
    if (queue.length > MOST_QUEUED) queue.shift()
  }

  /** What waited for this end. It waits no longer. */
  collect(side: Side): Bytes[] {
    return this.#queues[side].splice(0)
  }

  #at(side: Side): WebSocket[] {
    return this.#sockets.getWebSockets(side).filter((socket) => this.#mayHear(whoseIs(socket)))
  }
}

/** A socket that broke is closed by the platform; nobody waits for it. */
export function send(socket: WebSocket, frame: Bytes): void {
  try {
    socket.send(frame)
  } catch {
    // Its close is on the way.
  }
}

export function hangUp(socket: WebSocket, code: number): void {
  try {
    // 1005 and 1006 are said by nobody; they only tell that nothing was said.
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  } catch {
    // Closed already.
  }
}
