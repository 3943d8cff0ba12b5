/**
 * The internet of one phone: HTTPS on this machine under any name. One name is our service, in the real runtime behind it; one is
 * the leaky control page; every other is an ordinary page, as the neutral site is. What our service sent and was sent is kept, so
 * that a test knows what the browser has really seen.
 */
import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { certify } from './certificate.ts'

export type Answer = { status?: number; headers: Record<string, string | string[]>; body: Buffer | string }

export type Site = (request: { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer }) => Promise<Answer> | Answer

/** `sent`: the body; of a line that stays open, what names who opens it. */
export type Passed = { method: string; path: string; sent: string; status: number; answered: Buffer }

export type Front = {
  port: number
  spki: string
  /** Everything between the browser and our service, bodies unpacked. */
  passed: Passed[]
  /** Hosts asked for that are neither ours nor the control's. */
  outside: string[]
  /** Waits until nothing is on its way to our service. */
  quiet(): Promise<void>
  /** Ordinary pages are not answered until this is called with `false`. */
  hold(on: boolean): void
  close(): Promise<void>
}

/** The title and text of every ordinary page. */
export const ORDINARY = 'Погода на завтра'

type Where = {
  host: string
  /** Where the built Worker runs. */
  service: string
  others: Record<string, Site>
  /** Paths of ours that never arrive. */
  lost: RegExp | null
}

export async function openFront({ host, service, others, lost }: Where): Promise<Front> {
  const { key, cert, spki } = certify('*.test')
  const passed: Passed[] = []
  const outside: string[] = []
  let released = Promise.resolve()
  let release = () => {}
  const ours = behind(service, host)
  const ordinary: Site = async () => {
    await released
    return {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'max-age=600' },
      body: `<title>${ORDINARY}</title>${ORDINARY}`,
    }
  }
  const answer = async (from: Http2ServerRequest, response: Http2ServerResponse) => {
    const asked = from.authority ?? from.headers.host ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of from) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const site = asked === host ? ours : (others[asked] ?? ordinary)
    if (site === ordinary) outside.push(asked)
    const got =
      asked === host && lost?.test(from.url) ? GONE : await site({ method: from.method, path: from.url, headers: from.headers, body })
    if (asked === host)
      passed.push({
        method: from.method,
        path: from.url,
        sent: body.toString(),
        status: got.status ?? 200,
        answered: unpacked(Buffer.from(got.body), got.headers['content-encoding']),
      })
    if (response.stream?.destroyed) return
    response.writeHead(got.status ?? 200, Object.fromEntries(Object.entries(got.headers).filter(([name]) => !UNSENT.test(name))))
    response.end(got.body)
  }
  const onTheWay = new Set<Promise<void>>()
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (from, response) => {
    const answering = answer(from, response)
      .catch(() => response.stream?.close())
      .finally(() => onTheWay.delete(answering))
    if ((from.authority ?? from.headers.host) === host) onTheWay.add(answering)
  })
  const sockets = new Set<Socket>()
  const remember = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }
  server.on('secureConnection', remember)
  server.on('upgrade', (from: IncomingMessage, socket: Socket, head: Buffer) => {
    if (from.headers.host !== host) return void socket.destroy()
    const sent = String(from.headers['sec-websocket-protocol'] ?? '')
    passed.push({ method: 'GET', path: from.url ?? '', sent, status: 101, answered: Buffer.alloc(0) })
    remember(through(service, from, socket, head))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    spki,
    passed,
    outside,
    quiet: async () => void (await Promise.all(onTheWay)),
    hold(on) {
      release()
      if (on)
        released = new Promise((done) => {
          release = done
        })
    },
    async close() {
      release()
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const GONE: Answer = { status: 503, headers: {}, body: '' }

/** Hands a request on as it came, the name the browser asked for included, and the answer as it is, still packed. */
const behind =
  (service: string, host: string): Site =>
  ({ method, path, headers, body }) =>
    new Promise((done, fail) => {
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !UNSENT.test(name)))
      const { hostname, port } = new URL(service)
      const asked = request({ hostname, port, method, path, headers: { ...kept, host, 'content-length': body.length } }, async (answer) => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk as Buffer)
        done({ status: answer.statusCode ?? 502, headers: answer.headers as Answer['headers'], body: Buffer.concat(chunks) })
      })
      asked.once('error', fail)
      asked.end(body)
    })

/** A line that stays open: byte for byte, both ways, until one end is gone. */
function through(service: string, { url, rawHeaders }: IncomingMessage, socket: Socket, head: Buffer): Socket {
  const { hostname, port } = new URL(service)
  const there = connect(Number(port), hostname)
  const headers = rawHeaders.flatMap((name, n) => (n % 2 === 0 ? [`${name}: ${rawHeaders[n + 1]}`] : []))
  there.write(`${[`GET ${url} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`)
  there.write(head)
  socket.pipe(there).pipe(socket)
  for (const [one, other] of [
    [socket, there],
    [there, socket],
  ] as const) {
    one.on('error', () => one.destroy())
    one.once('close', () => other.destroy())
  }
  return there
}

/** Belongs to one connection, or to HTTP/2. */
const UNSENT = /^(:.*|host|connection|keep-alive|transfer-encoding|content-length|upgrade)$/

function unpacked(body: Buffer, encoding: string | string[] | undefined): Buffer {
  if (encoding === 'br') return brotliDecompressSync(body)
  return encoding === 'gzip' ? gunzipSync(body) : body
}
