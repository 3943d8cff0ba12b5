/**
 * How the keys of the days come and go. A key seals new rows only during its own day (UTC) and is destroyed two days after that
 * day has ended; what it sealed is then gone, in every copy of the database. Tomorrow's is written today, so that midnight interrupts
 * nobody. Whoever keeps the text (a file, a secret) writes over it; there is no other place.
 */
import { toBase64url } from './bytes.ts'
import { DAY_SECONDS, type Day, dayOf } from './keyring.ts'

/** The short class: rows that live up to 47 hours. */
const KEPT_AFTER_DAY_SECONDS = 48 * 60 * 60
const KEY_BYTES = 32

/** base64url; see `ringFromJson` */
export type KeptKeys = Record<string, { id: string; wrap: string }>

const diesAt = (day: Day): number => (day + 1) * DAY_SECONDS + KEPT_AFTER_DAY_SECONDS
const random = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)))

/**
 * Today's and tomorrow's keys, those kept from before, and none past its limit. Keys of days further off are nobody's: a clock was wrong.
 *
 * @param now  epoch seconds
 */
export function turn(keys: KeptKeys, now: number): KeptKeys {
  const today = dayOf(now)
  const kept = Object.entries(keys).filter(([day, pair]) => isKey(pair) && diesAt(Number(day)) > now && Number(day) <= today + 1)
  const turned: KeptKeys = Object.fromEntries(kept)
  for (const day of [today, today + 1]) turned[day] ??= { id: random(), wrap: random() }
  return turned
}

/** The text of now, from the text of before. One that cannot be read is begun anew: its rows are gone, and nothing else happens. */
export const turned = (text: string, now: number): string => JSON.stringify(turn(read(text), now))

const isKey = (pair: unknown): boolean =>
  typeof pair === 'object' && pair !== null && ['id', 'wrap'].every((name) => /^[\w-]{43}$/.test(String((pair as KeptKeys)[name])))

function read(text: string): KeptKeys {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as KeptKeys) : {}
  } catch {
    return {}
  }
}
