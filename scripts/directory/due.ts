/**
 * Whom to ring, in which order, and what to ask: the call sheet as data. Pure; the day is an argument. How it is printed is
 * `sheet.ts`, where the counts come from `counts.ts`.
 */
import { isConfirmed, levelOf } from '../../guide/services.ts'
import type { Service } from '../../schema/content.ts'

/** `not-shown`: the record is not published, so nobody is waiting for its number. */
export type Why = 'did-not-answer' | 'national-never' | 'due-again' | 'local-never' | 'not-shown'

/** How often a visitor said "it did not answer", by service id, and on which day (`2026-11-22`). */
export type NoAnswer = { id: string; on: string; times: number }

export type DuePhone = { number: string; note: string | null; shown: boolean }

export type Due = {
  id: string
  name: string
  why: Why
  /** Times somebody said that it did not answer since it was last confirmed. */
  times: number
  confirmedOn: string | null
  areas: string[]
  /** A place only editors know: nothing but its lines is told, and nothing of it is asked. */
  confidential: boolean
  published: boolean
  phones: DuePhone[]
  channels: { type: string; value: string; shown: boolean }[]
  via: { id: string; name: string; numbers: string[] }[]
  ask: { about: Ask; recorded: string }[]
  notes: string
}

export const ASKS = ['answers', 'hours', 'free', 'anonymous', 'languages', 'serves', 'write', 'tells-police'] as const
export type Ask = (typeof ASKS)[number]

const ORDER: Why[] = ['did-not-answer', 'national-never', 'due-again', 'local-never', 'not-shown']

/** @param today `2026-11-22`
 *  @param defaultLines through which a local record without a way in is reached */
export function due(services: Service[], noAnswer: NoAnswer[], defaultLines: string[], today: string): Due[] {
  const byId = new Map(services.map((service) => [service.id, service]))
  const reliedOn = (id: string) => services.filter((one) => one.contact_via.includes(id)).length
  const list = services.flatMap((service): Due[] => {
    const times = timesSince(noAnswer, service)
    const why = reasonFor(service, times, today)
    return why === null ? [] : [entry(service, why, times, byId, defaultLines)]
  })
  const firstLine = ({ id }: Due) => Number(defaultLines.includes(id))
  return list.sort(
    (a, b) =>
      ORDER.indexOf(a.why) - ORDER.indexOf(b.why) ||
      b.times - a.times ||
      (a.why === 'due-again' ? compare(a.confirmedOn ?? '', b.confirmedOn ?? '') : 0) ||
      (a.why === 'national-never' ? firstLine(b) - firstLine(a) || reliedOn(b.id) - reliedOn(a.id) : 0) ||
      compare(a.areas[0] ?? '', b.areas[0] ?? '') ||
      compare(a.id, b.id),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What was said before somebody rang, or on that day, is answered by the ringing. */
const timesSince = (noAnswer: NoAnswer[], { id, verified }: Service): number =>
  noAnswer.filter((one) => one.id === id && (verified === null || one.on > verified.on)).reduce((sum, { times }) => sum + times, 0)

const isNational = ({ areas }: Service): boolean => areas.some((code) => levelOf(code) === 'country')

function reasonFor(service: Service, times: number, today: string): Why | null {
  if (service.publish === 'no') return service.verified === null ? 'not-shown' : null
  if (times > 0) return 'did-not-answer'
  const confirmedOn = service.verified?.on ?? null
  if (confirmedOn === null) return isNational(service) ? 'national-never' : 'local-never'
  return isConfirmed({ confirmedOn, areas: service.areas }, new Date(`${today}T00:00Z`)) ? null : 'due-again'
}

function entry(service: Service, why: Why, times: number, byId: Map<string, Service>, defaultLines: string[]): Due {
  const confidential = service.place_confidential
  const ownWays = !confidential && (service.phones.length > 0 || service.channels.length > 0)
  const lines = service.contact_via.length > 0 ? service.contact_via : ownWays || isNational(service) ? [] : defaultLines
  return {
    id: service.id,
    name: service.name.uk ?? service.name.ru ?? service.name.en ?? service.id,
    why,
    times,
    confirmedOn: service.verified?.on ?? null,
    areas: service.areas,
    confidential,
    published: service.publish !== 'no',
    phones: confidential ? [] : service.phones.map(({ number, note, show }) => ({ number, note, shown: show })),
    channels: confidential
      ? []
      : service.channels.flatMap(({ type, value, show }) => value.map((one) => ({ type, value: one, shown: show }))),
    via: lines.flatMap((id) => viaOf(byId.get(id))),
    ask: ASKS.map((about) => ({ about, recorded: recorded(service, about) })),
    notes: service.notes,
  }
}

const viaOf = (line: Service | undefined): Due['via'] =>
  line ? [{ id: line.id, name: line.name.uk ?? line.id, numbers: line.phones.filter(({ show }) => show).map(({ number }) => number) }] : []

const NOT_KNOWN = 'not known'

const threeWay = (value: boolean | null): string => (value === null ? NOT_KNOWN : value ? 'yes' : 'no')

/** What the record says now, so that whoever rings sees at once what is missing and what to hear confirmed. */
function recorded(service: Service, about: Ask): string {
  const answers: Record<Ask, () => string> = {
    answers: () => (service.verified === null ? NOT_KNOWN : `yes, on ${service.verified.on}`),
    hours: () => service.hours_text ?? NOT_KNOWN,
    free: () => threeWay(service.free),
    anonymous: () => threeWay(service.anonymous),
    languages: () => service.languages?.join(', ') || NOT_KNOWN,
    serves: () => service.serves.join(', ') || NOT_KNOWN,
    write: () => threeWay(service.write),
    'tells-police': () => threeWay(service.tells_police),
  }
  return answers[about]()
}
