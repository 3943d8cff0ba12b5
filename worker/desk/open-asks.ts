/** What a desk may ask before it is on shift. Each is believed for what it carries: signatures of roots, or of a passkey. */
import { type Bytes, bytesOf, toBase64url } from '../../crypto/bytes.ts'
import { isAskOfRoot, openInvitation } from '../../crypto/talk/root.ts'
import type { DeskAnswer, DeskRefusal, OpenDeskAsk } from '../../schema/desk-api.ts'
import type { TalkConfig } from '../handoff/config.ts'
import { beginShift, publish, rosterNow } from '../handoff/people.ts'
import { enrolments, keepEnrolment } from '../store/enrolment.ts'
import type { EpochSeconds } from '../store/no-answer.ts'

type Ask<Kind extends OpenDeskAsk['ask']> = Extract<OpenDeskAsk, { ask: Kind }>

/** An invitation may not outlive the row that says it was used. */
const LONGEST_INVITATION_SECONDS = 71 * 60 * 60
const CLOCKS_SECONDS = 60

/** Why the protocol refused something, in the desk's words. */
const REASONS: Record<string, DeskRefusal['reason']> = {
  shape: 'shape',
  version: 'shape',
  suite: 'shape',
  'not-now': 'not-now',
  replayed: 'not-now',
  'unknown-person': 'unknown-person',
  unavailable: 'unavailable',
}
const refuse = (reason: string): DeskRefusal => ({ ok: false, reason: REASONS[reason] ?? 'forged' })

export async function openAsk(ask: OpenDeskAsk, config: TalkConfig, now: EpochSeconds): Promise<DeskAnswer> {
  switch (ask.ask) {
    case 'roster':
      return { ok: true, now, roster: (await rosterNow(config, now))?.signed ?? null, ...(LOCAL && { trust: config.trustText }) }
    case 'publish': {
      const published = await publish(config, ask.roster, now)
      return published.ok ? { ok: true } : refuse(published.error)
    }
    case 'start': {
      const begun = await beginShift(config, ask.shift, now)
      return begun.ok ? { ok: true } : refuse(begun.error)
    }
    case 'enrol':
      return enrol(ask, config, now)
    case 'enrolled':
      return enrolled(ask, config, now)
  }
}

/** The passkey waits for the next roster; nobody is let in before. */
async function enrol(ask: Ask<'enrol'>, { db, rows, trust }: TalkConfig, now: EpochSeconds): Promise<DeskAnswer> {
  const invitation = await openInvitation(bytesOf(ask.invitation), bytesOf(ask.signature), trust, now)
  if (!invitation.ok) return refuse(invitation.error.reason)
  const { sid, notAfter, token } = invitation.value
  if (notAfter - now > LONGEST_INVITATION_SECONDS || !(await isPasskey(bytesOf(ask.passkey)))) return refuse('shape')
  const names = await rows.names('enrolment', token, now, 'long')
  const [name] = names ?? []
  if (!names || !name) return refuse('unavailable')
  const used = (await enrolments(db, now)).some(({ tag }) => names.some((one) => toBase64url(one.tag) === toBase64url(tag)))
  if (used) return { ok: false, reason: 'used' }
  const sealed = await rows.seal('enrolment', name, { sid, passkey: ask.passkey }, 'long')
  return (await keepEnrolment(db, name.tag, sealed, now)) ? { ok: true } : { ok: false, reason: 'used' }
}

/** A point of P-256, as SubjectPublicKeyInfo. */
async function isPasskey(spki: Bytes): Promise<boolean> {
  try {
    await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    return true
  } catch {
    return false
  }
}

async function enrolled({ time, signature }: Ask<'enrolled'>, { db, rows, trust }: TalkConfig, now: EpochSeconds): Promise<DeskAnswer> {
  if (Math.abs(now - time) > CLOCKS_SECONDS) return refuse('not-now')
  if (!(await isAskOfRoot(trust, time, bytesOf(signature)))) return refuse('forged')
  const found = await enrolments(db, now)
  const opened = await Promise.all(
    found.map(({ tag, sealed }) => rows.openAny<{ sid: string; passkey: string }>('enrolment', tag, sealed, now, 'long')),
  )
  return { ok: true, enrolled: opened.flatMap((one) => (one === null ? [] : [one.value])) }
}
