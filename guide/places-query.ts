/**
 * What somebody typed into the place field, taken apart: which words name the place, which say what kind it is, which only narrow it.
 *
 * "с. Іванівка Березівський р-н", "в Днепре", "Zhytomyr region", and the same typed with the other keyboard. Nothing is looked up here.
 */
import { fold, stemsOf } from './fold.ts'
import type { Kind } from './places-table.ts'

/** A word that narrows: the stems it may have, and the kind of area it was called. */
export type Around = { stems: string[]; kind: Kind | null }
/** One way to understand the query: the name looked for, and the areas it should lie in. `declined`: a preposition stood there. */
export type Reading = { words: string[]; around: Around[]; kind: Kind | null; declined: boolean }
type Word = { text: string; kind: Kind | null }

/** Longer texts are no name of a place; answering them would only cost time. */
const LONGEST_QUERY = 120
const MOST_WORDS = 7

const KINDS: Record<Kind, string[]> = {
  oblast: [
    'область',
    'області',
    'областi',
    'обл',
    'области',
    'областью',
    'областю',
    'oblast',
    'region',
    'облысы',
    'viloyati',
    'welaýaty',
    'welaýatynda',
    'welaýat',
    'welayaty',
    'welayat',
    'велаят',
    'велаята',
    'велаяте',
  ],
  raion: ['район', 'району', 'районі', 'района', 'районе', 'райони', 'raion', 'rayon', 'district', 'ауданы'],
  hromada: [
    'громада',
    'громади',
    'громаді',
    'громаду',
    'отг',
    'тг',
    'мтг',
    'община',
    'общины',
    'общине',
    'hromada',
    'community',
    'territorial',
  ],
  settlement: [
    'м',
    'с',
    'смт',
    'місто',
    'місті',
    'міста',
    'містечко',
    'село',
    'селі',
    'села',
    'селище',
    'селищі',
    'сел',
    'г',
    'гор',
    'город',
    'городе',
    'города',
    'пгт',
    'поселок',
    'посёлок',
    'поселке',
    'посёлке',
    'пос',
    'п',
    'деревня',
    'деревне',
    'city',
    'town',
    'village',
    'қаласы',
    'шаары',
  ],
}
const KIND_OF = new Map((Object.keys(KINDS) as Kind[]).flatMap((kind) => KINDS[kind].map((word): [string, Kind] => [word, kind])))

const FILLERS = new Set(
  (
    'у в во на з із зі до біля під від коло поблизу за из с со к ко около возле под от рядом in at near from of the ' +
    'я живу живемо мешкаю зараз сейчас теперь живем живём нахожусь i live now am'
  ).split(' '),
)

// Ukrainian and Russian keyboards over the Latin one; they differ in four keys.
const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
const UKRAINIAN_KEYS = 'йцукенгшщзхїфівапролджєячсмитьбю'
const RUSSIAN_KEYS = 'йцукенгшщзхъфывапролджэячсмитьбю'

const retype = (query: string, from: string, to: string): string =>
  Array.from(query.toLowerCase(), (letter) => (from.includes(letter) ? to.charAt(from.indexOf(letter)) : letter)).join('')

/** The query as it would read had the keyboard been switched. */
export function otherKeyboard(query: string): string[] {
  if (query.length > LONGEST_QUERY) return []
  if (/[a-z]/i.test(query)) return [retype(query, LATIN_KEYS, UKRAINIAN_KEYS), retype(query, LATIN_KEYS, RUSSIAN_KEYS)]
  return [retype(query, UKRAINIAN_KEYS, LATIN_KEYS)]
}

// Words that are another word in Russian, not another spelling; by stem, as `fold` leaves them.
const RUSSIAN_WORDS: [RegExp, string][] = [
  [/^stepn(?=[aoie])/, 'stepov'],
  [/^krasn/, 'qervon'],
  [/^uj?n(?=[aoie])/, 'pivdenn'],
  [/^lesn(?=[aoie])/, 'lisov'],
  [/^perv/, 'perw'],
  [/konstantin/, 'kostantin'],
]

/** The same folded name with Russian words put into Ukrainian, or null when there are none. */
export function ukrainianWords(folded: string): string | null {
  let out = folded
  for (const [from, to] of RUSSIAN_WORDS) out = out.replace(from, to)
  return out === folded ? null : out
}

function wordsOf(query: string): Word[] {
  const words: Word[] = []
  let ahead: Kind | null = null
  const plain = query
    .toLowerCase()
    .replace(/['’ʼ`´"“”«»]/g, '')
    .replace(/(^|[^\p{L}])р-н[уі]?(?=$|[^\p{L}])/gu, '$1район ')
  for (const token of plain.split(/[^\p{L}\p{M}-]+/u)) {
    const text = token.replace(/^-+|-+$/g, '')
    if (text === '') continue
    const kind = KIND_OF.get(text)
    const before = words[words.length - 1]
    if (kind === undefined) {
      if (FILLERS.has(text)) continue
      if (fold(text) === '') continue
      words.push({ text, kind: ahead })
      ahead = null
    } else if (kind !== 'settlement' && before && before.kind === null) before.kind = kind
    else ahead = kind
  }
  return words
}

/** Ways to understand the query, likeliest first; `[]` when it cannot be a place. */
export function readQuery(query: string): Reading[] {
  if (query.length > LONGEST_QUERY) return []
  const words = wordsOf(query)
  const whole = query
    .toLowerCase()
    .split(/[^\p{L}\p{M}'’ʼ`-]+/u)
    .filter((word) => fold(word) !== '')
  if (whole.length === 0 || whole.length > MOST_WORDS * 2 || words.length > MOST_WORDS) return []
  // "Селище" and "Город" are names too.
  if (words.length === 0) return [{ words: whole, around: [], kind: null, declined: false }]

  const declined = whole.some((word) => FILLERS.has(word))
  const text = (some: Word[]): string[] => some.map((word) => word.text)
  const around = (some: Word[]): Around[] =>
    some.map((word) => ({ stems: stemsOf(word.text), kind: word.kind === 'settlement' ? null : word.kind }))
  const kindOf = (some: Word[]): Kind | null => some[some.length - 1]?.kind ?? some[0]?.kind ?? null
  const readings: Reading[] = []
  const areas = words.filter((word) => word.kind !== null && word.kind !== 'settlement')
  const rest = words.filter((word) => !areas.includes(word))
  if (rest.length > 0 && areas.length > 0) readings.push({ words: text(rest), around: around(areas), kind: kindOf(rest), declined })
  readings.push({ words: text(words), around: [], kind: kindOf(words), declined })
  if (whole.length !== words.length) readings.push({ words: whole, around: [], kind: null, declined: false })
  for (let cut = words.length - 1; cut > 0; cut--) {
    const [head, tail] = [words.slice(0, cut), words.slice(cut)]
    readings.push({ words: text(head), around: around(tail), kind: kindOf(head), declined })
    readings.push({ words: text(tail), around: around(head), kind: kindOf(tail), declined })
  }
  return readings
}

/** Stems the words of a name may have, joined. */
export const stemsOfName = (words: string[]): string[] =>
  words
    .map(stemsOf)
    .reduce((joined, stems) => joined.flatMap((before) => stems.map((one) => before + one)).slice(0, 16), [''])
    .filter((one) => one !== '')
