/**
 * Who fits this need, place and hour: the filter and the order of services. Pure; the day and hour are arguments.
 *
 * First who meets the need, or is a line that leads to it. Then the nearest cover: her own hromada, brigades and lines that
 * cover it, oblast, country. Within each: confirmed, answers now, newer source. What a card then shows is `view.ts`.
 */
import type { Country, Need } from '../schema/terms.ts'
import { ancestors } from './area-codes.ts'
import type { Directory, House, Service, ServiceId } from './guide.ts'
import { type Answers, openAt } from './hours.ts'
import type { Situation } from './situation.ts'

export type Cover = 'hromada' | 'raion' | 'oblast' | 'country'

export type Offer = {
  service: Service
  covers: Cover
  /** Of the country she lives in while abroad: nearer than anything at home. */
  here: boolean
  /** Inside the area she named, but not known to serve all of it. */
  within: boolean
  answersNow: Answers
  confirmed: boolean
  /** No confirmation and no source younger than four years: shown only because nothing else meets the need. */
  old: boolean
  /** Lines through which it is reached; the way in when it has no number of its own. */
  via: Service[]
}

/** A confirmation is due again after so many days. */
export const DUE_DAYS = { national: 90, local: 180 } as const

/** A source older than this, unconfirmed, is shown only when nothing else meets the need. */
export const OLD_YEARS = 4

/** `host`: the hosting country she lives in; its lines come before those of home. */
export type Question = { need: Need; area: string | null; at: Date; situation?: Situation; host?: string }

export function servicesFor(directory: Directory, house: Pick<House, 'defaultLines'>, question: Question): Offer[] {
  const byId = new Map(directory.services.map((service) => [service.id, service]))
  const offers = directory.services.flatMap((service): Offer[] => {
    if (!fits(service, question)) return []
    const cover = hostCover(service, question.host) ?? coverOf(service, question.area ?? directory.country)
    if (cover === null) return []
    const via = viaLines(service, cover.covers, byId, house.defaultLines, question.situation)
    if (service.phones.length === 0 && service.channels.length === 0 && via.length === 0) return []
    const confirmed = isConfirmed(service, question.at)
    return [
      {
        service,
        ...cover,
        answersNow: answersNow(service, directory.country, question.at, confirmed),
        confirmed,
        old: !confirmed && isOld(service, question.at),
        via,
      },
    ]
  })
  const here = offers.filter((offer) => offer.here)
  const home = offers.filter((offer) => !offer.here)
  return [here, home].flatMap((ones) => freshest(ones, question.need)).sort(byOrder(question.need, house.defaultLines))
}

/**
 * Without what is old, as far as something else meets the need and can be reached itself. A line of home does not replace one of
 * the country she lives in.
 */
function freshest(offers: Offer[], need: Need): Offer[] {
  const fresh = offers.filter((offer) => !offer.old)
  const meets = ({ service }: Offer) => service.needs.includes(need) && service.phones.length + service.channels.length > 0
  return fresh.some(meets) ? fresh : offers
}

const fits = (service: Service, { need, situation }: Question): boolean =>
  (service.needs.includes(need) || service.leadsTo.includes(need)) && !(situation && service.never.includes(situation))

const LEVELS: Record<number, Cover> = { 2: 'country', 4: 'oblast', 6: 'raion', 9: 'hromada' }

/** `UA`, `UA18`, `UA1802`, `UA1802015`; `KZ-61` and `kz.61.54` have their own shapes. */
export function levelOf(code: string): Cover {
  if (/^[a-z]{2}\./.test(code)) return 'raion'
  if (code.includes('-')) return 'oblast'
  return LEVELS[code.length] ?? 'hromada'
}

function hostCover(service: Service, host: string | undefined): Reach | null {
  const isHere = host !== undefined && service.areas.includes(host)
  return isHere ? { covers: 'country', here: true, within: false } : null
}

type Reach = Pick<Offer, 'covers' | 'here' | 'within'>

