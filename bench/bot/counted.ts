/** Our Worker with its database counted: `GET /counts` tells trips and statements since it was last asked. Never timed. */
import { type Counts, faultyD1 } from '../../test/faults/d1.ts'
import worker, { ChatLine as Line } from '../../worker/index.ts'

export { KeyKeeper, Sweeper, TalkLine } from '../../worker/index.ts'

const all: Counts[] = []

export class ChatLine extends Line {
  constructor(context: DurableObjectState, env: Env) {
    const { db, counts } = faultyD1(env.DB)
    all.push(counts)
    super(context, { ...env, DB: db })
  }
}

function taken(): { trips: number; statements: number } {
  const sum = { trips: 0, statements: 0 }
  for (const counts of all) {
    sum.trips += counts.trips
    sum.statements += counts.statements
    Object.assign(counts, { trips: 0, statements: 0, sql: [] })
  }
  return sum
}

export default {
  fetch: (request, env, context) =>
    new URL(request.url).pathname === '/counts' ? Response.json(taken()) : worker.fetch(request, env, context),
} satisfies ExportedHandler<Env>
