/** Beginning a shift: one touch signs it. Whoever is not known yet touches twice: the first tells who it is. */
import { random } from '../../crypto/bytes.ts'
import type { EpochSeconds, Roster } from '../../crypto/talk/roster.ts'
import type { OpenDeskAsk } from '../../schema/desk-api.ts'
import { touch } from './passkey.ts'
import type { Answer } from './server.ts'
import { prepareShift, type Shift, shiftText } from './shift.ts'

/** `sid`: who it is, as far as it is still believed. */
export type Begun =
  | { ok: true; shift: Shift; sid: string }
  | { ok: false; why: 'put-off' | 'unknown-person' | 'offline' | 'no-roster'; sid: string | null }

/** @param again  tells that it is to be touched once more */
export async function begin(
  roster: Roster,
  { known, hours }: { known: string | null; hours: number },
  { ask, now, again }: { ask(ask: OpenDeskAsk): Promise<Answer>; now(): EpochSeconds; again(): void },
): Promise<Begun> {
  const sid = known ?? (await touch(random(32)))?.sid ?? null
  if (sid === null) return { ok: false, why: 'put-off', sid }
  const person = roster.staff.find((one) => one.sid === sid)
  if (person === undefined) return { ok: false, why: 'unknown-person', sid: null }
  if (known === null) again()
  const { shift, certificate, challenge } = await prepareShift(roster, person, hours, now())
  const touched = await touch(challenge)
  if (touched === null) return { ok: false, why: 'put-off', sid }
  const answer = await ask({ ask: 'start', shift: shiftText(certificate, touched.assertion) })
  if (answer.ok) return { ok: true, shift, sid }
  const isOffline = answer.reason === 'offline' || answer.reason === 'unavailable'
  return { ok: false, why: isOffline ? 'offline' : answer.reason === 'not-now' ? 'no-roster' : 'unknown-person', sid: null }
}
