/**
 * `npm run directory -- due` prints whom to ring; `npm run directory -- sign <id> …` says that somebody did.
 * The order is `directory/due.ts`, the words `directory/sheet.ts`, the counts `directory/counts.ts`, the signature `directory/sign.ts`.
 */
import { join } from 'node:path'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { COUNTRIES } from '../schema/terms.ts'
import { compileHouse } from './content/compile.ts'
import { readOrganisation } from './content/organisation.ts'
import { ContentError, readContent } from './content/read.ts'
import { localRows, noAnswersOf, remoteRows } from './directory/counts.ts'
import { due } from './directory/due.ts'
import { callSheet } from './directory/sheet.ts'
import { isDay, sign } from './directory/sign.ts'

const HELP = `The directory: who is to be rung, and who was.

  npm run directory -- due [--today 2026-11-22] [--remote] [--json]
      the call sheet; --remote reads "it did not answer" from the deployed database
  npm run directory -- sign <id> --by "Name or role" --how rang|wrote|visited [--on 2026-11-22] [--note "…"]
      writes the confirmation into guide/content/services/<id>.yaml
`

/** What a command leaves: text for stdout, sentences for stderr, and how it ended. */
export type Outcome = { out: string; errors: string[]; exit: 0 | 1 | 2 }

const refuse = (sentence: string): Outcome => ({ out: '', errors: [`directory: ${sentence}`], exit: 2 })

/** The signer's own calendar: shortly after midnight it is a new day for her, whatever it is in London. */
const localDay = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

/** @throws ContentError when a content file or `organisation.toml` cannot be read */
export async function directory(root: string, argv: string[], now: Date): Promise<Outcome> {
  const [command, ...rest] = argv
  if (command === undefined || command === 'help' || command === '--help') return { out: HELP, errors: [], exit: 0 }
  if (command === 'due') return await dueCommand(root, rest, now)
  if (command === 'sign') return signCommand(root, rest, now)
  return refuse(`"${command}" is not a command; possible: due, sign.`)
}

const DUE = { today: { type: 'string' }, remote: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const
const SIGN = { by: { type: 'string' }, how: { type: 'string' }, on: { type: 'string' }, note: { type: 'string' } } as const

/** @returns null when something in it is not an option of this command */
function read<O extends ParseArgsOptionsConfig>(args: string[], options: O, allowPositionals: boolean) {
  try {
    return parseArgs({ args, options, allowPositionals, strict: true })
  } catch {
    return null
  }
}

const possible = (options: ParseArgsOptionsConfig): string =>
  Object.entries(options)
    .map(([name, { type }]) => (type === 'boolean' ? `--${name}` : `--${name} "…"`))
    .join(', ')

async function dueCommand(root: string, args: string[], now: Date): Promise<Outcome> {
  const parsed = read(args, DUE, false)
  if (parsed === null) return refuse(`"due ${args.join(' ')}" is not understood; possible: ${possible(DUE)}.`)
  const { today = localDay(now), remote, json } = parsed.values
  if (!isDay(today)) return refuse(`"${today}" is not a day; possible: a day such as ${localDay(now)}.`)
  const content = readContent(root)
  const organisation = readOrganisation(root)
  const errors: string[] = []
  const seconds = Math.floor(now.getTime() / 1000)
  let rows: ReturnType<typeof localRows>
  try {
    rows = remote
      ? remoteRows(root, seconds, (await import('./quiet.ts')).QUIET)
      : localRows(root, (file) => errors.push(`directory: .data/${file} could not be read; its counts are left out.`))
  } catch {
    return {
      out: '',
      errors: ['directory: the deployed database could not be read; is it deployed, and are you signed in (npx wrangler login)?'],
      exit: 1,
    }
  }
  const lines = COUNTRIES.flatMap((country) => compileHouse(organisation, country).defaultLines)
  const list = due(content.services, noAnswersOf(rows, content.codes.services, seconds), lines, today)
  return { out: json ? `${JSON.stringify(list, null, 2)}\n` : callSheet(list, today), errors, exit: 0 }
}

function signCommand(root: string, args: string[], now: Date): Outcome {
  const parsed = read(args, SIGN, true)
  if (parsed === null || parsed.positionals.length > 1)
    return refuse(`"sign ${args.join(' ')}" is not understood; possible: one id, ${possible(SIGN)}.`)
  const { by, how, on, note } = parsed.values
  const result = sign(root, { id: parsed.positionals[0], by, how, on, note }, localDay(now))
  if (!result.ok) return refuse(result.error)
  const { file, signature } = result.value
  return { out: `${file}: confirmed on ${signature.on} by ${signature.by} (${signature.how}).\n`, errors: [], exit: 0 }
}

if (import.meta.main) {
  // Whoever reads only the first lines (`| head`) closes the pipe.
  process.stdout.on('error', () => {})
  try {
    const { out, errors, exit } = await directory(join(import.meta.dirname, '..'), process.argv.slice(2), new Date())
    process.stdout.write(out)
    for (const error of errors) console.error(error)
    process.exitCode = exit
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
