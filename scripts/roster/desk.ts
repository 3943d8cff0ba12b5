/** What the roster's script asks of a desk: to publish, and who has enrolled; and the link that invites somebody. */
import { random, toBase64url } from '../../crypto/bytes.ts'
import { signAsk, signInvitation, writeInvitation } from '../../crypto/talk/root.ts'
import type { SigningKeys } from '../../crypto/talk/sign.ts'
import type { DeskAnswer } from '../../schema/desk-api.ts'
import { DESK_PATH } from '../../schema/paths.ts'
import type { SignedText } from './draft.ts'
import { RosterError } from './root.ts'

/** How a desk is reached: `fetch`, or the local server's own. */
export type Reach = (url: string, init: { method: string; body: string }) => Promise<{ json(): Promise<unknown> }>

async function ask(reach: Reach, desk: string, body: object): Promise<DeskAnswer> {
  const url = new URL(DESK_PATH, desk).href
  try {
    return (await (await reach(url, { method: 'POST', body: JSON.stringify(body) })).json()) as DeskAnswer
  } catch {
    throw new RosterError(`${url} does not answer as a desk does.`)
  }
}

/** What a desk says when it does not take a roster. */
const WHY: Record<string, string> = {
  forged: 'too few of the roots in organisation.toml have signed it',
  'not-now': 'it is older than the one there, or out of date; sign it anew',
  unavailable: 'there are no keys of the day, or no roots in organisation.toml',
}

export async function publishTo(reach: Reach, desk: string, roster: SignedText): Promise<void> {
  const answer = await ask(reach, desk, { ask: 'publish', roster })
  if (!answer.ok) throw new RosterError(`The desk did not take the roster: ${WHY[answer.reason] ?? answer.reason}.`)
}

/** @param now  epoch seconds */
export async function enrolledAt(
  reach: Reach,
  desk: string,
  org: string,
  root: SigningKeys,
  now: number,
): Promise<{ sid: string; passkey: string }[]> {
  const signature = toBase64url(await signAsk(root.privateKey, org, now))
  const answer = await ask(reach, desk, { ask: 'enrolled', time: now, signature })
  if (!answer.ok || !('enrolled' in answer)) throw new RosterError('The desk does not know this root.')
  return answer.enrolled
}

const INVITED_SECONDS = 47 * 60 * 60

/** A link for one person, once. What it carries stands behind `#`, which no browser sends to anybody. */
export async function invite(desk: string, org: string, sid: string, root: SigningKeys, now: number): Promise<string> {
  const invitation = writeInvitation({ org, sid, notAfter: now + INVITED_SECONDS, token: toBase64url(random(16)) })
  const signature = await signInvitation(root.privateKey, invitation)
  return `${new URL('/', desk).href}#${toBase64url(invitation)}.${toBase64url(signature)}`
}
