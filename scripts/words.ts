/**
 * `npm run words`: how far the texts of each language have come. `npm run words -- read kk kz-abroad kz-children` says that these were read
 * back without sight of the source; `drafted` notes what they were written from, `reviewed` (with `--by`) that a native speaker read them. Without
 * namespaces all of the language are meant; `kz-` means all of Kazakhstan's, `common` what all countries share, the desk's words too.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { COUNTRIES, LANGUAGES, MADE_OF } from '../schema/terms.ts'
import { ContentError, readAllWords } from './content/read.ts'
import { keysOf, readStates, stamp, stateOf, statesOf, writeStates } from './content/states.ts'

const root = join(import.meta.dirname, '..')
const STEPS = ['drafted', 'read', 'reviewed']

function usage(problem: string): never {
  console.error(`${problem}\nnpm run words -- <${STEPS.join('|')}> <language> [namespace …] [--by NAME]`)
  process.exit(2)
}

const isCommon = (namespace: string): boolean => !COUNTRIES.some((one) => namespace.startsWith(`${one.toLowerCase()}-`))

function isMeant(namespace: string, wanted: string[]): boolean {
  if (wanted.length === 0) return true
  return wanted.some((one) => (one === 'common' ? isCommon(namespace) : one.endsWith('-') ? namespace.startsWith(one) : namespace === one))
}

function note(how: string, languageAsked: string | undefined, wanted: string[], by: string | undefined): void {
  const language = LANGUAGES.find((one) => one === languageAsked && MADE_OF[one] === undefined)
  if (language === undefined) usage(`"${languageAsked ?? ''}" is no language whose words are written by hand.`)
  if (how === 'reviewed' && !by) usage('Who read it? A review is signed: --by NAME.')
  const words = readAllWords(root)
  const namespaces = Object.keys(words[language]).filter((one) => isMeant(one, wanted))
  if (namespaces.length === 0) usage(`There is nothing named ${wanted.join(', ')} in ${language}.`)
  const states = readStates(root, language)
  const kept = Object.fromEntries(Object.keys(words[language]).map((one) => [one, states[one] ?? {}]))
  let count = 0
  for (const namespace of namespaces) {
    const lines: Record<string, string> = {}
    for (const key of keysOf(words[language][namespace] ?? {}).keys()) {
      const before = states[namespace]?.[key]
      // A draft noted again must not take back what was read of an unchanged text.
      const stays =
        how === 'drafted' && before !== undefined && ['read', 'reviewed'].includes(stateOf(words, language, namespace, key, before))
      lines[key] = stays ? before : stamp(words, language, namespace, key, how === 'reviewed' ? `${how} ${today()} ${by}` : how)
      if (!stays) count += 1
    }
    kept[namespace] = lines
  }
  writeStates(root, language, kept)
  console.log(`${language}: ${count} keys ${how === 'read' ? 'read back' : how}`)
}

const today = (): string => new Date().toISOString().slice(0, 10)

function table(): void {
  const states = statesOf(root, readAllWords(root))
  const columns = ['drafted', 'read', 'reviewed', 'stale'] as const
  console.log(['language', 'of', ...columns].map((cell) => cell.padEnd(10)).join(''))
  for (const language of LANGUAGES.filter((one) => MADE_OF[one] === undefined)) {
    const groups = Map.groupBy(Object.entries(states[language]), ([namespace]) =>
      isCommon(namespace) ? 'all' : namespace.slice(0, 2).toUpperCase(),
    )
    for (const [group, files] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const all = files.flatMap(([, keys]) => Object.values(keys))
      console.log(
        [language, group, ...columns.map((one) => String(all.filter((state) => state === one).length))]
          .map((cell) => cell.padEnd(10))
          .join(''),
      )
    }
  }
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { by: { type: 'string' } } })
  const [how, language, ...namespaces] = positionals
  if (how === undefined) table()
  else if (STEPS.includes(how)) note(how, language, namespaces, values.by)
  else usage(`"${how}" is none of the steps a text goes.`)
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
