/** A shift: keys that live in this page's memory, certified by one touch of the passkey. Nobody can take them out of the browser. */
import { type Bytes, bytesOf, random, toBase64url } from '../../crypto/bytes.ts'
import { type Assertion, checkAssertion } from '../../crypto/talk/assertion.ts'
import { challengeOf, LONGEST_SHIFT_SECONDS, writeCertificate } from '../../crypto/talk/certificate.ts'
import { type EpochSeconds, type Member, openRoster, type Roster } from '../../crypto/talk/roster.ts'
import { openShift } from '../../crypto/talk/shift.ts'
import { newSigningKeys, type SigningKeys } from '../../crypto/talk/sign.ts'
import { type BoxKeys, newBoxKeys } from '../../crypto/talk/suite.ts'
import type { TrustText } from '../../crypto/talk/trust.ts'
import { trustFrom } from '../../crypto/talk/trust.ts'
import type { OnShift, SignedShift } from '../../schema/api.ts'
import type { RosterAnswer } from '../../schema/desk-api.ts'

export type Shift = { person: Member; shiftId: Bytes; box: BoxKeys; signing: SigningKeys; notAfter: EpochSeconds; roster: Roster }

/** Clocks differ by so much. */
const EARLIER_SECONDS = 60

/** @returns null when no roster of these roots is in force */
export async function readBelieved(answer: RosterAnswer, trust: TrustText | null, now: EpochSeconds): Promise<Roster | null> {
  if (answer.roster === null || trust === null) return null
  const { bytes, signatures } = answer.roster
  const opened = await openRoster({ bytes: bytesOf(bytes), signatures: signatures.map(bytesOf) }, trustFrom(trust), now)
  return opened.ok ? opened.value : null
}

/** A shift before anybody vouched for it, and what the passkey is to answer. */
export async function prepareShift(roster: Roster, person: Member, hours: number, now: EpochSeconds) {
  const [box, signing, shiftId] = [await newBoxKeys(), await newSigningKeys(), random(16)]
  const notBefore = now - EARLIER_SECONDS
  const notAfter = Math.min(now + hours * 3600, notBefore + LONGEST_SHIFT_SECONDS)
  const keys = { kemPub: box.publicBytes, sigPub: signing.publicBytes }
  const certificate = writeCertificate({ org: roster.org, sid: person.sid, shiftId, ...keys, notBefore, notAfter, rosterSeq: roster.seq })
  const shift: Shift = { person, shiftId, box, signing, notAfter, roster }
  return { shift, certificate, challenge: await challengeOf(certificate) }
}

export const shiftText = (certificate: Bytes, { authenticatorData, clientData, signature }: Assertion): SignedShift => ({
  certificate: toBase64url(certificate),
  authenticatorData: toBase64url(authenticatorData),
  clientData: toBase64url(clientData),
  signature: toBase64url(signature),
})

/** Whether this very person touched the passkey, for opening a locked desk. */
export async function isPersonOf({ person, roster }: Shift, challenge: Bytes, assertion: Assertion): Promise<boolean> {
  const { deskOrigin: origin, rpId } = roster
  return (await checkAssertion(assertion, { challenge, origin, rpId, passkeys: person.passkeys })).ok
}

/** A colleague to whom a talk may be handed: checked as a visitor's page checks a counsellor. */
export type Colleague = { sid: string; shiftId: Bytes; kemPub: Bytes; state: OnShift['state']; langs: string[] }

export async function readColleagues(shifts: readonly OnShift[], roster: Roster, now: EpochSeconds): Promise<Colleague[]> {
  const opened = await Promise.all(
    shifts.map(async ({ state, certificate, ...answer }) => {
      const { authenticatorData, clientData, signature } = answer
      const assertion = {
        authenticatorData: bytesOf(authenticatorData),
        clientData: bytesOf(clientData),
        signature: bytesOf(signature),
      }
      const shift = await openShift({ certificate: bytesOf(certificate), assertion }, roster, now)
      if (!shift.ok) return []
      const { sid, shiftId, kemPub, person } = shift.value
      return [{ sid, shiftId, kemPub, state, langs: person.langs }]
    }),
  )
  return opened.flat()
}
