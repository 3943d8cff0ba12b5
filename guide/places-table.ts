/**
 * The packed table of a country's places: how it is laid out, and how it is read back.
 *
 * Text in lines, compressed by whoever serves it; the lines are ordered and lettered so that compression finds most to do.
 *
 *   /YY name                an oblast, code UA + YY
 *   (YYZZ name              a raion, code UA + YYZZ
 *   )NNN name,centre,a,b,c  a hromada, its raion's code + NNN (left out when it is the last one's plus 2); its centre (empty if the
 *                           name does not say which), then its other places, sorted
 *   *,,a,b                  places of the raion that have no hromada
 *   {"areas":…,"aliases":…} last: areas of a country that has no lines of its own above, and other names in use
 *
 * A name is lower case, one ASCII character a letter, capitals understood at the start of each word, `_` where that is wrong. An area's
 * name is followed by `|` and its Russian when that is not what the rule says. Reading makes no string and no object for a settlement:
 * 30,000 of each are what a slow phone feels.
 * Who is looked for, and how, is in `places.ts`.
 */
import type { Language } from '../schema/terms.ts'
import { soundsOf } from './fold.ts'
import { romanise, russian } from './places-names.ts'

export type Kind = 'settlement' | 'hromada' | 'raion' | 'oblast'
/** `packed` and `packedRu` as in the table, null outside Ukraine; `ru` and `en` null where a rule makes them. `nameOf` answers for all. */
export type Area = {
  code: string
  kind: Exclude<Kind, 'settlement'>
  parent: Area | null
  packed: string | null
  packedRu: string | null
  ru: string | null
  en: string | null
  /** As its own people write it, outside Ukraine. */
  local?: string
}
export type NameLanguage = Language
/**
 * What a name may stand for. `weight`: 0 village or hromada, 1 centre of a hromada, or a raion or oblast, 2 centre of a raion,
 * 3 centre of an oblast. `alias`: the language of an other name and the packed name of the settlement, '' for an area.
 */
export type Entry = { at: number; area: Area; kind: Kind; weight: number; alias: Alias | null }
export type Alias = { language: string; of: string; mark: Mark | null }
/** `new`: today's name of what the table calls by its former one. `quarter`: a part of the town. */
export type Mark = 'new' | 'quarter'
export type Extras = {
  /** code, level, parent, Russian, English, own name: areas outside Ukraine */
  areas: [string, number, string, string, string, string][]
  /** code, language, name, the settlement's name when it is one, what is particular about it */
  aliases: [string, string, string, string, Mark?][]
  /** code → English, where romanising is not how the area is called */
  english: Record<string, string>
}

const LETTERS = 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ’'
const CODES = "abvgGdeEjziIYyklmnoprstufxcCwWqUAhHJQ'"

const toCode = new Map([...LETTERS].map((letter, place) => [letter, CODES.charAt(place)]))
const toLetter = new Map([...CODES].map((code, place) => [code, LETTERS.charAt(place)]))

/** For `foldInto`: sounds of the packed letters. */
export const PACKED_SOUNDS = soundsOf([...toLetter])

const startsWord = (before: string): boolean => before === '' || before === ' ' || before === '-'

/** @throws RangeError for a character the table has no code for */
export function encodeName(name: string): string {
  let out = ''
  let before = ''
  for (const letter of name) {
    const lower = letter.toLowerCase()
    const code = letter === ' ' || letter === '-' ? letter : toCode.get(lower)
    if (code === undefined) throw new RangeError(`No code for "${letter}" in "${name}"; add it to LETTERS`)
    if (code !== letter && (letter !== lower) !== startsWord(before)) out += '_'
    out += code
    before = letter
  }
  return out
}

export function decodeName(packed: string): string {
  let out = ''
  let before = ''
  let flip = false
  for (const code of packed) {
    if (code === '_') {
      flip = true
      continue
    }
    const letter = toLetter.get(code) ?? code
    out += startsWord(before) !== flip ? letter.toUpperCase() : letter
    before = letter
    flip = false
  }
  return out
}

