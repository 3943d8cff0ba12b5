/**
 * Places that must not be known: of a confidential record only the oblast may be found anywhere in its file.
 *
 * Names are compared word by word in a rough common spelling, so that a case ending, a Russian letter or another
 * romanisation does not hide a place. What is not a place name at all (a street, a parish) only a reader can see.
 */
import type { Service } from '../../schema/content.ts'
import type { Content } from '../content.ts'
import type { Atlas } from './atlas.ts'
import { type Finding, fault } from './finding.ts'

/** Words that announce something finer than an oblast, whatever name stands beside them. */
const FINER =
  /(?<![\p{L}])(м\.|с\.|смт|міст[оау]|міськ\p{L}*|місцев\p{L}*|сел[оаіу]|сільськ\p{L}*|селищ\p{L}*|громад\p{L}*|район\p{L}*|вул\.|вулиц\p{L}*|город\p{L}*|поселк\p{L}*|посёлк\p{L}*|общин\p{L}*|ул\.|улиц\p{L}*|hromad\p{L}*|raion\p{L}*|district|city|town|village|street|municipal\p{L}*|community of)(?![\p{L}])/iu

/** Ordinary words of neutral records that some village happens to bear as its name. */
const ORDINARY = new Set(
  [
    'центр',
    'денний',
    'дневной',
    'кризова',
    'кризисная',
    'кімната',
    'комната',
    'притулок',
    'приют',
    'область',
    'перемога',
    'нове',
    'нова',
    'мирне',
    'вільне',
    'centre',
    'center',
    'day',
    'crisis',
    'room',
    'shelter',
    'oblast',
    'place',
    'public',
    'source',
    'kept',
    'by',
    'the',
    'editors',
    'known',
    'to',
    'only',
    'reached',
    'through',
    'contact',
    'via',
    'contact_via',
    'step',
  ].map((word) => roughly(word)),
)

