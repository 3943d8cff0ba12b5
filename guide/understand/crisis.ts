/**
 * Plain signs that a life is in danger, by rule: they are heard whatever the weights say.
 *
 * A pattern is words in a row: `a|b_c` are alternatives, `stem-` takes any ending, `~` lets up to three words stand between, `~~` six, `$name`
 * is a list, a `!` before alternatives says that none of them comes next. They are written as people spell and compared as they sound.
 */

import { ENGLISH_PATTERNS, ENGLISH_WORDS } from './crisis-english.ts'
import { OWN_PATTERNS, OWN_WORDS, type Patterns } from './crisis-own.ts'
import { spelt } from './reading.ts'
import { soundOf } from './sound.ts'

export type Sign = 'danger' | 'suicide'

type Rules = { danger: RegExp[]; suicide: RegExp[]; calm: RegExp; negation: RegExp }

const WORD = '[a-z#]+ '

function wordPattern(word: string, of: (word: string) => string): string {
  const stem = word.endsWith('-')
  const sound = of(word.replace(/-$/, '').replace(/['’]/g, ''))
  return stem ? `${sound}[a-z]* ` : `${sound} `
}

function anyOf(token: string, of: (word: string) => string, lists: Record<string, string>): string {
  const names = token.replace(/\$(\w+)/g, (_, name: string) => lists[name] as string)
  const each = names.split('|').map((one) =>
    one
      .split('_')
      .map((word) => wordPattern(word, of))
      .join(''),
  )
  return `(?:${[...new Set(each)].join('|')})`
}

function compiled(pattern: string, of: (word: string) => string, lists: Record<string, string>): RegExp {
  const parts = pattern.split(' ').map((token) => {
    if (token === '~') return `(?:${WORD}){0,3}`
    if (token === '~~') return `(?:${WORD}){0,6}`
    if (token === '^') return '^ ?'
    if (token === '$') return '$'
    return token.startsWith('!') ? `(?!${anyOf(token.slice(1), of, lists)})` : anyOf(token, of, lists)
  })
  return new RegExp(parts[0] === '^ ?' ? parts.join('') : `(?<= )${parts.join('')}`)
}

function rulesOf({ danger, suicide, calm, negation }: Patterns, lists: Record<string, string>, of: (word: string) => string): Rules {
  const all = (patterns: string): RegExp[] =>
    patterns
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => compiled(line, of, lists))
  return {
    danger: all(danger),
    suicide: all(suicide),
    calm: new RegExp(`(?<= )${anyOf(calm.trim().split(/\s+/).join('|'), of, lists)}`),
    negation: new RegExp(` ${anyOf(negation, of, lists)}$`),
  }
}

let own: Rules | null = null
let english: Rules | null = null

/** @param words  a sentence as `reading.ts` gives it */
export function signIn(words: readonly string[], isEnglish: boolean): Sign | null {
  if (isEnglish) english ??= rulesOf(ENGLISH_PATTERNS, ENGLISH_WORDS, spelt)
  else own ??= rulesOf(OWN_PATTERNS, OWN_WORDS, soundOf)
  const rules = (isEnglish ? english : own) as Rules
  const line = ` ${words.join(' ')} `
  if (rules.calm.test(line)) return null
  const holds = (pattern: RegExp): boolean => {
    const found = pattern.exec(line)
    return found !== null && !rules.negation.test(line.slice(0, found.index))
  }
  if (rules.suicide.some(holds)) return 'suicide'
  return rules.danger.some(holds) ? 'danger' : null
}