export function nameOf(area: Area, language: NameLanguage): string {
  const tongue = tongueOf(area, language)
  if (area.packed === null) return { en: area.en, ru: area.ru, uk: area.ru }[tongue as string] ?? area.local ?? area.code
  if (tongue === 'ru' && area.packedRu !== null) return decodeName(area.packedRu)
  const uk = decodeName(area.packed)
  if (tongue === 'uk') return uk
  return tongue === 'ru' ? russian(uk) : (area.en ?? romanise(uk))
}

/** In which language she reads the name: places of Ukraine have none in Kazakh or Kyrgyz, whose readers know them in Russian. */
export const tongueOf = (area: Pick<Area, 'packed'>, language: NameLanguage): NameLanguage =>
  area.packed === null || language === 'uk' || language === 'en' ? language : 'ru'

/** Entries by number: names packed in `text` from `starts` to `ends`, and after `plainFrom` written out in `plain`. */
export type Table = {
  text: string
  areas: Area[]
  byCode: Map<string, Area>
  starts: number[]
  ends: number[]
  /** place of the area in `areas` */
  homes: number[]
  /** kind × 4 + weight */
  kinds: number[]
  plainFrom: number
  plain: string[]
  aliases: Map<number, Alias>
  /** today's Ukrainian names, by code and the settlement's packed name: `UA4612013 …`, `UA4612013 ` for the area itself */
  renamed: Map<string, string>
}

const KINDS: Kind[] = ['settlement', 'hromada', 'raion', 'oblast']
const AREA_WEIGHT = { oblast: 1, raion: 1, hromada: 0 } as const
const LEVELS = ['oblast', 'oblast', 'raion', 'hromada'] as const

export const entryOf = (table: Table, at: number): Entry => {
  const kind = table.kinds[at] ?? 0
  const area = table.areas[table.homes[at] ?? 0] as Area
  return { at, area, kind: KINDS[kind >> 2] ?? 'settlement', weight: kind & 3, alias: table.aliases.get(at) ?? null }
}

/** The name of an entry as it is written for people. */
export const entryName = (table: Table, at: number): string =>
  at >= table.plainFrom ? (table.plain[at - table.plainFrom] ?? '') : decodeName(table.text.slice(table.starts[at], table.ends[at]))

export function readTable(text: string): Table {
  const end = text.lastIndexOf('\n')
  const extras = JSON.parse(text.slice(end + 1)) as Extras
  const [areas, byCode, plain, aliases] = [[], new Map(), [], new Map()]
  const table: Table = { text, areas, byCode, starts: [], ends: [], homes: [], kinds: [], plainFrom: 0, plain, aliases, renamed: new Map() }

  const enter: Enter = (from, to, kind, weight, home) => {
    table.starts.push(from)
    table.ends.push(to)
    table.homes.push(home)
    table.kinds.push(KINDS.indexOf(kind) * 4 + weight)
  }
  const add = (area: Area): Area => {
    table.byCode.set(area.code, area)
    table.areas.push(area)
    return area
  }
  /** An area whose name lies in `text`, with its Russian after `|` if there is one. */
  const read = (code: string, kind: Area['kind'], parent: Area | null, from: number, to: number): Area => {
    const [packed = '', packedRu = null] = text.slice(from, to).split('|')
    const area = add({ code, kind, parent, packed, packedRu, ru: null, en: extras.english[code] ?? null })
    enter(from, from + packed.length, kind, AREA_WEIGHT[kind], table.areas.length - 1)
    // What the rule makes sounds the same to the search, so only exceptions are names of their own.
    if (packedRu !== null) enter(from + packed.length + 1, to, kind, AREA_WEIGHT[kind], table.areas.length - 1)
    return area
  }

  let oblast: Area | null = null
  let raion: Area | null = null
  let raionAt = 0
  let number = 0
  for (let from = 0; from < end; ) {
    const to = text.indexOf('\n', from)
    const first = text.charAt(from)
    if (first === '/') oblast = read(`UA${text.slice(from + 1, from + 3)}`, 'oblast', null, from + 3, to)
    else if (first === '(') {
      raion = read(`UA${text.slice(from + 1, from + 5)}`, 'raion', oblast, from + 5, to)
      raionAt = table.areas.length - 1
      number = -1
    } else if (raion) {
      let cut = text.indexOf(',', from)
      if (cut < 0 || cut > to) cut = to
      let home = raionAt
      let weight = 0
      if (first === ')') {
        const digits = /^\d*/.exec(text.slice(from + 1, from + 4))?.[0] ?? ''
        number = digits === '' ? number + 2 : Number(digits)
        weight = centreWeight(read(raion.code + String(number).padStart(3, '0'), 'hromada', raion, from + 1 + digits.length, cut))
        home = table.areas.length - 1
      }
      while (cut < to) {
        let next = text.indexOf(',', cut + 1)
        if (next < 0 || next > to) next = to
        if (next > cut + 1) enter(cut + 1, next, 'settlement', weight, home)
        weight = 0
        cut = next
      }
    }
    from = to + 1
  }
  readExtras(table, extras, enter, add)
  return table
}

