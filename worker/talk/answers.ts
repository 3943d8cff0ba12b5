/** What is answered to the visitor's page, reason by reason: it learns what to do next, not which check said no. */
import type { TalkState, VisitorRefusal } from '../../schema/api.ts'
import type { Refused } from '../handoff/handoff.ts'
import type { Talk } from '../handoff/machine.ts'

const REASONS: Record<Refused['reason'], Exclude<VisitorRefusal['reason'], 'slow-down' | 'prove'>> = {
  gone: 'gone',
  'not-yours': 'gone',
  changed: 'changed',
  limit: 'changed',
  full: 'full',
  unavailable: 'unavailable',
}

export const refused = ({ reason }: Refused): VisitorRefusal => ({ ok: false, reason: REASONS[reason] })

export const stateOf = ({ state, rev, epoch, accept }: Talk): TalkState | VisitorRefusal =>
  state === 'ended' ? { ok: false, reason: 'gone' } : { ok: true, state, rev, epoch, accept }
