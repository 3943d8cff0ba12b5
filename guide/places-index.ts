/**
 * The opened table with what a search needs beside it: a few numbers for every name, and the stems of areas.
 *
 * The numbers rule nearly every name out before a string is made of it. They are made at the first search, not at opening, so that a
 * page which only shows a place pays nothing. How near is near enough is decided in `places.ts`.
 */
import { fold, foldBy, foldInto, loosen, loosenInto, slips, stem, stemLength, stemName } from './fold.ts'
import type { Around } from './places-query.ts'
import { type Area, type Entry, entryName, nameOf, PACKED_SOUNDS, readTable, type Table } from './places-table.ts'

export type Index = {
  /** of the stem */
  hashes: Int32Array
  /** which letters the stem holds, one bit each */
  letters: Int32Array
  /** first letters of the loosened name, see `startOf` */
  starts: Int32Array
  /** letters of the stem */
  lengths: Uint8Array
  /** a town's name for Russian readers, by code and stem */
  russian: Map<string, string>
}
export type Places = { table: Table; index: Index | null; areaStems: Map<Area, string[]> }

/** Reads the packed table. Keep what it returns: the index is made in it at the first search. */
export const openPlaces = (packed: string): Places => ({ table: readTable(packed), index: null, areaStems: new Map() })

// Words in the names of areas outside Ukraine and of Crimea that nobody types.
const KIND_WORDS =
  /(?<=^|\s)(?:область|автономная|автономна|республика|республіка|район|город|велаят|область|облысы|ауданы|қаласы|облусу|району|шаары|viloyati|tumani|shahri|вилояти|ноҳияи|шаҳри|welaýaty|region|district|city|republic|of|autonomous)(?=\s|$)/giu
const bare = (name: string): string => (name.includes(' ') ? name.replace(KIND_WORDS, '').trim() || name : name)

/** The name of an entry as it is searched. */
export const foldedName = (table: Table, at: number): string =>
  at < table.plainFrom ? foldBy(PACKED_SOUNDS, table.text.slice(table.starts[at], table.ends[at])) : fold(bare(entryName(table, at)))
export function stemmedName(table: Table, at: number): string {
  const packed = table.text.slice(table.starts[at], table.ends[at])
  return packed !== '' && !/[ -]/.test(packed) ? stem(loosen(foldBy(PACKED_SOUNDS, packed))) : stemName(bare(entryName(table, at)))
}

// FNV-1a, over letters.
const HASH_START = -2128831035
const hashed = (hash: number, letter: number): number => Math.imul(hash ^ letter, 16777619)
export function hashOf(stem: string): number {
  let hash = HASH_START
  for (let at = 0; at < stem.length; at++) hash = hashed(hash, stem.charCodeAt(at))
  return hash
}
export function lettersOf(stem: string): number {
  let bits = 0
  for (let at = 0; at < stem.length; at++) bits |= 1 << (stem.charCodeAt(at) - 97)
  return bits
}
/** Three letters, five bits each; shorter names keep zeros. */
export const startOf = (loose: string): number =>
  ((loose.charCodeAt(0) & 31) << 10) |
  ((loose.length > 1 ? loose.charCodeAt(1) & 31 : 0) << 5) |
  (loose.length > 2 ? loose.charCodeAt(2) & 31 : 0)

const buffer = new Uint8Array(160)
const SPACE = 32
const HYPHEN = 45

/** Numbers of a packed name. */
function measure(index: Index, table: Table, at: number): void {
  const { text } = table
  const from = table.starts[at] ?? 0
  const to = table.ends[at] ?? 0
  const whole = loosenInto(buffer, foldInto(buffer, PACKED_SOUNDS, text, from, to))
  for (let place = 0; place < 3; place++)
    index.starts[at] = ((index.starts[at] ?? 0) << 5) | (place < whole ? (buffer[place] ?? 0) & 31 : 0)
  let [hash, bits, length] = [HASH_START, 0, 0]
  for (let start = from; start < to; ) {
    let stop = start
    while (stop < to && text.charCodeAt(stop) !== SPACE && text.charCodeAt(stop) !== HYPHEN) stop++
    // A name of one word has just been folded whole.
    const loose = start === from && stop === to ? whole : loosenInto(buffer, foldInto(buffer, PACKED_SOUNDS, text, start, stop))
    const kept = stemLength(buffer, loose)
    for (let place = 0; place < kept; place++) {
      const letter = buffer[place] ?? 0
      hash = hashed(hash, letter)
      bits |= 1 << (letter - 97)
    }
    length += kept
    start = stop + 1
  }
  index.hashes[at] = hash
  index.letters[at] = bits
  index.lengths[at] = length
}

export function indexOf(places: Places): Index {
  if (places.index) return places.index
  const { table } = places
  const count = table.starts.length
  const [hashes, letters, starts] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)]
  const index: Index = { hashes, letters, starts, lengths: new Uint8Array(count), russian: new Map() }
  for (let at = 0; at < table.plainFrom; at++) measure(index, table, at)
  for (let at = table.plainFrom; at < count; at++) {
    const stemmed = stemmedName(table, at)
    hashes[at] = hashOf(stemmed)
    letters[at] = lettersOf(stemmed)
    starts[at] = startOf(loosen(foldedName(table, at)))
    index.lengths[at] = stemmed.length
    // Keyed by sound, so that an old name never stands for today's.
    const alias = table.aliases.get(at)
    if (alias?.language === 'ru' && alias.of !== '' && alias.mark === null)
      index.russian.set(`${table.areas[table.homes[at] ?? 0]?.code} ${stemmed}`, entryName(table, at))
  }
  places.index = index
  return index
}

/** The area and all it lies in. */
export const chain = (area: Area): Area[] => (area.parent ? [area, ...chain(area.parent)] : [area])

function stemsOfArea(places: Places, area: Area): string[] {
  const known = places.areaStems.get(area)
  if (known) return known
  const { table } = places
  const made = [stemName(bare(nameOf(area, 'uk')))]
  if (area.packedRu !== null) made.push(stemName(nameOf(area, 'ru')))
  for (const [at, alias] of table.aliases)
    if (alias.of === '' && table.areas[table.homes[at] ?? 0] === area) made.push(stemmedName(table, at))
  places.areaStems.set(area, made)
  return made
}

/** Whether an area may be meant by these stems of one word: Одеська by одеської, Одеса, Odesa. */
export function isNamedAfter(places: Places, area: Area, asked: string[]): boolean {
  return stemsOfArea(places, area).some((own) =>
    asked.some(
      (one) =>
        own === one ||
        (one.length > 6 && slips(own, one, 1) < 2) ||
        // The adjective adds -ськ-, -івськ-, -енськ-, and turns к into ц: Прилуки, Прилуцький.
        (one.length > 2 && own.endsWith('k') && own.length - one.length <= 4 && (own.startsWith(one) || own === `${one.slice(0, -1)}ck`)),
    ),
  )
}

/** Whether every word names an area the entry lies in. */
export const liesIn = (places: Places, entry: Entry, around: Around[]): boolean =>
  around.every(({ stems, kind }) =>
    chain(entry.area).some(
      (area) =>
        (kind === null || kind === area.kind) && (entry.kind === 'settlement' || area !== entry.area) && isNamedAfter(places, area, stems),
    ),
  )
