/**
 * What one update costs the bot, beside the least a bot on the same libraries does: both as they are deployed, both in Miniflare, in turn,
 * under the same load from this process. Numbers of two runs on a busy machine differ by a third; the ratio of one run means more.
 *
 * `npm run bench -- bot [--json] [--seconds 5] [--rounds 3] [--chats 5000]`
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { turn } from '../crypto/keeping.ts'
import { build } from '../scripts/build.ts'
import { load } from './bot/load.ts'
import { openTelegram, type Telegram } from './bot/telegram.ts'
import { median } from './median.ts'
import { type Served, serve } from './serve.ts'

const { values: given } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    chats: { type: 'string', default: '5000' },
  },
})
const seconds = Math.min(60, Math.max(1, Number(given.seconds)))
const rounds = Math.min(20, Math.max(1, Number(given.rounds)))
const chats = Math.min(50_000, Math.max(100, Number(given.chats)))
const root = process.cwd()

const WARM_SECONDS = 2
const COUNTED = 400
const TOKEN = '110201543:AAbench'
const secret = randomBytes(48).toString('base64url')
const headers = { 'X-Telegram-Bot-Api-Secret-Token': secret }
const FIRST_CHAT = 700_000_000

type Kind = 'taps' | 'start' | 'words'
const KINDS: Kind[] = ['taps', 'start', 'words']
const CONNECTIONS = [1, 16]
/** Typed where nothing can be typed, where a place can, and in another tongue: answered, and removed. */
const TYPED = ['мені страшно', 'Житомир', 'що мені робити', 'I need help', 'Івано-Франківськ', 'помогите']

/** One bot under load: its runtime, its Telegram, and how far its chats have come. */
type Side = { name: string; served: Served; telegram: Telegram; updates: number; turns: Record<Kind, number> }

const say = (line: string): void => void (given.json || console.log(line))

function bodyOf(side: Side, kind: Kind): string {
  const nth = side.turns[kind]++
  const id = FIRST_CHAT + (nth % chats)
  const update_id = 1_000_000 + side.updates++
  const from = { id, is_bot: false, first_name: 'a', language_code: 'uk' }
  const chat = { id, type: 'private', first_name: 'a' }
  const live = side.telegram.live.get(id)
  if (kind === 'taps' && live) {
    const message = { message_id: live.message, date: 1, chat, text: 'x' }
    return JSON.stringify({
      update_id,
      callback_query: { id: String(update_id), chat_instance: '1', from, message, data: press(live.rows, nth) },
    })
  }
  const text = kind === 'start' ? '/start' : (TYPED[(nth + Math.floor(nth / chats)) % TYPED.length] as string)
  return JSON.stringify({ update_id, message: { message_id: 10_000_000 + update_id, date: 1, chat, from, text } })
}

/** Every button in its turn, but for the last row, which ends the visit. */
function press(rows: { callback_data: string }[][], nth: number): string {
  const offered = (rows.length > 1 ? rows.slice(0, -1) : rows).flat()
  return offered[(nth * 7 + Math.floor(nth / chats)) % offered.length]?.callback_data ?? 'x'
}

const callsOf = (telegram: Telegram): number => [...telegram.calls.values()].reduce((sum, calls) => sum + calls, 0)

