/**
 * A strict Telegram in the test's own process: the Bot API on a loopback port, and the people on the other side.
 *
 * Every call is recorded and judged; `assertClean` throws when one was wrong, though Telegram might have let it pass.
 * `methods.ts` and `settings.ts` say which methods are understood; any other is answered 501.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { Update, User } from 'grammy/types'
import { Api, type Call, type Fault, no, type Outcome } from './api.ts'
import { type Crowd, type Delivered, Delivery, type DeliveryOptions } from './delivery.ts'
import { Group } from './group.ts'
import { faultLine } from './judge.ts'
import type { Outage } from './limits.ts'
import { Person } from './person.ts'
import { fromForm, type Params } from './schema.ts'
import { Clock, type Tap, World } from './world.ts'

export type Options = Partial<DeliveryOptions> & {
  token?: string
  me?: Partial<World['me']>
  /** Telegram's limits of speed; on by default. */
  limited?: boolean
  /** Virtual milliseconds that each act of a person takes; 0 for crowds, or their taps grow old while others act. */
  pace?: number
  /** Milliseconds since 1970 at which the test begins; `real` lets the clock run by itself. */
  start?: number
  real?: boolean
}
export type Someone = Partial<User> & { id: number }
/** A pattern is looked for in "kind method field remedy". */
export type Which = Fault['kind'] | RegExp

export class StandIn {
  root = ''
  token: string
  clock: Clock
  world: World
  api: Api
  #delivery: Delivery
  #pace: number
  #server: Server | undefined

