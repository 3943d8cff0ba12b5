/** What a card says of a service: every field in words, the unknown ones too. Which services, in which order, is `services.ts`. */
import type { Hours } from '../schema/content.ts'
import { DAYS, type Day } from '../schema/terms.ts'
import type { Phone, Service, Words } from './guide.ts'
import { alwaysOpen } from './hours.ts'
import { phoneText } from './phones.ts'
import { month, say } from './say.ts'
import type { Offer } from './services.ts'

export type CardPhone = { tel: string; text: string }

export type Card = {
  id: string
  /** What is sent when somebody says that it did not answer. */
  code: number
  name: string
  /** Where it reaches, and whether it answers now. */
  reach: string
  answers: 'yes' | 'no' | 'unknown'
  answersText: string
  what: string
  whom: string
  phones: CardPhone[]
  channels: { text: string; href: string | null }[]
  /** Lines to ask, when it has no number of its own or is reached through them. */
  via: { name: string; phones: CardPhone[] }[]
  cautions: string[]
  /** Label and value: hours, cost, languages, anonymity, writing, police, address. */
  details: [string, string][]
  /** Month of the source, and whether anybody here rang. */
  checked: string
}

export function card(words: Words, offer: Offer): Card {
  const { service } = offer
  const known = (table: Record<string, string>, ids: string[]) => ids.map((id) => table[id] ?? id).join(', ')
  return {
    id: service.id,
    code: service.code,
    name: service.name,
    reach: say(words, offer.within ? 'coversWithin' : `covers.${offer.covers}`),
    answers: offer.answersNow,
    answersText: say(words, `answers.${offer.answersNow}`),
    what: known(words.offers, service.offers) || (words.kinds[service.kind] ?? ''),
    whom: known(words.serves, service.serves) || say(words, 'notKnown'),
    phones: service.phones.map(phone),
    channels: service.channels.map(({ type, value }) => ({ text: value, href: linkOf(type, value) })),
    via: offer.via.map((line) => ({ name: line.short ?? line.name, phones: line.phones.slice(0, 1).map(phone) })),
    cautions: service.cautions.map((id) => words.cautions[id] ?? '').filter((caution) => caution !== ''),
    details: details(words, service),
    checked: checked(words, offer),
  }
}

/** A service's code as it is sent: each as long as any other. */
export const sentCode = (code: number): string => String(code).padStart(4, '0')

const phone = (one: Phone): CardPhone => ({ tel: one.number, text: phoneText(one) })

const linkOf = (type: string, value: string): string | null =>
  value.startsWith('https://') ? value : type === 'telegram' && value.startsWith('@') ? `https://t.me/${value.slice(1)}` : null

function details(words: Words, service: Service): [string, string][] {
  const threeWay = (key: string, value: boolean | null): [string, string] => [
    say(words, key),
    say(words, value === null ? 'notKnown' : `${key}.${value ? 'yes' : 'no'}`),
  ]
  const rows: [string, string][] = [
    [say(words, 'hours'), hoursText(words, service.hours)],
    threeWay('cost', service.free),
    [say(words, 'languages'), service.languages?.map((code) => say(words, `language.${code}`)).join(', ') || say(words, 'notKnown')],
    threeWay('anonymous', service.anonymous),
    threeWay('write', service.write),
    threeWay('tellsPolice', service.tellsPolice),
  ]
  if (service.address !== null) rows.push([say(words, 'address'), service.address])
  return rows
}

export function hoursText(words: Words, hours: Hours): string {
  if (hours === null) return say(words, 'notKnown')
  const spans = alwaysOpen(hours)
    ? say(words, 'hours.always')
    : hours.open.map(({ days, from, to }) => `${daysText(words, days)} ${from}–${to}`).join('; ')
  return hours.as_of ? say(words, 'hours.asOf', { hours: spans, month: month(words, hours.as_of) }) : spans
}

/** Three days or more in a row are told as a span, others one by one: Monday, Wednesday and Friday are not "Mon–Fri". */
function daysText(words: Words, days: Day[]): string {
  if (days.length === DAYS.length) return say(words, 'day.every')
  const numbers = days.map((day) => DAYS.indexOf(day)).sort((a, b) => a - b)
  const runs: number[][] = []
  for (const day of numbers) {
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const named = (day: number | undefined) => say(words, `day.${DAYS[day ?? 0]}`)
  return runs.map((run) => (run.length > 2 ? `${named(run[0])}–${named(run.at(-1))}` : run.map(named).join(', '))).join(', ')
}

function checked(words: Words, { service, confirmed, old }: Offer): string {
  if (service.confirmedOn !== null)
    return say(words, confirmed ? 'confirmedOn' : 'confirmedLongAgo', { month: month(words, service.confirmedOn) })
  const said = service.sourceOn
    ? say(words, 'sourceOf', { month: month(words, service.sourceOn) })
    : say(words, 'sourceUndated', { month: month(words, service.readOn) })
  return old ? `${said} ${say(words, 'sourceOld')}` : said
}
