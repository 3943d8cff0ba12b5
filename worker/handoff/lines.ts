/** The lines of talks, as the rest of the server reaches them. A line that cannot be reached is told later: both ends ask again by themselves. */
import { toBase64url } from '../../crypto/bytes.ts'
import type { Who } from './ends.ts'
import type { Done, Found } from './handoff.ts'
import type { TalkLine } from './line.ts'
import { WHO } from './line.ts'

export type Lines = DurableObjectNamespace<TalkLine>

const lineOf = (lines: Lines, { name }: Pick<Found, 'name'>) => lines.getByName(toBase64url(name.tag))

export async function tell(lines: Lines, { found, effects }: Done): Promise<void> {
  if (effects.length > 0)
    await lineOf(lines, found)
      .news(found, effects)
      .catch(() => {})
}

export async function tellQuiet(lines: Lines, found: Found, holder: string): Promise<void> {
  await lineOf(lines, found)
    .quiet(holder)
    .catch(() => {})
}

export const exchangeOn = (lines: Lines, found: Found, who: Who, frames: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>[]> =>
  lineOf(lines, found).exchange(who, frames)

export const socketOn = (lines: Lines, found: Found, who: Who): Promise<Response> =>
  lineOf(lines, found).fetch('https://line/', { headers: { Upgrade: 'websocket', [WHO]: JSON.stringify(who) } })