  private constructor(options: Options) {
    const { token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', me = {}, limited = true, pace = 1000, start, real } = options
    this.token = token
    this.clock = new Clock(start, real)
    const id = Number(token.split(':')[0])
    this.world = new World(this.clock, { id, is_bot: true, first_name: 'Bot', username: 'stand_in_bot', ...me })
    this.api = new Api(this.world, limited)
    const { post = fetch, tries = 5, answerMs = 10_000, random = seeded(1) } = options
    this.#delivery = new Delivery(this.world, this.api, { post, tries, answerMs, random })
    this.#pace = pace
  }

  static async start(options: Options = {}): Promise<StandIn> {
    const telegram = new StandIn(options)
    telegram.#server = createServer((request, response) => void telegram.#serve(request, response)).listen(0, '127.0.0.1')
    await once(telegram.#server, 'listening')
    telegram.root = `http://127.0.0.1:${(telegram.#server.address() as AddressInfo).port}`
    return telegram
  }
  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  /** The calls so far, oldest first, of one method or of all. */
  calls = (method?: string): Call[] => this.api.calls.filter((call) => method === undefined || call.method === method)
  /** Orders an outage; the method `*` is every method. */
  fail = (method: string, outage: Outage): void => this.api.outages.plan(method, outage)

  /** As if the bot had called `setWebhook` long ago. */
  hook({ url, secret, most = 40, allowed = [] }: { url: string; secret?: string; most?: number; allowed?: string[] }): void {
    this.world.webhook = { url, most, ...(secret ? { secret } : {}) }
    this.world.allowed = allowed
  }
  /** For a bot that polls: waits, at most `ms` real milliseconds, until something is so. */
  async until(isSo: () => boolean, ms = 2000): Promise<void> {
    for (const end = performance.now() + ms; !isSo(); await new Promise((resolve) => setTimeout(resolve, 5)))
      if (performance.now() > end) throw new Error(`not so after ${ms} ms: ${isSo}`)
  }

  person({ id, ...user }: Someone): Person {
    const known = { id, is_bot: false, first_name: 'Olena', ...user }
    const { first_name, username } = known
    let room = this.world.rooms.get(id)
    if (!room) {
      room = { chat: { id, type: 'private', first_name, ...(username ? { username } : {}) }, bot: 'new', messages: new Map() }
      this.world.rooms.set(id, room)
    }
    return new Person({ world: this.world, delivery: this.#delivery, room, user: known, pace: this.#pace })
  }
  group = (options: { id: number; title?: string; super?: boolean }): Group => new Group(this.world, this.#delivery, options)

  /** Brings any update; `update_id` is put in when it is missing. Resolves once the bot took it or Telegram gave up. */
  deliver = (update: Partial<Update>): Promise<Delivered> => this.#delivery.deliver(this.#numbered(update))
  deliverAll = (updates: Partial<Update>[], crowd?: Crowd): Promise<Delivered[]> =>
    this.#delivery.deliverAll(
      updates.map((update) => this.#numbered(update)),
      crowd,
    )
  redeliver = (): Promise<Delivered[]> => this.#delivery.redeliver()
  settled = (): Promise<void> => this.#delivery.settled()

  get faults(): Fault[] {
    return this.api.faults
  }
  /** Taps the bot never answered: the person sees the button spin. */
  unanswered = (): Tap[] => [...this.world.taps.values()].filter(({ answer }) => !answer)
  /** Takes back expected faults; throws when there was none, so that the expectation cannot rot. */
  forgive(which: Which): Fault[] {
    const forgiven = this.faults.filter((fault) => fits(fault, which))
    if (!forgiven.length) throw new Error(`no fault like ${which}; there are:\n${this.faults.map(faultLine).join('\n')}`)
    this.api.faults = this.faults.filter((fault) => !fits(fault, which))
    return forgiven
  }
  /** Throws with method, field and remedy of every fault, but for those in `except`. */
  assertClean({ except = [] }: { except?: Which[] } = {}): void {
    const left = this.faults.filter((fault) => !except.some((which) => fits(fault, which)))
    if (left.length) throw new Error(`${left.length} bad call${left.length > 1 ? 's' : ''}:\n${left.map(faultLine).join('\n')}`)
  }

  /** One call without the network. */
  async handle(path: string, params: (method: string) => Promise<Params>): Promise<Outcome> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? []
    if (!token || !/^\d+:[\w-]{10,}$/.test(token)) {
      this.api.fault('token', method, '', `no bot can be reached at ${path.replace(/\d+:[\w-]+/, '<token>')}`)
      return { status: 404, body: no(404, 'Not Found') }
    }
    if (token !== this.token) {
      this.api.fault('token', method, '', 'a token Telegram does not know')
      return { status: 401, body: no(401, 'Unauthorized') }
    }
    const outcome = await this.api.call(method, await params(method), 'http')
    // What waited for `getUpdates` now goes to the new webhook.
    if (method === 'setWebhook' && this.world.webhook) void this.#delivery.redeliver()
    return outcome
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.root)
    try {
      const outcome = await this.handle(url.pathname, (method) => paramsOf(request, url, method))
      if ('cut' in outcome) {
        const { after = 0 } = outcome
        const cut = () => request.socket.destroy()
        if (typeof after === 'number') setTimeout(cut, after).unref()
        else void after.finally(cut)
        return
      }
      const { status, body } = outcome
      const type = typeof body === 'string' ? 'text/html' : 'application/json'
      response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body))
    } catch (error) {
      const method = url.pathname.split('/').at(-1) ?? ''
      const unread = error instanceof SyntaxError
      this.api.fault(unread ? 'schema' : 'method', method, '', unread ? 'the body is not JSON' : `the stand-in itself failed: ${error}`)
      const answer = unread ? no(400, "Bad Request: can't parse JSON") : no(500, 'Internal Server Error')
      response.writeHead(answer.error_code ?? 500, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    }
  }

  #numbered = (update: Partial<Update>): Update => ({ update_id: this.world.updateId(), ...update }) as Update
}

async function paramsOf(request: IncomingMessage, url: URL, method: string): Promise<Params> {
  const query = fromForm(method, url.searchParams)
  const type = request.headers['content-type'] ?? ''
  if (request.method !== 'POST' || !type) return query
  const body = new Response(Readable.toWeb(request) as ReadableStream, { headers: { 'content-type': type } })
  if (type.startsWith('application/json')) return { ...query, ...((await body.json()) as Params) }
  const fields = [...(await body.formData())].map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : 'a file'])
  return { ...query, ...fromForm(method, fields) }
}

const fits = (fault: Fault, which: Which) => (typeof which === 'string' ? fault.kind === which : which.test(faultLine(fault)))

/** Chance that repeats itself (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
