/** Firefox is told names by a proxy, not by a rule: whatever it wants to reach is the one machine here. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export type Tunnel = { port: number; close(): void }

export async function openTunnel(to: number): Promise<Tunnel> {
  const open = new Set<Socket>()
  const server = createServer((_request, response) => response.writeHead(502).end())
  server.on('connect', (_request, from: Socket) => {
    const there = connect(to, '127.0.0.1', () => {
      from.write('HTTP/1.1 200 Connected\r\n\r\n')
      from.pipe(there).pipe(from)
    })
    for (const one of [from, there]) {
      open.add(one)
      one.on('error', () => one.destroy())
      one.once('close', () => open.delete(one))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const one of open) one.destroy()
      server.close()
    },
  }
}
