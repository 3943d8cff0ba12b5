/** A spelling dictionary and the project's own words beside it: names of services, places, systems, and what is too new for a dictionary. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decodeTrie } from 'cspell-trie-lib'

/** Languages with a kept dictionary under a free licence. Kazakh's and Uzbek's do not know the endings of a third of all words, so they would cry at good ones. */
export const DICTIONARIES = {
  uk: { folder: '@cspell/dict-uk-ua', trie: 'uk_ua.trie' },
  ru: { folder: '@cspell/dict-ru_ru', trie: 'ru_ru.trie.gz' },
  en: { folder: '@cspell/dict-en-gb', trie: 'en_GB.trie.gz' },
} as const

export type Spelt = keyof typeof DICTIONARIES

export type Dictionary = { knows(word: string): boolean }

export const ownWordsFile = (language: Spelt): string => `locales/spelling/${language}.txt`

/** Its own words are written as they stand in a text; a line that begins with `#` says what follows. */
export function ownWords(root: string, language: Spelt): Set<string> {
  const file = join(root, ownWordsFile(language))
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return new Set(lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')))
}

export function openDictionary(language: Spelt, own: ReadonlySet<string>): Dictionary {
  const { folder, trie: name } = DICTIONARIES[language]
  // What stands beside the one file its package names.
  const file = join(dirname(createRequire(import.meta.url).resolve(folder)), name)
  const bytes = readFileSync(file)
  const trie = decodeTrie(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  const plain = (word: string) => trie.has(word) || trie.has(word.toLowerCase())
  const knowsOne = (word: string) => own.has(word) || plain(word.replace(/[’ʼ]/g, "'"))
  // A word with a hyphen is right when its parts are; so is an English genitive.
  const knows = (word: string) => knowsOne(word) || word.split('-').every((part) => part === '' || knowsOne(part.replace(/’s?$/, '')))
  return { knows }
}

/** Words of a text: no token, address, or single letter. */
export function wordsIn(text: string): string[] {
  const prose = text.replace(/\{\{[^{}]*\}\}/g, ' ').replace(/(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+\S*|@\w+/g, ' ')
  return (prose.match(/\p{L}[\p{L}’'ʼ-]*/gu) ?? []).map((word) => word.replace(/[’'ʼ-]+$/, '')).filter((word) => word.length > 1)
}
