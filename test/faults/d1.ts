/**
 * A D1 database that fails at the k-th statement, and counts statements and round trips. Runs in workerd too.
 *
 * A batch is one round trip and one transaction: a failure at any of its statements is a failure of all.
 */
import { type How, type Plan, Plans, pause } from './plan.ts'

/** What D1 throws when the same statement may be tried again. */
export const RETRYABLE = [
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
  'D1_ERROR: D1 DB reset because its code was updated.',
] as const

// The part of D1's types that is wrapped, so that this file needs no types of the platform.
type Statement = {
  bind(...values: never[]): Statement
  first(...args: never[]): Promise<unknown>
  run(...args: never[]): Promise<unknown>
  all(...args: never[]): Promise<unknown>
  raw(...args: never[]): Promise<unknown>
}
type Session = { prepare(sql: string): Statement; batch(statements: never[]): Promise<unknown[]> }
type Database = Session & { exec?(sql: string): Promise<unknown>; withSession?(...args: never[]): Session }

export type Counts = { statements: number; trips: number; sql: string[] }
export type FaultyD1<D> = {
  /** To be given to the code under test. */
  db: D
  counts: Counts
  /** Without an `error` of its own a plan throws the retryable ones in turn. */
  plan(plan: Plan): void
  /** Forgets plans and counts. */
  reset(): void
}

const READS = ['first', 'run', 'all', 'raw'] as const

export function faultyD1<D extends Database>(inner: D): FaultyD1<D> {
  const plans = new Plans()
  const counts: Counts = { statements: 0, trips: 0, sql: [] }
  const originals = new WeakMap<object, { statement: Statement; sql: string }>()
  let thrown = 0

  async function meet<T>(sql: string[], act: () => Promise<T>): Promise<T> {
    counts.trips++
    counts.statements += sql.length
    counts.sql.push(...sql)
    const plan = plans.next(sql.length)
    if (!plan) return act()
    const how: How = plan.how
    if (typeof how === 'object') {
      await pause(how.hang)
      return act()
    }
    const error = plan.error ?? new Error(RETRYABLE[thrown++ % RETRYABLE.length])
    if (how === 'after') await act()
    throw error
  }

  function wrap(statement: Statement, sql: string): Statement {
    const wrapped = { bind: (...values: never[]) => wrap(statement.bind(...values), sql) } as Statement
    for (const read of READS) wrapped[read] = (...args) => meet([sql], () => statement[read](...args))
    originals.set(wrapped, { statement, sql })
    return wrapped
  }

  function session<S extends Session>(real: S): S {
    const rest = {
      prepare: (sql: string) => wrap(real.prepare(sql), sql),
      batch: (statements: never[]) => {
        const known = statements.map((statement) => originals.get(statement) ?? { statement, sql: '' })
        const sql = known.map((one) => one.sql)
        return meet(sql, () => real.batch(known.map((one) => one.statement) as never[]))
      },
    }
    return new Proxy(real, {
      get(target, key) {
        if (Object.hasOwn(rest, key)) return rest[key as keyof typeof rest]
        const value: unknown = Reflect.get(target, key, target)
        if (key === 'exec') return (sql: string) => meet([sql], () => (value as (sql: string) => Promise<unknown>).call(target, sql))
        if (key === 'withSession') return (...args: never[]) => session((value as (...args: never[]) => Session).apply(target, args))
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  return {
    db: session(inner),
    counts,
    plan: (plan) => plans.add(plan),
    reset() {
      plans.clear()
      Object.assign(counts, { statements: 0, trips: 0, sql: [] })
    },
  }
}
