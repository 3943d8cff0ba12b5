/**
 * Phrases said word by word in another language, so that what is learnt in one is known in the others. Order and endings are those of the first
 * language: such a gloss is worth less than a phrase, and is learnt beside it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sentencesOf, tidy } from '../../guide/understand/words.ts'
import { numberOf, type Phrase } from './phrases.ts'
import { dice } from './vary.ts'

/** Files of glossaries, named by the language of their forms. `ru-core` has the languages of which only the core is spoken. */
export type GlossaryName = 'ru' | 'uk' | 'ru-core'
/** Languages that a gloss can be in. */
export type Glossed = 'uk' | 'ru' | 'en' | 'kk' | 'ky' | 'uz' | 'tg' | 'tk'
/** By the form of a word, its forms in other languages; empty where nothing is said in its place. */
export type Glossary = Map<string, Partial<Record<Glossed, string>>>
/** `phrase` is what was said at first. */
export type Gloss = { phrase: Phrase; gloss: Phrase }

const GLOSSARIES = 'guide/understand/glossary'
const NONE = '-'
/** Of a text's words so many must be known: with fewer too little of what was said is left. */
const LEAST_KNOWN = 0.9
/** Languages in other letters are not mixed in one text. */
const LATIN: readonly string[] = ['en', 'uz', 'tk']
const LATIN_LETTERS = /^[a-z]/
/** One gloss in two is half in the first language, as people mix. */
const MIXED = 0.5

/** @throws Error naming file and line when a row has more or fewer columns than the first */
export function readGlossary(root: string, name: GlossaryName): Glossary {
  const file = join(root, GLOSSARIES, `${name}.tsv`)
  const [language = name] = name.split('-')
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const [, ...columns] = head.split('\t') as [string, ...Glossed[]]
  return new Map(
    lines.map((line, index): [string, Partial<Record<Glossed, string>>] => {
      const [form = '', ...said] = line.split('\t')
      if (said.length !== columns.length) throw new Error(`${file}:${index + 2}: ${said.length + 1} columns`)
      const known = columns.map((column, nth) => [column, said[nth] === NONE ? '' : said[nth]])
      // A form of that language is one there.
      return [form, { ...Object.fromEntries(known), [language]: form }]
    }),
  )
}

/**
 * @param share  of the words, chosen by `roll`, is said in the other language; the rest stays
 * @returns null when too few words are known
 */
export function glossOf(text: string, into: Glossed, glossaries: readonly Glossary[], share: number, roll: () => number): string | null {
  let [known, all] = [0, 0]
  const sentences = sentencesOf(tidy(text)).map((words) =>
    words.flatMap((word) => {
      if (word.startsWith('#')) return []
      all++
      const said = glossaries.find((one) => one.get(word)?.[into] !== undefined)?.get(word)?.[into]
      if (said !== undefined) known++
      // Where both share letters, an unknown word is mostly a name.
      const other = said ?? (LATIN.includes(into) === LATIN_LETTERS.test(word) ? word : '')
      const spoken = roll() < share ? other : word
      return spoken === '' ? [] : spoken
    }),
  )
  return all === 0 || known / all < LEAST_KNOWN ? null : sentences.map((words) => words.join(' ')).join('. ')
}

/** Which glossaries know the words of a language, the likelier first. A mixture is Ukrainian and Russian already. */
const FROM: Record<Glossed, Record<string, readonly GlossaryName[]>> = {
  uk: { ru: ['ru'] },
  ru: { uk: ['uk', 'ru'] },
  en: { ru: ['ru'], uk: ['uk', 'ru'], mix: ['uk', 'ru'] },
  kk: { ru: ['ru'], uk: ['uk', 'ru'], mix: ['uk', 'ru'] },
  ky: { ru: ['ru-core'] },
  uz: { ru: ['ru-core'] },
  tg: { ru: ['ru-core'] },
  tk: { ru: ['ru-core'] },
}
/** All phrases that can be said in that language, whole or mixed with their own. */
export function glossesIn(root: string, into: Glossed, phrases: readonly Phrase[]): Gloss[] {
  const opened = new Map<GlossaryName, Glossary>()
  const glossary = (name: GlossaryName): Glossary => {
    const known = opened.get(name) ?? readGlossary(root, name)
    opened.set(name, known)
    return known
  }
  return phrases.flatMap((phrase) => {
    const from = FROM[into][phrase.language]
    if (from === undefined) return []
    const roll = dice(numberOf(phrase.text))
    const isMixed = LATIN.includes(into) === LATIN.includes(phrase.language) && roll() < MIXED
    const text = glossOf(phrase.text, into, from.map(glossary), isMixed ? MIXED : 1, roll)
    return text === null || text === '' ? [] : [{ phrase, gloss: { ...phrase, language: isMixed ? 'mix' : into, text } }]
  })
}
