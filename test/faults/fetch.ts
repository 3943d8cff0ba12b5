/** A `fetch` that fails at the k-th call, and keeps what was asked for. Runs in workerd too. */
import { type Plan, Plans, pause, type How as Way } from './plan.ts'

/** As for a database; or an answer of the test's own, in place of the real one. */
export type How = Way | { status: number; body?: string; headers?: Record<string, string> }
export type FaultyFetch = {
  fetch: typeof globalThis.fetch
  calls: { method: string; url: string }[]
  /** `to`: only calls to addresses that contain this. */
  plan(plan: Plan<How>, to?: string): void
  /** Forgets plans and calls. */
  reset(): void
}

export function faultyFetch(inner: typeof globalThis.fetch = globalThis.fetch): FaultyFetch {
  const everywhere = new Map<string, Plans<How>>()
  const calls: FaultyFetch['calls'] = []

  async function fetch(...args: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const [asked, options] = args
    const url = typeof asked === 'string' ? asked : 'url' in asked ? asked.url : String(asked)
    const request = typeof asked === 'object' && 'url' in asked ? asked : undefined
    calls.push({ method: options?.method ?? request?.method ?? 'GET', url })
    let plan: Plan<How> | undefined
    for (const [to, plans] of everywhere)
      if (url.includes(to)) {
        const met = plans.next()
        plan ??= met
      }
    if (!plan) return inner(...args)
    const { how } = plan
    if (typeof how === 'object' && 'status' in how)
      return new Response(how.body ?? null, { status: how.status, ...(how.headers ? { headers: how.headers } : {}) })
    if (typeof how === 'object') {
      await pause(how.hang, options?.signal ?? request?.signal)
      return inner(...args)
    }
    if (how === 'after') await (await inner(...args)).body?.cancel()
    throw plan.error ?? new TypeError('Network connection lost.')
  }

  return {
    fetch: fetch as typeof globalThis.fetch,
    calls,
    plan(plan, to = '') {
      const plans = everywhere.get(to) ?? new Plans<How>()
      everywhere.set(to, plans)
      plans.add(plan)
    },
    reset() {
      everywhere.clear()
      calls.length = 0
    },
  }
}
