/** Does a service answer at this moment? Hours are the country's own; a span is half-open and may run past midnight. */
import type { Hours } from '../schema/content.ts'
import { type Country, DAYS } from '../schema/terms.ts'

export type Answers = 'yes' | 'no' | 'unknown'

const ZONES: Record<Country, string> = {
  UA: 'Europe/Kyiv',
  // One zone for the whole country since 1 March 2024.
  KZ: 'Asia/Almaty',
  KG: 'Asia/Bishkek',
  UZ: 'Asia/Tashkent',
  TJ: 'Asia/Dushanbe',
  TM: 'Asia/Ashgabat',
}
const DAY_MINUTES = 24 * 60

const clocks = new Map<Country, Intl.DateTimeFormat>()

/** Making one takes a hundred times as long as reading it. */
function clockOf(country: Country): Intl.DateTimeFormat {
  const made =
    clocks.get(country) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: ZONES[country], weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clocks.set(country, made)
  return made
}

/** Day of the week (0 is Monday) and minutes since midnight, in the country, daylight saving included. */
export function localTime(country: Country, at: Date): { day: number; minutes: number } {
  const parts = clockOf(country).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return {
    day: DAYS.indexOf(part('weekday').toLowerCase().slice(0, 3) as (typeof DAYS)[number]),
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  }
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** By the clock alone; whether the record may be believed is `services.ts`. */
export function openAt(hours: Hours, country: Country, at: Date): Answers {
  if (hours === null) return 'unknown'
  const { day, minutes } = localTime(country, at)
  const yesterday = DAYS[(day + 6) % 7] as (typeof DAYS)[number]
  const today = DAYS[day] as (typeof DAYS)[number]
  const open = hours.open.some(({ days, from, to }) => {
    const start = minutesOf(from)
    const end = minutesOf(to)
    if (end > start) return days.includes(today) && start <= minutes && minutes < end
    return (days.includes(today) && start <= minutes) || (days.includes(yesterday) && minutes < end)
  })
  return open ? 'yes' : 'no'
}

export type Span = { from: Date; to: Date }

/** Every zone we know, and every published span, begins a quarter of an hour. */
const QUARTER_MS = 15 * 60_000
const WEEK_QUARTERS = 7 * 24 * 4

/**
 * When it is open in the week from `at`, soonest first; a span that has begun begins at `at`. The clock is only read, never computed, so
 * the nights when it is moved need no rule. A span longer than what is left of the week ends with it.
 */
export function openSpans(isOpen: (at: Date) => boolean, at: Date): Span[] {
  const spans: Span[] = []
  const first = Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS
  let from: number | null = null
  for (let index = 0; index <= WEEK_QUARTERS; index += 1) {
    const now = first + index * QUARTER_MS
    const open = index < WEEK_QUARTERS && isOpen(new Date(now))
    if (open) from ??= Math.max(now, at.getTime())
    else if (from !== null) {
      spans.push({ from: new Date(from), to: new Date(now) })
      from = null
    }
  }
  return spans
}

/** Round the clock, every day: worth one short word instead of a table. */
export const alwaysOpen = (hours: NonNullable<Hours>): boolean =>
  hours.open.some(
    ({ days, from, to }) => DAYS.every((day) => days.includes(day)) && (minutesOf(to) - minutesOf(from) === DAY_MINUTES || from === to),
  )
