/** What a counsellor on shift may do: look who waits, take, carry, hand on and end talks, and rest. */
import { bytesOf, equal, toBase64url } from '../../crypto/bytes.ts'
import { isSignedBy, readAccept } from '../../crypto/talk/accept.ts'
import { isClosedBy, readClose } from '../../crypto/talk/close.ts'
import { caseTag, readRequest } from '../../crypto/talk/request.ts'
import type { Member } from '../../crypto/talk/roster.ts'
import { readTransfer } from '../../crypto/talk/transfer.ts'
import type { DeskAnswer, DeskRefusal, Looked, Pace, SignedDeskAsk, Waiting } from '../../schema/desk-api.ts'
import type { Result } from '../../schema/result.ts'
import type { TalkConfig } from '../handoff/config.ts'
import type { Who } from '../handoff/ends.ts'
import { type Done, type Found, MOST_HELD, type Refused } from '../handoff/handoff.ts'
import { exchangeOn, type Lines, tell, tellQuiet } from '../handoff/lines.ts'
import { keepShift, onShift } from '../handoff/people.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { countPeek, dropPeek, PEEKS_AN_HOUR, peeksOf } from '../store/peek.ts'
import { keepReply } from '../store/reply.ts'
import { endShift } from '../store/shift.ts'
import type { Caller } from './caller.ts'

type Ask<Kind extends SignedDeskAsk['ask']> = Extract<SignedDeskAsk, { ask: Kind }>
export type DeskAsked = { config: TalkConfig; lines: Lines; caller: Caller; now: EpochSeconds }

/** After so long without a break one is offered. */
const BREAK_AFTER_SECONDS = 2 * 60 * 60
/** So many of the oldest are shown. */
const MOST_SHOWN = 30

const REASONS: Record<Refused['reason'], DeskRefusal['reason']> = {
  gone: 'gone',
  'not-yours': 'gone',
  changed: 'changed',
  limit: 'limit',
  full: 'limit',
  unavailable: 'unavailable',
}
const refuse = (reason: DeskRefusal['reason']): DeskRefusal => ({ ok: false, reason })

/** Tells both ends what was stored, and the desk that it was. */
async function settle(lines: Lines, done: Result<Done, Refused>): Promise<DeskAnswer> {
  if (!done.ok) return refuse(REASONS[done.error.reason])
  await tell(lines, done.value)
  return { ok: true }
}

export function signedAsk(ask: SignedDeskAsk, asked: DeskAsked): Promise<DeskAnswer> {
  switch (ask.ask) {
    case 'look':
      return look(asked)
    case 'peek':
      return peek(ask, asked)
    case 'accept':
      return accept(ask, asked)
    case 'exchange':
      return exchange(ask, asked)
    case 'transfer':
      return transfer(ask, asked)
    case 'close':
      return close(ask, asked)
    case 'aside':
      return aside(ask, asked)
    case 'break':
      return rest(ask, asked)
    case 'reply':
      return reply(ask, asked)
    case 'end':
      return end(asked)
  }
}

/** Whether this counsellor may be given this talk: her language and wish, or it was handed to this very shift. */
function suits({ talk }: Found, caller: Caller): boolean {
  if (talk.state === 'handed') return talk.to === toBase64url(caller.certificate.shiftId)
  const person = personOf(caller)
  if (person === undefined || !person.langs.includes(talk.language)) return false
  return talk.wish === 'any' || person.as === talk.wish
}

const personOf = ({ roster, certificate }: Caller): Member | undefined => roster.staff.find(({ sid }) => sid === certificate.sid)

async function look({ config, caller, now }: DeskAsked): Promise<Looked> {
  const { db, handoff } = config
  const [open, held, peeks, { shifts }] = await Promise.all([
    handoff.waiting(now),
    handoff.heldBy(caller.name.tag, now),
    peeksOf(db, caller.name.tag, now),
    onShift(config, caller.roster, now),
  ])
  const seen = new Set(peeks.map(toBase64url))
  const waiting = open
    .filter((found) => suits(found, caller))
    .slice(0, MOST_SHOWN)
    .map(({ name, talk }): Waiting => {
      const { wire: tag, rev, epoch, language, wish, since } = talk
      const state = talk.state === 'handed' ? 'handed' : 'waiting'
      return {
        tag,
        rev,
        epoch,
        state,
        language,
        wish,
        minutes: Math.max(0, Math.floor((now - since) / 60)),
        peeked: seen.has(toBase64url(name.tag)),
      }
    })
  const mine = held.map(({ talk }) => ({
    ...{ tag: talk.wire, rev: talk.rev, epoch: talk.epoch },
    state: talk.state === 'handed' ? ('handed' as const) : ('joined' as const),
  }))
  return {
    ok: true,
    now,
    waiting,
    mine,
    pace: paceOf(caller, held.length, seen.size, now),
    colleagues: shifts.filter(({ certificate }) => certificate !== caller.kept.shift.certificate),
  }
}

function paceOf({ state, kept, certificate }: Caller, held: number, peeks: number, now: EpochSeconds): Pace {
  const placesLeft = Math.max(0, MOST_HELD - held)
  return {
    state: state === 'break' ? 'break' : placesLeft === 0 ? 'full' : 'free',
    peeksLeft: Math.max(0, PEEKS_AN_HOUR - peeks),
    placesLeft,
    breakDue: state !== 'break' && now - kept.breakAt >= BREAK_AFTER_SECONDS,
    endsAt: certificate.notAfter,
  }
}

