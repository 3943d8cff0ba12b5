/** Turns the content files into what the channels read: per country a guide, per language its words and its directory. */
import i18next from 'i18next'
import { oblastName } from '../../guide/area-names.ts'
import type { Content, WordState } from '../../guide/content.ts'
import { EVERYWHERE } from '../../guide/engine.ts'
import type { Directory, Guide, House, Service, Step, StepId, StepWords, Words } from '../../guide/guide.ts'
import { cyrillic } from '../../guide/uzbek.ts'
import { isOfferedIn } from '../../guide/whereabouts.ts'
import type { Organisation } from '../../schema/content.ts'
import { BASE, BASE_LANGUAGE, COUNTRIES, type Country, HOSTS, LANGUAGES, type Language, MADE_OF, SPOKEN } from '../../schema/terms.ts'
import { TONGUES } from './tongues.ts'

const START = 'start'

/** `desk`: people who can be asked for. */
type Offers = Pick<Organisation, 'countries' | 'languages'> & { default_country?: string; desk?: boolean }

const EVERYTHING: Offers = { countries: [...COUNTRIES], languages: [...LANGUAGES], desk: true }

/** Common steps and the country's own; the country's replaces a common one of the same id. A topic it has not leads to the nearest one. */
export function compileGuide(content: Content, country: Country, organisation: Offers = EVERYTHING): Guide {
  const isHome = (organisation.default_country ?? country) === country
  const nearest = content.nearest[country] ?? {}
  const own = new Set(sourcesOf(content, country).flatMap((source) => Object.keys(source.steps)))
  const leads = (next: string): string => (own.has(next) ? next : (nearest[next] ?? next))
  const cardOf = new Map(content.cards.flatMap((card) => card.facts.map((fact) => [fact.id, { card: card.card, grade: fact.grade }])))
  const steps: Record<string, Step> = {}
  for (const source of sourcesOf(content, country)) {
    for (const [id, file] of Object.entries(source.steps)) {
      const facts = file.facts.flatMap((fact) => cardOf.get(fact) ?? [])
      const cards = [...new Set(facts.filter(({ grade }) => grade !== 'G').map(({ card }) => card))]
      steps[id] = {
        choices: file.choices
          .filter((choice) => isOfferedIn(country, choice.sets, organisation) && hasDesk(choice, organisation))
          .map(({ id: choice, next, when, sets, returns, pages }) => ({
            id: choice,
            next: leads(next),
            ...(when && { when }),
            ...(sets && { sets }),
            ...(returns && { returns }),
            ...(pages && { pages }),
          })),
        ...(file.call.length > 0 && { call: file.call }),
        ...(file.services && { services: file.services }),
        ...(cards.length > 0 && { cards }),
        ...(facts.some(({ grade }) => grade === 'G') && { general: true as const }),
        ...(file.care.length > 0 && { care: file.care }),
        ...(file.quiet && { quiet: true as const }),
        ...(file.ends && { ends: file.ends }),
        ...(source.topic && { topic: source.topic }),
      }
    }
  }
  for (const lost of lostSteps(content, country, organisation)) delete steps[lost]
  return {
    country,
    ...(!isHome && { answers: { country } }),
    start: START,
    steps,
    ...(Object.keys(nearest).length > 0 && { nearest }),
    care: Object.fromEntries(content.care.filter(isOf(country)).map((care) => [care.id, { hours: care.within_hours, need: care.need }])),
    cards: Object.fromEntries(content.cards.filter(isOf(country)).map((card) => [card.card, dateOf(card)])),
  }
}

/** Steps to which only choices lead that this organisation does not offer: the talk where nobody is at a desk, and what says so where somebody is. */
function lostSteps(content: Content, country: Country, organisation: Offers): string[] {
  const choices = sourcesOf(content, country).flatMap((source) => Object.values(source.steps).flatMap((step) => step.choices))
  const kept = new Set(choices.filter((choice) => hasDesk(choice, organisation)).map(({ next }) => next))
  return choices.filter((choice) => !hasDesk(choice, organisation) && !kept.has(choice.next)).map(({ next }) => next)
}

