/**
 * The way to the server: an open line, opened anew whenever nothing is heard; where lines are blocked, exchanges every few seconds.
 * It knows frames, not what is in them, and forgets what could not be sent: the talk sends again what did not arrive.
 */
import type { Bytes } from '../../../../crypto/bytes.ts'
import { CODES, type Frame, PING, PING_SECONDS, readFrame, writeFrame } from '../../../../schema/line.ts'

/** `lost`: nothing is heard. */
export type LineNews = 'open' | 'lost' | 'left' | 'elsewhere' | 'gone'

export type Reach = {
  socket(): WebSocket
  /** @returns null when no answer came, `gone` when there is no such talk */
  exchange(frames: Bytes[]): Promise<Bytes[] | 'gone' | null>
}

const SILENCE_MS = 10_000
const OPENING_MS = 8000
const POLL_MS = 2500
const MOST_FRAMES = 16
const LONGEST_WAIT_MS = 8000

export class Line {
  readonly #reach: Reach
  readonly #hear: (frame: Frame) => void
  readonly #tell: (news: LineNews) => void
  #socket: WebSocket | null = null
  #polling = false
  /** Lines that never opened, one after another. */
  #refused = 0
  #heard = 0
  #ticked = 0
  #queue: Bytes[] = []
  #over = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #ticker: ReturnType<typeof setInterval>
  #wait = 500

  constructor(reach: Reach, hear: (frame: Frame) => void, tell: (news: LineNews) => void) {
    this.#reach = reach
    this.#hear = hear
    this.#tell = tell
    this.#ticker = setInterval(() => this.#tick(), PING_SECONDS * 1000)
    addEventListener('online', this.#now)
    this.#connect()
  }

  send(frame: Bytes): void {
    if (this.#polling) this.#queue.push(frame)
    else if (this.#socket?.readyState === 1) this.#socket.send(frame)
  }

  /** @param code  4001 leaves for good; 1000 only hangs up */
  close(code: number): void {
    this.#end()
    try {
      this.#socket?.close(code)
    } catch {
      // Not open yet: the browser drops it with the page.
    }
    this.#socket = null
  }

  #end(): void {
    this.#over = true
    clearInterval(this.#ticker)
    clearTimeout(this.#timer)
    removeEventListener('online', this.#now)
    this.#queue = []
  }

  readonly #now = (): void => {
    if (this.#polling || this.#socket?.readyState === 1) return
    this.#wait = 500
    clearTimeout(this.#timer)
    this.#connect()
  }

  #connect(): void {
    if (this.#over) return
    this.#drop()
    let opened = false
    let socket: WebSocket
    try {
      socket = this.#reach.socket()
    } catch {
      this.#poll()
      return
    }
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    const late = setTimeout(() => socket.close(), OPENING_MS)
    socket.onopen = () => {
      clearTimeout(late)
      opened = true
      this.#refused = 0
      this.#wait = 500
      this.#heard = Date.now()
      this.#tell('open')
    }
    socket.onmessage = ({ data }) => {
      this.#heard = Date.now()
      const frame = typeof data === 'string' ? null : readFrame(new Uint8Array(data as ArrayBuffer))
      if (frame) this.#hear(frame)
    }
    socket.onclose = ({ code }) => {
      clearTimeout(late)
      if (this.#over || this.#socket !== socket) return
      this.#socket = null
      if (code === CODES.left || code === CODES.elsewhere) {
        this.#end()
        this.#tell(code === CODES.left ? 'left' : 'elsewhere')
        return
      }
      this.#tell('lost')
      this.#refused += opened ? 0 : 1
      // Refused twice with the network there: lines are blocked here, or the talk is gone, which an exchange tells.
      if (this.#refused >= 2 && navigator.onLine) this.#poll()
      else this.#again()
    }
  }

  #again(): void {
    this.#timer = setTimeout(() => this.#connect(), this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }

  #tick(): void {
    if (this.#polling || this.#socket?.readyState !== 1) return
    const now = Date.now()
    // A page in the background is woken seldom, and a clock may jump: then it asks first, and judges the next time.
    const slept = Math.abs(now - this.#ticked) > 2 * PING_SECONDS * 1000
    this.#ticked = now
    if (!slept && Math.abs(now - this.#heard) > SILENCE_MS) {
      this.#drop()
      this.#tell('lost')
      this.#connect()
      return
    }
    this.#socket.send(PING)
    this.#socket.send(writeFrame('who'))
  }

  #poll(): void {
    this.#polling = true
    this.#tell('open')
    void this.#exchange()
  }

  async #exchange(): Promise<void> {
    if (this.#over) return
    const frames = this.#queue.splice(0, MOST_FRAMES - 1)
    const answers = await this.#reach.exchange([...frames, writeFrame('who')])
    if (this.#over) return
    if (answers === 'gone') {
      this.#end()
      this.#tell('gone')
      return
    }
    if (answers === null) {
      this.#tell('lost')
      // Perhaps it was the network and not a wall: an open line is tried first again.
      this.#polling = false
      this.#refused = 1
      this.#again()
      return
    }
    for (const answer of answers) {
      const frame = readFrame(answer)
      if (frame) this.#hear(frame)
    }
    this.#timer = setTimeout(() => void this.#exchange(), this.#queue.length > 0 ? 0 : POLL_MS)
  }
}
