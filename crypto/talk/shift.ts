/**
 * From the roster to the person typing: the one check that the visitor's page and the server both make before a counsellor is believed.
 * In this order: the person stands in the roster and neither person nor shift is revoked; the passkey's answer; the dates.
 */
import { type Bytes, toBase64url } from '../bytes.ts'
import { type Assertion, checkAssertion } from './assertion.ts'
import { type Certificate, challengeOf, LONGEST_SHIFT_SECONDS, readCertificate } from './certificate.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { type EpochSeconds, holds, type Member, type Roster } from './roster.ts'

export type Shift = Certificate & { person: Member }

/** As a shift travels: public, the same for everybody. */
export type SignedShift = { certificate: Bytes; assertion: Assertion }

/** @param roster  one that `openRoster` let through  @param now  as there */
export async function openShift({ certificate, assertion }: SignedShift, roster: Roster, now: EpochSeconds): Promise<Opened<Shift>> {
  const read = readCertificate(certificate)
  if (!read.ok) return read
  const { org, sid, shiftId, notBefore, notAfter, rosterSeq } = read.value
  const person = roster.staff.find((member) => member.sid === sid)
  const isRevoked = roster.revoked.some((name) => name === sid || name === toBase64url(shiftId))
  if (org !== roster.org || person === undefined || isRevoked || rosterSeq > roster.seq) return refuse('unknown-person')
  const { deskOrigin: origin, rpId } = roster
  const answered = await checkAssertion(assertion, { challenge: await challengeOf(certificate), origin, rpId, passkeys: person.passkeys })
  if (!answered.ok) return answered
  return holds(notBefore, notAfter, now, LONGEST_SHIFT_SECONDS) ? opened({ ...read.value, person }) : refuse('not-now')
}
