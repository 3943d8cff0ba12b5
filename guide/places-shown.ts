/** How a place of the table reads to who asked: its name in her language, the former one, and what it lies in. Finding it is `places.ts`. */
import { ancestors } from './area-codes.ts'
import { stemName } from './fold.ts'
import { chain, indexOf, type Places } from './places-index.ts'
import { romanise } from './places-names.ts'
import { type Area, decodeName, type Entry, entryName, type Kind, type NameLanguage, nameOf, tongueOf } from './places-table.ts'

/** `raion` is null for an oblast, for a raion itself, and where city and raion are one (Kyiv). Names come without the word for their kind. */
export type Place = { code: string; name: string; kind: Kind; raion: string | null; oblast: string }
/**
 * `exact`: written so, letter for letter save case, apostrophes, і for и, or Latin letters, or a big town's name plainly declined; else
 * ask "is that right?". `hromada`: where name, raion and oblast do not tell two matches apart.
 */
export type PlaceMatch = Place & { exact: boolean; hromada: string | null }

/** What was found, as it is listed: with the hromada where two would read the same. */
export function toldApart(places: Places, found: { entry: Entry; exact: boolean }[], language: NameLanguage): PlaceMatch[] {
  const matches = found.map(({ entry, exact }) => {
    const place = { ...describe(places, entry, language), name: displayed(places, entry, language) }
    return { label: [place.name, place.raion, place.oblast].join(), entry, match: { ...place, exact, hromada: null } }
  })
  return matches.map(({ label, entry, match }) => {
    const isAlone = matches.every((other) => other.match === match || other.label !== label)
    return isAlone || entry.kind !== 'settlement' || entry.area.kind !== 'hromada'
      ? match
      : { ...match, hromada: shownName(places, entry.area, language) }
  })
}

/** Today's name with the former one in brackets, where the table has the former; Russian keeps the former, having no today's. */
function shownName({ table }: Places, area: Area, reader: NameLanguage): string {
  const language = tongueOf(area, reader)
  const renamed = language === 'ru' ? undefined : table.renamed.get(`${area.code} `)
  const name = nameOf(area, language)
  return renamed === undefined ? name : `${language === 'en' ? romanise(renamed) : renamed} (${name})`
}

/** An other name is shown to who reads its language, so that she knows it again; to others the table's own. */
function displayed(places: Places, { at, area, kind, alias }: Entry, reader: NameLanguage): string {
  const language = tongueOf(area, reader)
  if (kind !== 'settlement') return shownName(places, area, language)
  const name = entryName(places.table, at)
  if (alias?.mark === 'quarter') {
    const town = inLanguage(places, area, decodeName(alias.of), language)
    if (language === 'en') return alias.language === 'uk' ? `${romanise(name)} (${town})` : town
    return `${name} (${town})`
  }
  const packed = alias ? alias.of : places.table.text.slice(places.table.starts[at], places.table.ends[at])
  const today = language === 'ru' ? undefined : places.table.renamed.get(`${area.code} ${packed}`)
  if (today !== undefined) {
    const both = [today, decodeName(packed)].map((one) => (language === 'en' ? romanise(one) : one))
    return `${both[0]} (${both[1]})`
  }
  if (alias?.language === language || (alias?.language === 'uk' && language === 'ru')) return name
  return inLanguage(places, area, alias?.language === 'uk' ? name : alias ? decodeName(alias.of) : name, language)
}

function inLanguage(places: Places, area: Area, uk: string, language: NameLanguage): string {
  if (language === 'en') return romanise(uk)
  return language === 'ru' ? (indexOf(places).russian.get(`${area.code} ${stemName(uk)}`) ?? uk) : uk
}
function describe(places: Places, { area, kind }: Pick<Entry, 'area' | 'kind'>, language: NameLanguage): Place {
  const up = chain(area)
  const oblast = up[up.length - 1] ?? area
  const raion = up.find((one) => one.kind === 'raion')
  const shown = raion && kind !== 'raion' && raion.packed !== oblast.packed ? shownName(places, raion, language) : null
  return { code: area.code, name: shownName(places, area, language), kind, raion: shown, oblast: nameOf(oblast, language) }
}

/** The area of any code: an oblast's, raion's, hromada's, or a settlement's (its hromada, or its raion where there is none); else null. */
export function placeOf(places: Places, code: string, language: NameLanguage = 'uk'): Place | null {
  const nearest = code.length === 12 ? [code, ...ancestors(code).slice(0, 2)] : [code]
  const area = nearest.map((one) => places.table.byCode.get(one)).find((one) => one !== undefined)
  return area ? describe(places, { area, kind: area.kind }, language) : null
}
