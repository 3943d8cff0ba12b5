/** The desk's own host: its asks and the lines of its talks. */
import { fromBase64url, readU32, toBase64url } from '../../crypto/bytes.ts'
import { OpenDeskAsk, SignedDeskAsk } from '../../schema/desk-api.ts'
import { DESK_LINE_PATH, DESK_PATH } from '../../schema/paths.ts'
import type { TalkConfig } from '../handoff/config.ts'
import { type Lines, socketOn } from '../handoff/lines.ts'
import { answer, parse, readText } from '../http/json.ts'
import { noLine, ticketOf } from '../http/ticket.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { callerOf, readSigned } from './caller.ts'
import { openAsk } from './open-asks.ts'
import { counsellorAt, signedAsk } from './signed-asks.ts'

/** A roster of some hundred people. */
const MOST_BYTES = 100 * 1024

export async function deskAsks(request: Request, config: TalkConfig | null, lines: Lines, now: EpochSeconds): Promise<Response> {
  const body = await readText(request, MOST_BYTES)
  if (body === null) return answer({ ok: false, reason: 'shape' })
  if (config === null) return answer({ ok: false, reason: 'unavailable' })
  try {
    const open = parse(OpenDeskAsk, body)
    if (open !== null) return answer(await openAsk(open, config, now))
    const ask = parse(SignedDeskAsk, body)
    if (ask === null) return answer({ ok: false, reason: 'shape' })
    const signed = readSigned(request.headers.get('Authorization'), { method: 'POST', path: DESK_PATH, body })
    const caller = await callerOf(config, signed, now)
    return answer(caller === null ? { ok: false, reason: 'signed-out' } : await signedAsk(ask, { config, lines, caller, now }))
  } catch {
    return answer({ ok: false, reason: 'unavailable' })
  }
}

/** `tag (16) ‖ shift (16) ‖ time (4) ‖ nonce (16) ‖ signature (64)` */
const TICKET_BYTES = 116

export async function deskLine(request: Request, config: TalkConfig | null, lines: Lines, now: EpochSeconds): Promise<Response> {
  const ticket = ticketOf(request, TICKET_BYTES)
  if (ticket === null || config === null) return noLine()
  const [tag, shiftId, nonce, signature] = [ticket.slice(0, 16), ticket.slice(16, 32), ticket.slice(36, 52), ticket.slice(52)] as const
  const call = { method: 'GET', path: DESK_LINE_PATH, body: toBase64url(tag), time: readU32(ticket, 32), nonce }
  const caller = await callerOf(config, { ...call, shiftId, signature }, now)
  const found = caller && (await config.handoff.find(fromBase64url(call.body) ?? tag, now))
  return caller && found?.talk.holder === caller.holder ? socketOn(lines, found, counsellorAt(found, caller)) : noLine()
}