async function peek({ tag }: Ask<'peek'>, { config, caller, now }: DeskAsked): Promise<DeskAnswer> {
  if (caller.state === 'break') return refuse('on-break')
  const found = await config.handoff.find(bytesOf(tag), now)
  if (!found || !['waiting', 'handed'].includes(found.talk.state) || !suits(found, caller)) return refuse('gone')
  const { talk, name } = found
  // What a colleague handed over is no look around.
  if (talk.state === 'waiting' && !(await countPeek(config.db, caller.name.tag, name.tag, now))) return refuse('limit')
  return { ok: true, request: talk.request, rev: talk.rev, epoch: talk.epoch, transfer: talk.transfer }
}

async function accept({ tag, rev, accept: text }: Ask<'accept'>, { config, lines, caller, now }: DeskAsked): Promise<DeskAnswer> {
  if (caller.state === 'break') return refuse('on-break')
  const [wire, frame] = [bytesOf(tag), readAccept(bytesOf(text))]
  const found = await config.handoff.find(wire, now)
  if (!found) return refuse('gone')
  const { shiftId, sigPub } = caller.certificate
  if (!frame.ok || !equal(frame.value.shiftId, shiftId) || !equal(await caseTag(frame.value.caseId), wire)) return refuse('shape')
  const isRetry = found.talk.holder === caller.holder && found.talk.accept === text
  const request = readRequest(bytesOf(found.talk.request))
  if (!isRetry && (!request.ok || !(await isSignedBy(sigPub, frame.value, request.value.visitor)))) return refuse('forged')
  if (!isRetry && !suits(found, caller)) return refuse('changed')
  const by = { holder: caller.holder, shift: toBase64url(shiftId), rev, epoch: frame.value.epoch, accept: text }
  const done = await config.handoff.accept(wire, by, now)
  if (done.ok) await dropPeek(config.db, caller.name.tag, done.value.found.name.tag, now).catch(() => {})
  return settle(lines, done)
}

async function exchange({ tag, frames }: Ask<'exchange'>, { config, lines, caller, now }: DeskAsked): Promise<DeskAnswer> {
  const found = await config.handoff.find(bytesOf(tag), now)
  if (!found || found.talk.holder !== caller.holder) return refuse('gone')
  const got = await exchangeOn(lines, found, counsellorAt(found, caller), frames.map(bytesOf))
  return { ok: true, frames: got.map(toBase64url) }
}

async function transfer({ tag, transfer: text }: Ask<'transfer'>, { config, lines, caller, now }: DeskAsked): Promise<DeskAnswer> {
  const [wire, frame] = [bytesOf(tag), readTransfer(bytesOf(text))]
  if (!frame.ok || !equal(frame.value.tag, wire)) return refuse('shape')
  const { to, epoch } = frame.value
  return settle(lines, await config.handoff.transfer(wire, caller.holder, toBase64url(to), epoch, text, now))
}

async function close({ tag, close: text }: Ask<'close'>, { config, lines, caller, now }: DeskAsked): Promise<DeskAnswer> {
  const [wire, frame] = [bytesOf(tag), readClose(bytesOf(text))]
  const found = await config.handoff.find(wire, now)
  if (!found) return refuse('gone')
  if (!frame.ok || !equal(frame.value.tag, wire) || frame.value.signature.length === 0) return refuse('shape')
  const request = readRequest(bytesOf(found.talk.request))
  // Once it ended the request is gone: the same closing again is only compared.
  if (request.ok && !(await isClosedBy(caller.certificate.sigPub, request.value.caseId, frame.value))) return refuse('forged')
  return settle(lines, await config.handoff.close(wire, caller.holder, text, now))
}

async function aside({ tag }: Ask<'aside'>, { config, lines, caller, now }: DeskAsked): Promise<DeskAnswer> {
  return settle(lines, await config.handoff.setAside(bytesOf(tag), caller.holder, now))
}

async function rest({ on }: Ask<'break'>, { config, caller, now }: DeskAsked): Promise<DeskAnswer> {
  const kept = caller.state === 'break' && !on ? { ...caller.kept, breakAt: now } : caller.kept
  await keepShift(config, { ...caller, kept }, on ? 'break' : 'working', now)
  return { ok: true }
}

async function reply({ box, reply: text }: Ask<'reply'>, { config, now }: DeskAsked): Promise<DeskAnswer> {
  const { db, rows } = config
  const [boxes, names] = await Promise.all([rows.names('reply-box', box, now, 'long'), rows.names('reply', text, now, 'long')])
  const [toBox, name] = [boxes?.[0], names?.[0]]
  if (!toBox || !name) return refuse('unavailable')
  const sealed = await rows.seal('reply', name, bytesOf(text), 'long')
  return (await keepReply(db, { box: toBox.tag, tag: name.tag, sealed }, now)) ? { ok: true } : refuse('limit')
}

async function end({ config, lines, caller, now }: DeskAsked): Promise<DeskAnswer> {
  const held = await config.handoff.heldBy(caller.name.tag, now)
  await endShift(config.db, caller.name.tag, now)
  await Promise.allSettled(held.map((found) => tellQuiet(lines, found, caller.holder)))
  return { ok: true }
}

export const counsellorAt = ({ name }: Found, { holder, certificate }: Caller): Who => ({
  side: 'counsellor',
  tag: toBase64url(name.tag),
  day: name.day,
  as: holder,
  until: certificate.notAfter,
})
