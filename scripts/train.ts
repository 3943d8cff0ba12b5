/**
 * `npm run train [-- UA KZ …] [--try]`: learns from the phrases and word lists under `guide/understand/` and writes a model file a country.
 *
 * First on four phrases of five, to choose the limits on the fifth and to say how well it does there; then on all. `--try` stops after the
 * first and writes nothing. The same phrases give the same bytes: `--check` writes nothing and fails when a file is another.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { OWN } from '../guide/understand/taught.ts'
import { openModel } from '../guide/understand/understand.ts'
import { COUNTRIES, type Country } from '../schema/terms.ts'
import { type Course, learn } from './understand/learn.ts'
import { chooseLimits } from './understand/limits.ts'
import { modelFile } from './understand/load.ts'
import { measure } from './understand/measure.ts'
import { isForChoosing, readPhrases } from './understand/phrases.ts'

/** As many weights as a file of 60 KB holds beside the country's lists of words. */
const KEPT: Record<Country, number> = { UA: 30_100, KZ: 33_400, KG: 35_000, UZ: 35_000, TJ: 35_000, TM: 35_000 }

/** Each country's own language first; Russian beside it everywhere, English wherever it is complete. */
const learntIn = (country: Country): string[] => [OWN[country], 'ru', 'mix', 'en']
const NONE = { unrelated: 1, crisis: 1 }

/** @returns the model file, and how the same course does on phrases it has not learnt */
export function train(root: string, country: Country, say: (line: string) => void, { only = false } = {}): string {
  const course: Course = { country, languages: learntIn(country), kept: KEPT[country] }
  const phrases = course.languages.flatMap((language) => readPhrases(root, language))
  const aside = phrases.filter(isForChoosing)
  const first = openModel(
    learn(
      root,
      course,
      phrases.filter((phrase) => !isForChoosing(phrase)),
      { own: NONE, english: NONE },
    ),
  )
  const limits = {
    own: chooseLimits(
      first,
      country,
      aside.filter(({ language }) => language !== 'en'),
      'own',
    ),
    english: chooseLimits(
      first,
      country,
      aside.filter(({ language }) => language === 'en'),
      'english',
    ),
  }
  Object.assign(first.head, limits)
  say(`${country}  ${phrases.length} phrases; limits ${JSON.stringify(limits)}`)
  for (const [language, one] of Object.entries(measure(first, country, aside)))
    say(
      `  ${language.padEnd(3)} first ${share(one.first, one.related)} three ${share(one.three, one.related)} unknown ${share(one.unknown, one.unrelated)} ` +
        `crisis ${share(one.heard, one.crises)} alarms ${share(one.alarms, one.calm)} door ${share(one.rightDoors, one.doors)}`,
    )
  return only ? '' : learn(root, course, phrases, limits)
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`).padStart(7)

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const only = process.argv.includes('--try')
  const asked = COUNTRIES.filter((country) => process.argv.includes(country))
  for (const country of asked.length > 0 ? asked : COUNTRIES) {
    const packed = train(root, country, console.log, { only })
    if (only) continue
    const file = modelFile(root, country)
    if (process.argv.includes('--check')) {
      if (readFileSync(file, 'utf8') === packed) continue
      console.error(`${file} is not what its phrases give. Run:  npm run train -- ${country}`)
      process.exitCode = 1
      continue
    }
    writeFileSync(file, packed)
    console.log(`  ${packed.length} bytes, ${brotliCompressSync(packed).length} with Brotli`)
  }
}
