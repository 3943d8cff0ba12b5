/**
 * The bot's daily keys on this machine, in one file that only its owner may read (`.data/keys.json`).
 *
 * A key seals new rows only during its own day (UTC) and is destroyed two days after that day has ended; what it sealed is then
 * gone, in every copy of the database. Tomorrow's is written today, so that midnight interrupts nobody.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const DAY_SECONDS = 24 * 60 * 60
/** The short class: rows that live up to 47 hours. */
const KEPT_AFTER_DAY_SECONDS = 48 * 60 * 60
const KEY_BYTES = 32

type DayKeys = { id: string; wrap: string }
type Keys = Record<string, DayKeys>

const dayOf = (now: number): number => Math.floor(now / DAY_SECONDS)
const diesAt = (day: number): number => (day + 1) * DAY_SECONDS + KEPT_AFTER_DAY_SECONDS
const random = (): string => randomBytes(KEY_BYTES).toString('base64url')

/** Today's and tomorrow's keys, those kept from before, and none past its limit. Keys of days further off are nobody's: a clock was wrong. */
export function turn(keys: Keys, now: number): Keys {
  const today = dayOf(now)
  const kept = Object.entries(keys).filter(([day, pair]) => isKey(pair) && diesAt(Number(day)) > now && Number(day) <= today + 1)
  const turned: Keys = Object.fromEntries(kept)
  for (const day of [today, today + 1]) turned[day] ??= { id: random(), wrap: random() }
  return turned
}

const isKey = (pair: unknown): pair is DayKeys =>
  typeof pair === 'object' && pair !== null && ['id', 'wrap'].every((name) => /^[\w-]{43}$/.test(String((pair as Keys)[name])))

/**
 * The keys of now as the Worker takes them (`BOT_KEYS`), with the file brought up to date. A file that is missing or unreadable is
 * begun anew: its rows are gone, and nothing else happens.
 *
 * @param now  epoch seconds
 */
export function keysFile(path: string, now: number): string {
  let before = ''
  try {
    before = readFileSync(path, 'utf8')
  } catch {
    // The first start.
  }
  const text = JSON.stringify(turn(read(before), now))
  if (text === before) {
    chmodSync(path, 0o600)
    return text
  }
  mkdirSync(dirname(path), { recursive: true })
  // Written beside and moved over it: a start that is cut short leaves the old file whole.
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return text
}

function read(text: string): Keys {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Keys) : {}
  } catch {
    return {}
  }
}
