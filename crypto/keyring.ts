/** The keys of each day. They live outside the database and are destroyed after it; a missing key means that its rows are gone. */
import { type Bytes, fromBase64url, utf8 } from './bytes.ts'

/** Whole days since 1970, UTC. */
export type Day = number

export const DAY_SECONDS = 24 * 60 * 60

export const dayOf = (epochSeconds: number): Day => Math.floor(epochSeconds / DAY_SECONDS)

/** `id` names rows, `wrap` seals them; 32 bytes each. */
export type DayKeys = { id: Bytes; wrap: Bytes }

/** `short` for rows of up to 47 hours, `long` for those of up to 72. */
export type Life = 'short' | 'long'

export interface KeyRing {
  /** @param life  `short` unless said otherwise  @returns null when there are no keys for that day, or no longer */
  keysFor(day: Day, life?: Life): Promise<DayKeys | null>
}

const KEY_BYTES = 32

type Kept = { short: DayKeys | null; long: Promise<DayKeys> | null }

/**
 * Keys as the key keeper writes them: `{"20779": {"id": "…", "wrap": "…", "long": "…"}}`, base64url. The two long keys come from one, as a
 * secret of the platform holds 1,024 bytes in all.
 *
 * @returns null when the text is no such list; one misshapen day is left out, as if its keys were gone
 */
export function ringFromJson(text: string): KeyRing | null {
  const days = new Map<Day, Kept>()
  const read = parsed(text)
  if (read === null) return null
  for (const [day, keys] of Object.entries(read)) {
    const kept = /^\d{1,6}$/.test(day) ? keptOf(keys) : null
    if (kept !== null) days.set(Number(day), kept)
  }
  return days.size === 0 ? null : { keysFor: async (day, life = 'short') => days.get(day)?.[life] ?? null }
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function keptOf(value: unknown): Kept | null {
  if (typeof value !== 'object' || value === null) return null
  const [id, wrap, long] = ['id', 'wrap', 'long'].map((name) => keyOf((value as Record<string, unknown>)[name]))
  if (!(id && wrap) && !long) return null
  return { short: id && wrap ? { id, wrap } : null, long: long ? longKeys(long) : null }
}

function keyOf(value: unknown): Bytes | null {
  const key = typeof value === 'string' ? fromBase64url(value) : null
  return key?.length === KEY_BYTES ? key : null
}

async function longKeys(long: Bytes): Promise<DayKeys> {
  const base = await crypto.subtle.importKey('raw', long, 'HKDF', false, ['deriveBits'])
  const part = async (info: string): Promise<Bytes> =>
    new Uint8Array(
      await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) }, base, KEY_BYTES * 8),
    )
  return { id: await part('long id'), wrap: await part('long wrap') }
}
