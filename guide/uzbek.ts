/**
 * Uzbek in Latin letters, written in Cyrillic for who learnt to read it so: half of all grown-ups. One way only, by the rules of the two
 * alphabets (1940 and 1995); words that are not Uzbek, such as names with w or a lone c, stay as they are.
 */

/** Longer ones first: `yo‘` is й and ў, not ё. */
const PAIRS: [string, string][] = [
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
  ['ts', 'ц'],
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

/** Words, and what stands between them; tokens such as `{{tel:…}}` and addresses are no words. */
const PIECES = /(\{\{[^{}]*\}\}|https?:\/\/\S+|[@#]\w+|[A-Za-z‘’]+)/

/** Letters of other languages: the word is a name and stays. */
const FOREIGN = /w|c(?!h)/i

export const cyrillic = (text: string): string =>
  text
    .replaceAll(/([oOgG])[ʻ`'‘’](?=[\p{L}]|\b|$)/gu, '$1‘')
    .replaceAll(/[ʼ']/g, '’')
    .split(PIECES)
    .map((piece, at) => (at % 2 === 0 || !/^[A-Za-z‘’]+$/.test(piece) || FOREIGN.test(piece) ? piece : word(piece)))
    .join('')

function word(latin: string): string {
  const small = latin.toLowerCase()
  const loud = latin.length > 1 && latin === latin.toUpperCase()
  let out = ''
  for (let at = 0; at < small.length; ) {
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
