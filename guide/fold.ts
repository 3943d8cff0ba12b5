/**
 * Spellings of one place name brought together: Ukrainian, Russian, Kazakh and Latin letters, apostrophes, endings.
 *
 * Three steps, each coarser: `fold` keeps the sounds, `loosen` forgets which vowel (Рівне and Ровно, Олександрівка and
 * Александровка meet), `stem` forgets the ending of each word (Житомир, у Житомирі, из Житомира). What counts as near
 * enough is decided in `places.ts`; meaning of words is no business of this file.
 */

// One letter a sound: j = ж, x = х, c = ц, q = ч, w = ш and щ. Signs and apostrophes have no sound.
const SOUNDS: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'e',
  ё: 'e',
  э: 'e',
  ж: 'j',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  ы: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'x',
  ц: 'c',
  ч: 'q',
  ш: 'w',
  щ: 'w',
  ю: 'u',
  я: 'a',
  ў: 'u',
  ә: 'a',
  ғ: 'g',
  қ: 'k',
  ң: 'n',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'x',
  ҳ: 'x',
  ҷ: 'j',
  ӣ: 'i',
  ӯ: 'u',
  ј: 'i',
  b: 'b',
  v: 'v',
  w: 'v',
  g: 'g',
  h: 'g',
  d: 'd',
  e: 'e',
  z: 'z',
  i: 'i',
  y: 'i',
  j: 'i',
  k: 'k',
  c: 'k',
  q: 'k',
  l: 'l',
  m: 'm',
  n: 'n',
  o: 'o',
  p: 'p',
  r: 'r',
  s: 's',
  t: 't',
  u: 'u',
  f: 'f',
  a: 'a',
  1: 'j',
  2: 'x',
  3: 'c',
  4: 'q',
  5: 'w',
}

// Digraphs of the official romanisation (Cabinet of Ministers resolution 55, 2010) and of habit, marked by digits until sounded.
const DIGRAPHS: [RegExp, string][] = [
  [/shch|sch|sh/g, '5'],
  [/zgh/g, 'zg'],
  [/zh/g, '1'],
  [/kh/g, '2'],
  [/ts|tz/g, '3'],
  [/ch/g, '4'],
  [/ck/g, 'k'],
]

// By character code: 0 for what has no sound. Everything we know lies below 0x530, the end of the Cyrillic blocks.
const LAST_LETTER = 0x530
const soundTable = (sounds: [string, string][]): Uint8Array => {
  const table = new Uint8Array(LAST_LETTER)
  for (const [letter, sound] of sounds) table[letter.charCodeAt(0)] = sound.charCodeAt(0)
  return table
}
const SOUND_OF = soundTable(Object.entries(SOUNDS))

const [A, E, I, K, M, N, O, U] = [97, 101, 105, 107, 109, 110, 111, 117] as const
const isVowel = (sound: number | undefined): boolean => sound === A || sound === E || sound === I || sound === O || sound === U

/** A table of one's own for text in another lettering, as the packed names are; each letter with the Ukrainian one it stands for. */
export const soundsOf = (letters: [string, string][]): Uint8Array =>
  soundTable(letters.flatMap(([own, uk]) => (SOUNDS[uk] ? [[own, SOUNDS[uk]]] : [])))

/** Folds a stretch of text into a buffer, making no string. @returns the length */
export function foldInto(buffer: Uint8Array, table: Uint8Array, text: string, from: number, to: number): number {
  let length = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    const sound = code < LAST_LETTER ? table[code] : 0
    if (!sound) continue
    // й and the romanised y or i before a vowel are one sound with it: Юр’ївка, Yuriivka. Double letters are one.
    if (length > 0 && buffer[length - 1] === I && isVowel(sound)) length--
    if ((length === 0 || buffer[length - 1] !== sound) && length < buffer.length) buffer[length++] = sound
  }
  // Nicholas is Микола in Ukrainian and Николай in Russian; dozens of places bear the name.
  if (buffer[0] === M && buffer[1] === I && buffer[2] === K && buffer[3] === O && length > 4) buffer[0] = N
  return length
}

/** Loosens what is folded in the buffer, in place. @returns the length */
export function loosenInto(buffer: Uint8Array, folded: number): number {
  let length = 0
  for (let at = 0; at < folded; at++) {
    const sound = buffer[at] ?? 0
    const next = sound === A || sound === I || sound === O ? E : sound
    const last = length > 0 ? buffer[length - 1] : 0
    if (next === last || (next === E && last === U)) continue
    if (next === U && last === E) length--
    if (length === 0 || buffer[length - 1] !== next) buffer[length++] = next
  }
  return length
}

