/** What a step shows, as data: the same for every channel. Lists of services are `cards.ts`; drawing is the channel's. */
import { choicesAt, type Position } from './engine.ts'
import type { ChoiceId, Guide, House, Phone, Service, ServiceId, StepId, Words } from './guide.ts'
import { written } from './phones.ts'
import { fill, month, type Part, parts, say } from './say.ts'
import { situationOf } from './situation.ts'

/** One country in one language, ready to be shown. `line` knows the services whose numbers the steps show. */
export type Book = {
  guide: Guide
  words: Words
  house: House
  line: (id: ServiceId) => Line | undefined
}

/** What a screen needs of a service to show its number. */
export type Line = Pick<Service, 'name' | 'short' | 'phones' | 'never'>

export type Inline = string | { tel: string; text: string }

export type Call = { id: ServiceId; tel: string; text: string; name: string }

export type View = {
  step: StepId
  title: string
  text: Inline[][]
  hope: Inline[]
  calls: Call[]
  /** All its numbers are of no use where she is: the way to those that are stands in their place. */
  callsElsewhere: boolean
  care: { name: string; text: string }[]
  choices: { id: ChoiceId; label: string }[]
  /** General advice, not yet confirmed by a practitioner here. */
  general: boolean
  /** Law or practice the words rest on, each with its date. */
  sources: string[]
  quiet: boolean
  canGoBack: boolean
}

/** @param at a position whose step exists; `engine.recover` makes one of anything */
export function show(book: Book, at: Position): View {
  const { guide, words } = book
  const step = guide.steps[at.step] ?? { choices: [] }
  const said = words.steps[at.step] ?? { title: '', text: [] }
  const calls = (step.call ?? []).flatMap((id) => callOf(book, at, id))
  return {
    step: at.step,
    title: fill(said.title, houseValues(book)),
    text: said.text.map((paragraph) => inline(book, at, paragraph)),
    hope: said.hope ? inline(book, at, said.hope) : [],
    calls,
    callsElsewhere: calls.length === 0 && step.call !== undefined && situationOf(at.answers) === 'abroad',
    care: (step.care ?? []).map((id) => careLine(book, id, at)),
    choices: choicesAt(step, at).map(({ id }) => ({ id, label: said.choices?.[id] ?? words.choices[id] ?? id })),
    general: step.general === true,
    sources: (step.cards ?? []).map((card) => citation(book, card)),
    quiet: step.quiet === true,
    canGoBack: at.trail.length > 0,
  }
}

function callOf(book: Book, at: Position, id: ServiceId): Call[] {
  const line = book.line(id)
  const phone = line && phoneOf(line, at)
  return line && phone ? [{ id, tel: phone.number, text: written(phone.number), name: line.short ?? line.name }] : []
}

/** The number to show here: none where it is another service abroad, or where a call is watched. */
function phoneOf(line: Line, at: Position): Phone | undefined {
  const situation = situationOf(at.answers)
  if (situation !== undefined && line.never.includes(situation)) return undefined
  return situation === 'abroad' ? (line.phones.find(({ number }) => number.startsWith('+')) ?? line.phones[0]) : line.phones[0]
}

/** A number that may not be shown here leaves the line's name in its place. */
function inline(book: Book, at: Position, text: string): Inline[] {
  return parts(text).map((part: Part): Inline => {
    if (typeof part === 'string') return part
    if (!part.token.startsWith('tel:')) return fill(`{{${part.token}}}`, houseValues(book))
    const line = book.line(part.token.slice(4))
    const phone = line && phoneOf(line, at)
    return phone ? { tel: phone.number, text: written(phone.number) } : (line?.short ?? line?.name ?? '')
  })
}

function houseValues({ house, words }: Book): Record<string, string> {
  return { organisation: house.name, addresses: [...house.site, ...house.bot].join(', ') || say(words, 'notListed') }
}

/** Hours since the event, at most, by the tap that told it; a care still possible is said so, never as a reproach. */
const SINCE_HOURS: Record<string, number> = { 'up-to-72h': 72, 'up-to-120h': 120, later: Number.POSITIVE_INFINITY }

function careLine({ guide, words }: Book, id: string, at: Position): { name: string; text: string } {
  const care = guide.care[id]
  const said = words.care[id] ?? { name: id, possible: '', later: '' }
  const since = SINCE_HOURS[at.answers.since ?? ''] ?? 0
  const possible = !care || care.hours === null || since <= care.hours
  return { name: said.name, text: fill(possible ? said.possible : said.later, { hours: care?.hours ?? '' }) }
}

function citation({ guide, words }: Book, card: string): string {
  const date = guide.cards[card]
  const key = date?.dated ? 'citeDated' : 'citeRead'
  return say(words, key, { cite: words.cards[card] ?? card, month: date ? month(words.language, date.on) : '' })
}
