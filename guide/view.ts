/** What a step shows, as data: the same for every channel. Lists of services are `cards.ts`; drawing is the channel's. */
import { choicesAt, type Position } from './engine.ts'
import type { ChoiceId, Guide, House, Phone, Service, ServiceId, StepId, Words } from './guide.ts'
import { exitOf } from './leaving.ts'
import { phoneText } from './phones.ts'
import { fill, month, type Part, parts, say } from './say.ts'
import { hostOf, type Situation, situationOf } from './situation.ts'

/** One country in one language, ready to be shown. `line` knows the services whose numbers the steps show. */
export type Book = {
  guide: Guide
  words: Words
  house: House
  line: (id: ServiceId) => Line | undefined
}

/** What a screen needs of a service to show its number. */
export type Line = Pick<Service, 'name' | 'short' | 'never' | 'host'> & { phones: Omit<Phone, 'note'>[] }

export type Inline = string | { tel: string; text: string }

export type Call = { id: ServiceId; tel: string; text: string; name: string }

export type View = {
  step: StepId
  title: string
  text: Inline[][]
  hope: Inline[]
  calls: Call[]
  /** Where she is, when that took numbers off this screen: a sentence and the way on stand in their place. */
  withheld: Situation | null
  /** A number stands somewhere on it: the warning that calls are listed goes with it. */
  callable: boolean
  care: { name: string; text: string }[]
  choices: { id: ChoiceId; label: string }[]
  /** General advice, not yet confirmed by a practitioner here. */
  general: boolean
  /** Law or practice the words rest on, each with its date. */
  sources: string[]
  quiet: boolean
  /** While no native speaker has read these words, or once what they were translated from has changed. The safe screen says nothing of it. */
  wordsNote: 'unreviewed' | 'stale' | null
  canGoBack: boolean
}

/** The way to another country and language says which country this is: a number of another one would be no help. */
export const settingsLabel = ({ guide, words }: Pick<Book, 'guide' | 'words'>): string =>
  say(words, 'settings', { country: say(words, `country.${guide.country}`) })

/** @param at a position whose step exists; `engine.recover` makes one of anything */
export function show(book: Book, at: Position): View {
  const { guide, words } = book
  const step = guide.steps[at.step] ?? { choices: [] }
  const said = words.steps[at.step] ?? { title: '', text: [] }
  const values = houseValues(book, at)
  const calls = (step.call ?? []).flatMap((id) => callOf(book, at, id))
  const kept = said.text.filter((paragraph) => stands(book, at, paragraph))
  const text = kept.map((paragraph) => inline(book, at, paragraph))
  const hope = said.hope && stands(book, at, said.hope) ? inline(book, at, said.hope) : []
  const missing = calls.length < (step.call ?? []).length || said.text.some((paragraph) => !numbersShown(book, at, paragraph))
  return {
    step: at.step,
    title: fill(said.title, values),
    text,
    hope,
    calls,
    withheld: missing ? (situationOf(at.answers) ?? null) : null,
    callable: calls.length > 0 || [...text, hope].flat().some((one) => typeof one !== 'string'),
    care: (step.care ?? []).map((id) => careLine(book, id, at)),
    choices: choicesAt(step, at).map(({ id }) => ({ id, label: fill(said.choices?.[id] ?? words.choices[id] ?? id, values) })),
    general: step.general === true,
    sources: (step.cards ?? []).map((card) => citation(book, card)),
    quiet: step.quiet === true,
    wordsNote: step.ends === 'safe' ? null : wordsNote(words, at.step),
    canGoBack: at.trail.length > 0,
  }
}

function wordsNote(words: Words, step: StepId): View['wordsNote'] {
  if (words.stale?.includes(step)) return 'stale'
  return words.reviewed?.includes(step) ? null : 'unreviewed'
}

function callOf(book: Book, at: Position, id: ServiceId): Call[] {
  const line = book.line(id)
  const phone = line && phoneOf(line, at)
  return line && phone ? [{ id, tel: phone.number, text: phoneText(phone), name: line.short ?? line.name }] : []
}

/** Short codes and `0 800` numbers are answered in the country alone, or another service answers them; the EU's 112 is kept as such. */
const callableAbroad = (number: string): boolean => number === '112' || (number.startsWith('+') && !number.startsWith('+380800'))

/** The number to show here: none where it is another service abroad, or where a call is watched. */
function phoneOf(line: Line, at: Position): Omit<Phone, 'note'> | undefined {
  const situation = situationOf(at.answers)
  if (situation !== undefined && line.never.includes(situation)) return undefined
  if (situation !== 'abroad' || (line.host !== undefined && line.host === hostOf(at.answers))) return line.phones[0]
  return line.phones.find(({ number }) => callableAbroad(number))
}

const TEL = 'tel:'
/** `{{with:ua-1547}}` shows nothing: its paragraph speaks of that number and stands and falls with it. */
const WITH = 'with:'

const tokens = (text: string): string[] => parts(text).flatMap((part: Part) => (typeof part === 'string' ? [] : part.token))

/** Whether every number a paragraph speaks of may be shown here. */
const numbersShown = (book: Book, at: Position, text: string): boolean =>
  tokens(text).every((token) => {
    const id = token.startsWith(TEL) ? token.slice(TEL.length) : token.startsWith(WITH) ? token.slice(WITH.length) : null
    const line = id === null ? undefined : book.line(id)
    return id === null || (line !== undefined && phoneOf(line, at) !== undefined)
  })

/** A paragraph without its numbers, or about addresses that nobody has listed yet, would be nonsense: it is left out. */
const stands = (book: Book, at: Position, text: string): boolean =>
  numbersShown(book, at, text) && (addressesOf(book) !== '' || !tokens(text).includes('addresses'))

function inline(book: Book, at: Position, text: string): Inline[] {
  return parts(text).flatMap((part: Part): Inline[] => {
    if (typeof part === 'string') return [part]
    if (part.token.startsWith(WITH)) return []
    if (!part.token.startsWith(TEL)) return [fill(`{{${part.token}}}`, houseValues(book, at))]
    const line = book.line(part.token.slice(TEL.length))
    const phone = line && phoneOf(line, at)
    return phone ? [{ tel: phone.number, text: phoneText(phone) }] : []
  })
}

const addressesOf = ({ house }: Book): string => [...house.site, ...house.bot].join(', ')

function houseValues(book: Book, { answers }: Position): Record<string, string> {
  const { house } = book
  const exit = exitOf(house, answers)
  const other = house.exits.find((one) => one !== exit)
  return { organisation: house.name, addresses: addressesOf(book), exit: exit?.name ?? '', otherExit: other?.name ?? '' }
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
  return say(words, key, { cite: words.cards[card] ?? card, month: date ? month(words, date.on) : '' })
}