/** One spelling for Ukrainian and Russian letters, and one for the ways to write them in Latin. */
export function roughly(word: string): string {
  return word
    .toLowerCase()
    .replace(/[’'`ʼ"ьъ]/g, '')
    .replace(/[иіїый]/g, 'и')
    .replace(/[еєэё]/g, 'е')
    .replace(/[гґ]/g, 'г')
    .replace(/ия|йя/g, 'я')
    .replace(/ks|x/g, 'ks')
    .replace(/[yj]/g, 'i')
    .replace(/g/g, 'h')
    .replace(/w/g, 'v')
    .replace(/(\p{L})\1+/gu, '$1')
}

const ENDINGS = /(ового|евого|ского|ськаго|ами|ями|ого|его|ому|ему|ові|еви|ови|ом|ем|ам|ям|ах|ях|ою|ею|ой|ей|ов|ев|[аеиоуюяйaeiou])$/u

/** The part of a name that stays when it is declined; short names are compared whole. */
function stem(word: string): string {
  const rough = roughly(word)
  const cut = rough.replace(ENDINGS, '')
  return cut.length >= 4 ? cut : rough
}

const wordsIn = (text: string): string[] => text.match(/\p{L}[\p{L}’'`ʼ]*/gu) ?? []

/** A name of several words, or with hyphens, is found by all of its words in a row. */
const phrase = (name: string): string => wordsIn(name).map(stem).join(' ')

/** The town behind an adjective („Бердичевская“ → „Бердичев“), and the Russian form of „-ів“, which no table holds. */
function otherForms(name: string): string[] {
  const town = name.replace(/(ск|sk)$/, '')
  const forms = town.length >= 5 ? [name, town] : [name]
  return forms.flatMap((form) => (/.{3}ив$/.test(form) ? [form, form.replace(/ив$/, 'ев'), form.replace(/ив$/, 'ов')] : [form]))
}

export type Gazetteer = { single: Set<string>; several: Set<string>; longest: number; oblasts: Map<string, string[]> }

export function gazetteer(content: Content): Gazetteer {
  const oblasts = new Map(
    content.areas
      .filter((area) => area.level === '1')
      .map((area) => [area.pcode, [area.name_uk, area.name_ru, area.name_en].filter(Boolean)]),
  )
  const finer = [
    ...content.areas.filter((area) => area.level !== '1').flatMap((area) => [area.name_uk, area.name_ru, area.name_en]),
    ...content.settlements.flatMap((settlement) => [settlement.name_uk, settlement.name_en]),
    ...content.aliases.flatMap((alias) => [alias.name, alias.name_in_dataset]),
  ]
  const phrases = [...new Set(finer.filter(Boolean).map(phrase).flatMap(otherForms))].filter(Boolean)
  return {
    single: new Set(phrases.filter((name) => !name.includes(' '))),
    several: new Set(phrases.filter((name) => name.includes(' '))),
    longest: Math.max(1, ...phrases.map((name) => name.split(' ').length)),
    oblasts,
  }
}

/** The oblast's own name, as it stands and declined: „Житомирська“, „Житомирської“ – but not „Житомир“. */
function ownWords(places: Gazetteer, areas: string[]): Set<string> {
  return new Set(areas.flatMap((area) => places.oblasts.get(area) ?? []).flatMap((name) => wordsIn(name).map(stem)))
}

/** The first name of a place finer than the record's oblast; `null` when there is none. */
export function placeNamed(places: Gazetteer, areas: string[], text: string): string | null {
  const structure = FINER.exec(text)
  if (structure) return structure[0]
  const code = /UA\d{4,}/i.exec(text)
  if (code) return code[0]
  const own = ownWords(places, areas)
  const words = wordsIn(text)
  const stems = words.map(stem)
  for (let first = 0; first < words.length; first++)
    for (let count = Math.min(places.longest, words.length - first); count >= 1; count--) {
      const part = stems.slice(first, first + count)
      if (part.every((word) => own.has(word))) continue
      if (count > 1 && places.several.has(part.join(' '))) return words.slice(first, first + count).join(' ')
      if (count > 1) continue
      const [word = '', plain = ''] = [part[0], roughly(words[first] ?? '')]
      if (plain.length >= 3 && !ORDINARY.has(plain) && places.single.has(word)) return words[first] ?? ''
    }
  return null
}

function textsOf(service: Service & { file: string }): [string, string][] {
  return [
    ['file name', service.file.replace(/^.*\//, '').replace(/\.yaml$/, '')],
    ['id', service.id],
    ...Object.entries(service.name).map(([language, name]): [string, string] => [`name.${language}`, name ?? '']),
    ['address', service.address ?? ''],
    ['hours_text', service.hours_text ?? ''],
    ['notes', service.notes],
    ...service.source.flatMap((source): [string, string][] => [
      ['source title', source.title],
      ['source url', source.url ?? ''],
    ]),
    ...[...service.cautions, ...service.serves, ...service.offers, ...service.contact_via].map((id): [string, string] => [
      'ids it names',
      id,
    ]),
    ...service.phones.map((phone): [string, string] => ['phone note', phone.note ?? '']),
    ...service.channels.flatMap((channel) => channel.value.map((value): [string, string] => ['channel', value])),
    ['verified', [service.verified?.by, service.verified?.source].filter(Boolean).join(' ')],
  ]
}

function recordFaults(atlas: Atlas, places: Gazetteer, service: Service & { file: string }): Finding[] {
  const where = { file: service.file }
  const found: Finding[] = []
  const wide = (area: string) => area === service.country || places.oblasts.has(area)
  for (const area of service.areas.filter((area) => !wide(area)))
    found.push(
      fault(
        'secret-place',
        where,
        `The area "${area}" of a confidential place is finer than an oblast.`,
        'Write the code of the oblast only.',
      ),
    )
  if (service.address !== null) found.push(fault('secret-place', where, 'A confidential place has an address.', 'Write "address: null".'))
  if (service.phones.some((phone) => phone.show) || service.channels.some((channel) => channel.show))
    found.push(
      fault(
        'secret-place',
        where,
        'A confidential place shows a number or channel of its own.',
        'Show none; it is reached through the lines in "contact_via".',
      ),
    )
  for (const id of service.contact_via) {
    const line = atlas.services.get(id)
    if (line && !line.areas.every(wide))
      found.push(
        fault(
          'secret-place',
          where,
          `It is reached through "${id}", whose area is finer than the oblast and so tells the place.`,
          'Name a line of the oblast or of the country.',
        ),
      )
  }
  for (const [field, text] of textsOf(service)) {
    const named = placeNamed(places, service.areas, text)
    if (named !== null)
      found.push(
        fault('secret-place', where, `The ${field} of a confidential place holds "${named}".`, 'Name nothing finer than the oblast.'),
      )
  }
  return found
}

export function checkSecretPlaces(atlas: Atlas): Finding[] {
  const secret = atlas.content.services.filter((service) => service.place_confidential)
  if (secret.length === 0) return []
  const places = gazetteer(atlas.content)
  return secret.flatMap((service) => recordFaults(atlas, places, service))
}
