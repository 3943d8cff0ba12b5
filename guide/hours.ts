/** Does a service answer at this moment? Hours are the country's own; a span is half-open and may run past midnight. */
import type { Hours } from '../schema/content.ts'
import type { Country } from '../schema/terms.ts'

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
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const DAY_MINUTES = 24 * 60

/** Day of the week (0 is Monday) and minutes since midnight, in the country, daylight saving included. */
export function localTime(country: Country, at: Date): { day: number; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONES[country],
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
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

/** Round the clock, every day: worth one short word instead of a table. */
export const alwaysOpen = (hours: NonNullable<Hours>): boolean =>
  hours.open.some(
    ({ days, from, to }) => DAYS.every((day) => days.includes(day)) && (minutesOf(to) - minutesOf(from) === DAY_MINUTES || from === to),
  )
