/**
 * Closed-loop load: each connection sends its next update when the last answer is whole. Bounded by time and by number, and only to this
 * machine. Raw sockets, because the generator shares its processors with what it measures.
 */
import net from 'node:net'

const MOST = 200_000

export type Load = {
  url: string
  headers: Record<string, string>
  connections: number
  /** Ends at whichever comes first. */
  seconds: number
  most?: number
  /** The body of update number n. */
  body: (n: number) => string
}

export type Loaded = { count: number; refused: number; seconds: number; ms: number[] }

export async function load({ url, headers, connections, seconds, most = MOST, body }: Load): Promise<Loaded> {
  const { hostname, port, pathname, host } = new URL(url)
  if (hostname !== '127.0.0.1') throw new Error(`only to this machine, not to ${hostname}`)
  const head = Object.entries({ Host: host, 'Content-Type': 'application/json', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  const ms: number[] = []
  let [sent, refused] = [0, 0]
  const begun = performance.now()
  const end = begun + seconds * 1000
  const one = (): Promise<void> =>
    new Promise((done, broken) => {
      const socket = net.connect(Number(port), hostname).setNoDelay()
      let got = ''
      let from = 0
      const next = () => {
        if (sent >= Math.min(most, MOST) || performance.now() >= end) return void socket.end()
        const text = body(sent++)
        from = performance.now()
        socket.write(`POST ${pathname} HTTP/1.1\r\n${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
      }
      socket.setTimeout(30_000, () => socket.destroy(new Error('no answer in 30 seconds')))
      socket.on('connect', next).on('error', broken).on('close', done)
      socket.on('data', (part) => {
        got += part.toString('latin1')
        if (!whole(got)) return
        ms.push(performance.now() - from)
        if (!got.startsWith('HTTP/1.1 2')) refused += 1
        got = ''
        next()
      })
    })
  await Promise.all(Array.from({ length: connections }, one))
  return { count: ms.length, refused, seconds: (performance.now() - begun) / 1000, ms: ms.sort((a, b) => a - b) }
}

function whole(got: string): boolean {
  const body = got.indexOf('\r\n\r\n') + 4
  if (body < 4) return false
  const length = /^content-length: (\d+)/im.exec(got.slice(0, body))
  if (length) return got.length >= body + Number(length[1])
  return !/^transfer-encoding: chunked/im.test(got.slice(0, body)) || got.endsWith('0\r\n\r\n')
}