type Enter = (from: number, to: number, kind: Kind, weight: number, home: number) => void

function readExtras(table: Table, extras: Extras, enter: Enter, add: (area: Area) => Area): void {
  table.plainFrom = table.starts.length
  const name = (written: string, kind: Kind, weight: number, home: number): void => {
    enter(0, 0, kind, weight, home)
    table.plain.push(written)
  }
  for (const [code, level, parent, ru, en, local] of extras.areas) {
    const kind = LEVELS[level] ?? 'raion'
    add({ code, kind, parent: table.byCode.get(parent) ?? null, packed: null, packedRu: null, ru, en, local })
    for (const written of [ru, en, local]) name(written, kind, AREA_WEIGHT[kind], table.areas.length - 1)
  }
  const homes = new Map(table.areas.map((area, at) => [area.code, at]))
  for (const [code, en] of Object.entries(extras.english)) {
    const area = table.byCode.get(code)
    if (area) name(en, area.kind, AREA_WEIGHT[area.kind], homes.get(code) ?? 0)
  }
  const towns = townsOf(table, extras.aliases)
  for (const [code, language, written, of, mark = null] of extras.aliases) {
    const area = table.byCode.get(code)
    if (!area) continue
    table.aliases.set(table.starts.length, { language, of, mark })
    if (mark === 'new' && language === 'uk') table.renamed.set(`${code} ${of}`, written)
    const town = towns.get(`${code} ${of}`)
    if (of === '') name(written, area.kind, AREA_WEIGHT[area.kind], homes.get(code) ?? 0)
    else name(written, 'settlement', town === undefined ? KNOWN_TOWN : (table.kinds[town] ?? 0), homes.get(code) ?? 0)
  }
}

/** Settlements with an other name, by code and packed name. Known under several names, they are towns, and weigh as such. */
const KNOWN_TOWN = 2
function townsOf(table: Table, aliases: Extras['aliases']): Map<string, number> {
  const wanted = new Set(aliases.map(([code, , , of]) => `${code} ${of}`))
  const codes = new Set(aliases.map(([code]) => code))
  const isWanted = table.areas.map((area) => codes.has(area.code))
  const towns = new Map<string, number>()
  for (let at = 0; at < table.plainFrom; at++) {
    const home = table.homes[at] ?? 0
    if (!isWanted[home] || (table.kinds[at] ?? 0) > 3) continue
    const key = `${table.areas[home]?.code} ${table.text.slice(table.starts[at], table.ends[at])}`
    if (!wanted.has(key)) continue
    towns.set(key, at)
    table.kinds[at] = Math.max(KNOWN_TOWN, table.kinds[at] ?? 0)
  }
  return towns
}

// An area is named after its centre, so the centre of a hromada named like its raion is that raion's too; a gender apart, the adjectives agree.
// Crimea's rows are former councils, most of them a village or two.
const stemOfArea = (area: Area): string => (area.packed ?? '').replace(/(?:a|iy)$/, '')
function centreWeight(hromada: Area): number {
  const raion = hromada.parent
  if (!raion || stemOfArea(hromada) !== stemOfArea(raion)) return hromada.code.startsWith('UA01') ? 0 : 1
  return raion.parent && stemOfArea(raion.parent) === stemOfArea(raion) ? 3 : 2
}
