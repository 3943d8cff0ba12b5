/** A visitor's line of her talk. */
import { toBase64url } from '../../crypto/bytes.ts'
import type { TalkConfig } from '../handoff/config.ts'
import { type Lines, socketOn } from '../handoff/lines.ts'
import { noLine, ticketOf } from '../http/ticket.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { hers, visitorAt } from './asks.ts'

/** `tag (16) ‖ pass (32) ‖ device (8)` */
const TICKET_BYTES = 56

export async function visitorLine(request: Request, config: TalkConfig | null, lines: Lines, now: EpochSeconds): Promise<Response> {
  const ticket = ticketOf(request, TICKET_BYTES)
  if (ticket === null || config === null) return noLine()
  const [tag, pass, device] = [ticket.slice(0, 16), ticket.slice(16, 48), ticket.slice(48)].map(toBase64url) as [string, string, string]
  const found = await hers(config, { tag, pass }, now)
  return found ? socketOn(lines, found, visitorAt(found, device)) : noLine()
}
