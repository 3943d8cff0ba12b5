/**
 * How long the place search takes, against the least that any search must do: `includes` over the same names.
 *
 * Run with Node from the repository's root: `node bench/places.ts`. Times are medians in milliseconds.
 */
import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { Alias, Area, Settlement } from '../guide/content.ts'
import { openPlaces, searchPlaces } from '../guide/places.ts'
import { packPlaces } from '../scripts/content/places.ts'

const findPlaces = (...asked: Parameters<typeof searchPlaces>) => searchPlaces(...asked).matches

const ROUNDS = 60
const QUERIES = [
  ...['Київ', 'Житомир', 'у Житомирі', 'Іванівка', 'Іванівка Одеська', 'Zhytomyr region'],
  ...['Жтомир', 'Бедричів', ';bnjvbh', 'asdfgh', 'Харків Салтівка', 'нов'],
]

const rows = <T>(file: string): T[] =>
  parse(readFileSync(new URL(`../guide/content/geo/${file}`, import.meta.url), 'utf8'), { columns: true }) as T[]
const areas = rows<Area>('ua-areas.csv')
const settlements = rows<Settlement>('ua-settlements.csv')
const packed = packPlaces(areas, settlements, rows<Alias>('aliases.csv'))

function once(work: () => unknown): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}
function median(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => once(work)).sort((a, b) => a - b)
  return times[ROUNDS >> 1] ?? 0
}

console.log(`table ${packed.length} characters, ${brotliCompressSync(packed).length} bytes compressed`)
const places = openPlaces(packed)
const first = once(() => findPlaces(places, 'Київ', 'uk'))
console.log(`first search, index included ${first.toFixed(1)}; opening ${median(() => openPlaces(packed)).toFixed(1)}`)

const names = [...areas, ...settlements].map((row) => row.name_uk.toLowerCase())
for (const query of QUERIES) {
  const wanted = query.toLowerCase()
  const floor = median(() => names.filter((name) => name.includes(wanted)))
  const search = median(() => findPlaces(places, query, 'uk'))
  console.log(
    `${query.padEnd(18)} ${search.toFixed(2).padStart(7)}  floor ${floor.toFixed(2).padStart(5)}  × ${(search / floor).toFixed(1)}`,
  )
}
