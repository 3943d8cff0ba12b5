/** The compiled guide: what the build makes of the content files and what every channel reads. Plain data, so it travels as JSON. */
import type { Hours } from '../schema/content.ts'
import type { Country, Kind, Language, Need, Topic } from '../schema/terms.ts'

export type StepId = string
export type ChoiceId = string
export type ServiceId = string

export type Choice = {
  id: ChoiceId
  next: StepId
  when?: Record<string, string | string[]>
  sets?: Record<string, string>
  returns?: true
  pages?: true
}

/** Absent fields mean none, so that a phone loads no empty ones. */
export type Step = {
  choices: Choice[]
  /** Numbers that stand on the screen as buttons. */
  call?: ServiceId[]
  /** Services for this need are listed on the screen. */
  services?: Need
  /** Cards whose claims the words state. */
  cards?: string[]
  /** The words are general advice, not yet confirmed by a practitioner here. */
  general?: true
  care?: string[]
  quiet?: true
  ends?: 'phone' | 'safe'
  topic?: Topic
}

export type Care = { hours: number | null; need: Need }

/** When a card was written (`dated`) or, where no source dates itself, read by us. ISO, as exact as the source. */
export type CardDate = { on: string; dated: boolean }

export type Guide = {
  country: Country
  /** What stands told from the beginning: the country, where it is not the one people come to first. */
  answers?: Record<string, string>
  start: StepId
  steps: Record<StepId, Step>
  /** Topics the country has not, each with the step that comes nearest. */
  nearest?: Partial<Record<Topic, StepId>>
  care: Record<string, Care>
  cards: Record<string, CardDate>
}

export type StepWords = { title: string; text: string[]; hope?: string; choices?: Record<ChoiceId, string> }

/** Every word of one country in one language. `ui` and the other tables hold i18next strings, plural forms as `key_one` … */
export type Words = {
  language: Language
  /** Steps whose words a native speaker has read, and those whose source has changed since they were written. Most are neither, yet. */
  reviewed?: StepId[]
  stale?: StepId[]
  steps: Record<StepId, StepWords>
  choices: Record<ChoiceId, string>
  ui: Record<string, string>
  needs: Record<string, string>
  kinds: Record<string, string>
  serves: Record<string, string>
  offers: Record<string, string>
  cautions: Record<string, string>
  cards: Record<string, string>
  care: Record<string, { name: string; possible: string; later: string }>
}

/** `display`: how its own country writes it, where that is not what `written` makes of it. */
export type Phone = { number: string; note: string | null; display?: string }

/** One service as a visitor may know it: nothing for editors, no number that may not be shown. */
export type Service = {
  id: ServiceId
  /** Small stable integer, for what is sent or stored about it. */
  code: number
  name: string
  /** Beside a number on a screen: calmer than the full name. */
  short?: string
  kind: Kind
  needs: Need[]
  leadsTo: Need[]
  areas: string[]
  /** The hosting country whose line it is: there its short number is the right one. */
  host?: string
  phones: Phone[]
  channels: { type: string; value: string }[]
  hours: Hours
  serves: string[]
  offers: string[]
  languages: string[] | null
  free: boolean | null
  anonymous: boolean | null
  write: boolean | null
  tellsPolice: boolean | null
  address: string | null
  via: ServiceId[]
  cautions: string[]
  never: string[]
  /** May be shown as answering: published without caution and not in doubt. */
  vouched: boolean
  sourceOn: string | null
  readOn: string
  confirmedOn: string | null
}

/** `oblasts`: the country's first-level areas by name, so that one can be picked before the table of places is loaded. */
export type Directory = { country: Country; services: Service[]; oblasts: { code: string; name: string }[] }

/** What the organisation says of itself: for the exit, for "how to know it is really us", and which lines come first. */
export type House = {
  name: string
  neutralName: string
  site: string[]
  bot: string[]
  exits: { name: string; url: string }[]
  /** Lines through which a local service without a number is reached. */
  defaultLines: ServiceId[]
}
