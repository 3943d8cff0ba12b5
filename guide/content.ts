/** Everything an organisation may edit, as read from its files: what the check judges and the build compiles. */
import type { Care, FactCard, GuideFile, Service } from '../schema/content.ts'
import type { Country, Language, Topic } from '../schema/terms.ts'

/** One file of `guides/`. `country: null` is common to all; a country's step replaces a common one of the same id. */
export type GuideSource = GuideFile & { file: string; country: Country | null; namespace: string }

/** `{ title, text, hope, choices }` of one step in one language; `locales/<language>/<namespace>.json` holds them under `steps`. */
export type StepWords = { title?: string; text?: string[]; hope?: string; choices?: Record<string, string> }

/** A namespace file: `steps` for guides, other nested tables of words for the rest (ui, choices, services, facts, care). */
export type Namespace = { steps?: Record<string, StepWords>; [key: string]: unknown }

export type Area = {
  pcode: string
  level: string
  parent: string
  name_uk: string
  name_ru: string
  name_en: string
  lat: string
  lon: string
  /** As its own people write it: `{ kk: 'Түркістан облысы' }`. Outside Ukraine only. */
  local?: Partial<Record<Language, string>>
}
export type Settlement = { pcode: string; name_uk: string; name_en: string }
/** `kind`: `new` when the dataset has the former name, `quarter` for a part of a city, else empty. */
export type Alias = { code: string; name: string; lang: string; name_in_dataset: string; kind?: string }

/** Short opaque names for what must not be readable in addresses, forms and buttons. Never reused. */
export type Codes = { steps: Record<string, string>; choices: Record<string, string>; services: Record<string, number> }

/** How far a text has come; `read`: read back without sight of its source; `stale`: its source has changed since. */
export type WordState = 'drafted' | 'read' | 'reviewed' | 'stale'

export type Content = {
  guides: GuideSource[]
  words: Record<Language, Record<string, Namespace>>
  /** By language, namespace and key; a step with all its lines is one key, `steps.abroad`. */
  states: Record<Language, Record<string, Record<string, WordState>>>
  /** `null`: practice that holds in every country. */
  cards: (FactCard & { file: string; country: Country | null })[]
  care: (Care & { file: string; country: Country })[]
  services: (Service & { file: string })[]
  areas: Area[]
  settlements: Settlement[]
  aliases: Alias[]
  codes: Codes
  /** Topics a country has not, each with the one that comes nearest there. */
  nearest: Partial<Record<Country, Partial<Record<string, Topic>>>>
}
