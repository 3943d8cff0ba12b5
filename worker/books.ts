/** The built content, opened once a country and language, when somebody first asks for it. */
import { built } from '../dist/built/index.ts'
import type { Codes } from '../guide/content.ts'
import type { Directory, Guide, House, Words } from '../guide/guide.ts'
import { openPlaces, type Places } from '../guide/places.ts'
import { openEdgeModel } from '../guide/understand/edge.ts'
import type { Knows } from '../guide/understand/taught.ts'
import type { Model } from '../guide/understand/understand.ts'
import type { Book } from '../guide/view.ts'
import type { BuiltTalk } from '../schema/api.ts'
import type { Organisation } from '../schema/content.ts'
import type { Manifest } from '../schema/manifest.ts'
import type { Country, Language } from '../schema/terms.ts'

type BuiltCountry = {
  guide: string
  places: string
  model: string
  languages: Record<string, { words: string; directory: string } | undefined>
}

const countries: Record<string, BuiltCountry | undefined> = built.countries

export const common = JSON.parse(built.common) as {
  codes: Codes
  houses: Record<string, House>
  organisation: Organisation
  /** Whom a sealed talk believes, and where its desk is; null while the organisation has no roots. */
  talk: BuiltTalk | null
}

export const manifest = JSON.parse(built.manifest) as Manifest

export type OpenBook = Book & { directory: Directory }

function once<T>(make: (country: Country, language: Language) => T): (country: Country, language: Language) => T {
  const kept = new Map<string, T>()
  return (country, language) => {
    const key = `${country}-${language}`
    const found = kept.get(key)
    if (found !== undefined) return found
    const made = make(country, language)
    kept.set(key, made)
    return made
  }
}

const guides = new Map<Country, Guide>()

function guideOf(country: Country): Guide {
  const found = guides.get(country) ?? (JSON.parse(countries[country]?.guide ?? '') as Guide)
  guides.set(country, found)
  return found
}

/** @throws Error for a country or language that was not built: those are chosen from the organisation's lists */
export const bookOf = once((country, language): OpenBook => {
  const texts = countries[country]?.languages[language]
  const house = common.houses[country]
  if (!texts || !house) throw new Error('not built')
  const directory = JSON.parse(texts.directory) as Directory
  const lines = new Map(directory.services.map((service) => [service.id, service]))
  return { guide: guideOf(country), words: JSON.parse(texts.words) as Words, house, directory, line: (id) => lines.get(id) }
})

const models = new Map<Knows, Model>()

export const isBuilt = (country: Country): boolean => countries[country] !== undefined

export function modelOf(knows: Knows): Model {
  const found = models.get(knows) ?? openEdgeModel(knows === 'EN' ? built.english : (countries[knows]?.model ?? ''))
  models.set(knows, found)
  return found
}

const opened = new Map<Country, Places>()

export function placesOf(country: Country): Places {
  const found = opened.get(country) ?? openPlaces(countries[country]?.places ?? '')
  opened.set(country, found)
  return found
}
