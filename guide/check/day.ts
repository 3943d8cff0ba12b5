/** Days as text, `2026-11-22`, and the few sums the check needs. No clock: today is always an argument. */

/** Days since 1 March of year 0 in the proleptic Gregorian calendar; only differences mean anything. A partial date counts from its first day. */
export function dayNumber(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const y = month < 3 ? year - 1 : year
  const m = month < 3 ? month + 9 : month - 3
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day
}

export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** Whether `today` lies after a last day, which may be a whole month or year. */
export const isPast = (last: string, today: string): boolean => today.slice(0, last.length) > last
