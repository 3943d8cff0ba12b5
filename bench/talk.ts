/**
 * What a sealed message costs from the desk's page to hers: the real Worker as it was built, in workerd, with its line, its mailbox and the
 * protocol's own code at both ends; beside the same talk with its words in clear, and beside an object that only echoes. Then fifty talks
 * at once. Both ends and the load are in this process and share its processors with what they measure. Numbers of two runs on a busy machine
 * differ by a third; the ratio of one run means more.
 *
 * `npm run bench -- talk [--json] [--messages 500] [--long]`
 */

import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openTalkHouse, type TalkHouse } from '../test/live/house.ts'
import { median } from './median.ts'
import { type Served, serve } from './serve.ts'
import { type Together, together, WORDS } from './talk/together.ts'
import { echo, ends, frameBytes, plain, sealed, type Way } from './talk/ways.ts'

const { values: given } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '500' },
    long: { type: 'boolean', default: false },
  },
})
const messages = Math.min(10_000, Math.max(50, Number(given.messages)))
const seconds = given.long ? 120 : 20

const TALKS = 50
/** An end may send a message a second: so many of each take turns. */
const EACH = 25
/** One message is on its way at a time, and what follows it (mailbox, acknowledgement) is done before the next. */
const EVERY_MS = 15
const ROUNDS = 5
const WARM = 2

const NAMES = ['echo', 'ends', 'plain', 'sealed'] as const
type Name = (typeof NAMES)[number]
type Ways = Record<Name, Way[]>

const say = (line: string): void => void (given.json || console.log(line))
const round = (value: number): number => Number(value.toFixed(2))
const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN

/** Of each round the median over the echo's, and the middle of these: what slows the machine slows them all. */
function ratioOf(rounds: readonly Record<Name, number[]>[], one: Name, other: Name): number {
  return round(median(rounds.map((ms) => median(ms[one]) / median(ms[other]))))
}

/** In turn, another first each time. */
async function turns(ways: Ways, count: number, from: number): Promise<Record<Name, number[]>> {
  const ms: Record<Name, number[]> = { echo: [], ends: [], plain: [], sealed: [] }
  for (let nth = from; nth < from + count; nth += 1)
    for (let at = 0; at < NAMES.length; at += 1) {
      const name = NAMES[(nth + at) % NAMES.length] as Name
      const next = pause(EVERY_MS)
      ms[name].push(await (ways[name][nth % EACH] as Way)(`${nth} ${WORDS}`))
      await next
    }
  return ms
}

async function alone(ways: Ways) {
  await turns(ways, WARM * EACH, 0)
  const rounds: Record<Name, number[]>[] = []
  const count = Math.ceil(messages / ROUNDS)
  for (let nth = 0; nth < ROUNDS; nth += 1) rounds.push(await turns(ways, count, WARM * EACH + nth * count))
  const of = (name: Name) => {
    const ms = rounds.flatMap((one) => one[name]).sort((a, b) => a - b)
    return { messages: ms.length, p50: round(quantile(ms, 0.5)), p99: round(quantile(ms, 0.99)) }
  }
  const [toEcho, plainToEcho] = [ratioOf(rounds, 'sealed', 'echo'), ratioOf(rounds, 'plain', 'echo')]
  return {
    ...{ echo: of('echo'), ends: of('ends'), plain: of('plain'), sealed: of('sealed') },
    ratio: { sealedToEcho: toEcho, plainToEcho, sealedToPlain: ratioOf(rounds, 'sealed', 'plain') },
  }
}

async function waysOf(house: TalkHouse, floor: Served): Promise<{ ways: Ways; crowd: Awaited<ReturnType<TalkHouse['joined']>> }> {
  const pairs = await house.joined(TALKS + EACH)
  const crowd = pairs.slice(0, TALKS)
  const ways: Ways = { echo: [], ends: [], plain: [], sealed: [] }
  for (let nth = 0; nth < EACH; nth += 1) {
    ways.echo.push(await echo(floor.url, nth))
    ways.ends.push(await ends())
  }
  for (const pair of pairs.slice(TALKS)) ways.plain.push(await plain(pair))
  for (const pair of crowd) ways.sealed.push(await sealed(pair))
  return { ways, crowd }
}

const FLOOR = {
  root: process.cwd(),
  config: 'bench/talk/floor.toml',
  entry: fileURLToPath(new URL('./talk/floor.ts', import.meta.url)),
  vars: {},
}

function shown({ ms, ...rest }: Together) {
  return { ...rest, p50: round(quantile(ms, 0.5)), p95: round(quantile(ms, 0.95)), p99: round(quantile(ms, 0.99)) }
}

async function main(): Promise<void> {
  const house = await openTalkHouse()
  let floor: Served | null = null
  try {
    floor = await serve(FLOOR)
    const { ways, crowd } = await waysOf(house, floor)
    const bytes = frameBytes(`0 ${WORDS}`)
    const one = await alone(ways)
    say(`one message at a time, desk to visitor, ${bytes} bytes (${one.sealed.messages} of each, ms)`)
    for (const name of NAMES) {
      const { p50, p99 } = one[name]
      say(`  ${name.padEnd(7)} p50 ${p50.toFixed(2).padStart(6)}   p99 ${p99.toFixed(2).padStart(7)}`)
    }
    const { sealedToEcho, plainToEcho, sealedToPlain } = one.ratio
    say(`  sealed × ${sealedToEcho} of the echo, × ${sealedToPlain} of plain; plain × ${plainToEcho} of the echo`)
    say('  plain: the same line and mailbox, the words in clear where the seal would be; ends: seal and open, without a server\n')
    const many = shown(await together(crowd, seconds))
    say(`${many.talks} talks at once, each a message every two seconds for ${many.seconds} s`)
    say(`  sent ${many.sent}, lost ${many.lost}, out of order ${many.disordered}, refused ${many.refused}`)
    say(`  p50 ${many.p50}   p95 ${many.p95}   p99 ${many.p99} ms`)
    if (given.json) console.log(JSON.stringify({ node: process.version, bytes, ...one, together: many }, null, 1))
  } finally {
    await floor?.stop()
    await house.close()
  }
}

await main()
