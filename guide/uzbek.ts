/**
 * Uzbek in Latin letters, written in Cyrillic for who learnt to read it so: half of all grown-ups. One way only, by the rules of the two
 * alphabets (1940 and 1995); words that are not Uzbek, such as names with w or a lone c, stay as they are.
 */

/**
 * Longer ones first: `yo‘` is й and ў, not ё. ц is written ts or s in Latin: only where a borrowed ending shows it (militsiya, infeksiya,
 * litsey) is it ц, since т and с meet in many Uzbek words (aytsa, qo‘rqitsa, ahamiyatsiz).
 */
const PAIRS: [string, string][] = [
  ['ksiya', 'кция'],
  ['tsiya', 'ция'],
  ['tsion', 'цион'],
  ['tsent', 'цент'],
  ['tsey', 'цей'],
  ['pyuter', 'пьютер'],
  ['yo‘', 'йў'],
  ['o‘', 'ў'],
  ['g‘', 'ғ'],
  ['s’h', 'сҳ'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['yo', 'ё'],
  ['yu', 'ю'],
  ['ya', 'я'],
  ['ye', 'е'],
]

const LETTERS: Record<string, string> = {
  a: 'а',
  b: 'б',
  d: 'д',
  e: 'е',
  f: 'ф',
  g: 'г',
  h: 'ҳ',
  i: 'и',
  j: 'ж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  q: 'қ',
  r: 'р',
  s: 'с',
  t: 'т',
  u: 'у',
  v: 'в',
  x: 'х',
  y: 'й',
  z: 'з',
  '’': 'ъ',
}

const VOWELS = 'aeiou‘'

/** Words, and what stands between them; tokens such as `{{tel:…}}`, addresses and names with a hyphen or a gap are no words. */
const PIECES = /(\{\{[^{}]*\}\}|https?:\/\/\S+|[\w-]+(?:\.[a-z]{2,})+\b|[@#]\w+|Wi-Fi|Take It Down|[\p{L}‘’]+)/u

/** Letters of other languages: the word is a name and stays. */
const FOREIGN = /w|c(?!h)|[^a-z‘’]/i

/** Names that have only letters of Uzbek, as they stand on a screen or a paper. */
const NAMES = new Set(['English', 'Shift', 'IP', 'LIVES', 'NNEDV', 'finabilityus', 'nadiyno'])

/** Months end in a soft sign in Cyrillic, until a suffix follows: 1-сентябрдан. */
const MONTHS: Record<string, string> = {
  yanvar: 'январь',
  fevral: 'февраль',
  aprel: 'апрель',
  iyun: 'июнь',
  iyul: 'июль',
  sentabr: 'сентябрь',
  oktabr: 'октябрь',
  noyabr: 'ноябрь',
  dekabr: 'декабрь',
}

const MONTH = new RegExp(`^(${Object.keys(MONTHS).join('|')})`)

export const cyrillic = (text: string): string =>
  text
    .replaceAll(/([oOgG])[ʻ`'‘’](?=[\p{L}]|\b|$)/gu, '$1‘')
    .replaceAll(/[ʼ']/g, '’')
    .split(PIECES)
    .map((piece, at) => (at % 2 === 0 || FOREIGN.test(piece) || NAMES.has(piece) ? piece : word(piece)))
    .join('')

function word(latin: string): string {
  const small = latin.toLowerCase()
  const loud = latin.length > 1 && latin === latin.toUpperCase()
  const month = MONTH.exec(small)?.[0] ?? ''
  let out = monthOf(latin, month)
  for (let at = month.length; at < small.length; ) {
    const pair = PAIRS.find(([from]) => small.startsWith(from, at))
    const from = pair?.[0] ?? small.charAt(at)
    // At the beginning, and after another vowel, e is э: эшик, поэма.
    const opens = from === 'e' && (at === 0 || VOWELS.includes(small.charAt(at - 1)))
    const to = pair?.[1] ?? (opens ? 'э' : (LETTERS[from] ?? from))
    const first = latin.charAt(at)
    out += loud ? to.toUpperCase() : first !== first.toLowerCase() ? to.charAt(0).toUpperCase() + to.slice(1) : to
    at += from.length
  }
  return out
}

function monthOf(latin: string, month: string): string {
  const name = MONTHS[month] ?? ''
  const bare = latin.length > month.length ? name.replace(/ь$/, '') : name
  return /^\p{Lu}/u.test(latin) ? bare.charAt(0).toUpperCase() + bare.slice(1) : bare
}
