/** Models and places from the files of this repository, each opened once; for commands and benches. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Alias, Area, Settlement } from '../../guide/content.ts'
import { openPlaces, type Places } from '../../guide/places.ts'
import { likeness } from '../../guide/understand/likeness.ts'
import { soundOf } from '../../guide/understand/sound.ts'
import { readAsIn } from '../../guide/understand/taught.ts'
import { type Model, openModel } from '../../guide/understand/understand.ts'
import { sentencesOf, tidy } from '../../guide/understand/words.ts'
import { COUNTRIES, type Country, LANGUAGES, type Language } from '../../schema/terms.ts'
import { packPlaces } from '../content/places.ts'

export type Loaded = { model(country: Country): Model; places(country: Country): Places }

export function load(root: string): Loaded {
  const models = new Map<Country, Model>()
  const places = new Map<Country, Places>()
  const rows = <T>(file: string): T[] => parse(readFileSync(join(root, 'guide/content/geo', file), 'utf8'), { columns: true }) as T[]
  const geo = (country: Country): Places => {
    const areas = country === 'UA' ? rows<Area>('ua-areas.csv') : rows<Area>('ca-areas.csv')
    const settlements = country === 'UA' ? rows<Settlement>('ua-settlements.csv') : []
    return openPlaces(packPlaces(areas, settlements, rows<Alias>('aliases.csv'), country))
  }
  const once = <T>(known: Map<Country, T>, country: Country, make: () => T): T => {
    const one = known.get(country) ?? make()
    known.set(country, one)
    return one
  }
  return {
    model: (country) => once(models, country, () => openModel(readFileSync(modelFile(root, country), 'utf8'))),
    places: (country) => once(places, country, () => geo(country)),
  }
}

export const modelFile = (root: string, country: Country): string => join(root, 'guide/understand/models', `${country}.txt`)

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
