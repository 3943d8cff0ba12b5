/**
 * `npm run ask -- "text" [--lang uk] [--device]` says what the guide understands; `npm run --silent ask -- --stdin` reads `lang<TAB>text` lines and
 * prints one line of JSON for each, nothing else. `lang` may be `mix`. A line that cannot be read is answered with nothing understood. It is
 * answered as the bot and the plain pages do; `--device`: as the web app does, with the smaller file that a phone fetches.
 */
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type Understood, understand } from '../guide/understand/understand.ts'
import { type Loaded, load, settingOf } from './understand/load.ts'

const NOTHING: Understood = { topics: [], needs: [], crisis: 'none', places: [], door: null }

export function ask(loaded: Loaded, lang: string, text: string): Understood {
  const setting = settingOf(loaded, lang, text)
  return setting === null ? NOTHING : understand(loaded.reading(text, setting), text, setting, loaded.places(setting.country))
}

/** @param line  `lang<TAB>text`; the text may hold tabs */
export function askLine(loaded: Loaded, line: string): Understood {
  const tab = line.indexOf('\t')
  return tab < 0 ? NOTHING : ask(loaded, line.slice(0, tab).trim(), line.slice(tab + 1))
}

function forReading({ topics, needs, crisis, places, door }: Understood): string {
  if (topics.length === 0 && places.length === 0) return 'Nothing is understood: menus.'
  return [
    ...(crisis === 'none' ? [] : [`crisis  ${crisis}`]),
    ...topics.map(({ id, score }) => `${score.toFixed(2)}    ${id}`),
    `needs   ${needs.join(', ') || '–'}`,
    `places  ${places.join(', ') || '–'}`,
    `door    ${door ?? '–'}`,
  ].join('\n')
}

if (import.meta.main) {
  // Whoever reads only the first lines (`| head`) closes the pipe.
  process.stdout.on('error', () => {})
  const { values, positionals } = parseArgs({
    options: {
      stdin: { type: 'boolean', default: false },
      lang: { type: 'string', default: 'uk' },
      device: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const loaded = load(join(import.meta.dirname, '..'), values.device ? 'phone' : 'edge')
  if (values.stdin) {
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
      process.stdout.write(`${JSON.stringify(askLine(loaded, line))}\n`)
  } else if (positionals.length > 0) console.log(forReading(ask(loaded, values.lang, positionals.join(' '))))
  else {
    console.error('npm run ask -- "text" [--lang uk] [--device]   or   npm run --silent ask -- --stdin [--device]')
    process.exitCode = 2
  }
}
