/**
 * Finds the place somebody means: a name in Ukrainian, Russian or English, declined, with slips, old or new, to the code of its area.
 *
 * Runs over the whole packed table on the device or at the edge, so that a query tells nobody anything. Spelling is `fold.ts`, the
 * parts of a query `places-query.ts`, the table `places-table.ts`, the index `places-index.ts`, how a place reads `places-shown.ts`. Which services are near: `services.ts`.
 */
import { fold, loosen, slips, stem } from './fold.ts'
import {
  foldedName,
  hashOf,
  indexOf,
  isNamedAfter,
  lettersOf,
  liesIn,
  openPlaces,
  type Places,
  startOf,
  stemmedName,
} from './places-index.ts'
import { otherKeyboard, type Reading, readQuery, stemsOfName, ukrainianWords } from './places-query.ts'
import { type PlaceMatch, toldApart } from './places-shown.ts'
import { type Entry, entryName, entryOf, type NameLanguage, nameOf } from './places-table.ts'

export { type NameLanguage, openPlaces, type Places }
/** `more`: how many fit as well as the ones listed. */
export type PlacesFound = { matches: PlaceMatch[]; more: number }

// What a fit costs, before the slips within it: as written is nearest, then declined or in the sister language, then unfinished, then mistyped.
const DECLINED = 1
const UNFINISHED = 2
const MISTYPED = 2.4
const OTHER_KIND = 3
// How much a village gives way to a centre of a hromada, that to one of a raion, that to one of an oblast.
const BIGGER = 0.2
const LETTER_FOR_LETTER = 0.05
// A search is sure when its best is a written or declined name of the kind asked for.
const SURE = 1.5
// Towns that a declined name, or a second word, is taken to mean: centres of raions, and those known by several names.
const BIG = 2

/** `narrowed`: some words were taken for what it lies in. `declined`: a big town's name in another case. */
type Found = { entry: Entry; cost: number; exact: boolean; narrowed: boolean; declined: boolean }

/** Slips that may be forgiven in a stem this long: in short words nearly everything is one slip from something. */
const forgiven = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2)
/** How far the beginning of an unfinished word may be from a name's: other vowels, not other words. */
const forgivenStart = (length: number): number => (length < 5 ? 0 : length < 7 ? 1 : length / 4)

