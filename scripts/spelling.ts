/** `npm run spelling`: words of `locales/` that no dictionary knows, with the files they stand in. A right one belongs into `locales/spelling/<language>.txt`. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sentencesIn } from '../guide/check/tables.ts'
import { DICTIONARIES, openDictionary, ownWords, ownWordsFile, type Spelt, wordsIn } from './spelling/dictionary.ts'

const root = join(import.meta.dirname, '..')

/** Names of languages and sentences to be shown to others stand in their own language. */
const FOREIGN = /(?:^|\.)(?:language-|language\.|show-|months)/

function unknown(language: Spelt): Map<string, string[]> {
  const own = ownWords(root, language)
  const dictionary = openDictionary(language, own)
  const found = new Map<string, string[]>()
  // Citations keep the wording and the names of their sources.
  for (const file of readdirSync(join(root, 'locales', language)).filter((name) => name !== 'facts.json')) {
    const table: unknown = JSON.parse(readFileSync(join(root, 'locales', language, file), 'utf8'))
    const words = new Set(sentencesIn(table).flatMap(({ key, text }) => (FOREIGN.test(key) ? [] : wordsIn(text))))
    for (const word of words) if (!dictionary.knows(word)) found.set(word, [...(found.get(word) ?? []), basename(file, '.json')])
  }
  return found
}

let wrong = 0
for (const language of Object.keys(DICTIONARIES) as Spelt[]) {
  const found = unknown(language)
  wrong += found.size
  for (const [word, files] of found) console.log(`${language}  ${word}  (${files.slice(0, 3).join(', ')}${files.length > 3 ? ', …' : ''})`)
}
if (wrong > 0) {
  console.error(
    `${wrong} words are in no dictionary. Mend them, or write those that are right into ${ownWordsFile('uk')} and its neighbours.`,
  )
  process.exitCode = 1
}