/** The narrowest of a service's areas that holds the place; else one that lies inside it, unless the place is the whole country. */
function coverOf(service: Service, area: string): Reach | null {
  const chain = [area, ...ancestors(area)]
  const holding = chain.find((code) => service.areas.includes(code))
  if (holding !== undefined) return { covers: levelOf(holding), here: false, within: false }
  if (levelOf(area) === 'country') return null
  const inside = service.areas.find((code) => ancestors(code).includes(area))
  return inside === undefined ? null : { covers: levelOf(inside), here: false, within: true }
}

/** Its own lines that may be shown here, or the country's default lines when a local record has no way in at all. */
function viaLines(
  service: Service,
  covers: Cover,
  byId: Map<ServiceId, Service>,
  defaultLines: ServiceId[],
  situation: Situation | undefined,
): Service[] {
  const reachable = (ids: ServiceId[]) =>
    ids.flatMap((id) => {
      const line = byId.get(id)
      return line && (line.phones.length > 0 || line.channels.length > 0) && !(situation && line.never.includes(situation)) ? [line] : []
    })
  const own = reachable(service.via)
  if (own.length > 0 || service.phones.length > 0 || service.channels.length > 0 || covers === 'country') return own
  return reachable(defaultLines)
}

/** Only what is confirmed, or published without caution, is said to answer or not; the rest is not known. */
function answersNow(service: Service, country: Country, at: Date, confirmed: boolean): Answers {
  return (confirmed || service.vouched) && service.phones.length > 0 ? openAt(service.hours, country, at) : 'unknown'
}

const DAY_MS = 24 * 60 * 60 * 1000

/** `2024`, `2024-11` and `2024-11-22` as the first day they may mean, in milliseconds since 1970. */
const dayOf = (date: string): number => Date.parse(`${date}${'-01-01'.slice(0, 10 - date.length)}`)

export function isConfirmed(service: Pick<Service, 'confirmedOn' | 'areas'>, at: Date): boolean {
  if (service.confirmedOn === null) return false
  const days = service.areas.some((code) => levelOf(code) === 'country') ? DUE_DAYS.national : DUE_DAYS.local
  return at.getTime() - dayOf(service.confirmedOn) < (days + 1) * DAY_MS
}

/** A source without a date carries the day it was read. */
export function isOld(service: Pick<Service, 'sourceOn' | 'readOn'>, at: Date): boolean {
  const limit = new Date(at)
  limit.setUTCFullYear(limit.getUTCFullYear() - OLD_YEARS)
  return dayOf(service.sourceOn ?? service.readOn) < limit.getTime()
}

const NEARNESS: Record<Cover, number> = { hromada: 0, raion: 1, oblast: 3, country: 5 }
const BRIGADE_OR_LINE = 2
const WITHIN = 4
const HERE = -1

function nearness({ service, covers, here, within }: Offer): number {
  if (here) return HERE
  if (within) return WITHIN
  if (covers === 'oblast' && (service.kind === 'mobile-brigade' || service.kind === 'hotline')) return BRIGADE_OR_LINE
  return NEARNESS[covers]
}

const WILLINGNESS: Record<Answers, number> = { yes: 0, unknown: 1, no: 2 }

/** Among equals who meets the need stands before who leads to it. */
function byOrder(need: Need, firstLines: ServiceId[]): (a: Offer, b: Offer) => number {
  const wanted = (offer: Offer) => (firstLines.includes(offer.service.id) ? firstLines.indexOf(offer.service.id) : firstLines.length)
  return (a, b) =>
    nearness(a) - nearness(b) ||
    Number(b.confirmed) - Number(a.confirmed) ||
    WILLINGNESS[a.answersNow] - WILLINGNESS[b.answersNow] ||
    compare(b.service.sourceOn ?? '', a.service.sourceOn ?? '') ||
    Number(b.service.needs.includes(need)) - Number(a.service.needs.includes(need)) ||
    wanted(a) - wanted(b) ||
    compare(a.service.id, b.service.id)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
