/** Reads every file under `guide/content/` and `locales/` into one object. Parsing happens here; judging is `guide/check/`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import * as v from 'valibot'
import { parse as parseYaml } from 'yaml'
import type { Alias, Area, Content, GuideSource, Settlement } from '../../guide/content.ts'
import { cyrillic } from '../../guide/uzbek.ts'
import { CareFile, FactCard, GuideFile, NearestFile, ServiceFile } from '../../schema/content.ts'
import { COUNTRIES, type Country, LANGUAGES, type Language, MADE_OF } from '../../schema/terms.ts'
import { statesOf } from './states.ts'

/** A content file that cannot be read as what it should be; the message names the file, the place in it and the remedy. */
export class ContentError extends Error {}

function parsed<S extends v.GenericSchema>(schema: S, file: string, raw: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, raw)
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new ContentError(`${file}: at "${v.getDotPath(issue) ?? 'the top'}": ${issue.message}`)
}

function yaml(root: string, file: string): unknown {
  try {
    return parseYaml(readFileSync(join(root, file), 'utf8'))
  } catch (error) {
    throw new ContentError(`${file}: not valid YAML: ${(error as Error).message}`)
  }
}

const csv = <T>(root: string, file: string): T[] =>
  parseCsv(readFileSync(join(root, file), 'utf8'), { columns: true, skip_empty_lines: true }) as T[]

const filesIn = (root: string, folder: string, ending: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => `${folder}/${name}`)
    : []

/** The folder of what is common to all, then each country's own. */
const foldersOf = (common: string, part: string): [string, Country | null][] => [
  [common, null],
  ...COUNTRIES.map((country): [string, Country] => [`${part}/${country.toLowerCase()}`, country]),
]

function readGuides(root: string): GuideSource[] {
  return foldersOf('guide/content/guides', 'guide/content/guides').flatMap(([folder, country]) =>
    filesIn(root, folder, '.yaml').map((file) => {
      const name = basename(file, '.yaml')
      const namespace = country === null ? name : `${country.toLowerCase()}-${name}`
      return { file, country, namespace, ...parsed(GuideFile, file, yaml(root, file)) }
    }),
  )
}

/** The counsellors' own words: part of the desk, in its few languages, and of nothing a visitor is sent. */
const DESK_WORDS = 'desk.json'

/** What a visitor may be sent. */
const readWords = (root: string): Content['words'] => wordsOf(root, (file) => file !== DESK_WORDS)

/**
 * Every word a person reads, the desk's too: for saying how far each has come.
 *
 * @throws ContentError when a file is not valid JSON
 */
export const readAllWords = (root: string): Content['words'] => wordsOf(root, () => true)

function wordsOf(root: string, isMeant: (file: string) => boolean): Content['words'] {
  const words = {} as Content['words']
  for (const language of LANGUAGES) {
    words[language] = {}
    for (const file of filesIn(root, `locales/${language}`, '.json').filter((name) => isMeant(basename(name)))) {
      try {
        words[language][basename(file, '.json')] = JSON.parse(readFileSync(join(root, file), 'utf8'))
      } catch (error) {
        throw new ContentError(`${file}: not valid JSON: ${(error as Error).message}`)
      }
    }
  }
  for (const language of LANGUAGES) {
    const source = MADE_OF[language]
    if (source) words[language] = rewritten(words[source]) as Content['words'][Language]
  }
  return words
}

/** Every text in another alphabet; keys stay. */
function rewritten(value: unknown): unknown {
  if (typeof value === 'string') return cyrillic(value)
  if (Array.isArray(value)) return value.map(rewritten)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rewritten(one)]))
}

/** @throws ContentError when a file cannot be read as its kind */
export function readContent(root: string): Content {
  const codesFile = 'guide/content/codes.json'
  const words = readWords(root)
  return {
    guides: readGuides(root),
    words,
    states: statesOf(root, words),
    cards: foldersOf('guide/content/facts/common', 'guide/content/facts').flatMap(([folder, country]) =>
      filesIn(root, folder, '.yaml').map((file) => ({ file, country, ...parsed(FactCard, file, yaml(root, file)) })),
    ),
    care: COUNTRIES.flatMap((country) => {
      const file = `guide/content/care/${country.toLowerCase()}.yaml`
      return existsSync(join(root, file)) ? parsed(CareFile, file, yaml(root, file)).map((care) => ({ file, country, ...care })) : []
    }),
    services: filesIn(root, 'guide/content/services', '.yaml').map((file) => ({
      file,
      ...parsed(ServiceFile, file, yaml(root, file)),
    })),
    areas: [
      ...csv<Area>(root, 'guide/content/geo/ua-areas.csv'),
      ...csv<Record<string, string>>(root, 'guide/content/geo/ca-areas.csv').map((row) => ({
        pcode: row.code ?? '',
        level: row.level ?? '',
        parent: row.parent ?? '',
        name_uk: row.name_uk ?? '',
        local: { [row.local_lang ?? '']: row.name_local ?? '' },
        name_ru: row.name_ru ?? '',
        name_en: row.name_en ?? '',
        lat: row.lat ?? '',
        lon: row.lon ?? '',
      })),
    ],
    settlements: csv<Settlement>(root, 'guide/content/geo/ua-settlements.csv'),
    aliases: csv<Alias>(root, 'guide/content/geo/aliases.csv'),
    codes: existsSync(join(root, codesFile))
      ? JSON.parse(readFileSync(join(root, codesFile), 'utf8'))
      : { steps: {}, choices: {}, services: {} },
    nearest: parsed(NearestFile, 'guide/content/nearest.yaml', yaml(root, 'guide/content/nearest.yaml')),
  }
}
