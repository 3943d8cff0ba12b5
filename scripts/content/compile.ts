/** Turns the content files into what the channels read: per country a guide, per language its words and its directory. */
import i18next from 'i18next'
import { oblastName } from '../../guide/area-names.ts'
import type { Content } from '../../guide/content.ts'
import type { Directory, Guide, House, Service, Step, StepWords, Words } from '../../guide/guide.ts'
import type { Organisation } from '../../schema/content.ts'
import { BASE_LANGUAGE, type Country, type Language } from '../../schema/terms.ts'

const START = 'start'

/** Common steps and the country's own; the country's replaces a common one of the same id. */
export function compileGuide(content: Content, country: Country): Guide {
  const cardOf = new Map(content.cards.flatMap((card) => card.facts.map((fact) => [fact.id, { card: card.card, grade: fact.grade }])))
  const steps: Record<string, Step> = {}
  for (const source of [
    ...content.guides.filter((one) => one.country === null),
    ...content.guides.filter((one) => one.country === country),
  ]) {
    for (const [id, file] of Object.entries(source.steps)) {
      const facts = file.facts.flatMap((fact) => cardOf.get(fact) ?? [])
      const cards = [...new Set(facts.filter(({ grade }) => grade !== 'G').map(({ card }) => card))]
      steps[id] = {
        choices: file.choices.map(({ id: choice, next, when, sets, returns }) => ({
          id: choice,
          next,
          ...(when && { when }),
          ...(sets && { sets }),
          ...(returns && { returns }),
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
  return {
    country,
    start: START,
    steps,
    care: Object.fromEntries(
      content.care.filter((care) => care.country === country).map((care) => [care.id, { hours: care.within_hours, need: care.need }]),
    ),
    cards: Object.fromEntries(content.cards.filter((card) => card.country === country).map((card) => [card.card, dateOf(card)])),
  }
}

/** The newest date among a card's sources; where none is dated, the day it was read. */
function dateOf(card: Content['cards'][number]): Guide['cards'][string] {
  const dates = card.source.flatMap(({ date }) => date ?? []).sort()
  const newest = dates.at(-1)
  return newest === undefined ? { on: card.read_on, dated: false } : { on: newest, dated: true }
}

/** i18next resolves each key, falling back to the base language key by key. */
export async function compileWords(content: Content, country: Country, language: Language): Promise<Words> {
  const translator = i18next.createInstance()
  const namespaces = Object.keys(content.words[BASE_LANGUAGE])
  await translator.init({
    lng: language,
    fallbackLng: BASE_LANGUAGE,
    ns: namespaces,
    resources: content.words as never,
    keySeparator: '.',
    nsSeparator: ':',
    interpolation: { skipOnVariables: true, escapeValue: false, prefix: '\u0001', suffix: '\u0002' },
    initAsync: false,
    showSupportNotice: false,
  } as never)
  const table = <T>(namespace: string, key: string): Record<string, T> => {
    const base = (content.words[BASE_LANGUAGE][namespace]?.[key] ?? {}) as Record<string, unknown>
    const own = (content.words[language][namespace]?.[key] ?? {}) as Record<string, unknown>
    return Object.fromEntries(
      Object.keys({ ...base, ...own }).map((id) => [id, translator.t(`${key}.${id}`, { ns: namespace, returnObjects: true }) as T]),
    )
  }
  const steps: Record<string, StepWords> = {}
  for (const source of content.guides) {
    if (source.country !== null && source.country !== country) continue
    for (const id of Object.keys(source.steps)) {
      const words = table<StepWords>(source.namespace, 'steps')[id]
      steps[id] = words ?? { title: id, text: [] }
    }
  }
  const flat = (namespace: string): Record<string, string> => ({
    ...(content.words[BASE_LANGUAGE][namespace] as Record<string, string>),
    ...(content.words[language][namespace] as Record<string, string>),
  })
  return {
    language,
    steps,
    choices: table('choices', 'choices'),
    ui: flat('ui'),
    needs: table('services', 'needs'),
    kinds: table('services', 'kinds'),
    serves: table('services', 'serves'),
    offers: table('services', 'offers'),
    cautions: table('services', 'cautions'),
    cards: table('facts', 'cards'),
    care: table('care', 'care'),
  }
}

/** Only what a visitor may see: no editors' notes, no sources, no number that is not to be shown. */
export function compileDirectory(content: Content, country: Country, language: Language): Directory {
  const services = content.services
    .filter((service) => service.country === country && service.publish !== 'no')
    .map(
      (file): Service => ({
        id: file.id,
        code: content.codes.services[file.id] ?? 0,
        name: file.name[language] ?? file.name[BASE_LANGUAGE] ?? file.name.en ?? file.id,
        ...shortName(file.short, language),
        kind: file.kind,
        needs: file.needs,
        leadsTo: file.leads_to,
        areas: file.areas,
        phones: file.phones.filter(({ show }) => show).map(({ number, note }) => ({ number, note })),
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

function shortName(names: Content['services'][number]['short'], language: Language): { short?: string } {
  const short = names?.[language] ?? names?.[BASE_LANGUAGE]
  return short === undefined ? {} : { short }
}

function oblastsOf(content: Content, country: Country, language: Language): Directory['oblasts'] {
  const key = language === 'ru' ? 'name_ru' : language === 'en' ? 'name_en' : 'name_uk'
  return content.areas
    .filter(({ level, parent }) => level === '1' && parent === country)
    .map((area) => ({ code: area.pcode, name: oblastName(area[key], language) }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
}

export const compileHouse = (organisation: Organisation, country: Country): House => ({
  name: organisation.name,
  neutralName: organisation.neutral_name,
  site: organisation.site,
  bot: organisation.bot,
  exits: organisation.exit[country] ?? [],
  defaultLines: organisation.first_lines[country] ?? [],
})