const quantile = (sorted: number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN

const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

type Row = {
  side: string
  kind: Kind
  connections: number
  round: number
  perSecond: number
  p50: number
  p99: number
  cpuMs: number | null
  calls: number
  refused: number
}

const run = (side: Side, kind: Kind, connections: number, limits: { seconds: number; most?: number }) =>
  load({ url: `${side.served.url}u`, headers, connections, ...limits, body: () => bodyOf(side, kind) })

async function row(side: Side, kind: Kind, connections: number, nth: number): Promise<Row> {
  const [cpu, calls] = [side.served.cpu(), callsOf(side.telegram)]
  const { count, refused, seconds: took, ms } = await run(side, kind, connections, { seconds })
  const after = side.served.cpu()
  return {
    ...{ side: side.name, kind, connections, round: nth, refused },
    perSecond: Math.round(count / took),
    p50: round(quantile(ms, 0.5)),
    p99: round(quantile(ms, 0.99)),
    cpuMs: cpu === null || after === null ? null : round((after - cpu) / count, 3),
    calls: round((callsOf(side.telegram) - calls) / count),
  }
}

async function begin(name: string, what: { config: string; entry?: string; sql: string }): Promise<Side> {
  const telegram = await openTelegram()
  const BOT_KEYS = JSON.stringify(turn({}, Math.floor(Date.now() / 1000)))
  const vars = { BOT_TOKEN: TOKEN, BOT_SECRET: secret, TG_API_ROOT: telegram.root, BOT_KEYS }
  const served = await serve({ root, vars, ...what }).catch(async (error: unknown) => {
    await telegram.close()
    throw error
  })
  return { name, served, telegram, updates: 0, turns: { taps: 0, start: 0, words: 0 } }
}

async function finish(side: Side): Promise<void> {
  await side.served.stop()
  await side.telegram.close()
}

const migrations = resolve(root, 'schema/migrations')
const OURS = {
  config: 'wrangler.toml',
  sql: readdirSync(migrations)
    .sort()
    .map((name) => readFileSync(resolve(migrations, name), 'utf8'))
    .join('\n'),
}
const FLOOR = {
  config: 'bench/bot/floor.toml',
  entry: fileURLToPath(new URL('./bot/floor.ts', import.meta.url)),
  sql: 'CREATE TABLE chats (id INTEGER PRIMARY KEY, visits INTEGER NOT NULL)',
}

/** What one update asks of the store, counted by a build of ours that is never timed. */
async function counts(): Promise<Record<Kind, { trips: number; statements: number }>> {
  const side = await begin('counted', { ...OURS, entry: fileURLToPath(new URL('./bot/counted.ts', import.meta.url)) })
  const read = async () => (await (await fetch(`${side.served.url}counts`)).json()) as { trips: number; statements: number }
  try {
    const found: Partial<Record<Kind, { trips: number; statements: number }>> = {}
    for (const kind of ['start', 'taps', 'words'] as const) {
      side.turns[kind] = 0
      const { count } = await run(side, kind, 1, { seconds: 60, most: COUNTED })
      const { trips, statements } = await read()
      found[kind] = { trips: round(trips / count), statements: round(statements / count) }
    }
    return found as Record<Kind, { trips: number; statements: number }>
  } finally {
    await finish(side)
  }
}

/** How slow the Bot API is for {@link slowly}, and how many updates come meanwhile. */
const SLOW_MS = 3000
const SLOW_UPDATES = 40

/** How long Telegram waits for the webhook's answer while the Bot API is slow. REL-06: less than a second. */
async function slowly(side: Side): Promise<{ botApiMs: number; answerMs: { p50: number; p99: number; worst: number } }> {
  side.telegram.delayMs = SLOW_MS
  const { ms } = await run(side, 'start', 4, { seconds: 60, most: SLOW_UPDATES })
  side.telegram.delayMs = 0
  const of = (q: number) => round(quantile(ms, q))
  return { botApiMs: SLOW_MS, answerMs: { p50: of(0.5), p99: of(0.99), worst: of(1) } }
}

const SHOWN = ['perSecond', 'p50', 'p99', 'cpuMs', 'calls'] as const

function mediansOf(rows: Row[], side: string): Record<(typeof SHOWN)[number], number | null> {
  const own = rows.filter((one) => one.side === side)
  const of = (name: (typeof SHOWN)[number]): number | null => {
    const numbers = own.flatMap((one) => one[name] ?? [])
    return numbers.length === 0 ? null : round(median(numbers), 3)
  }
  return Object.fromEntries(SHOWN.map((name) => [name, of(name)])) as Record<(typeof SHOWN)[number], number | null>
}

/** Of each round, ours over the floor's, and the middle of these: what slows the machine slows both. */
function ratioOf(rows: Row[]): number | null {
  const ratios = rows
    .filter((one) => one.side === 'ours')
    .flatMap((ours) => {
      const floor = rows.find((one) => one.side === 'floor' && one.round === ours.round)
      return ours.cpuMs && floor?.cpuMs ? [ours.cpuMs / floor.cpuMs] : []
    })
  return ratios.length === 0 ? null : round(median(ratios))
}

async function main(): Promise<void> {
  if (!existsSync(resolve(root, 'dist/built/manifest.txt'))) await build(root, { worker: false })
  const store = await counts()
  const sides = [await begin('ours', OURS)]
  try {
    sides.push(await begin('floor', FLOOR))
    // A visit is begun in every chat, so that there are buttons to press.
    for (const side of sides) await run(side, 'start', 16, { seconds: 120, most: chats })
    for (const kind of KINDS) for (const side of sides) await run(side, kind, 16, { seconds: WARM_SECONDS })
    const results = []
    for (const kind of KINDS)
      for (const connections of CONNECTIONS) {
        const rows: Row[] = []
        for (let nth = 0; nth < rounds; nth += 1) for (const side of sides) rows.push(await row(side, kind, connections, nth))
        const [ours, floor] = [mediansOf(rows, 'ours'), mediansOf(rows, 'floor')]
        const refused = rows.reduce((sum, one) => sum + one.refused, 0)
        const result = { kind, connections, ours, floor, cpuRatio: ratioOf(rows), refused, rounds: rows }
        results.push(result)
        for (const [name, medians] of Object.entries({ ours, floor })) say(lineOf(kind, connections, name, medians))
        say(`${''.padEnd(18)}CPU × ${result.cpuRatio ?? '?'}${refused > 0 ? `   refused ${refused}` : ''}\n`)
      }
    const slow = await slowly(sides[0] as Side)
    const { p50, p99, worst } = slow.answerMs
    say(`the webhook answers while the Bot API takes ${SLOW_MS} ms   p50 ${p50}   p99 ${p99}   worst ${worst} ms\n`)
    say('the store, an update of ours')
    for (const kind of KINDS) say(`  ${kind.padEnd(8)} ${store[kind].trips} trips, ${store[kind].statements} statements`)
    if (given.json) console.log(JSON.stringify({ node: process.version, seconds, rounds, chats, store, slow, results }, null, 1))
  } finally {
    for (const side of sides) await finish(side)
  }
}

function lineOf(
  kind: Kind,
  connections: number,
  name: string,
  { perSecond, p50, p99, cpuMs, calls }: ReturnType<typeof mediansOf>,
): string {
  const head = `${kind.padEnd(6)} c=${String(connections).padEnd(3)} ${name.padEnd(6)}`
  return `${head}${String(perSecond).padStart(6)} /s   p50 ${String(p50).padStart(6)}   p99 ${String(p99).padStart(7)} ms   CPU ${String(cpuMs ?? '?').padStart(6)} ms   calls ${calls}`
}

await main()
