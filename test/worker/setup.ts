/** Every worker test starts with empty stores, and none may write a log line, ask anything of the outside, or call Telegram wrongly. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { assertGoodCalls } from './bot/telegram.ts'

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const

let spies: { mock: { calls: unknown[][] } }[] = []

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  spies = METHODS.map((method) => vi.spyOn(console, method).mockImplementation(() => {}))
  spies.push(vi.spyOn(globalThis, 'fetch'))
})

afterEach(async () => {
  const calls = spies.flatMap((spy) => spy.mock.calls)
  vi.restoreAllMocks()
  await assertGoodCalls()
  expect(calls, 'D3, D4: no log line and no request to anybody else').toEqual([])
})
