/** The records of services: what they name exists, what they keep secret is kept, how old their source is. */
import type { Service } from '../../schema/content.ts'
import { COUNTRIES, HOSTS } from '../../schema/terms.ts'
import { type Atlas, isRecord, readIn } from './atlas.ts'
import { daysBetween } from './day.ts'
import { type Finding, fault, warning } from './finding.ts'
import { missingIn } from './words.ts'

/** Without confirmation a source is trusted for four years. */
export const SOURCE_DAYS = 4 * 365 + 1
// DESIGN, directory: a confirmation is due again after
export const NATIONAL_DAYS = 90
export const LOCAL_DAYS = 180

const SERVED: readonly string[] = [...COUNTRIES, ...HOSTS]

function nameFaults(atlas: Atlas, service: Service & { file: string }): Finding[] {
  const where = { file: service.file }
  const known = new Set<string>([...SERVED, ...atlas.content.areas.map((area) => area.pcode)])
  const found: Finding[] = []
  if (service.file !== `guide/content/services/${service.id}.yaml`)
    found.push(
      fault('service-file', where, `The file holds the service "${service.id}".`, `Name it guide/content/services/${service.id}.yaml.`),
    )
  if (!SERVED.some((country) => country === service.country))
    found.push(fault('unknown-country', where, `The country "${service.country}" is not served.`, `Write one of ${SERVED.join(', ')}.`))
  for (const id of service.contact_via.filter((id) => !atlas.services.has(id)))
    found.push(fault('unknown-service', where, `"contact_via" names "${id}", which does not exist.`, 'Correct the id.'))
  for (const area of service.areas.filter((area) => !known.has(area)))
    found.push(
      fault(
        'unknown-area',
        where,
        `The area "${area}" stands in no table of places.`,
        'Correct the code; the tables are in guide/content/geo.',
      ),
    )
  return found
}

function secrecyFaults(service: Service & { file: string }): Finding[] {
  const hidden = service.address_confidential || service.kind === 'shelter' || service.kind === 'crisis-room'
  if (!hidden || service.address === null) return []
  return [
    fault(
      'secret-address',
      { file: service.file },
      'It holds an address that must not be known.',
      'Write "address: null" and "address_confidential: true".',
    ),
  ]
}

function wordFaults(atlas: Atlas, service: Service & { file: string }): Finding[] {
  const country = COUNTRIES.find((one) => one === service.country) ?? 'UA'
  return readIn(atlas.content, country).flatMap((language) => {
    const words = atlas.content.words[language]?.services ?? {}
    const wanted = [
      ...service.serves.map((id) => ['serves', id] as const),
      ...service.offers.map((id) => ['offers', id] as const),
      ...service.cautions.map((id) => ['cautions', id] as const),
      ['kinds', service.kind] as const,
      ...service.needs.map((id) => ['needs', id] as const),
    ]
    return wanted
      .filter(([table, id]) => !hasWord(words[table], id))
      .map(([table, id]) =>
        missingIn(language, country)(
          'missing-service-words',
          { file: `locales/${language}/services.json` },
          `"${table}.${id}" has no words in "${language}" (${service.id}).`,
          `Add "${table}.${id}".`,
        ),
      )
  })
}

const hasWord = (table: unknown, id: string): boolean => isRecord(table) && typeof table[id] === 'string' && table[id] !== ''

function ageWarnings(service: Service & { file: string }, today: string): Finding[] {
  const where = { file: service.file }
  if (service.verified !== null) {
    const due = service.scope === 'national' ? NATIONAL_DAYS : LOCAL_DAYS
    const age = daysBetween(service.verified.on, today)
    return age > due
      ? [
          warning(
            'confirmation-due',
            where,
            `Confirmed ${age} days ago; due again after ${due}.`,
            'Ring or write again and sign under "verified".',
          ),
        ]
      : []
  }
  if (service.last_source_date === null)
    return [warning('old-source', where, 'Never confirmed, and its source has no date.', 'Ring or write, and sign under "verified".')]
  if (daysBetween(service.last_source_date, today) <= SOURCE_DAYS) return []
  return [
    warning(
      'old-source',
      where,
      `Never confirmed, and its source is of ${service.last_source_date}, more than four years old.`,
      'Ring or write, and sign under "verified", or find a newer source.',
    ),
  ]
}

export function checkDirectory(atlas: Atlas, today: string): Finding[] {
  const { services } = atlas.content
  const ids = services.map((service) => service.id)
  return services.flatMap((service, index) => [
    ...nameFaults(atlas, service),
    ...secrecyFaults(service),
    ...wordFaults(atlas, service),
    ...ageWarnings(service, today),
    ...(ids.indexOf(service.id) < index
      ? [fault('duplicate-service', { file: service.file }, `Another file holds "${service.id}" too.`, 'Remove one of them.')]
      : []),
  ])
}
