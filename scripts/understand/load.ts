/** Models and places from the files of this repository, each opened once; for commands and benches. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Alias, Area, Settlement } from '../../guide/content.ts'
import { openPlaces, type Places } from '../../guide/places.ts'
import { openEdgeModel } from '../../guide/understand/edge.ts'
import { likeness } from '../../guide/understand/likeness.ts'
import { inOrder, openNet } from '../../guide/understand/net.ts'
import { soundOf } from '../../guide/understand/sound.ts'
import { BESIDE, type Knows, readAsIn } from '../../guide/understand/taught.ts'
import { isEnglish, type Model, openModel, type Setting } from '../../guide/understand/understand.ts'
import { sentencesOf, tidy } from '../../guide/understand/words.ts'
import { COUNTRIES, type Country, LANGUAGES, type Language } from '../../schema/terms.ts'
import { packPlaces } from '../content/places.ts'

/** `reading`: the file that reads a text there. */
export type Loaded = { model(knows: Knows): Model; reading(text: string, setting: Setting): Model; places(country: Country): Places }

/** What reads the words: a phone's own page, or the edge for the bot and the plain pages. */
export const DEVICES = ['phone', 'edge'] as const
export type Device = (typeof DEVICES)[number]
export const OPEN: Record<Device, (packed: string) => Model> = { phone: openModel, edge: openEdgeModel }

export function load(root: string, device: Device): Loaded {
  const models = new Map<Knows, Model>()
  const places = new Map<Country, Places>()
  const rows = <T>(file: string): T[] => parse(readFileSync(join(root, 'guide/content/geo', file), 'utf8'), { columns: true }) as T[]
  const geo = (country: Country): Places => {
    const areas = country === 'UA' ? rows<Area>('ua-areas.csv') : rows<Area>('ca-areas.csv')
    const settlements = country === 'UA' ? rows<Settlement>('ua-settlements.csv') : []
    return openPlaces(packPlaces(areas, settlements, rows<Alias>('aliases.csv'), country))
  }
  const once = <K, T>(known: Map<K, T>, country: K, make: () => T): T => {
    const one = known.get(country) ?? make()
    known.set(country, one)
    return one
  }
  const open = (knows: Knows): Model => {
    const model = OPEN[device](readFileSync(modelFile(root, knows, device), 'utf8'))
    const net = netFile(root, knows)
    return device === 'edge' && existsSync(net) ? { ...model, net: inOrder(openNet(readFileSync(net, 'utf8'))) } : model
  }
  const model = (knows: Knows): Model => once(models, knows, () => open(knows))
  return {
    model,
    reading: (text, setting) => {
      const knows = isEnglish(model(setting.country), text, setting) ? 'EN' : setting.country
      const beside = device === 'edge' ? BESIDE[knows] : undefined
      return beside === undefined ? model(knows) : { ...model(knows), beside: model(beside) }
    },
    places: (country) => once(places, country, () => geo(country)),
  }
}

export const modelFile = (root: string, knows: Knows, device: Device): string =>
  join(root, 'guide/understand/models', device === 'edge' ? 'edge' : '', `${knows}.txt`)

/** Beside the weights of the edge, where there are many phrases. */
export const netFile = (root: string, knows: Knows): string => join(root, 'guide/understand/models/edge', `${knows}.net.txt`)

/** A screen knows its country; a line alone does not: then the country whose words it looks like most. `null` for a language we do not know. */
export function settingOf(loaded: Loaded, lang: string, text: string): { language: Language; country: Country } | null {
  const language = LANGUAGES.find((one) => one === lang)
  if (language !== undefined) return { language, country: readAsIn('UA', language) }
  if (lang !== 'mix') return null
  const words = sentencesOf(tidy(text)).flat().map(soundOf)
  const closeness = (country: Country): number => likeness(loaded.model(country).likenesses.own, words)
  const country =
    /[іїєґ]/i.test(text) && !/[әғқңөұүһҳҷӣӯў]/i.test(text)
      ? 'UA'
      : COUNTRIES.reduce((best, one) => (closeness(one) > closeness(best) ? one : best))
  return { language: country === 'UA' ? 'uk' : 'ru', country }
}
