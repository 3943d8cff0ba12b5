/**
 * The line of one talk as the desk holds it: a WebSocket that is opened anew whenever it falls silent, and exchanges every few seconds
 * where WebSockets are blocked. It forgets what it could not send; its owner sends again what was not acknowledged.
 */
import type { Bytes } from '../../crypto/bytes.ts'
import { CODES, PING, PING_SECONDS, writeFrame } from '../../schema/line.ts'

/** What the line needs of a WebSocket. */
export type Socket = Pick<WebSocket, 'send' | 'close'> & {
  readonly readyState: number
  binaryType: BinaryType
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
}

export type LineOwner = {
  /** A new socket, with a new ticket. */
  connect(): Promise<Socket>
  /** The same by asks. @returns null when nothing came back */
  exchange(frames: Bytes[]): Promise<Bytes[] | null>
  take(frame: Bytes): void
  /** It works again: what was not acknowledged should be sent again. */
  up(): void
  down(): void
  /** The server said why it closed, for good. */
  closed(code: number): void
}

const SILENT_MS = 10_000
const PAUSES_MS = [300, 1000, 2000]
const EXCHANGE_MS = 2500
/** So many sockets in a row that never opened, and exchanges begin; a socket is tried again after so many of them. */
const FAILED_OPENINGS = 3
const EXCHANGES_BEFORE_SOCKET = 12
const OPEN = 1

const FOR_GOOD: readonly number[] = [CODES.left, CODES.handed]

export class Line {
  readonly #owner: LineOwner
  #socket: Socket | null = null
  #isStopped = false
  #isUp = false
  #heardAt = 0
  #failed = 0
  #queue: Bytes[] = []
  #exchanging: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setInterval> | undefined

  constructor(owner: LineOwner) {
    this.#owner = owner
  }

  start(): void {
    void this.#connect()
    this.#beat = setInterval(() => this.#look(), PING_SECONDS * 1000)
  }

  stop(): void {
    this.#isStopped = true
    clearInterval(this.#beat)
    clearTimeout(this.#exchanging)
    this.#socket?.close(1000)
    this.#socket = null
  }

  /** @returns false when it could not go now */
  send(frame: Bytes): boolean {
    if (this.#socket?.readyState === OPEN) {
      this.#socket.send(frame)
      return true
    }
    if (this.#exchanging === undefined || this.#queue.length >= 16) return false
    this.#queue.push(frame)
    return true
  }

  async #connect(): Promise<void> {
    if (this.#isStopped) return
    let socket: Socket
    try {
      socket = await this.#owner.connect()
    } catch {
      return this.#lost(null, 1006)
    }
    if (this.#isStopped) return socket.close(1000)
    this.#socket = socket
    this.#heardAt = Date.now()
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      this.#failed = 0
      clearTimeout(this.#exchanging)
      this.#exchanging = undefined
      for (const frame of this.#queue.splice(0)) socket.send(frame)
      this.#rise()
    }
    socket.onmessage = ({ data }) => {
      this.#heardAt = Date.now()
      if (typeof data !== 'string') this.#owner.take(new Uint8Array(data as ArrayBuffer))
    }
    socket.onclose = ({ code }) => this.#lost(socket, code)
  }

  #look(): void {
    const socket = this.#socket
    if (socket === null) return
    // A clock that was set back must not make a dead line look alive.
    if (Math.abs(Date.now() - this.#heardAt) > SILENT_MS) {
      socket.close(1000)
      this.#lost(socket, 1006)
    } else if (socket.readyState === OPEN) {
      socket.send(PING)
      socket.send(writeFrame('who'))
    }
  }

  #lost(socket: Socket | null, code: number): void {
    if (this.#isStopped || socket !== this.#socket) return
    this.#socket = null
    if (FOR_GOOD.includes(code)) {
      this.stop()
      this.#owner.closed(code)
      return
    }
    this.#fall()
    this.#failed += 1
    if (this.#exchanging !== undefined) return
    if (this.#failed > FAILED_OPENINGS) this.#exchangeSoon(EXCHANGES_BEFORE_SOCKET)
    else setTimeout(() => void this.#connect(), PAUSES_MS[this.#failed - 1])
  }

  #exchangeSoon(left: number): void {
    this.#exchanging = setTimeout(() => void this.#exchange(left), EXCHANGE_MS)
  }

  async #exchange(left: number): Promise<void> {
    const frames = this.#queue.splice(0)
    const got = await this.#owner.exchange([writeFrame('who'), ...frames])
    if (this.#isStopped || this.#exchanging === undefined) return
    if (got === null) this.#fall()
    else {
      for (const frame of got) this.#owner.take(frame)
      this.#rise()
    }
    this.#exchangeSoon(left > 0 ? left - 1 : EXCHANGES_BEFORE_SOCKET)
    if (left === 0 && this.#socket === null) void this.#connect()
  }

  #rise(): void {
    if (this.#isUp) return
    this.#isUp = true
    this.#owner.up()
  }

  #fall(): void {
    if (!this.#isUp) return
    this.#isUp = false
    this.#owner.down()
  }
}
