/**
 * How well free text is understood on lines nobody trained on, at the edge and on a phone, beside MiniSearch and a plain keyword list over the same phrases; how long
 * a text takes; what the phone loads. Prints numbers, never a line. `--json`, `--no-times`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { understand } from '../guide/understand/understand.ts'
import { COUNTRIES, TOPICS } from '../schema/terms.ts'
import { type Line, readHeldOut, unseen } from '../scripts/understand/held-out.ts'
import { DEVICES, type Device, load, modelFile, netFile, settingOf } from '../scripts/understand/load.ts'
import { readPhrases } from '../scripts/understand/phrases.ts'
import { keywords, miniSearch, type Peer } from './understand/peers.ts'
import { readers } from './understand/readers.ts'
import { type Answer, type Score, score } from './understand/score.ts'
import { times } from './understand/times.ts'

const LANGS = ['uk', 'ru', 'mix', 'kk', 'en', 'ky', 'uz', 'tg', 'tk']
const root = process.cwd()
const { values: given } = parseArgs({
  options: { json: { type: 'boolean', default: false }, 'no-times': { type: 'boolean', default: false } },
})

/** Titles of the guide's pages, for the search beside ours. */
const titles = ['uk', 'ru', 'en', 'kk'].flatMap((language) =>
  TOPICS.flatMap((topic) => {
    const file = join(root, 'locales', language, `ua-${topic}.json`)
    if (!existsSync(file)) return []
    const { steps = {} } = JSON.parse(readFileSync(file, 'utf8')) as { steps?: Record<string, { title?: string }> }
    return Object.values(steps).flatMap(({ title }) => (title === undefined ? [] : [{ topic, text: title }]))
  }),
)
const phrases = LANGS.flatMap((language) => readPhrases(root, language))

function ours(device: Device): (line: Line) => Answer {
  const loaded = load(root, device)
  return ({ lang, text }) => {
    const setting = settingOf(loaded, lang, text)
    if (setting === null) return { topics: [], crisis: false, door: null, places: [] }
    const { topics, crisis, door, places } = understand(loaded.reading(text, setting), text, setting, loaded.places(setting.country))
    return { topics: topics.map(({ id }) => id), crisis: crisis !== 'none', door, places }
  }
}
const peer =
  (one: Peer) =>
  ({ text }: Line) =>
    one(text)

/** `counted`: without those that were written for the training too. */
function heldOut(file: string, readings: string) {
  const all = readHeldOut(join(root, 'bench/understand', file))
  const counted = unseen(all, phrases)
  const isCounted = new Set(counted)
  const heardBy = LANGS.map((lang) => [lang, readers(readings, all, (line) => line.lang === lang && isCounted.has(line))] as const)
  return { all, counted, readers: Object.fromEntries(heardBy.filter(([lang]) => all.some((line) => line.lang === lang))) }
}
const { all, counted: lines, readers: heard } = heldOut('held-out.tsv', 'readings.tsv')
/** Written later, by other hands, and looked at less often: it tells how far the first is known too well. */
const newer = heldOut('held-out-2.tsv', 'readings-2.tsv')
function byLanguage(answer: (line: Line) => Answer, some: readonly Line[] = lines): Record<string, Score> {
  const answered = some.map((line) => ({ line, answer: answer(line) }))
  const scored = (group: typeof answered): Score =>
    score(
      group.map(({ line }) => line),
      group.map(({ answer }) => answer),
    )
  const langs = LANGS.filter((lang) => some.some((line) => line.lang === lang))
  const groups = langs.map((lang): [string, Score] => [lang, scored(answered.filter(({ line }) => line.lang === lang))])
  return Object.fromEntries([...groups, ['all', scored(answered)]])
}

const textOf = (file: string): string => readFileSync(file, 'utf8')
const bytesOf = (device: Device): Record<string, number> =>
  Object.fromEntries(
    [...COUNTRIES, 'EN' as const].map((knows) => [knows, brotliCompressSync(readFileSync(modelFile(root, knows, device))).length]),
  )
const timedTexts = lines.filter(({ lang }) => lang === 'uk' || lang === 'ru').map(({ text }) => text)
const [atEdge, onPhone] = [ours('edge'), ours('phone')]
const result = {
  lines: lines.length,
  /** Not counted: the same words stand among the phrases. */
  written: all.length - lines.length,
  edge: byLanguage(atEdge),
  phone: byLanguage(onPhone),
  readers: heard,
  newer: {
    lines: newer.counted.length,
    edge: byLanguage(atEdge, newer.counted),
    phone: byLanguage(onPhone, newer.counted),
    readers: newer.readers,
  },
  minisearch: byLanguage(peer(miniSearch(phrases, titles))),
  keywords: byLanguage(peer(keywords(phrases))),
  bytes: Object.fromEntries(DEVICES.map((device) => [device, bytesOf(device)])),
  msPerText: given['no-times']
    ? null
    : await times(
        { phone: textOf(modelFile(root, 'UA', 'phone')), edge: textOf(modelFile(root, 'UA', 'edge')), net: textOf(netFile(root, 'UA')) },
        { texts: timedTexts, language: 'uk', country: 'UA' },
      ),
}

const percent = ({ share, low, high }: Score['topOne']): string =>
  `${(share * 100).toFixed(1).padStart(5)} (${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)})`
if (given.json) console.log(JSON.stringify(result, null, 2))
else {
  const { edge, phone, minisearch, keywords, newer } = result
  const tables = { edge, phone, minisearch, keywords, 'edge, newer lines': newer.edge, 'phone, newer lines': newer.phone }
  for (const [name, table] of Object.entries(tables)) {
    console.log(`\n${name}: per cent, with the interval that holds 95 times in 100`)
    for (const [lang, one] of Object.entries(table))
      console.log(
        `  ${lang.padEnd(4)} first ${percent(one.topOne)}  three ${percent(one.topThree)}  unknown ${percent(one.unknown)}  ` +
          `crisis ${one.crisisRecall.hits}/${one.crisisRecall.of} ${percent(one.crisisRecall)}  alarms ${percent(one.falseAlarms)}  ` +
          `door ${percent(one.door)}  places found ${percent(one.placesFound)} right ${percent(one.placesRight)}`,
      )
  }
  for (const [what, readers] of Object.entries({ 'two more readers': result.readers, 'two more readers, newer lines': newer.readers })) {
    console.log(`\n${what}`)
    for (const [lang, both] of Object.entries(readers))
      for (const [name, one] of Object.entries(both))
        console.log(`  ${lang.padEnd(4)} ${name.padEnd(6)} crisis ${percent(one.crisisRecall)}  alarms ${percent(one.falseAlarms)}`)
  }
  console.log('\nbytes with Brotli', result.bytes, '\nmilliseconds a text', result.msPerText)
}