const hasDesk = ({ desk }: { desk?: boolean | undefined }, organisation: Offers): boolean =>
  desk === undefined || desk === (organisation.desk ?? false)

const sourcesOf = (content: Content, country: Country): Content['guides'] => [
  ...content.guides.filter((one) => one.country === null),
  ...content.guides.filter((one) => one.country === country),
]

/** The newest date among a card's sources; where none is dated, the day it was read. */
function dateOf(card: Content['cards'][number]): Guide['cards'][string] {
  const dates = card.source.flatMap(({ date }) => date ?? []).sort()
  const newest = dates.at(-1)
  return newest === undefined ? { on: card.read_on, dated: false } : { on: newest, dated: true }
}

/** i18next resolves each key, falling back to the country's base language and then to the base of all, key by key. */
export async function compileWords(content: Content, country: Country, language: Language): Promise<Words> {
  const chain = [...new Set([language, BASE[country], BASE_LANGUAGE])]
  const translator = i18next.createInstance()
  await translator.init({
    lng: language,
    fallbackLng: chain.slice(1),
    ns: [...new Set(chain.flatMap((one) => Object.keys(content.words[one])))],
    resources: content.words as never,
    keySeparator: '.',
    nsSeparator: ':',
    interpolation: { skipOnVariables: true, escapeValue: false, prefix: '\u0001', suffix: '\u0002' },
    initAsync: false,
    showSupportNotice: false,
  } as never)
  const table = <T>(namespace: string, key: string, wanted: (id: string) => boolean = () => true): Record<string, T> => {
    const ids = chain.flatMap((one) => Object.keys((content.words[one][namespace]?.[key] ?? {}) as object))
    return Object.fromEntries(
      [...new Set(ids)].filter(wanted).map((id) => [id, translator.t(`${key}.${id}`, { ns: namespace, returnObjects: true }) as T]),
    )
  }
  const sources = sourcesOf(content, country)
  const steps: Record<string, StepWords> = {}
  for (const source of sources) {
    const words = table<StepWords>(source.namespace, 'steps')
    for (const [id, step] of Object.entries(source.steps)) steps[id] = offeredWords(words[id] ?? { title: id, text: [] }, country, step)
  }
  const choices = new Set<string>(EVERYWHERE)
  for (const source of sources) for (const step of Object.values(source.steps)) for (const { id } of step.choices) choices.add(id)
  const cards = new Set(content.cards.filter(isOf(country)).map(({ card }) => card))
  const care = new Set(content.care.filter(isOf(country)).map(({ id }) => id))
  const flat = (namespace: string): Record<string, string> =>
    Object.assign({}, ...[...chain].reverse().map((one) => content.words[one][namespace] ?? {}))
  const inState = (wanted: WordState): StepId[] =>
    sources.flatMap(({ namespace, steps }) => {
      const known = content.states[language][namespace] ?? {}
      return Object.keys(steps).filter((id) => known[`steps.${id}`] === wanted)
    })
  const [reviewed, stale] = [inState('reviewed'), inState('stale')]
  return {
    language,
    ...(reviewed.length > 0 && { reviewed }),
    ...(stale.length > 0 && { stale }),
    steps,
    choices: table('choices', 'choices', (id) => choices.has(id)),
    ui: { ...flat('ui'), ...TONGUES[language] },
    needs: table('services', 'needs'),
    kinds: table('services', 'kinds'),
    serves: table('services', 'serves'),
    offers: table('services', 'offers'),
    cautions: table('services', 'cautions'),
    cards: table('facts', 'cards', (id) => cards.has(id)),
    care: table('care', 'care', (id) => care.has(id)),
  }
}

/** Words of the sealed talk, which only its own page loads. */
export function compileTalk(content: Content, country: Country, language: Language): Record<string, string> {
  const chain = [...new Set([BASE_LANGUAGE, BASE[country], language])]
  return Object.assign({}, ...chain.map((one) => content.words[one].talk ?? {}))
}

