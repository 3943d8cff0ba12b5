/**
 * `npm run find -- --area UA1802015 --need psychological --lang uk --at 2026-11-22T03:00+02:00 [--json]`: which services the page
 * would show, in the page's own order (`servicesFor`). Bad input is one sentence on stderr and exit 2, with nothing on stdout.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ancestors } from '../guide/area-codes.ts'
import type { Content } from '../guide/content.ts'
import { written } from '../guide/phones.ts'
import { type Offer, servicesFor } from '../guide/services.ts'
import { fail, ok, type Result } from '../schema/result.ts'
import { BASE_LANGUAGE, COUNTRIES, type Country, LANGUAGES, type Language, NEEDS, type Need } from '../schema/terms.ts'
import { compileDirectory, compileHouse } from './content/compile.ts'
import { readOrganisation } from './content/organisation.ts'
import { ContentError, readContent } from './content/read.ts'

const OPTIONS = {
  area: { type: 'string', default: 'UA' },
  need: { type: 'string', default: 'hotline' },
  lang: { type: 'string', default: BASE_LANGUAGE },
  at: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

const POSSIBLE = '--area, --need, --lang, --at, --json'

type Asked = { area: string; need: Need; lang: Language; at: Date; json: boolean }

/** One service as `--json` prints it. What is not known is null; `checked.on` is never the day a source was only read. */
type Found = {
  id: string
  name: string
  via: string[]
  phones: { number: string; note: string | null }[]
  channels: { type: string; value: string }[]
  checked: { on: string | null; confirmed: boolean }
  covers: Offer['covers']
  answersNow: Offer['answersNow']
  free: boolean | null
  anonymous: boolean | null
}

/** @returns what was asked, or the one sentence that says what is wrong and what is possible */
function readAsked(argv: string[], now: Date): Result<Asked, string> {
  let values: ReturnType<typeof parse>
  try {
    values = parse(argv)
  } catch (error) {
    const option = /'(.+?)'/.exec((error as Error).message)?.[1] ?? argv.join(' ')
    const { code } = error as { code?: string }
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return fail(`${option} is not complete or takes no value; possible: ${POSSIBLE}.`)
    return fail(`"${option}" is not understood; possible: ${POSSIBLE}.`)
  }
  const need = NEEDS.find((one) => one === values.need)
  if (need === undefined) return fail(`"${values.need}" is not a need; possible: ${NEEDS.join(', ')}.`)
  const lang = LANGUAGES.find((one) => one === values.lang)
  if (lang === undefined) return fail(`"${values.lang}" is not a language of the directory; possible: ${LANGUAGES.join(', ')}.`)
  const at = values.at === undefined ? now : momentOf(values.at)
  if (at === null) return fail(`"${values.at}" is not a moment; possible: a day, an hour and its zone, such as 2026-11-22T03:00+02:00.`)
  return ok({ area: values.area, need, lang, at, json: values.json })
}

const parse = (argv: string[]) => parseArgs({ args: argv, options: OPTIONS, strict: true }).values

const MOMENT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** Without a zone an hour is another hour on another machine; and there is no 30 February, whatever `Date` makes of it. */
function momentOf(text: string): Date | null {
  const day = MOMENT.exec(text)?.[1]
  if (day === undefined) return null
  const midnight = new Date(`${day}T00:00Z`)
  const moment = new Date(text)
  if (Number.isNaN(midnight.getTime()) || Number.isNaN(moment.getTime())) return null
  return midnight.toISOString().startsWith(day) ? moment : null
}

/** The area, and the country it lies in; or the sentence that says which areas there are. */
function readArea(content: Pick<Content, 'areas' | 'settlements'>, area: string): Result<{ country: string }, string> {
  const countries = [...new Set(content.areas.filter(({ level }) => level === '1').map(({ parent }) => parent))].sort()
  if (countries.includes(area)) return ok({ country: area })
  const known = content.areas.some(({ pcode }) => pcode === area) || content.settlements.some(({ pcode }) => pcode === area)
  const country = ancestors(area).at(-1)
  if (known && country !== undefined) return ok({ country })
  return fail(
    `"${area}" is not an area we know; possible: a country (${countries.join(', ')}), an oblast or region (UA18, KZ-61), ` +
      'a raion or district (UA1802, kz.61.54), a hromada (UA1802015), a settlement (12 characters), as guide/content/geo lists them.',
  )
}

const found = ({ service, via, covers, answersNow, confirmed }: Offer): Found => ({
  id: service.id,
  name: service.name,
  via: via.map(({ id }) => id),
  phones: service.phones.map(({ number, note }) => ({ number, note })),
  channels: service.channels.map(({ type, value }) => ({ type, value })),
  checked: { on: service.confirmedOn ?? service.sourceOn, confirmed },
  covers,
  answersNow,
  free: service.free,
  anonymous: service.anonymous,
})

const ANSWERS: Record<Offer['answersNow'], string> = { yes: 'answers now', no: 'closed now', unknown: 'answers now: not known' }

/** For reading: one service a paragraph, in order. */
function table(list: Found[]): string {
  if (list.length === 0) return 'No service fits.\n'
  const entries = list.map((one, index) => {
    const ways = [...one.phones.map(({ number }) => written(number)), ...one.channels.map(({ type, value }) => `${type}: ${value}`)]
    if (one.via.length > 0) ways.push(`through ${one.via.join(', ')}`)
    const checked = one.checked.confirmed ? `confirmed ${one.checked.on}` : `not confirmed, source ${one.checked.on ?? 'undated'}`
    return `${String(index + 1).padStart(3)}. ${one.name}\n     ${one.id} · ${one.covers} · ${ANSWERS[one.answersNow]} · ${checked}\n     ${ways.join(' · ')}`
  })
  return `${entries.join('\n')}\n`
}

/** @throws ContentError when a content file or `organisation.toml` cannot be read */
export function find(root: string, argv: string[], now: Date): Result<string, string> {
  const asked = readAsked(argv, now)
  if (!asked.ok) return asked
  const content = readContent(root)
  const area = readArea(content, asked.value.area)
  if (!area.ok) return area
  const country = COUNTRIES.find((one: Country) => one === area.value.country)
  const list = country === undefined ? [] : offers(root, content, country, asked.value).map(found)
  return ok(asked.value.json ? `${JSON.stringify(list, null, 2)}\n` : table(list))
}

function offers(root: string, content: Content, country: Country, { area, need, lang, at }: Asked): Offer[] {
  const house = compileHouse(readOrganisation(root), country)
  return servicesFor(compileDirectory(content, country, lang), house, { need, area, at })
}

if (import.meta.main) {
  // Whoever reads only the first lines (`| head`) closes the pipe.
  process.stdout.on('error', () => {})
  try {
    const result = find(join(import.meta.dirname, '..'), process.argv.slice(2), new Date())
    if (result.ok) process.stdout.write(result.value)
    else {
      console.error(`find: ${result.error}`)
      process.exitCode = 2
    }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
