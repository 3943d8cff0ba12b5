/** `organisation.toml`, read and checked with messages that its author, a manager, understands. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import * as v from 'valibot'
import { Organisation } from '../../schema/content.ts'
import { COUNTRIES, LANGUAGES } from '../../schema/terms.ts'
import { ContentError } from './read.ts'

const FILE = 'organisation.toml'

const MEANINGS: Record<string, string> = {
  name: 'the name of your organisation, in quotes',
  neutral_name: 'a calm name that others may see on the phone, in quotes',
  site: 'a list of addresses in quotes, such as ["https://example.org"], or [] for none yet',
  bot: 'a list of bot names in quotes, such as ["@example_bot"], or [] for none yet',
  countries: `a list of country codes out of ${COUNTRIES.join(', ')}`,
  languages: `a list of languages out of ${LANGUAGES.join(', ')}`,
  default_language: 'one of your languages, in quotes',
  default_country: 'one of your countries, in quotes',
  exit: 'for each country two pages to leave to: [[exit.UA]] with name = "…" and url = "https://…"',
  hours:
    'when people answer in the talk: [[hours]] with country = "UA", days = ["mon", "tue"], from = "09:00", to = "21:00" (full quarters of an hour) and, if it is so, languages = ["uk"]',
  talk: 'the sealed talk: [talk] with id = "…", desk = "https://desk.…", roots = [] (npm run roster -- new-root) and floor = 1',
  first_lines: 'for each country the ids of the lines to offer first: UA = ["ua-1547"]',
}

/** @throws ContentError with one sentence per fault: what is wrong, and what should stand there */
export function readOrganisation(root: string): Organisation {
  const path = join(root, FILE)
  if (!existsSync(path))
    throw new ContentError(`${FILE} is missing. Copy it from the project's first version (git checkout -- ${FILE}) and edit that.`)
  let raw: unknown
  try {
    raw = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const { line } = error as { line?: number }
    throw new ContentError(
      `${FILE}${line ? `, line ${line}` : ''}: this cannot be read. Each line is: name = "value" — check the quotes and brackets there.`,
    )
  }
  const result = v.safeParse(Organisation, raw)
  if (!result.success) {
    const messages = result.issues.map((issue) => {
      const key = String(issue.path?.[0]?.key ?? '')
      return MEANINGS[key]
        ? `"${v.getDotPath(issue)}" should be ${MEANINGS[key]}.`
        : `"${v.getDotPath(issue)}" is not a setting this file knows: a slip in the name?`
    })
    throw new ContentError(`${FILE}: ${[...new Set(messages)].join('\n  ')}`)
  }
  const faults = faultsOf(result.output)
  if (faults.length > 0) throw new ContentError(`${FILE}: ${faults.join('\n  ')}`)
  return result.output
}

function faultsOf(organisation: Organisation): string[] {
  const faults: string[] = []
  const known = (list: readonly string[], values: string[], what: string) => {
    for (const value of values)
      if (!list.includes(value)) faults.push(`"${value}" is not a ${what} we have content for. We have: ${list.join(', ')}.`)
    if (values.length === 0) faults.push(`name at least one ${what} out of ${list.join(', ')}.`)
  }
  known(COUNTRIES, organisation.countries, 'country')
  known(LANGUAGES, organisation.languages, 'language')
  if (!organisation.languages.includes(organisation.default_language))
    faults.push(`"default_language" should be one of your languages: ${organisation.languages.join(', ')}.`)
  if (!organisation.countries.includes(organisation.default_country))
    faults.push(`"default_country" should be one of your countries: ${organisation.countries.join(', ')}.`)
  for (const country of organisation.countries) {
    const exits = organisation.exit[country] ?? []
    if (exits.length === 0)
      faults.push(`${country} has no page to leave to. Add [[exit.${country}]] with name = "…" and url = "https://…".`)
    if (exits.length === 1)
      faults.push(`${country} has one page to leave to; people can choose between two. Add a second [[exit.${country}]].`)
    for (const { url } of exits) if (!url.startsWith('https://')) faults.push(`the page to leave to ${url} should begin with https://.`)
    if ((organisation.first_lines[country] ?? []).length === 0)
      faults.push(`${country} has no first line. Add it under [first_lines], such as UA = ["ua-1547"].`)
  }
  return faults
}
