/** The content with its cross-references resolved once, country by country, so that each rule reads as its own sentence. */
import type { Care, Fact, Service, StepFile } from '../../schema/content.ts'
import { BASE, BASE_LANGUAGE, COUNTRIES, type Country, LANGUAGES, type Language, MADE_OF, SPOKEN } from '../../schema/terms.ts'
import type { Content, GuideSource, StepWords } from '../content.ts'
import { isOfferedIn } from '../whereabouts.ts'

export type Placed = { id: string; step: StepFile; guide: GuideSource }

/** The graph as one country's visitor meets it: common steps, replaced where the country has its own. */
export type Land = { country: Country; steps: Map<string, Placed> }

export type Atlas = {
  content: Content
  lands: Land[]
  facts: Map<string, { fact: Fact; card: Content['cards'][number] }>
  services: Map<string, Service & { file: string }>
  care: Map<string, Care & { file: string }>
}

export function openAtlas(content: Content): Atlas {
  return {
    content,
    lands: countriesOf(content).map((country) => landOf(content, country)),
    facts: new Map(content.cards.flatMap((card) => card.facts.map((fact) => [fact.id, { fact, card }] as const))),
    services: new Map(content.services.map((service) => [service.id, service])),
    care: new Map(content.care.map((care) => [care.id, care])),
  }
}

/** Countries that have steps of their own. */
export const countriesOf = (content: Content): Country[] =>
  COUNTRIES.filter((country) => content.guides.some((guide) => guide.country === country))

function landOf(content: Content, country: Country): Land {
  const steps = new Map<string, Placed>()
  const offered = { countries: COUNTRIES, languages: languagesOf(content) }
  for (const own of [null, country])
    for (const guide of content.guides.filter((guide) => guide.country === own))
      for (const [id, step] of Object.entries(guide.steps))
        steps.set(id, { id, step: { ...step, choices: step.choices.filter(({ sets }) => isOfferedIn(country, sets, offered)) }, guide })
  return { country, steps }
}

/** Every step of every file, also those a country's own version hides. */
export const everyStep = (content: Content): Placed[] =>
  content.guides.flatMap((guide) => Object.entries(guide.steps).map(([id, step]) => ({ id, step, guide })))

export const at = (placed: Placed) => ({ file: placed.guide.file, step: placed.id })

export const wordsAt = (language: Language, placed: Placed) => ({
  file: `locales/${language}/${placed.guide.namespace}.json`,
  step: placed.id,
})

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The words of one step as their file holds them; `null` when it holds none. Locale files are not parsed by a schema, so shapes are mended here. */
export function wordsOf(content: Content, language: Language, placed: Placed): Required<StepWords> | null {
  const raw: unknown = content.words[language]?.[placed.guide.namespace]?.steps?.[placed.id]
  if (!isRecord(raw)) return null
  const text = Array.isArray(raw.text) ? raw.text : [raw.text]
  const choices = isRecord(raw.choices) ? raw.choices : {}
  return {
    title: typeof raw.title === 'string' ? raw.title : '',
    text: text.filter((paragraph): paragraph is string => typeof paragraph === 'string'),
    hope: typeof raw.hope === 'string' ? raw.hope : '',
    choices: Object.fromEntries(Object.entries(choices).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  }
}

/** A choice's own label, else the common one; `''` when there is neither. */
export function labelOf(content: Content, language: Language, placed: Placed, choice: string): string {
  const common = content.words[language]?.choices?.choices
  const shared = isRecord(common) ? common[choice] : undefined
  return wordsOf(content, language, placed)?.choices[choice] ?? (typeof shared === 'string' ? shared : '')
}

/** All that a visitor may read on one screen, in this language alone, labels included. */
export function textsOf(content: Content, language: Language, placed: Placed): string[] {
  const words = wordsOf(content, language, placed)
  const labels = placed.step.choices.map((choice) => labelOf(content, language, placed, choice.id))
  return [words?.title ?? '', ...(words?.text ?? []), words?.hope ?? '', ...labels].filter((text) => text !== '')
}

/** The same with the base language standing in where this one has no words for the step. */
export function shownTexts(content: Content, language: Language, placed: Placed): string[] {
  return wordsOf(content, language, placed) ? textsOf(content, language, placed) : textsOf(content, baseFor(placed), placed)
}

/** Languages that are begun: they have the words of the interface. */
export const languagesOf = (content: Content): Language[] =>
  LANGUAGES.filter((language) => content.words[language]?.ui !== undefined && MADE_OF[language] === undefined)

/** Languages in which something of this country is read; of all countries (null), in every language. Lines of hosts are read by who came from Ukraine. */
export function readIn(content: Content, country: string | null): Language[] {
  if (country === null) return languagesOf(content)
  const spoken = SPOKEN[COUNTRIES.find((one) => one === country) ?? 'UA']
  return languagesOf(content).filter((language) => spoken.includes(language))
}

export const languagesFor = (content: Content, { guide }: Placed): Language[] => readIn(content, guide.country)

/** What its words are compared with, and fall back to. */
export const baseFor = ({ guide }: Placed): Language => (guide.country === null ? BASE_LANGUAGE : BASE[guide.country])
