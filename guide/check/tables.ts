/** The word tables that are not steps (buttons, services, citations, care, common labels): complete, alike in numbers, no dead telephone. */
import { BASE_LANGUAGE, type Language } from '../../schema/terms.ts'
import type { Content } from '../content.ts'
import { type Atlas, isRecord, languagesOf } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { difference } from './numbers.ts'
import { digitsOf, figuresIn } from './tokens.ts'
import { missingIn } from './words.ts'

/** i18next plural forms: each language has its own set of them. */
const PLURAL = /_(zero|one|two|few|many|other)$/

export type Sentence = { key: string; text: string }

export function sentencesIn(table: unknown, path = ''): Sentence[] {
  if (typeof table === 'string') return [{ key: path, text: table }]
  if (Array.isArray(table)) return table.flatMap((item, index) => sentencesIn(item, `${path}.${index}`))
  if (!isRecord(table)) return []
  return Object.entries(table).flatMap(([key, value]) => sentencesIn(value, path ? `${path}.${key}` : key))
}

/** Namespaces of a language that hold no steps, as flat sentences. */
export const tablesOf = (content: Content, language: Language): [namespace: string, Sentence[]][] =>
  Object.entries(content.words[language] ?? {})
    .filter(([, table]) => !isRecord(table.steps))
    .map(([namespace, table]) => [namespace, sentencesIn(table)])

/** What a person in distress reads beside a counsellor is better read in another language than in half of her own: all of it is there, or none. */
const isLent = (content: Content, language: Language, namespace: string): boolean =>
  namespace === 'talk' && content.words[language]?.talk === undefined

function parity(content: Content, language: Language, namespace: string, base: Sentence[]): Finding[] {
  if (isLent(content, language, namespace)) return []
  const where = { file: `locales/${language}/${namespace}.json` }
  const own = new Map(sentencesIn(content.words[language]?.[namespace]).map(({ key, text }) => [key, text]))
  const found: Finding[] = []
  for (const { key, text } of base) {
    if (PLURAL.test(key)) continue
    const other = own.get(key)
    if (other === undefined) {
      // citations, and words of services and care, have rules of their own that name what needs them
      // what the bot says in place of the guide's words may be left to the guide
      if (!['facts', 'services', 'care'].includes(namespace) && !key.startsWith('variants.'))
        found.push(missingIn(language)('missing-words', where, `"${key}" has no words in "${language}".`, `Add "${key}".`))
      continue
    }
    const differs = difference([text], [other])
    if (differs !== null)
      found.push(
        fault(
          'unequal-numbers',
          where,
          `"${key}": numbers differ from "${BASE_LANGUAGE}": "${language}" ${differs}.`,
          'Write the same numbers and {{tokens}}, as digits, in every language.',
        ),
      )
  }
  // what only countries of another base have: their citations, and words of their services
  const also = sentencesIn(content.words.ru[namespace])
  const wanted = new Set([...base, ...also].map(({ key }) => key))
  for (const key of own.keys())
    if (!PLURAL.test(key) && !wanted.has(key))
      found.push(
        fault('stale-words', where, `"${key}" does not exist in "${BASE_LANGUAGE}".`, 'Remove it, or write it in the base language.'),
      )
  return found
}

/** A number of the directory may stand in these tables only while it may be shown. */
function deadPhones(atlas: Atlas, language: Language, namespace: string, sentences: Sentence[]): Finding[] {
  if (namespace === 'facts') return []
  const shown = new Set<string>()
  const hidden = new Set<string>()
  for (const service of atlas.content.services)
    for (const phone of service.phones) (phone.show && service.publish !== 'no' ? shown : hidden).add(digitsOf(phone.number))
  return sentences.flatMap(({ key, text }) =>
    figuresIn(text)
      .map((figure) => digitsOf(figure.text))
      .filter((digits) => digits.length >= 3 && hidden.has(digits) && !shown.has(digits))
      .map((digits) =>
        fault(
          'dead-phone',
          { file: `locales/${language}/${namespace}.json` },
          `"${key}" holds the number ${digits}, which may not be shown.`,
          'Take the number out.',
        ),
      ),
  )
}

export function checkTables(atlas: Atlas): Finding[] {
  const { content } = atlas
  return [
    ...tablesOf(content, BASE_LANGUAGE).flatMap(([namespace, base]) =>
      languagesOf(content)
        .filter((language) => language !== BASE_LANGUAGE)
        .flatMap((language) => parity(content, language, namespace, base)),
    ),
    ...languagesOf(content).flatMap((language) =>
      tablesOf(content, language).flatMap(([namespace, sentences]) => deadPhones(atlas, language, namespace, sentences)),
    ),
  ]
}
