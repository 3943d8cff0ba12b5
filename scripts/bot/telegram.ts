/**
 * Telegram, played on this machine: the strict stand-in that the tests use, with two made-up people, and a log of all that went
 * to and fro. It lives with the tests; its types are repeated here as far as they are used, since a script is built before a test.
 */
import type { BotApi } from './api.ts'

type Button = { label: string; data?: string; url?: string }
export type Seen = {
  id: number
  mine: boolean
  text: string
  entities: unknown[]
  buttons: Button[][]
  silent: boolean
  protected: boolean
  preview: boolean
  edited: boolean
  extra: Record<string, unknown>
}
type Tapped = { answered: boolean; popup?: string; alert: boolean; opened?: string }

export type Person = {
  user: { id: number; first_name: string; language_code?: string }
  sends(text: string): Promise<unknown>
  starts(payload?: string): Promise<unknown>
  sendsPhoto(): Promise<unknown>
  sendsVoice(): Promise<unknown>
  sendsSticker(): Promise<unknown>
  sendsLocation(latitude: number, longitude: number): Promise<unknown>
  sendsContact(phone: string): Promise<unknown>
  edits(id: number, text: string): Promise<unknown>
  taps(button: string, where?: { on?: number; stale?: boolean }): Promise<Tapped>
  blocks(): Promise<unknown>
  unblocks(): Promise<unknown>
  screen(): Seen[]
  menu(): { command: string; description: string }[]
}

type Fault = { kind: string; method: string; field: string; remedy: string }
type Answer = { ok: boolean; result?: unknown; error_code?: number; description?: string }
type Calling = { call(method: string, params: object, via: string): Promise<unknown>; calls: { answer?: Answer }[]; faults: Fault[] }

export type StandIn = {
  world: { rooms: Map<number, { bot: string }> }
  root: string
  token: string
  api: Calling
  person(who: { id: number; first_name: string; language_code: string }): Person
  close(): Promise<void>
}

type Options = {
  token: string
  me: { first_name: string; username: string }
  pace: number
  start: number
  real: boolean
  answerMs: number
  post: (request: Request) => Promise<Response>
}

/** One line of the log: an update that went to the bot, or a call that came from it. */
export type Entry = {
  n: number
  at: number
  ms: number
  title: string
  json: unknown
  verdict: string
  ok: boolean
  to: 'bot' | 'telegram'
  /** The message that came of it, or that it changes. */
  on?: number
}

export type Telegram = {
  api: BotApi
  people: Person[]
  /** `new` before Start, `member`, `blocked`. */
  bond: (person: Person) => string
  log: Entry[]
  /** Told whenever something may have changed on somebody's screen. */
  watch: (look: () => void) => () => void
  /** Something was done that no call or update follows from. */
  changed: () => void
  /** Forgets the log so far. */
  clear: () => void
  close: () => Promise<void>
}

/** Every number of these people is made up. */
const PEOPLE = [
  { id: 700_000_001, first_name: 'Olena', language_code: 'uk' },
  { id: 700_000_002, first_name: 'Iryna', language_code: 'ru' },
]
const LOG_LINES = 300

export async function openTelegram(token: string): Promise<Telegram> {
  const { StandIn } = (await import(new URL('../../test/telegram/stand-in.ts', import.meta.url).href)) as {
    StandIn: { start(options: Options): Promise<StandIn> }
  }
  const log: Entry[] = []
  const watchers = new Set<() => void>()
  let n = 0
  const changed = () => {
    for (const look of watchers) look()
  }
  const note = (entry: Omit<Entry, 'n' | 'at'>) => {
    log.push({ n: ++n, at: Date.now(), ...entry })
    log.splice(0, log.length - LOG_LINES)
    changed()
  }
  const standIn = await StandIn.start({
    token,
    me: { first_name: 'Bot', username: 'local_page_bot' },
    pace: 0,
    start: Date.now(),
    real: true,
    answerMs: 30_000,
    post: async (request) => {
      const from = performance.now()
      const json = JSON.parse(await request.clone().text()) as Record<string, unknown>
      const title = Object.keys(json).find((key) => key !== 'update_id') ?? 'update'
      const delivered = (verdict: string, ok: boolean) =>
        note({ to: 'bot', ms: Math.round(performance.now() - from), title, json, verdict, ok })
      try {
        const response = await fetch(request)
        delivered(`${response.status}`, response.ok)
        return response
      } catch (error) {
        delivered('no answer', false)
        throw error
      }
    },
  })
  const { api } = standIn
  const call = api.call.bind(api)
  api.call = async (method, params, via) => {
    const from = performance.now()
    const [calls, faults] = [api.calls.length, api.faults.length]
    const outcome = await call(method, params, via)
    // Faults are noted while the call is judged; two calls of one method at the same moment may show each other's.
    const found = api.faults.slice(faults).filter((fault) => fault.method === method)
    const answer = api.calls[calls]?.answer
    const said = answer?.ok ? 'ok' : `${answer?.error_code ?? ''} ${answer?.description ?? 'no answer'}`.trim()
    const verdict = [said, ...found.map(({ kind, field, remedy }) => `${kind} ${field}: ${remedy}`)].join(' · ')
    const on = (answer?.result as { message_id?: number } | undefined)?.message_id
    note({
      ...(on === undefined ? {} : { on }),
      to: 'telegram',
      ms: Math.round(performance.now() - from),
      title: method,
      json: params,
      verdict,
      ok: answer?.ok === true && found.length === 0,
    })
    return outcome
  }
  return {
    api: { token, root: standIn.root },
    people: PEOPLE.map((who) => standIn.person(who)),
    bond: ({ user }) => standIn.world.rooms.get(user.id)?.bot ?? 'new',
    log,
    watch: (look) => {
      watchers.add(look)
      return () => watchers.delete(look)
    },
    changed,
    clear: () => {
      log.length = 0
    },
    close: () => standIn.close(),
  }
}