const countBits = (bits: number): number => {
  let left = bits - ((bits >> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >> 2) & 0x33333333)
  return (((left + (left >> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** Kyiv and Sevastopol are oblast, raion and city at once; the city stands for all. */
const isCityToo = ({ kind, area }: Entry): boolean => (kind === 'oblast' || kind === 'raion') && /^UA8[05]/.test(area.code)

// What languages and keyboards write differently in one name; я and а, ю and у, щ and ш are other names.
const ALIKE: [RegExp, string][] = [
  [/['’ʼ`´ь\s-]/g, ''],
  [/[иіїйыӣ]/g, 'и'],
  [/[єэё]/g, 'е'],
  [/[ґғ]/g, 'г'],
  [/ая(?!\p{L})/gu, 'а'],
  [/ця/g, 'ца'],
  [/(\p{L})\1/gu, '$1'],
]
const alike = (name: string): string => ALIKE.reduce((text, [from, to]) => text.replace(from, to), name.toLowerCase())

/** Whether names that sound the same are also written the same; Latin letters need only sound so. */
function isWrittenSo(places: Places, at: number, words: string[]): boolean {
  const typed = words.join(' ')
  return !/\p{Script=Cyrillic}/u.test(typed) || foldsOtherwise(places, at) || alike(typed) === alike(entryName(places.table, at))
}
// A name in Latin letters, or one of which only a part is searched.
const foldsOtherwise = (places: Places, at: number): boolean =>
  at >= places.table.plainFrom && fold(entryName(places.table, at)) !== foldedName(places.table, at)

// Харкова is Харків: in a case і, о and е change places, а and у do not.
const inAnyCase = (folded: string): string => folded.replace(/[ioe]/g, 'o')
function isCaseOf(name: string, folded: string): boolean {
  const length = Math.max(2, Math.min(name.length, folded.length) - 2)
  return inAnyCase(name).slice(0, length) === inAnyCase(folded).slice(0, length)
}

type Fit = { cost: number; exact: boolean; declined?: boolean }

/** Keeps the entry if it lies where the reading says. */
function collect(places: Places, reading: Reading, at: number, { cost, exact, declined = false }: Fit, into: Found[]): void {
  const entry = entryOf(places.table, at)
  if (isCityToo(entry)) return
  if (reading.around.length > 0 && !liesIn(places, entry, reading.around)) return
  const other = reading.kind !== null && reading.kind !== entry.kind
  const narrowed = reading.around.length > 0
  const isBig = entry.kind === 'settlement' && entry.weight >= BIG
  into.push({
    entry,
    cost: cost + (other ? OTHER_KIND : 0) - entry.weight * BIGGER,
    exact: exact && !other,
    narrowed,
    declined: declined && isBig && !other && !narrowed,
  })
}

/** Names that are the reading's as written, declined, or in the sister language. */
function findWritten(places: Places, reading: Reading, into: Found[]): void {
  const { hashes } = indexOf(places)
  const seen = new Set<number>()
  const look = (stems: string[], folded: string, extra: number): void => {
    const wanted = stems.map(hashOf)
    for (let at = 0; at < hashes.length; at++) {
      const rank = wanted.indexOf(hashes[at] ?? 0)
      if (rank < 0 || seen.has(at)) continue
      const apart = slips(folded, foldedName(places.table, at), folded.length)
      if (apart > Math.max(2, folded.length / 2)) continue
      seen.add(at)
      // After a preposition the letters are a case's: "з Черкас" is Черкаси, not the village of Черкас.
      const exact = apart === 0 && extra === 0 && !reading.declined && isWrittenSo(places, at, reading.words)
      const cost = exact ? 0 : DECLINED + extra + (reading.declined ? 0 : apart * 0.02) + rank * 0.05
      const declined = !exact && extra === 0 && isCaseOf(foldedName(places.table, at), folded)
      collect(places, reading, at, { cost, exact, declined }, into)
    }
  }
  const folded = fold(reading.words.join(' '))
  look(stemsOfName(reading.words), folded, 0)
  const ukrainian = reading.words.map((word) => ukrainianWords(fold(word)) ?? fold(word))
  const other = ukrainian.join('')
  if (other !== folded) look([ukrainian.map((word) => stem(loosen(word))).join('')], other, 0.1)
}

/** Names that begin so, and names with up to `most` slips. */
function findNear(places: Places, reading: Reading, most: number, into: Found[]): void {
  const { starts, letters, lengths } = indexOf(places)
  const folded = fold(reading.words.join(' '))
  const loose = loosen(folded)
  const [wanted = ''] = stemsOfName(reading.words)
  const limit = Math.min(most, forgiven(wanted.length))
  const start = loose.length > 2 ? startOf(loose) : -1
  const mask = lettersOf(wanted)
  for (let at = 0; at < starts.length; at++) {
    if (starts[at] === start) {
      const own = foldedName(places.table, at)
      const rest = loosen(own)
      const apart =
        rest.length > loose.length && rest.startsWith(loose) ? slips(folded, own.slice(0, folded.length), folded.length) : folded.length
      const cost = UNFINISHED + apart * 0.5 + (rest.length - loose.length) * 0.08
      if (apart <= forgivenStart(folded.length)) collect(places, reading, at, { cost, exact: false }, into)
    }
    // Each slip changes the set of letters by two at most, the length by one.
    if (limit === 0 || countBits((letters[at] ?? 0) ^ mask) > limit * 2 || Math.abs((lengths[at] ?? 0) - wanted.length) > limit) continue
    const wrong = slips(wanted, stemmedName(places.table, at), limit)
    if (wrong > limit || wrong === 0) continue
    const apart = slips(folded, foldedName(places.table, at), folded.length)
    // A name that nobody bears is a town's more often than a village's.
    const known = entryOf(places.table, at).weight * BIGGER
    const cost = MISTYPED + wrong * 0.5 + apart * 0.1 - known
    if (apart <= Math.max(2, folded.length * 0.4)) collect(places, reading, at, { cost, exact: false }, into)
  }
}

/** Areas asked for by their centre's name: "Zhytomyr region". */
function findAreas(places: Places, reading: Reading, into: Found[]): void {
  if (reading.kind === null || reading.kind === 'settlement' || reading.around.length > 0) return
  const asked = stemsOfName([reading.words.join('-')])
  for (const area of places.table.areas) {
    const entry: Entry = { at: -1, area, kind: area.kind, weight: 0, alias: null }
    if (area.kind === reading.kind && !isCityToo(entry) && isNamedAfter(places, area, asked))
      into.push({ entry, cost: DECLINED, exact: false, narrowed: false, declined: false })
  }
}

/** The town among words we do not know, such as a city's quarter: "Харків Салтівка". */
function findTown(places: Places, whole: Reading, into: Found[]): void {
  if (whole.words.length < 2) return
  const found: Found[] = []
  for (const word of whole.words) findWritten(places, { words: [word], around: [], kind: 'settlement', declined: whole.declined }, found)
  for (const one of found)
    if (one.cost < SURE && one.entry.kind === 'settlement' && one.entry.weight > 1) into.push({ ...one, exact: false })
}

const isBigTown = ({ entry }: Found): boolean => entry.kind === 'settlement' && entry.weight >= BIG && entry.alias?.mark !== 'quarter'

/**
 * Of two names side by side, one a city's, the city is meant: "Сихів Львів" is no village of its oblast. Where the other word is a quarter
 * of it the answer is plain; else the villages stay in the list, and none is taken unasked.
 */
function preferCity(places: Places, whole: Reading, readings: Reading[], found: Found[]): void {
  if (whole.words.length < 2 || readings.some(({ around }) => around.some(({ kind }) => kind !== null))) return
  if (found.some((one) => !one.narrowed && one.cost < SURE)) return
  const quarters = found.filter((one) => one.narrowed && one.entry.alias?.mark === 'quarter')
  const small = found.filter((one) => one.narrowed && one.entry.kind === 'settlement' && one.entry.weight === 0)
  if (quarters.length > 0) {
    for (const one of small) one.exact = false
    return
  }
  // "Боярка Київ": a town of its own, and the only one.
  const exact = found.filter((one) => one.narrowed && one.exact && one.entry.kind === 'settlement')
  const isTown = exact.some((one) => one.entry.weight > 0) && new Set(exact.map((one) => one.entry.area.code)).size === 1
  if (small.length === 0 || isTown) return
  const towns: Found[] = []
  for (let cut = 1; cut < whole.words.length; cut++)
    for (const words of [whole.words.slice(0, cut), whole.words.slice(cut)])
      findWritten(places, { words, around: [], kind: null, declined: whole.declined }, towns)
  const isCity = (one: Found): boolean => isBigTown(one) && (one.exact || one.declined)
  for (const one of towns) if (isCity(one)) found.push({ ...one, cost: -1, exact: small.some(({ exact }) => exact), declined: false })
}

/** "у Житомирі" is one city and nothing else; "Черкас" is a village as it stands, and a city declined, so both are asked about. */
function settleDeclined(places: Places, found: Found[], isDeclined: boolean): void {
  const big = found.filter((one) => one.declined)
  if (found.some((one) => one.exact)) for (const one of big) one.exact = true
  else if (isDeclined && new Set(big.map((one) => one.entry.area.code)).size === 1) {
    const names = new Set(big.map((one) => foldedName(places.table, one.entry.at)))
    for (const one of found)
      if (one.entry.at >= 0 && one.entry.kind === 'settlement' && one.cost < SURE && !one.narrowed)
        if (names.has(foldedName(places.table, one.entry.at))) one.exact = true
  }
}

const isSure = (found: Found[]): boolean => found.some((one) => one.cost < SURE)

function search(places: Places, query: string): Found[] {
  const found: Found[] = []
  const readings = readQuery(query)
  for (const reading of readings) findWritten(places, reading, found)
  for (const reading of readings) findAreas(places, reading, found)
  const whole = readings.find((reading) => reading.around.length === 0)
  if (!whole) return []
  preferCity(places, whole, readings, found)
  settleDeclined(places, found, whole.declined)
  findNear(places, whole, isSure(found) ? 0 : 2, found)
  if (found.length === 0) for (const reading of readings) if (reading.around.length > 0) findNear(places, reading, 1, found)
  if (found.length === 0) findTown(places, whole, found)
  return found
}

/** What the other keyboard would have meant, where that is a name to the letter. */
const searchRetyped = (places: Places, query: string): Found[] =>
  otherKeyboard(query).flatMap((other) => {
    const found: Found[] = []
    for (const reading of readQuery(other)) findWritten(places, reading, found)
    return found.filter((one) => one.exact).map((one) => ({ ...one, exact: false }))
  })

/** Places nearest to what was typed, best first, one answer a code; none when nothing is near enough. */
export function searchPlaces(places: Places, query: string, language: NameLanguage, limit = 8): PlacesFound {
  let found = search(places, query)
  if (!isSure(found)) {
    const retyped = searchRetyped(places, query)
    if (retyped.length > 0) found = retyped
  }
  const typed = query.toLowerCase().replace(/['ʼ`]/g, '’')
  // Names that fold alike are told apart by their letters: Таращанська is not Тарашанська.
  for (const one of found) if (one.exact && typed.includes(nameAsWritten(places, one.entry).toLowerCase())) one.cost -= LETTER_FOR_LETTER
  found.sort((a, b) => a.cost - b.cost || inOrder(a.entry.area.code, b.entry.area.code))
  const best = new Map<string, Found>()
  for (const one of found) if (!best.has(one.entry.area.code)) best.set(one.entry.area.code, one)
  const ranked = [...best.values()]
  const listed = ranked.slice(0, limit)
  const isExact = ranked.some((one) => one.exact)
  const more = ranked.slice(limit).filter((one) => (isExact ? one.exact : one.cost < SURE)).length
  return { matches: toldApart(places, listed, language), more }
}

const nameAsWritten = (places: Places, entry: Entry): string =>
  entry.kind === 'settlement' ? entryName(places.table, entry.at) : nameOf(entry.area, 'uk')

// Crimea, occupied since 2014, has the first code; few who ask live there.
const inOrder = (a: string, b: string): number => Number(a.startsWith('UA01')) - Number(b.startsWith('UA01')) || (a < b ? -1 : 1)
