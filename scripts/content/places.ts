/** Builds the packed table of places that `guide/places-table.ts` describes and reads, from the rows under `guide/content/geo/`. */

import { ancestors } from '../../guide/area-codes.ts'
import type { Alias, Area, Settlement } from '../../guide/content.ts'
import { fold, loosen, stemName } from '../../guide/fold.ts'
import { romanise, russian } from '../../guide/places-names.ts'
import { type Extras, encodeName } from '../../guide/places-table.ts'
import type { Country } from '../../schema/terms.ts'

/** DESIGN: places of a country, loaded whole; Brotli quality 11. */
export const PLACES_BUDGET_BYTES = 122_880

// Sources write the apostrophe in three ways, Ukrainian typography in one; and Latin letters hide among Cyrillic ones that look the same.
const LOOKALIKES: Record<string, string> = { a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', x: 'х', y: 'у' }
const tidy = (name: string): string =>
  name
    .replace(/['ʼ`]/g, '’')
    .replace(/[aceiopxy]/g, (latin) => LOOKALIKES[latin] ?? latin)
    .replace(/\s+/g, ' ')
    .trim()

// Crimea's rows name the former councils (masculine); a hromada is feminine in Russian too.
const feminine = (area: Area): string =>
  area.level === '3' && area.name_uk.endsWith('а') ? area.name_ru.replace(/[иы]й$/, 'ая') : area.name_ru

function areaName(area: Area): string {
  const [uk, ru] = [tidy(area.name_uk), tidy(feminine(area))]
  return encodeName(uk) + (russian(uk) === ru ? '' : `|${encodeName(ru)}`)
}

const isOf = (country: string) => (area: Area) => area.pcode.startsWith(country)
const byCode = (a: { pcode: string }, b: { pcode: string }): number => (a.pcode < b.pcode ? -1 : 1)

/** The place a hromada is named after: Козятинська, Козятин. `undefined` when none is plain to see. */
function centreOf(hromada: Area, places: Settlement[]): Settlement | undefined {
  const full = loosen(fold(hromada.name_uk))
  // Adjectives end in -ська, -цька, -ка, -на: the place's stem, less its last letter at most, must open the area's.
  const fits = (place: Settlement): number => {
    const own = stemName(place.name_uk).replace(/(?:eve|e)?(?:sk|ck|k)$/, '')
    return own.length >= 2 && full.startsWith(own.slice(0, Math.max(2, own.length - 1)))
      ? own.length + (place.pcode.endsWith('001') ? 2 : 0)
      : 0
  }
  const best = places.reduce<[Settlement | undefined, number]>(
    ([so, score], place) => (fits(place) > score ? [place, fits(place)] : [so, score]),
    [undefined, 0],
  )
  return best[0] ?? (hromada.pcode.startsWith('UA01') ? undefined : places.find((place) => place.pcode.endsWith('001')))
}

/** @throws RangeError when a name holds a character the table has no code for */
export function packPlaces(areas: Area[], settlements: Settlement[], aliases: Alias[], country: Country = 'UA'): string {
  if (country !== 'UA') return packRegions(areas, aliases, country)
  const ours = areas.filter(isOf('UA')).sort(byCode)
  const at = (level: string, parent: string) => ours.filter((area) => area.level === level && area.parent === parent)
  const codes = new Set(areas.map((area) => area.pcode))
  const inHromada = new Map<string, Settlement[]>()
  const names = new Map<string, string>()
  for (const settlement of settlements) {
    const hromada = settlement.pcode.slice(0, 9)
    names.set(settlement.pcode, settlement.name_uk)
    const home = codes.has(hromada) ? hromada : settlement.pcode.slice(0, 6)
    inHromada.set(home, [...(inHromada.get(home) ?? []), settlement])
  }
  const packed = (places: Settlement[]) => [...new Set(places.map((place) => encodeName(tidy(place.name_uk))))].sort()

  const lines: string[] = []
  for (const oblast of at('1', 'UA')) {
    lines.push(`/${oblast.pcode.slice(2)}${areaName(oblast)}`)
    for (const raion of at('2', oblast.pcode)) {
      lines.push(`(${raion.pcode.slice(2)}${areaName(raion)}`)
      let last = -1
      for (const hromada of at('3', raion.pcode)) {
        const number = Number(hromada.pcode.slice(6))
        const places = inHromada.get(hromada.pcode) ?? []
        const centre = centreOf(hromada, places)
        const others = packed(places.filter((place) => place !== centre))
        const head = `)${number === last + 2 ? '' : hromada.pcode.slice(6)}${areaName(hromada)}`
        lines.push([head, centre ? encodeName(tidy(centre.name_uk)) : '', ...others].join(','))
        last = number
      }
      const stray = inHromada.get(raion.pcode)
      if (stray) lines.push(['*', '', ...packed(stray)].join(','))
    }
  }

  const extras: Extras = { areas: [], aliases: [], english: {} }
  for (const area of areas) {
    if (area.pcode.startsWith('UA') && romanise(tidy(area.name_uk)) !== area.name_en) extras.english[area.pcode] = area.name_en
  }
  for (const alias of aliases) {
    const home = codes.has(alias.code) ? alias.code : alias.code.slice(0, 9)
    const settlement = names.get(alias.code)
    if (!codes.has(home) || !home.startsWith('UA')) continue
    const row = [home, alias.lang, alias.name, settlement ? encodeName(tidy(settlement)) : ''] as const
    if (alias.kind === 'new' || alias.kind === 'quarter') extras.aliases.push([...row, alias.kind])
    else extras.aliases.push([...row])
  }
  return `${lines.join('\n')}\n${JSON.stringify(extras)}`
}

/** A country of which only regions and some districts are known, as they lie in the file: parents before what is in them. */
function packRegions(areas: Area[], aliases: Alias[], country: Country): string {
  const isOurs = (code: string): boolean => code === country || ancestors(code).at(-1) === country
  const extras: Extras = { areas: [], aliases: [], english: {} }
  for (const area of areas.filter(({ pcode }) => isOurs(pcode)))
    extras.areas.push([
      area.pcode,
      Number(area.level),
      area.parent,
      area.name_ru,
      area.name_en,
      Object.values(area.local ?? {})[0] ?? area.name_ru,
    ])
  for (const { code, lang, name } of aliases.filter((alias) => isOurs(alias.code))) extras.aliases.push([code, lang, name, ''])
  return `\n${JSON.stringify(extras)}`
}
