/**
 * `npm run train [-- UA KZ … EN] [--phone | --edge] [--try]`: learns from the phrases and word lists under `guide/understand/` and writes the files:
 * one a country, without English, and English by itself; each for phones and for the edge. At the edge Ukraine's and Kazakhstan's have a net too.
 *
 * First on four phrases of five, to choose the limits on the fifth and to say how well it does there; then on all. `--try` stops after the
 * first and writes nothing. The same phrases give the same bytes: `--check` writes nothing and fails when a file is another.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Model, ModelHead } from '../guide/understand/model.ts'
import { inOrder, openNet } from '../guide/understand/net.ts'
import { type Knows, OWN } from '../guide/understand/taught.ts'
import { COUNTRIES, type Country } from '../schema/terms.ts'
import { type Gloss, type Glossed, glossesIn } from './understand/gloss.ts'
import { again, type Learnt, largest, learn, learnNet, readLessons } from './understand/learn.ts'
import { chooseLimits } from './understand/limits.ts'
import { DEVICES, type Device, modelFile, netFile, OPEN } from './understand/load.ts'
import { type Counts, measure } from './understand/measure.ts'
import { pack, packForEdge } from './understand/pack.ts'
import { packNet } from './understand/pack-net.ts'
import { type Amount, isForChoosing, type Phrase, readPhrases, WITH_MANY } from './understand/phrases.ts'

/** Bytes for the weights of a phone's file, beside its lists of words, of 60 KB; they take a twentieth more when they have learnt once more. */
const ROOM: Record<Knows, number> = { UA: 41_100, KZ: 45_000, KG: 45_300, UZ: 45_200, TJ: 45_200, TM: 45_400, EN: 50_000 }
/** Weights at the edge: beyond so many more bring nothing. */
const KEPT: Record<Knows, number> = { UA: 300_000, KZ: 300_000, KG: 100_000, UZ: 100_000, TJ: 100_000, TM: 100_000, EN: 250_000 }
/** What is relied on less leans on more weights: good where there is room for them. */
const DROPPED = { phone: 0, edge: 0.5 }
/** How much more the first weight of a bucket must be worth than others. */
const FIRST_WORTH = { phone: 1.3, edge: 1 }
const AGAIN_EPOCHS = { phone: 8, edge: 4 }
/** At the edge, where there are many phrases: those that a smaller file has no room for, and the mean of the last epochs, because with features left out one is not like the next. */
const isLarge = (knows: Knows, device: Device): boolean => device === 'edge' && WITH_MANY.includes(knows)
/** Of English there are fewer phrases, and in those of other languages, said word by word, the order is theirs: there a net heard less. */
const NETTED: readonly Knows[] = ['UA', 'KZ']
/** Of how many last epochs the mean is taken, the first time and again. */
const MEANS = { large: { first: 3, again: 2 }, small: { first: 1, again: 1 } } as const

const amountOf = (knows: Knows, device: Device): Amount => (!isLarge(knows, device) ? 'few' : knows === 'EN' ? 'many' : 'all')

const meansOf = (knows: Knows, device: Device) => MEANS[isLarge(knows, device) ? 'large' : 'small']

/** How many times all is learnt for the edge, each in another order; the weights are the mean. */
const TIMES: Record<Knows, number> = { UA: 2, KZ: 2, KG: 1, UZ: 1, TJ: 1, TM: 1, EN: 3 }
/** In which languages a file of the edge also learns what was said in others. */
const GLOSSED: Record<Knows, readonly Glossed[]> = {
  UA: ['uk', 'ru'],
  KZ: ['kk', 'ru'],
  KG: ['ky'],
  UZ: ['uz'],
  TJ: ['tg'],
  TM: ['tk'],
  EN: ['en'],
}
const SAID_IN = ['uk', 'ru', 'mix']

const glossesFor = (root: string, knows: Knows, device: Device): Gloss[] => {
  if (device === 'phone') return []
  const said = SAID_IN.flatMap((language) => readPhrases(root, language, amountOf(knows, device)))
  return GLOSSED[knows].flatMap((into) => glossesIn(root, into, said))
}

const ENGLISH = ['en']
/** Each country's own language first; Russian beside it everywhere. */
const ownOf = (knows: Knows): string[] => (knows === 'EN' ? ENGLISH : [OWN[knows], 'ru', 'mix'])
const UNLIMITED = { unrelated: 1, crisis: 1 }
const NO_LIMITS: ModelHead['limits'] = { own: UNLIMITED, russian: UNLIMITED, english: UNLIMITED }

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

