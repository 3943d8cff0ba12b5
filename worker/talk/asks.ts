/** The asks of a visitor's page, one address for all: nothing about a talk stands in an address, a status or a length that differs by its outcome. */
import { bytesOf, equal, toBase64url } from '../../crypto/bytes.ts'
import { closeByVisitor } from '../../crypto/talk/close.ts'
import { caseTag, readRequest } from '../../crypto/talk/request.ts'
import { type People, type VisitorAnswer, VisitorAsk, type VisitorRefusal } from '../../schema/api.ts'
import { common } from '../books.ts'
import type { TalkConfig } from '../handoff/config.ts'
import type { Who } from '../handoff/ends.ts'
import { type Found, passHash } from '../handoff/handoff.ts'
import { countAsk } from '../handoff/limits.ts'
import { exchangeOn, type Lines, tell } from '../handoff/lines.ts'
import { onShift, rosterNow } from '../handoff/people.ts'
import { isSolved, PUZZLE_FROM, puzzle } from '../handoff/puzzle.ts'
import { answer, parse, readText } from '../http/json.ts'
import { networkOf } from '../http/network.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { refused, stateOf } from './answers.ts'
import { comeBack, drop, keep, replies } from './capsules.ts'

/** Three long frames, or a capsule, and some room. */
const MOST_BYTES = 40 * 1024

const GONE: VisitorRefusal = { ok: false, reason: 'gone' }
type Ask<Kind extends VisitorAsk['ask']> = Extract<VisitorAsk, { ask: Kind }>
type Asked = { config: TalkConfig; lines: Lines; network: string | null; now: EpochSeconds }

/** @param config  null where there is no talk: then there is nobody */
export async function visitorAsks(request: Request, config: TalkConfig | null, lines: Lines, now: EpochSeconds): Promise<Response> {
  const text = await readText(request, MOST_BYTES)
  const ask = text === null ? null : parse(VisitorAsk, text)
  if (ask === null) return answer({ ok: false, reason: 'shape' })
  if (config === null) return answer(ask.ask === 'people' ? nobody(now) : { ok: false, reason: 'nobody' })
  try {
    return answer(await answerTo(ask, { config, lines, network: networkOf(request), now }))
  } catch {
    return answer({ ok: false, reason: 'unavailable' })
  }
}

function answerTo(ask: VisitorAsk, asked: Asked): Promise<VisitorAnswer> {
  const { config, network, now } = asked
  switch (ask.ask) {
    case 'people':
      return people(config, now)
    case 'ahead':
      return ahead(ask, asked)
    case 'open':
      return open(ask, asked)
    case 'reseal':
      return reseal(ask, asked)
    case 'exchange':
      return exchange(ask, asked)
    case 'leave':
      return leave(ask, asked)
    case 'keep':
      return keep(config, ask, network, now)
    case 'return':
      return comeBack(config, ask, network, now)
    case 'drop':
      return drop(config, ask, now)
    case 'replies':
      return replies(config, ask, now)
  }
}

/** In steps, so that nobody can watch one person come and go. */
const STEPS = [0, 1, 2, 3, 5, 10, 20]
const inSteps = (count: number): number => STEPS.findLast((step) => step <= count) ?? 0

const nobody = (now: EpochSeconds): People => ({ ok: true, now, roster: null, shifts: [], waiting: 0, hours: common.organisation.hours })

async function people(config: TalkConfig, now: EpochSeconds): Promise<People> {
  const roster = await rosterNow(config, now)
  const local = LOCAL ? { trust: { ...config.trustText, roots: [...config.trustText.roots] } } : {}
  if (roster === null) return { ...nobody(now), ...local }
  const { shifts, waiting } = await onShift(config, roster.roster, now)
  return { ...nobody(now), roster: roster.signed, shifts, waiting: inSteps(waiting), ...local }
}

async function ahead(ask: Ask<'ahead'>, { config, now }: Asked): Promise<VisitorAnswer> {
  const found = await hers(config, ask, now)
  const before = found && (await config.handoff.aheadOf(found, now))
  return before === null ? GONE : { ok: true, ahead: before }
}

async function open(ask: Ask<'open'>, { config, network, now }: Asked): Promise<VisitorAnswer> {
  const { db, rows, handoff } = config
  const [wire, request] = [bytesOf(ask.tag), readRequest(bytesOf(ask.request))]
  if (!request.ok || !equal(await caseTag(request.value.caseId), wire)) return { ok: false, reason: 'shape' }
  const pass = await passHash(bytesOf(ask.pass))
  const before = await handoff.find(wire, now)
  if (before === null) {
    const seconds = await countAsk({ db, rows, now }, network)
    if (seconds > 0) return { ok: false, reason: 'slow-down', seconds }
    const roster = await rosterNow(config, now)
    const here = roster && (await onShift(config, roster.roster, now))
    if (!here || here.shifts.length === 0) return { ok: false, reason: 'nobody' }
    if (here.waiting >= PUZZLE_FROM && !(ask.proof && (await isSolved(db, rows, ask.proof, now)))) {
      const challenge = await puzzle(rows, now)
      return challenge ? { ok: false, reason: 'prove', challenge } : { ok: false, reason: 'unavailable' }
    }
  }
  const { request: text, language, wish } = ask
  const done = await handoff.open(wire, { pass, wire: ask.tag, request: text, language, wish }, now)
  return done.ok ? stateOf(done.value.found.talk) : refused(done.error)
}

async function reseal(ask: Ask<'reseal'>, { config, lines, now }: Asked): Promise<VisitorAnswer> {
  const [wire, request] = [bytesOf(ask.tag), readRequest(bytesOf(ask.request))]
  if (!request.ok || !equal(await caseTag(request.value.caseId), wire)) return { ok: false, reason: 'shape' }
  if (!(await hers(config, ask, now))) return GONE
  const done = await config.handoff.reseal(wire, ask, now)
  if (!done.ok) return refused(done.error)
  await tell(lines, done.value)
  return stateOf(done.value.found.talk)
}

async function exchange(ask: Ask<'exchange'>, { config, lines, now }: Asked): Promise<VisitorAnswer> {
  const found = await hers(config, ask, now)
  if (!found) return GONE
  const frames = await exchangeOn(lines, found, visitorAt(found, ask.device), ask.frames.map(bytesOf))
  return { ok: true, frames: frames.map(toBase64url) }
}

async function leave(ask: Ask<'leave'>, { config, lines, now }: Asked): Promise<VisitorAnswer> {
  if (ask.locator && ask.auth) await drop(config, { locator: ask.locator, auth: ask.auth }, now)
  const found = await hers(config, ask, now)
  if (found) {
    const wire = bytesOf(ask.tag)
    const done = await config.handoff.leave(wire, toBase64url(closeByVisitor(wire, found.talk.epoch)), now)
    if (!done.ok && done.error.reason !== 'gone') return refused(done.error)
    if (done.ok) await tell(lines, done.value)
  }
  return { ok: true }
}

/** The talk of who knows its pass; to everybody else it is not there. */
export async function hers(config: TalkConfig, { tag, pass }: { tag: string; pass: string }, now: EpochSeconds): Promise<Found | null> {
  const found = await config.handoff.find(bytesOf(tag), now)
  return found && found.talk.pass === (await passHash(bytesOf(pass))) ? found : null
}

export const visitorAt = ({ name, talk }: Found, device: string): Who => ({
  side: 'visitor',
  tag: toBase64url(name.tag),
  day: name.day,
  as: device,
  until: talk.until,
})
