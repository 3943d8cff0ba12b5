/** What a root signs besides rosters: invitations to enrol, and its own question who has enrolled. */
import { type Bytes, utf8 } from '../bytes.ts'
import { lp } from './kdf.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { type EpochSeconds, isCount, isText, json, type Trust } from './roster.ts'
import { sign, verify } from './sign.ts'

/** One person may make one passkey with it, once. `token`: 22 characters of base64url that make it this one invitation. */
export type Invitation = { org: string; sid: string; notAfter: EpochSeconds; token: string }

export const writeInvitation = ({ org, sid, notAfter, token }: Invitation): Bytes =>
  utf8(JSON.stringify({ v: 1, org, sid, notAfter, token }))

const invitationBytes = (bytes: Bytes): Bytes => lp('h1 invitation', bytes)
const askBytes = (org: string, time: EpochSeconds): Bytes => lp('h1 enrolled', org, time)

export const signInvitation = (key: CryptoKey, bytes: Bytes): Promise<Bytes> => sign(key, invitationBytes(bytes))
export const signAsk = (key: CryptoKey, org: string, time: EpochSeconds): Promise<Bytes> => sign(key, askBytes(org, time))

/** One root is enough: an invitation lets nobody in before a roster names the passkey. */
export async function openInvitation(bytes: Bytes, signature: Bytes, trust: Trust, now: EpochSeconds): Promise<Opened<Invitation>> {
  if (!(await isOfRoot(trust, invitationBytes(bytes), signature))) return refuse('forged')
  const value = json(bytes)
  if (value?.v !== 1) return refuse(value === null ? 'shape' : 'version')
  const { org, sid, notAfter, token } = value
  if (!isText(org) || !isText(sid) || !isText(token) || !isCount(notAfter)) return refuse('shape')
  if (org !== trust.org) return refuse('forged')
  return now < notAfter ? opened({ org, sid, notAfter, token }) : refuse('not-now')
}

/** @param time  of the asking script's clock; the caller compares it with its own */
export const isAskOfRoot = (trust: Trust, time: EpochSeconds, signature: Bytes): Promise<boolean> =>
  isOfRoot(trust, askBytes(trust.org, time), signature)

async function isOfRoot({ roots }: Trust, bytes: Bytes, signature: Bytes): Promise<boolean> {
  const answers = await Promise.all(roots.map((root) => verify(root, bytes, signature)))
  return answers.includes(true)
}