const packed = ({ knows, device }: Job, learnt: Learnt, kept: number, limits: ModelHead['limits']): string => {
  const weights = again(learnt, largest(learnt, kept, FIRST_WORTH[device]), AGAIN_EPOCHS[device], meansOf(knows, device).again)
  return device === 'phone' ? pack(learnt, weights, limits).file : packForEdge(learnt, weights, limits)
}

type Job = { knows: Knows; country: Country; device: Device; languages: readonly string[] }

/** The limits of what reads, and how it does on phrases it has not learnt. */
function limitsFor(
  { knows, country, device }: Job,
  model: Model,
  aside: readonly Phrase[],
  say: (line: string) => void,
): ModelHead['limits'] {
  const limits = chooseLimits(model, country, aside, device)
  Object.assign(model.net ?? model.head, { limits })
  say(`${knows}  ${device}${model.net ? ' with its net' : ''}: ${model.weights.length} weights; limits ${JSON.stringify(limits)}`)
  const measured = measure(model, country, aside)
  for (const [language, one] of Object.entries(measured))
    say(
      `  ${language.padEnd(3)} first ${share(one.first, one.related)} three ${share(one.three, one.related)} unknown ${share(one.unknown, one.unrelated)} ` +
        `crisis ${share(one.heard, one.crises)} alarms ${share(one.alarms, one.calm)} door ${share(one.rightDoors, one.doors)}`,
    )
  say(`  most often another: ${mostConfused(Object.values(measured)).join(', ')}`)
  return limits
}

const MOST = 10
function mostConfused(all: readonly Counts[]): string[] {
  const sums = new Map<string, number>()
  for (const { confused } of all) for (const [what, count] of confused) sums.set(what, (sums.get(what) ?? 0) + count)
  const ranked = [...sums].sort((a, b) => b[1] - a[1])
  return ranked.slice(0, MOST).map(([what, count]) => `${what} ${count}`)
}

type Options = { devices?: readonly Device[]; only?: boolean }

/** @returns the files of what is to be known, by their paths; none with `only`, which stops when the limits are chosen */
export function train(root: string, knows: Knows, say: (line: string) => void, { devices = DEVICES, only = false }: Options = {}) {
  const country = knows === 'EN' ? 'UA' : knows
  const jobs = devices.map((device): Job => ({ knows, country, device, languages: ownOf(knows) }))
  // Who reads English must know what is not English.
  const course = { country, languages: [...ownOf(country), ...ENGLISH] }
  return jobs.flatMap((job): [path: string, file: string][] => {
    const { device, languages } = job
    const netted = isLarge(knows, device) && NETTED.includes(knows)
    const phrasesOf = (some: readonly string[]): Phrase[] =>
      some.flatMap((language) => readPhrases(root, language, amountOf(knows, device)))
    const lessons = readLessons(root, course, phrasesOf(course.languages), glossesFor(root, knows, device))
    const choice = {
      languages,
      dropped: knows === 'EN' ? DROPPED.edge : DROPPED[device],
      averaged: meansOf(knows, device).first,
      times: device === 'edge' ? TIMES[knows] : 1,
    }
    const weightsOf = (learnt: Learnt, limits: ModelHead['limits']): string =>
      packed(job, learnt, device === 'phone' ? inRoom(learnt, ROOM[knows]) : KEPT[knows], limits)
    const netOf = (isAside: (phrase: Phrase) => boolean, limits: ModelHead['limits']): string =>
      packNet(learnNet(lessons, { languages, isAside }), limits)

    const aside = phrasesOf(languages).filter(isForChoosing)
    const model = OPEN[device](weightsOf(learn(root, lessons, { ...choice, isAside: isForChoosing }), NO_LIMITS))
    const limits = limitsFor(job, model, aside, say)
    const netLimits = netted ? limitsFor(job, { ...model, net: inOrder(openNet(netOf(isForChoosing, NO_LIMITS))) }, aside, say) : NO_LIMITS
    if (only) return []
    const none = (): boolean => false
    const weights: [string, string] = [
      modelFile(root, knows, device),
      weightsOf(learn(root, lessons, { ...choice, isAside: none }), limits),
    ]
    return netted ? [weights, [netFile(root, knows), netOf(none, netLimits)]] : [weights]
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
    for (const [path, file] of train(root, knows, console.log, { only, devices: devices.length > 0 ? devices : DEVICES })) {
      if (process.argv.includes('--check')) {
        if (readFileSync(path, 'utf8') === file) continue
        console.error(`${path} is not what its phrases give. Run:  npm run train -- ${knows}`)
        process.exitCode = 1
        continue
      }
      writeFileSync(path, file)
      console.log(`  ${relative(root, path)}: ${file.length} bytes, ${brotliCompressSync(file).length} with Brotli`)
    }
}