/** Without labels of choices that are not offered here. */
function offeredWords(words: StepWords, country: Country, step: Content['guides'][number]['steps'][string]): StepWords {
  if (!words.choices) return words
  const offered = new Set(step.choices.filter(({ sets }) => isOfferedIn(country, sets, EVERYTHING)).map(({ id }) => id))
  return { ...words, choices: Object.fromEntries(Object.entries(words.choices).filter(([id]) => offered.has(id))) }
}

/** A country's own, or what all share. */
const isOf =
  (country: Country) =>
  (one: { country: string | null }): boolean =>
    one.country === country || one.country === null

/** Lines of the countries that host people are in the directory of the country they came from. */
const isListed =
  (country: Country) =>
  (service: { country: string }): boolean =>
    service.country === country || (country === HOME_OF_HOSTED && (HOSTS as readonly string[]).includes(service.country))

const HOME_OF_HOSTED: Country = 'UA'

/** Only what a visitor may see: no editors' notes, no sources, no number that is not to be shown. */
export function compileDirectory(content: Content, country: Country, language: Language): Directory {
  const services = content.services
    .filter((service) => isListed(country)(service) && service.publish !== 'no')
    .map(
      (file): Service => ({
        id: file.id,
        code: content.codes.services[file.id] ?? 0,
        name: nameIn(file.name, country, language) ?? file.id,
        ...shortName(file.short, country, language),
        kind: file.kind,
        needs: file.needs,
        leadsTo: file.leads_to,
        areas: file.areas,
        ...((HOSTS as readonly string[]).includes(file.country) && { host: file.country }),
        phones: file.phones.filter(({ show }) => show).map(({ number, note, display }) => ({ number, note, ...(display && { display }) })),
        channels: file.channels.filter(({ show }) => show).flatMap(({ type, value }) => value.map((one) => ({ type, value: one }))),
        hours: file.hours,
        serves: file.serves,
        offers: file.offers,
        languages: file.languages,
        free: file.free,
        anonymous: file.anonymous,
        write: file.write,
        tellsPolice: file.tells_police,
        address: file.address_confidential || file.place_confidential ? null : file.address,
        via: file.contact_via,
        cautions: file.cautions,
        never: file.never,
        vouched: file.publish === 'yes' && file.status === 'active-per-source',
        sourceOn: file.last_source_date,
        readOn: file.read_on,
        confirmedOn: file.verified?.on ?? null,
      }),
    )
  return { country, services, oblasts: oblastsOf(content, country, language) }
}

type Names = Content['services'][number]['name']

/** Its name in this language, else in one that is read in the country. */
const nameIn = (names: Names, country: Country, language: Language): string | undefined =>
  [language, BASE[country], ...SPOKEN[country], BASE_LANGUAGE].map((one) => nameOf(names, one)).find((name) => name !== undefined)

function nameOf(names: Names, language: Language): string | undefined {
  const source = MADE_OF[language]
  const written = source && names[source]
  return written === undefined ? names[language] : cyrillic(written)
}

function shortName(names: Names | undefined, country: Country, language: Language): { short?: string } {
  const short = names && nameIn(names, country, language)
  return short === undefined ? {} : { short }
}

function oblastsOf(content: Content, country: Country, language: Language): Directory['oblasts'] {
  return content.areas
    .filter(({ level, parent }) => level === '1' && parent === country)
    .map((area) => ({ code: area.pcode, name: oblastName(areaName(area, language), language) }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
}

/** In her language where it is known, else as it is called in Russian, which the maps of Central Asia share. */
const areaName = (area: Content['areas'][number], language: Language): string =>
  ({ uk: area.name_uk, ru: area.name_ru, en: area.name_en })[language as string] || (area.local?.[language] ?? area.name_ru)

export const compileHouse = (organisation: Organisation, country: Country): House => ({
  name: organisation.name,
  neutralName: organisation.neutral_name,
  site: organisation.site,
  bot: organisation.bot,
  exits: organisation.exit[country] ?? [],
  defaultLines: organisation.first_lines[country] ?? [],
})
