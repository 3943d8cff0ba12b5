/** WebDriver BiDi, as much of it as a visit needs. */
import { once } from 'node:events'

export type Bidi = {
  send<T = unknown>(method: string, params?: object): Promise<T>
  close(): void
}

type Said = { id?: number; type: string; result?: unknown; error?: string; message?: string }

export async function connectBidi(address: string): Promise<Bidi> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, { done(result: unknown): void; fail(error: Error): void }>()
  let count = 0
  socket.addEventListener('message', ({ data }) => {
    const said = JSON.parse(String(data)) as Said
    const asked = waiting.get(said.id ?? -1)
    if (said.type === 'success') asked?.done(said.result)
    else asked?.fail(new Error(`${said.error}: ${said.message}`))
    waiting.delete(said.id ?? -1)
  })
  socket.addEventListener('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('the browser is gone'))
    waiting.clear()
  })
  return {
    send: <T>(method: string, params: object = {}) =>
      new Promise<T>((done, fail) => {
        const id = (count += 1)
        waiting.set(id, { done: (result) => done(result as T), fail })
        socket.send(JSON.stringify({ id, method, params }))
      }),
    close: () => socket.close(),
  }
}
