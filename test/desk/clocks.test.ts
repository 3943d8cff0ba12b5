/** REL-09: a desk whose clock is not the server's, or is set during a talk. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fromBase64url, random } from '../../crypto/bytes.ts'
import { CALL_SECONDS, isCallOf } from '../../crypto/talk/desk-call.ts'
import { newSigningKeys } from '../../crypto/talk/sign.ts'
import { Line, type Socket } from '../../pwa/desk/line.ts'
import { Outbox } from '../../pwa/desk/outbox.ts'
import { Server } from '../../pwa/desk/server.ts'

const DAY = 24 * 3600
const DAY_MS = DAY * 1000
/** Some second of 2026, by the server. */
const NOW = 1_795_000_000

describe('REL-09: a desk’s calls', () => {
  it.each([0, -600, 600, -DAY, DAY])('are taken though its clock is %i seconds off, without touching the passkey again', async (off) => {
    const signing = await newSigningKeys()
    const by = { shiftId: random(16), signing }
    let calls = 0
    const fetched = async (path: string, init: RequestInit): Promise<Response> => {
      const body = String(init.body)
      if (body === JSON.stringify({ ask: 'roster' })) return Response.json({ ok: true, now: NOW, roster: null })
      calls += 1
      const [, time, nonce, signature] = (new Headers(init.headers).get('Authorization') ?? '').split('.')
      const call = { method: 'POST', path, body, time: Number(time), nonce: fromBase64url(nonce ?? '') as never }
      const isGood = await isCallOf(signing.publicBytes, call, fromBase64url(signature ?? '') as never)
      return Response.json(isGood && Math.abs(NOW - call.time) <= CALL_SECONDS ? { ok: true } : { ok: false, reason: 'signed-out' })
    }
    const server = new Server(fetched, () => (NOW + off) * 1000)
    expect(await server.call(by, { ask: 'end' })).toEqual({ ok: true })
    expect(server.now()).toBe(NOW)
    const before = calls
    expect(await server.call(by, { ask: 'end' })).toEqual({ ok: true })
    expect(calls - before).toBe(1)
  })
})

describe('REL-09: a clock that is set during a talk', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it.each([-DAY_MS, DAY_MS])('by %i ms does not hide that a line is dead', async (ms) => {
    const sockets: Socket[] = []
    const connect = async (): Promise<Socket> => {
      const socket: Socket = {
        readyState: 1,
        binaryType: 'blob',
        onopen: null,
        onmessage: null,
        onclose: null,
        send: () => {},
        close: () => {},
      }
      sockets.push(socket)
      setTimeout(() => socket.onopen?.(), 1)
      return socket
    }
    const told: string[] = []
    const line = new Line({
      connect,
      exchange: async () => null,
      take: () => {},
      up: () => void told.push('up'),
      down: () => void told.push('down'),
      closed: () => {},
    })
    line.start()
    await vi.advanceTimersByTimeAsync(1000)
    vi.setSystemTime(Date.now() + ms)
    await vi.advanceTimersByTimeAsync(6000)
    expect(told).toEqual(['up', 'down', 'up'])
    expect(sockets).toHaveLength(2)
    line.stop()
  })

  it.each([-DAY_MS, DAY_MS])('by %i ms keeps no message from being sent again', (ms) => {
    const box = new Outbox()
    box.add(0, Uint8Array.of(0))
    expect(box.due(DAY_MS).frames).toHaveLength(1)
    expect(box.due(DAY_MS + ms).frames).toHaveLength(1)
    expect(box.due(DAY_MS + ms + 1).frames).toHaveLength(0)
    box.kept(0)
    expect(box.due(DAY_MS + ms + 60_000).frames).toHaveLength(0)
  })
})
