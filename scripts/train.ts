/**
 * `npm run train [-- UA KZ … EN] [--phone | --edge] [--try]`: learns from the phrases and word lists under `guide/understand/` and writes the files:
 * one a country, without English, and English by itself; each for phones and for the edge.
 *
 * First on four phrases of five, to choose the limits on the fifth and to say how well it does there; then on all. `--try` stops after the
 * first and writes nothing. The same phrases give the same bytes: `--check` writes nothing and fails when a file is another.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { type Knows, OWN } from '../guide/understand/taught.ts'
import { COUNTRIES, type Country } from '../schema/terms.ts'
import { again, type Learnt, largest, learn, readLessons } from './understand/learn.ts'
import { chooseLimits, type Shares, sharesOf } from './understand/limits.ts'
import { DEVICES, type Device, modelFile, OPEN } from './understand/load.ts'
import { measure } from './understand/measure.ts'
import { type BothLimits, pack, packForEdge } from './understand/pack.ts'
import { isForChoosing, type Phrase, readPhrases } from './understand/phrases.ts'

/** Bytes for the weights of a phone's file, beside its lists of words, of 60 KB; they take a twentieth more when they have learnt once more. */
const ROOM: Record<Knows, number> = { UA: 41_100, KZ: 45_000, KG: 45_300, UZ: 45_200, TJ: 45_200, TM: 45_400, EN: 50_000 }
/** Weights at the edge: beyond so many more bring nothing. */
const KEPT: Record<Knows, number> = { UA: 300_000, KZ: 300_000, KG: 100_000, UZ: 100_000, TJ: 100_000, TM: 100_000, EN: 250_000 }
/** What is relied on less leans on more weights: good where there is room for them. */
const DROPPED = { phone: 0, edge: 0.5 }
/** How much more the first weight of a bucket must be worth than others. */
const FIRST_WORTH = { phone: 1.3, edge: 1 }
const AGAIN_EPOCHS = { phone: 8, edge: 4 }

const ENGLISH = ['en']
/** Each country's own language first; Russian beside it everywhere. */
const ownOf = (knows: Knows): string[] => (knows === 'EN' ? ENGLISH : [OWN[knows], 'ru', 'mix'])
const UNLIMITED = { unrelated: 1, crisis: 1 }
/** Where a file knows nothing of how a text reads, only plain signs of danger are heard. */
const UNTAUGHT = { unrelated: 0, crisis: 0.98 }
const NO_LIMITS: BothLimits = { own: UNLIMITED, english: UNLIMITED }

const STEP = 500
/** As many weights as there is room for: what they weigh is seen before they learn once more. */
function inRoom(learnt: Learnt, room: number): number {
  let [fits, over] = [0, Math.ceil(learnt.weights.table.length / STEP)]
  while (over - fits > 1) {
    const middle = (fits + over) >> 1
    if (pack(learnt, largest(learnt, middle * STEP, FIRST_WORTH.phone), NO_LIMITS).bytes <= room) fits = middle
    else over = middle
  }
  return fits * STEP
}

const packed = (device: Device, learnt: Learnt, kept: number, limits: BothLimits): string => {
  const weights = again(learnt, largest(learnt, kept, FIRST_WORTH[device]), AGAIN_EPOCHS[device])
  return device === 'phone' ? pack(learnt, weights, limits).file : packForEdge(learnt, weights, limits)
}

type Job = { knows: Knows; country: Country; device: Device; languages: readonly string[] }

/** The limits of a file, and how the same course does on phrases it has not learnt. */
function limitsFor({ knows, country, device }: Job, file: string, aside: readonly Phrase[], say: (line: string) => void): BothLimits {
  const model = OPEN[device](file)
  const isEnglish = ({ language }: Phrase): boolean => language === 'en'
  const choose = (some: Phrase[], shares: Shares) => (some.length === 0 ? UNTAUGHT : chooseLimits(model, country, some, shares))
  const limits = {
    own: choose(
      aside.filter((phrase) => !isEnglish(phrase)),
      sharesOf(device, false),
    ),
    english: choose(aside.filter(isEnglish), sharesOf(device, true)),
  }
  Object.assign(model.head, limits)
  say(`${knows}  ${device}: ${model.weights.length} weights; limits ${JSON.stringify(limits)}`)
  for (const [language, one] of Object.entries(measure(model, country, aside)))
    say(
      `  ${language.padEnd(3)} first ${share(one.first, one.related)} three ${share(one.three, one.related)} unknown ${share(one.unknown, one.unrelated)} ` +
        `crisis ${share(one.heard, one.crises)} alarms ${share(one.alarms, one.calm)} door ${share(one.rightDoors, one.doors)}`,
    )
  return limits
}

type Options = { devices?: readonly Device[]; only?: boolean }

/** @returns the files of what is to be known; none with `only`, which stops when the limits are chosen */
export function train(root: string, knows: Knows, say: (line: string) => void, { devices = DEVICES, only = false }: Options = {}) {
  const country = knows === 'EN' ? 'UA' : knows
  const jobs = devices.map((device): Job => ({ knows, country, device, languages: ownOf(knows) }))
  // Who reads English must know what is not English.
  const course = { country, languages: [...ownOf(country), ...ENGLISH] }
  const lessons = readLessons(
    root,
    course,
    course.languages.flatMap((language) => readPhrases(root, language)),
  )
  return jobs.flatMap((job): [Device, string][] => {
    const { device, languages } = job
    const choice = { languages, dropped: knows === 'EN' ? DROPPED.edge : DROPPED[device] }
    const first = learn(root, lessons, { ...choice, isAside: isForChoosing })
    const kept = device === 'phone' ? inRoom(first, ROOM[knows]) : KEPT[knows]
    const aside = languages.flatMap((language) => readPhrases(root, language)).filter(isForChoosing)
    const limits = limitsFor(job, packed(device, first, kept, NO_LIMITS), aside, say)
    if (only) return []
    const learnt = learn(root, lessons, { ...choice, isAside: () => false })
    return [[device, packed(device, learnt, device === 'phone' ? inRoom(learnt, ROOM[knows]) : KEPT[knows], limits)]]
  })
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`).padStart(7)

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const only = process.argv.includes('--try')
  const all: Knows[] = [...COUNTRIES, 'EN']
  const asked = all.filter((one) => process.argv.includes(one))
  const devices = DEVICES.filter((one) => process.argv.includes(`--${one}`))
  for (const knows of asked.length > 0 ? asked : all)
    for (const [device, file] of train(root, knows, console.log, { only, devices: devices.length > 0 ? devices : DEVICES })) {
      const path = modelFile(root, knows, device)
      if (process.argv.includes('--check')) {
        if (readFileSync(path, 'utf8') === file) continue
        console.error(`${path} is not what its phrases give. Run:  npm run train -- ${knows}`)
        process.exitCode = 1
        continue
      }
      writeFileSync(path, file)
      console.log(`  ${device}: ${file.length} bytes, ${brotliCompressSync(file).length} with Brotli`)
    }
}
