/**
 * How the keys of the days come and go. A key seals new rows only during its own day (UTC) and is destroyed two days after that day has
 * ended, one of the long class four days after; what it sealed is then gone, in every copy of the database. Tomorrow's is written today,
 * so that midnight interrupts nobody. Whoever keeps the text (a file, a secret) writes over it; there is no other place.
 */
import { toBase64url } from './bytes.ts'
import { DAY_SECONDS, type Day, dayOf } from './keyring.ts'

/** The short class: rows that live up to 47 hours. */
const KEPT_AFTER_DAY_SECONDS = 48 * 60 * 60
/** The long class: rows that live up to 72 hours. */
const LONG_KEPT_AFTER_DAY_SECONDS = 96 * 60 * 60
const KEY_BYTES = 32

/** base64url; see `ringFromJson`. A day past the short class keeps only `long`. */
export type KeptKeys = Record<string, { id?: string; wrap?: string; long?: string }>

const random = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)))

/**
 * Today's and tomorrow's keys, those kept from before, and none past its limit. Keys of days further off are nobody's: a clock was wrong.
 *
 * @param now  epoch seconds
 */
export function turn(keys: KeptKeys, now: number): KeptKeys {
  const today = dayOf(now)
  const turned: KeptKeys = {}
  for (const [day, kept] of Object.entries(keys)) {
    const left = Number(day) <= today + 1 ? leftOf(kept, Number(day), now) : {}
    if (Object.keys(left).length > 0) turned[day] = left
  }
  for (const day of [today, today + 1]) {
    const { id, wrap, long } = turned[day] ?? {}
    turned[day] = { id: id ?? random(), wrap: wrap ?? random(), long: long ?? random() }
  }
  return turned
}

/** What of a day's keys may still be there. */
function leftOf(kept: unknown, day: Day, now: number): KeptKeys[string] {
  const { id, wrap, long } = (kept ?? {}) as KeptKeys[string]
  const livesUntil = (seconds: number): boolean => (day + 1) * DAY_SECONDS + seconds > now
  return {
    ...(isKey(id) && isKey(wrap) && livesUntil(KEPT_AFTER_DAY_SECONDS) && { id, wrap }),
    ...(isKey(long) && livesUntil(LONG_KEPT_AFTER_DAY_SECONDS) && { long }),
  }
}

/** The text of now, from the text of before. One that cannot be read is begun anew: its rows are gone, and nothing else happens. */
export const turned = (text: string, now: number): string => JSON.stringify(turn(read(text), now))

const isKey = (key: unknown): key is string => typeof key === 'string' && /^[\w-]{43}$/.test(key)

function read(text: string): KeptKeys {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as KeptKeys) : {}
  } catch {
    return {}
  }
}
