/** A wire between the browser and the server that can be cut: lines that stood break, and nothing new comes through. */
import { connect, createServer, type Socket } from 'node:net'

export type Wire = { url: string; cut(): void; mend(): void; close(): void }

export async function wire(to: string): Promise<Wire> {
  const open = new Set<Socket>()
  let whole = true
  const server = createServer((near) => {
    if (!whole) {
      near.destroy()
      return
    }
    const far = connect(Number(new URL(to).port), '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://localhost:${port}/`,
    cut() {
      whole = false
      drop()
    },
    mend: () => {
      whole = true
    },
    close() {
      drop()
      server.close()
    },
  }
}
