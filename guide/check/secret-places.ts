/**
 * Places that must not be known: of a confidential record only the oblast may be found anywhere in its file,
 * and no words a visitor reads say where a shelter is (`secret-prose.ts`).
 *
 * Names are compared word by word in a rough common spelling, so that a case ending, a Russian letter or another
 * romanisation does not hide a place. What is not a place name at all (a street, a parish) only a reader can see.
 */
import type { Service } from '../../schema/content.ts'
import type { Atlas } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { type Gazetteer, gazetteer, ORDINARY, roughly, stem, wordsIn } from './place-names.ts'
import { proseFaults } from './secret-prose.ts'

/** Words that announce something finer than an oblast, whatever name stands beside them. */
const FINER =
  /(?<![\p{L}])(м\.|с\.|смт|міст[оау]|міськ\p{L}*|місцев\p{L}*|сел[оаіу]|сільськ\p{L}*|селищ\p{L}*|громад\p{L}*|район\p{L}*|вул\.|вулиц\p{L}*|город\p{L}*|поселк\p{L}*|посёлк\p{L}*|общин\p{L}*|ул\.|улиц\p{L}*|hromad\p{L}*|raion\p{L}*|district|city|town|village|street|municipal\p{L}*|community of|қала\p{L}*|аудан\p{L}*|ауыл\p{L}*|көшес\p{L}*)(?![\p{L}])/iu

/** The oblast's own name, as it stands and declined: „Житомирська“, „Житомирської“ – but not „Житомир“. */
function ownWords(places: Gazetteer, areas: string[]): Set<string> {
  return new Set(areas.flatMap((area) => places.oblasts.get(area) ?? []).flatMap((name) => wordsIn(name).map((word) => stem(word))))
}

/** In Kazakh an oblast is named by its town: „Житомир облысы“; the town alone is none. */
const KAZAKH_OBLAST = /^облыс/iu

/** The first name of a place finer than the record's oblast; `null` when there is none. */
export function placeNamed(places: Gazetteer, areas: string[], text: string): string | null {
  const structure = FINER.exec(text)
  if (structure) return structure[0]
  const code = /UA\d{4,}/i.exec(text)
  if (code) return code[0]
  const own = ownWords(places, areas)
  const words = wordsIn(text)
  const stems = words.map((word) => stem(word))
  for (let first = 0; first < words.length; first++)
    for (let count = Math.min(places.longest, words.length - first); count >= 1; count--) {
      const part = stems.slice(first, first + count)
      const oblast = KAZAKH_OBLAST.test(words[first + count] ?? '')
      if (part.every((word) => own.has(word) || (oblast && [...own].some((name) => name.startsWith(word))))) continue
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
  const places = gazetteer(atlas.content)
  const secret = atlas.content.services.filter((service) => service.place_confidential)
  return [...secret.flatMap((service) => recordFaults(atlas, places, service)), ...proseFaults(atlas.content)]
}
