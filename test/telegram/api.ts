/** Judges every call, keeps it, lets it act, and answers in Telegram's words. */
import { type Judged, judge } from './judge.ts'
import { type How, Outages, Pace } from './limits.ts'
import { METHODS, type Method } from './methods.ts'
import type { Params } from './schema.ts'
import { SETTINGS } from './settings.ts'
import { Refusal, type World } from './world.ts'

export type Answer = {
  ok: boolean
  result?: unknown
  error_code?: number
  description?: string
  parameters?: { retry_after?: number }
}
export type Call = { method: string; params: Params; via: 'http' | 'webhook'; at: number; answer?: Answer; outage?: How }
/**
 * What was wrong with a call. `schema`, `rule`: its fields; `state`: Telegram refused it as things stood; `rate`: too fast;
 * `token`, `method`: wrong address; `webhook`: a reply that Telegram would drop. What people and outages cause is no fault.
 */
export type Fault = {
  kind: Judged['kind'] | 'state' | 'rate' | 'token' | 'webhook'
  method: string
  field: string
  remedy: string
}
export type Outcome = { status: number; body: Answer | string } | { cut: true; after?: number | Promise<unknown> }

const HANDLERS: Record<string, Method> = { ...METHODS, ...SETTINGS }
const METHOD_BY_LOWER = new Map(Object.keys(HANDLERS).map((name) => [name.toLowerCase(), name]))
const NAMES: Record<number, string> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

export class Api {
  calls: Call[] = []
  faults: Fault[] = []
  outages = new Outages()
  /** Set to false to write as fast as one likes. */
  limited: boolean
  #pace = new Pace()
  #world: World

  constructor(world: World, limited: boolean) {
    this.#world = world
    this.limited = limited
  }

  fault(kind: Fault['kind'], method: string, field: string, remedy: string): void {
    this.faults.push({ kind, method, field, remedy })
  }

  async call(asked: string, params: Params, via: Call['via']): Promise<Outcome> {
    // Telegram does not mind the case of a method's name.
    const method = METHOD_BY_LOWER.get(asked.toLowerCase()) ?? asked
    const call: Call = { method, params: structuredClone(params), via, at: this.#world.clock.now() }
    this.calls.push(call)
    const outage = this.outages.next(method)
    if (outage) {
      call.outage = outage
      const early = ordered(outage)
      if (early) return early
    }
    call.answer = await this.#answer(method, params)
    if (outage) return { cut: true, ...(typeof outage === 'object' && 'hang' in outage ? { after: outage.hang } : {}) }
    return { status: call.answer.error_code ?? 200, body: call.answer }
  }

  async #answer(method: string, params: Params): Promise<Answer> {
    const judged = judge(method, params)
    for (const { kind, field, remedy } of judged) this.fault(kind, method, field, remedy)
    if (judged.some(({ kind }) => kind === 'method')) return no(404, 'Not Found: method not found')
    const refused = judged.find(({ answer }) => answer)?.answer
    if (refused) return no(400, `Bad Request: ${refused}`)
    const handler = HANDLERS[method]
    if (!handler) {
      this.fault('method', method, '', 'the stand-in does not know this method yet: add it to test/telegram/methods.ts')
      return no(501, `Not Implemented: ${method}`)
    }
    const wait = this.limited ? this.#pace.wait(method, Number(params.chat_id) || undefined, this.#world.clock.now()) : 0
    if (wait) {
      this.fault('rate', method, 'chat_id', `too fast: wait ${wait} s, or send less`)
      return no(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait })
    }
    try {
      return { ok: true, result: await handler(this.#world, params) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (!error.theirs) this.fault('state', method, '', error.message)
      return no(error.code, error.message, error.parameters)
    }
  }
}

/** What an ordered outage answers without letting the call act. */
function ordered(how: How): Outcome | undefined {
  if (how === 'cut') return { cut: true }
  if (how === 'cut after') return undefined
  if ('hang' in how) return how.after ? undefined : { cut: true, after: how.hang }
  const { status, retryAfter } = how
  // A broken gateway answers in HTML, not in JSON.
  if (status === 502 && !how.description) return { status, body: '<html><head><title>502 Bad Gateway</title></head></html>' }
  const wait = retryAfter ?? 1
  const description = how.description ?? (status === 429 ? `Too Many Requests: retry after ${wait}` : (NAMES[status] ?? 'Bad Request'))
  return { status, body: no(status, description, status === 429 ? { retry_after: wait } : undefined) }
}

export const no = (error_code: number, description: string, parameters?: Answer['parameters']): Answer => ({
  ok: false,
  error_code,
  description,
  ...(parameters ? { parameters } : {}),
})
