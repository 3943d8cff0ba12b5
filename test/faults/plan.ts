/** When something fails and how. Runs anywhere: no imports of Node. */

/** `before`: nothing happened; `after`: it happened, but the caller is told it failed; `hang`: it happens `ms` later. */
export type How = 'before' | 'after' | { hang: number }
/** The `at`-th from now (the first is 1) and the `times - 1` after it; or each with a chance of `rate`. `error` is what is thrown. */
export type Plan<H = How> = { how: H; error?: Error } & ({ at: number; times?: number } | { rate: number; random: () => number })

export class Plans<H = How> {
  #plans: { plan: Plan<H>; seen: number }[] = []

  add(plan: Plan<H>): void {
    this.#plans.push({ plan, seen: 0 })
  }
  clear(): void {
    this.#plans = []
  }
  /** The plan that meets one of the next `count` things, all of which are taken as seen. */
  next(count = 1): Plan<H> | undefined {
    let met: Plan<H> | undefined
    for (const entry of this.#plans) {
      const { plan } = entry
      for (let n = 0; n < count; n++) {
        entry.seen++
        const now = 'at' in plan ? entry.seen >= plan.at && entry.seen < plan.at + (plan.times ?? 1) : plan.random() < plan.rate
        if (now) met ??= plan
      }
    }
    return met
  }
}

/** Waits, but no longer than until `signal` is aborted. */
export function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason)
    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
  })
}
