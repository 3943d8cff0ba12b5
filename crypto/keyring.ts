/** The keys of each day. They live outside the database and are destroyed after it; a missing key means that its rows are gone. */
import { type Bytes, fromBase64url } from './bytes.ts'

/** Whole days since 1970, UTC. */
export type Day = number

export const DAY_SECONDS = 24 * 60 * 60

export const dayOf = (epochSeconds: number): Day => Math.floor(epochSeconds / DAY_SECONDS)

/** `id` names rows, `wrap` seals them; 32 bytes each. */
export type DayKeys = { id: Bytes; wrap: Bytes }

export interface KeyRing {
  /** @returns null when there are no keys for that day, or no longer */
  keysFor(day: Day): Promise<DayKeys | null>
}

const KEY_BYTES = 32

/**
 * Keys as the key keeper writes them: `{"20779": {"id": "…", "wrap": "…"}}`, base64url.
 *
 * @returns null when the text is no such list; one misshapen day is left out, as if its keys were gone
 */
export function ringFromJson(text: string): KeyRing | null {
  const days = new Map<Day, DayKeys>()
  const read = parsed(text)
  if (read === null) return null
  for (const [day, keys] of Object.entries(read)) {
    const found = /^\d{1,6}$/.test(day) ? dayKeys(keys) : null
    if (found !== null) days.set(Number(day), found)
  }
  return days.size === 0 ? null : { keysFor: async (day) => days.get(day) ?? null }
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function dayKeys(value: unknown): DayKeys | null {
  if (typeof value !== 'object' || value === null) return null
  const { id, wrap } = value as Record<string, unknown>
  const [a, b] = [id, wrap].map((key) => (typeof key === 'string' ? fromBase64url(key) : null))
  return a?.length === KEY_BYTES && b?.length === KEY_BYTES ? { id: a, wrap: b } : null
}
