/**
 * Our exit beside GOV.UK's "Exit this page" and a plain link, on the same visit, in the same browser, on this machine: how long what
 * she reads stays in sight, with the network as usual and with one that never answers; and what can be seen afterwards, by Back and
 * Forward, by opening the browser again, and on the disk. Times are medians in milliseconds; each round presses every exit once.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fresh, remember } from '../scripts/build/fresh.ts'
import { build } from '../scripts/build.ts'
import { serveLocal } from '../scripts/serve/local.ts'
import { CHROMIUM, type Chromium } from '../test/residue/chromium/chromium.ts'
import { type Phone, takePhone } from '../test/residue/phone.ts'
import { glance } from '../test/residue/visit.ts'
import { type After, afterwards } from './exit/after.ts'
import { timePress } from './exit/press.ts'
import { type Side, sidesOf } from './exit/sides.ts'
import { median } from './median.ts'

const { values: given } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '9' } },
})
const rounds = Math.min(100, Math.max(1, Number(given.rounds)))
const root = process.cwd()

const say = (line: string): void => void (given.json || console.log(line))

const NETWORKS = ['usual', 'frozen'] as const
type Network = (typeof NETWORKS)[number]

const round = (value: number): number => Number(value.toFixed(2))

type Pressed = { side: Side['name']; network: Network; round: number; ms: number | null }

async function press(phone: Phone<Chromium>, side: Side, network: Network): Promise<number | null> {
  phone.front.hold(network === 'frozen')
  const tab = await phone.browser.tab()
  try {
    await glance(tab, phone.url, phone.seen, 'web')
    return await timePress(tab.page, side.exit)
  } finally {
    phone.front.hold(false)
    await tab.close()
  }
}

/** Never-ended waits count as longer than any that ended. */
const medianOf = (presses: Pressed[]): number | null => {
  const ms = median(presses.map((one) => one.ms ?? Number.POSITIVE_INFINITY))
  return Number.isFinite(ms) ? round(ms) : null
}

/** Of each round, ours over the best peer's, and the middle of these: what slows the machine slows both. */
function ratioOf(presses: Pressed[]): number | null {
  const ratios = presses
    .filter(({ side }) => side === 'ours')
    .flatMap((ours) => {
      const peers = presses.flatMap((one) => (one.round === ours.round && one.side !== 'ours' && one.ms !== null ? [one.ms] : []))
      return ours.ms === null || peers.length === 0 ? [] : [ours.ms / Math.min(...peers)]
    })
  return ratios.length === 0 ? null : round(median(ratios))
}

async function times(sides: Side[]): Promise<Pressed[]> {
  const phones: [Side, Phone<Chromium>][] = []
  const presses: Pressed[] = []
  try {
    for (const side of sides) phones.push([side, await takePhone(side.service, 'web', CHROMIUM)])
    for (const [side, phone] of phones) await press(phone, side, 'usual')
    for (let nth = 0; nth < rounds; nth += 1)
      // Another is first each time.
      for (const network of NETWORKS)
        for (const [side, phone] of phones.map((_, n) => phones[(n + nth) % phones.length] as [Side, Phone<Chromium>]))
          presses.push({ side: side.name, network, round: nth, ms: await press(phone, side, network) })
  } finally {
    for (const [, phone] of phones) await phone.close()
  }
  return presses
}

const nameOf = ({ name, pages }: Side): string => (name === 'ours' ? 'ours' : `${name}, ${pages === 'ours' ? 'our pages' : 'usual pages'}`)

async function main(): Promise<void> {
  if (!fresh(root) || !existsSync(resolve(root, 'dist/worker/index.js'))) {
    await build(root)
    remember(root)
  }
  const data = mkdtempSync(join(tmpdir(), 'bench-exit-'))
  const server = await serveLocal({ root, port: 0, data })
  const sides = await sidesOf(server.url.replace('localhost', '127.0.0.1'))
  try {
    const pressed = await times(sides.filter(({ pages }) => pages === 'ours'))
    const time = NETWORKS.map((network) => {
      const presses = pressed.filter((one) => one.network === network)
      const of = (side: Side['name']) => medianOf(presses.filter((one) => one.side === side))
      return { network, ours: of('ours'), govuk: of('govuk'), link: of('link'), ratio: ratioOf(presses) }
    })
    say(`from the press to the first frame that shows nothing, ms (${rounds} rounds; "stays": over two seconds)`)
    for (const { network, ours, govuk, link, ratio } of time)
      say(
        `  network ${network.padEnd(8)} ours ${shownMs(ours)}   govuk ${shownMs(govuk)}   link ${shownMs(link)}   × ${ratio ?? '?'} of the best peer`,
      )
    const after: { side: string; after: After }[] = []
    say('\nwhat can be seen afterwards')
    for (const side of sides) {
      const found = await afterwards(side)
      after.push({ side: nameOf(side), after: found })
      const { back, forward, reopened, rows, left } = found
      say(
        `  ${nameOf(side).padEnd(19)} Back: ${back.padEnd(8)} Forward: ${forward.padEnd(8)} reopened: ${reopened.padEnd(8)} rows: ${rows}   on the disk: ${left.join(', ') || 'nothing'}`,
      )
    }
    if (given.json) console.log(JSON.stringify({ node: process.version, rounds, time, after, presses: pressed }, null, 1))
  } finally {
    for (const side of sides) await side.stop()
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

const shownMs = (ms: number | null): string => (ms === null ? 'stays' : ms.toFixed(0)).padStart(5)

await main()
