/** Ways of one message, each timed from before it is written until it can be read: sealed, the same without its seal, an echo; and the seal alone. */
import { type Bytes, fromUtf8, join, random, utf8 } from '../../crypto/bytes.ts'
import { Conversation } from '../../crypto/talk/conversation.ts'
import { epochKeys } from '../../crypto/talk/epoch.ts'
import { readMessage, writeAck, writeMessage } from '../../crypto/talk/message.ts'
import { pad, unpad } from '../../crypto/talk/padding.ts'
import { readFrame, writeFrame } from '../../schema/line.ts'
import type { Pair } from '../../test/live/house.ts'
import { must, type Socket } from '../../test/worker/talk/ends.ts'

/** @returns milliseconds */
export type Way = (text: string) => Promise<number>

const LONGEST_MS = 10_000
/** What AES-GCM adds. */
const SEAL_BYTES = 16
/** Before the seal: kind, version, suite, tag, epoch, direction, number. */
const HEAD_BYTES = 1 + 1 + 1 + 16 + 4 + 1 + 4

/** Waits for one message at a time. */
class Waiting {
  #came: (text: string) => void = () => {}

  readonly come = (text: string): void => this.#came(text)

  /** @throws when it never comes */
  async of(text: string, send: () => Promise<unknown> | unknown): Promise<number> {
    const begun = performance.now()
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('a message never came')), LONGEST_MS)
      this.#came = (came) => {
        if (came !== text) return
        clearTimeout(late)
        resolve()
      }
      Promise.resolve(send()).catch(reject)
    })
    return performance.now() - begun
  }
}

const bytesOf = (data: unknown): Uint8Array => new Uint8Array(data as ArrayBuffer)

async function lineOf(end: { openLine(): Promise<Socket | number> }): Promise<Socket> {
  const socket = await end.openLine()
  if (typeof socket === 'number') throw new Error(`the line answered ${socket}`)
  return socket
}

/** As the two pages do it: seal, send; open, acknowledge. */
export async function sealed({ she, desk }: Pair): Promise<Way> {
  await she.connect()
  await desk.connect()
  const waiting = new Waiting()
  she.onHeard = waiting.come
  return (text) => waiting.of(text, () => desk.say(text))
}

/** What is beyond every number a real conversation comes to, so that both may use one talk. */
const FIRST = 1_000_000

/**
 * The same line, mailbox and acknowledgement, with the words in clear where the seal would be: the server cannot tell, since it never looks
 * behind the number. Its own outer seal, over what it keeps, is still made.
 */
export async function plain({ she, desk }: Pair): Promise<Way> {
  const [hers, ours] = [await lineOf(she), await lineOf(desk)]
  const waiting = new Waiting()
  const { tag, epoch } = desk
  let n = FIRST
  hers.addEventListener('message', ({ data }) => {
    const frame = typeof data === 'string' ? null : readFrame(bytesOf(data))
    const message = frame?.kind === 'message' ? readMessage(frame.payload) : null
    if (!message?.ok) return
    waiting.come(textIn(message.value.sealed))
    hers.send(writeFrame('ack', writeAck(message.value)))
  })
  return (text) =>
    waiting.of(text, () => ours.send(writeFrame('message', writeMessage({ tag, epoch, direction: 'c2v', n: n++ }, inClear(text)))))
}

/** As long as its seal would be. */
function inClear(text: string): Bytes {
  const padded = pad(utf8(text)) ?? new Uint8Array(0)
  const bytes = new Uint8Array(padded.length + SEAL_BYTES)
  bytes.set(padded)
  return bytes
}

function textIn(bytes: Bytes): string {
  const words = unpad(bytes.slice(0, -SEAL_BYTES))
  return (words.ok && fromUtf8(words.value)) || ''
}

/** As many bytes as a message of the talk, there and back. */
export async function echo(url: string, name: number): Promise<Way> {
  const socket = new WebSocket(new URL(`/${name}`, url.replace('http', 'ws')))
  socket.binaryType = 'arraybuffer'
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  const waiting = new Waiting()
  socket.onmessage = ({ data }) => waiting.come(textIn(new Uint8Array(data as ArrayBuffer, HEAD_BYTES)))
  const head = new Uint8Array(HEAD_BYTES)
  return (text) => waiting.of(text, () => socket.send(join(head, inClear(text))))
}

/** Sealed and opened at once: what the two pages do of it, without a server between them. */
export async function ends(): Promise<Way> {
  const [caseId, tag, secret, salt] = [random(16), random(16), random(32), random(32)]
  const keys = () => epochKeys(secret, salt, caseId, 1)
  const desk = new Conversation('counsellor', caseId, tag, await keys())
  const she = new Conversation('visitor', caseId, tag, await keys())
  return async (text) => {
    const begun = performance.now()
    must(await she.open(must(await desk.seal(text)).frame))
    return performance.now() - begun
  }
}

/** Of one frame, whichever way it goes. */
export const frameBytes = (text: string): number => HEAD_BYTES + inClear(text).length
