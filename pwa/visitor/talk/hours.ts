/** When people answer, while nobody does: the published hours, told by the clock of the phone she holds. */
import { openAt, openSpans, type Span } from '../../../guide/hours.ts'
import type { TalkHours } from '../../../schema/content.ts'
import { DAYS, type Language } from '../../../schema/terms.ts'
import { type Scene, t } from './scene.ts'

/** The coming week, soonest first, of those who speak her language; of all, when none of them does. One that has begun begins at `at`. */
export function coming(hours: readonly TalkHours[], language: Language, at: Date): Span[] {
  const speaks = hours.filter(({ languages }) => languages?.includes(language) ?? true)
  const theirs = speaks.length > 0 ? speaks : hours
  return openSpans((now) => theirs.some(({ country, ...span }) => openAt({ open: [span] }, country, now) === 'yes'), at)
}

export const clock = (scene: Scene, at: Date): string =>
  at.toLocaleTimeString(scene.words.language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

const dateOf = (at: Date, later = 0): string => new Date(at.getFullYear(), at.getMonth(), at.getDate() + later).toDateString()

function day(scene: Scene, at: Date, now: Date): string {
  if (dateOf(at) === dateOf(now)) return t(scene, 'today')
  return dateOf(at) === dateOf(now, 1) ? t(scene, 'tomorrow') : t(scene, `day.${DAYS[(at.getDay() + 6) % 7]}`)
}

const DAY_MS = 24 * 60 * 60_000

/** No line ends between two hours. */
const JOINED = '\u2060'

/** "tomorrow, 09:00–21:00"; of days on end, the day of the end too. */
export function spanText(scene: Scene, { from, to }: Span, now: Date): string {
  const end = to.getTime() - from.getTime() < DAY_MS ? '' : `${day(scene, to, now)}, `
  return `${day(scene, from, now)}, ${clock(scene, from)}–${JOINED}${end}${clock(scene, to)}`
}
