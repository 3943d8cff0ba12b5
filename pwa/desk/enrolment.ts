/** From the link of an invitation to a roster that names the new passkey. */
import { toBase64url } from '../../crypto/bytes.ts'
import type { Roster } from '../../crypto/talk/roster.ts'
import type { OpenDeskAsk } from '../../schema/desk-api.ts'
import type { Invitation } from './invitation.ts'
import { createPasskey } from './passkey.ts'
import type { Answer } from './server.ts'

type Not = 'put-off' | 'used' | 'late' | 'offline' | 'not-invited'

const WHY: Partial<Record<string, Not>> = { used: 'used', 'not-now': 'late', offline: 'offline', unavailable: 'offline' }

const ENROLLED_MS = 1500

/** @param called  the organisation's neutral name, for the authenticator's own list @returns the public key, or why there is none */
export async function enrol(
  { sid, bytes, signature }: Invitation,
  called: string,
  ask: (ask: OpenDeskAsk) => Promise<Answer>,
): Promise<{ ok: true; passkey: string } | { ok: false; why: Not }> {
  const made = await createPasskey(sid, called)
  if (made === null) return { ok: false, why: 'put-off' }
  const passkey = toBase64url(made)
  const answer = await ask({ ask: 'enrol', invitation: bytes, signature, passkey })
  return answer.ok ? { ok: true, passkey } : { ok: false, why: WHY[answer.reason] ?? 'not-invited' }
}

/**
 * Until the roots have signed: at once on a machine of one's own, otherwise whenever the two have met.
 *
 * @returns false when nobody waits for it any more
 */
export async function untilNamed(passkey: string, rosterNow: () => Promise<Roster | null>, isAwaited: () => boolean): Promise<boolean> {
  for (;;) {
    const roster = await rosterNow()
    if (!isAwaited()) return false
    if (roster?.staff.some(({ passkeys }) => passkeys.some((one) => toBase64url(one) === passkey))) return true
    await new Promise((resolve) => setTimeout(resolve, ENROLLED_MS))
  }
}
