/** Every worker test starts with empty stores, and none may write a log line or ask anything of the outside. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, vi } from 'vitest'

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const

let spies: { mock: { calls: unknown[][] } }[] = []

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  spies = METHODS.map((method) => vi.spyOn(console, method).mockImplementation(() => {}))
  spies.push(vi.spyOn(globalThis, 'fetch'))
})

afterEach(() => {
  const calls = spies.flatMap((spy) => spy.mock.calls)
  vi.restoreAllMocks()
  expect(calls, 'D3, D4: no log line and no request to anybody else').toEqual([])
})