const LONGEST_NAME = 160
const scratch = new Uint8Array(LONGEST_NAME)
const textOf = (length: number): string => String.fromCharCode(...scratch.subarray(0, length))

export const foldBy = (table: Uint8Array, text: string): string => textOf(foldInto(scratch, table, text, 0, text.length))

/** Sounds of one name or word in lower-case letters; spaces, hyphens and signs drop out. `''` when nothing in it is a letter we know. */
export function fold(text: string): string {
  let lower = text.toLowerCase()
  if (/[a-z]/.test(lower)) {
    lower = lower.replace(/[0-9]/g, '').replace(/x/g, 'ks')
    for (const [letters, mark] of DIGRAPHS) lower = lower.replace(letters, mark)
  }
  return foldBy(SOUND_OF, lower)
}

/** Vowels other than у become one, runs of them shrink to one. */
export function loosen(folded: string): string {
  for (let at = 0; at < folded.length && at < LONGEST_NAME; at++) scratch[at] = folded.charCodeAt(at)
  return textOf(loosenInto(scratch, Math.min(folded.length, LONGEST_NAME)))
}

export const SHORTEST_STEM = 2

/** Length of a loosened word without its vowel ending. */
export const stemLength = (buffer: Uint8Array, length: number): number =>
  length > SHORTEST_STEM && (buffer[length - 1] === E || buffer[length - 1] === U) ? length - 1 : length

/** A loosened word without its vowel ending. */
export function stem(loose: string): string {
  const last = loose[loose.length - 1]
  return loose.length > SHORTEST_STEM && (last === 'e' || last === 'u') ? loose.slice(0, -1) : loose
}

/** The parts of a name that are declined each for itself. */
export const parts = (name: string): string[] => name.split(/[\s-]+/)

/** Stem of a whole name: its words stemmed and joined, so that a space, a hyphen or neither is the same. */
export function stemName(name: string): string {
  if (!/[\s-]/.test(name)) return stem(loosen(fold(name)))
  let out = ''
  for (const part of parts(name)) out += stem(loosen(fold(part)))
  return out
}

// Case endings that leave a consonant, loosened: в Сумах, під Києвом, у Кропивницькому, з Рівного.
const CASE_ENDINGS = /(?:ex|em|eg|ev)$/

/** What a declined word may be the stem of, likeliest first: Іванівці → іванівц, іванівк. */
export function stemsOf(word: string): string[] {
  let found = ['']
  for (const part of parts(word)) {
    const base = stem(loosen(fold(part)))
    const own = [base]
    const cut = base.replace(CASE_ENDINGS, '')
    if (cut.length > SHORTEST_STEM && cut !== base) own.push(cut)
    if (base.endsWith('c')) own.push(`${base.slice(0, -1)}k`)
    if (base.endsWith('z')) own.push(`${base.slice(0, -1)}g`)
    found = found.flatMap((before) => own.map((one) => before + one))
  }
  return found.slice(0, 8)
}

// Three rows of the table are enough; kept, so that comparing thousands of names makes nothing to collect.
const ROW = 160
const rows: [Uint8Array, Uint8Array, Uint8Array] = [new Uint8Array(ROW), new Uint8Array(ROW), new Uint8Array(ROW)]

/**
 * Fewest slips between two words: a letter wrong, missing, doubled or swapped with its neighbour.
 * @returns `most + 1` as soon as it is clear that there are more than `most`
 */
export function slips(a: string, b: string, most: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > most) return most + 1
  if (b.length >= ROW) return most + 1
  let [before, above, line] = rows
  for (let column = 0; column <= b.length; column++) above[column] = column
  for (let row = 1; row <= a.length; row++) {
    const own = a.charCodeAt(row - 1)
    const former = row > 1 ? a.charCodeAt(row - 2) : -1
    line[0] = row
    let least = row
    let left = row
    for (let column = 1; column <= b.length; column++) {
      const other = b.charCodeAt(column - 1)
      let cost = (above[column - 1] as number) + (own === other ? 0 : 1)
      if ((above[column] as number) < cost) cost = (above[column] as number) + 1
      if (left < cost) cost = left + 1
      if (former === other && column > 1 && own === b.charCodeAt(column - 2)) cost = Math.min(cost, (before[column - 2] as number) + 1)
      line[column] = cost
      left = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    const spare = before
    before = above
    above = line
    line = spare
  }
  return above[b.length] ?? most + 1
}
