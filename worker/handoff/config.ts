/** What the talk needs from its surroundings. Where something is missing there is no talk, and the pages show numbers to call instead. */

import type { Trust } from '../../crypto/talk/roster.ts'
import { trustFrom } from '../../crypto/talk/trust.ts'
import type { BuiltTalk, TrustText } from '../../schema/api.ts'
import { type RingEnv, ringOf } from '../keys/ring.ts'
import { Handoff } from './handoff.ts'
import { localTrust } from './local-trust.ts'
import { Rows } from './rows.ts'

export type TalkEnv = RingEnv & {
  /** The desk's own address instead of the one in `organisation.toml`: its host is the desk's, every other the visitor's. */
  DESK_ORIGIN?: string
  /** Local server only: the roots of this machine, as JSON (`TrustText`). */
  TALK_TRUST?: string
}

export type TalkConfig = { db: D1Database; rows: Rows; handoff: Handoff; trust: Trust; trustText: TrustText; deskOrigin: string }

/** @returns null when there is no desk, nobody to believe, or no key to seal with */
export function talkConfig(env: Env & TalkEnv, built: BuiltTalk | null): TalkConfig | null {
  const ring = ringOf(env)
  const trustText = trustOf(env, built)
  const deskOrigin = deskOf(env, built)
  if (ring === null || trustText === null || deskOrigin === null) return null
  const rows = new Rows(ring)
  return {
    ...{ db: env.DB, rows, handoff: new Handoff(env.DB, rows) },
    ...{ trust: trustFrom(trustText), trustText, deskOrigin },
  }
}

const deskOf = (env: TalkEnv, built: BuiltTalk | null): string | null => env.DESK_ORIGIN || (built?.desk ?? null)

function trustOf(env: TalkEnv, built: BuiltTalk | null): TrustText | null {
  const local = LOCAL ? localTrust(env) : undefined
  return local === undefined ? (built?.trust ?? null) : local
}

/** Whether a request came to the desk's host. */
export function isDesk(env: TalkEnv, built: BuiltTalk | null, url: string): boolean {
  const desk = deskOf(env, built)
  if (desk === null) return false
  try {
    return new URL(url).host === new URL(desk).host
  } catch {
    return false
  }
}
