/**
 * Plain signs that a life is in danger, by rule: they are heard whatever the weights say.
 *
 * A pattern is words in a row: `a|b_c` are alternatives, `stem-` takes any ending, `~` lets up to three words stand between, `~~` six, `$name`
 * is a list, a `!` before alternatives says that none of them comes next; `^` and a lone `$` are the sentence's ends. They are written as
 * people spell and compared as they sound. What is past, played, told or denied is no sign: the weights decide there.
 */
import { ENGLISH_PATTERNS, ENGLISH_WORDS } from './crisis-english.ts'
import { OWN_PATTERNS, OWN_WORDS, type Patterns } from './crisis-own.ts'
import { spelt } from './reading.ts'
import { soundOf } from './sound.ts'

export type Sign = 'danger' | 'suicide'

type Sound = (word: string) => string
type Words = readonly string[]
/** Single whole words apart from the rest, because most are such. `firsts` and `stems` say in one look whether a word begins any of it. */
type Choice = { whole: Set<string>; firsts: Set<string>; stems: string[]; rows: { words: string[]; stems: boolean[] }[] }
type Part = { gap: number } | { choice: Choice; isNot: boolean } | 'end'
type Pattern = { opens: boolean; parts: Part[] }
/** Patterns by what they begin with, so that a word is compared with few. */
type Index = { firsts: Map<string, Pattern[]>; stems: Map<string, Pattern[]> }
type Rules = { danger: Index; suicide: Index; calm: Index; negation: Choice }

const GAPS: Record<string, number> = { '~': 3, '~~': 6 }

function choiceOf(token: string, of: Sound): Choice {
  const choice: Choice = { whole: new Set(), firsts: new Set(), stems: [], rows: [] }
  for (const one of token.split('|')) {
    const written = one.replace(/['’]/g, '').split(/_|(?<=.)-(?=.)/)
    const words = written.map((word) => (word.startsWith('#') ? word : of(word.replace(/-$/, ''))))
    const stems = written.map((word) => word.endsWith('-'))
    if (words.includes('')) continue
    if (stems[0]) choice.stems.push(words[0] as string)
    else choice.firsts.add(words[0] as string)
    if (words.length === 1 && !stems[0]) choice.whole.add(words[0] as string)
    else choice.rows.push({ words, stems })
  }
  return choice
}

function patternOf(line: string, of: (token: string) => Choice): Pattern {
  const tokens = line.split(' ')
  const opens = tokens[0] === '^'
  const parts = (opens ? tokens.slice(1) : tokens).map((token): Part => {
    const gap = GAPS[token]
    if (gap !== undefined) return { gap }
    if (token === '$') return 'end'
    return token.startsWith('!') ? { choice: of(token.slice(1)), isNot: true } : { choice: of(token), isNot: false }
  })
  return { opens, parts }
}

function indexOf(patterns: readonly Pattern[]): Index {
  const index: Index = { firsts: new Map(), stems: new Map() }
  const put = (map: Map<string, Pattern[]>, key: string, pattern: Pattern): void => {
    const known = map.get(key)
    if (known === undefined) map.set(key, [pattern])
    else known.push(pattern)
  }
  for (const pattern of patterns) {
    const [first] = pattern.parts
    if (first === undefined || typeof first === 'string' || 'gap' in first || first.isNot)
      throw new RangeError('a pattern begins with words')
    for (const word of first.choice.firsts) put(index.firsts, word, pattern)
    for (const stem of new Set(first.choice.stems)) put(index.stems, stem, pattern)
  }
  return index
}

function rulesOf({ danger, suicide, calm, negation }: Patterns, lists: Record<string, string>, sound: Sound): Rules {
  const known = new Map<string, Choice>()
  const of = (token: string): Choice => {
    const made =
      known.get(token) ??
      choiceOf(
        token.replace(/\$(\w+)/g, (_, name: string) => lists[name] ?? ''),
        sound,
      )
    known.set(token, made)
    return made
  }
  const all = (patterns: string): Index =>
    indexOf(
      patterns
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => patternOf(line, of)),
    )
  return {
    danger: all(danger),
    suicide: all(suicide),
    calm: indexOf([patternOf(calm.trim().split(/\s+/).join('|'), of)]),
    negation: of(negation),
  }
}

const mayBegin = ({ firsts, stems }: Choice, word: string): boolean => {
  if (firsts.has(word)) return true
  for (const stem of stems) if (word.startsWith(stem)) return true
  return false
}

/** Where the alternatives that begin at `at` end; several when one goes on where another ends. */
function* endsOf({ whole, rows }: Choice, words: Words, at: number): Generator<number> {
  if (whole.has(words[at] as string)) yield at + 1
  for (const row of rows) {
    let nth = 0
    while (nth < row.words.length) {
      const [said, wanted] = [words[at + nth], row.words[nth] as string]
      if (said === undefined || !(row.stems[nth] ? said.startsWith(wanted) : said === wanted)) break
      nth++
    }
    if (nth === row.words.length) yield at + nth
  }
}

function fits(parts: readonly Part[], words: Words, at: number, nth = 0): boolean {
  const part = parts[nth]
  if (part === undefined) return true
  if (part === 'end') return at === words.length
  if ('gap' in part) {
    for (let next = at; next <= Math.min(words.length, at + part.gap); next++) if (fits(parts, words, next, nth + 1)) return true
    return false
  }
  const word = words[at]
  if (word === undefined || !mayBegin(part.choice, word)) return part.isNot && fits(parts, words, at, nth + 1)
  if (part.isNot) return endsOf(part.choice, words, at).next().done === true && fits(parts, words, at, nth + 1)
  for (const end of endsOf(part.choice, words, at)) if (fits(parts, words, end, nth + 1)) return true
  return false
}

function isIn({ firsts, stems }: Index, words: Words, negation: Choice | null): boolean {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (at > 0 && negation?.whole.has(words[at - 1] as string)) continue
    const holds = ({ opens, parts }: Pattern): boolean => (!opens || at === 0) && fits(parts, words, at)
    if (firsts.get(word)?.some(holds)) return true
    for (const [stem, patterns] of stems) if (word.startsWith(stem) && patterns.some(holds)) return true
  }
  return false
}

let own: Rules | null = null
let english: Rules | null = null

/** @param words  a sentence as `reading.ts` gives it */
export function signIn(words: Words, isEnglish: boolean): Sign | null {
  if (isEnglish) english ??= rulesOf(ENGLISH_PATTERNS, ENGLISH_WORDS, spelt)
  else own ??= rulesOf(OWN_PATTERNS, OWN_WORDS, soundOf)
  const { danger, suicide, calm, negation } = (isEnglish ? english : own) as Rules
  const sign: Sign | null = isIn(suicide, words, negation) ? 'suicide' : isIn(danger, words, negation) ? 'danger' : null
  return sign === null || isIn(calm, words, null) ? null : sign
}
