/** The labelled phrases under `guide/understand/phrases/`: what a model learns from. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Knows } from '../../guide/understand/taught.ts'
import type { Crisis, Door } from '../../guide/understand/understand.ts'
import { DOORS, TOPICS, type Topic } from '../../schema/terms.ts'

export type Phrase = { language: string; topics: Topic[]; crisis: Crisis; door: Door | null; text: string }

/** Elsewhere only the core of the guide is spoken, and there are some three thousand phrases of the country's own language. */
export const WITH_MANY: readonly Knows[] = ['UA', 'KZ', 'EN']

const CRISES: readonly Crisis[] = ['none', 'danger', 'suicide']

/**
 * `many`: those under `edge/` too, that only large files learn: a small one has no room for so many ways of saying, and would know the plain ones less well. `all`: those under
 * `countries/` too, that only the large files of countries learn: English heard less with them.
 */
export type Amount = 'few' | 'many' | 'all'
const FOLDERS: Record<Amount, readonly string[]> = { few: ['.'], many: ['.', 'edge'], all: ['.', 'edge', 'countries'] }

/** @throws Error naming file and line when a label is none of ours */
export const readPhrases = (root: string, language: string, amount: Amount = 'all'): Phrase[] =>
  FOLDERS[amount].flatMap((folder) => readFile(join(root, PHRASES, folder, `${language}.tsv`), language))
const PHRASES = 'guide/understand/phrases'

function readFile(file: string, language: string): Phrase[] {
  if (!existsSync(file)) return []
  const [, ...lines] = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [phraseOf(line, language, `${file}:${index + 2}`)]))
}

function phraseOf(line: string, language: string, at: string): Phrase {
  const [labels = '', crisis = '', door = '', text = ''] = line.split('\t')
  const topics = labels === '-' ? [] : labels.split(/[ ,]+/)
  if (!topics.every((topic): topic is Topic => (TOPICS as readonly string[]).includes(topic)))
    throw new Error(`${at}: no such topic: ${labels}`)
  if (!(CRISES as readonly string[]).includes(crisis)) throw new Error(`${at}: no such crisis: ${crisis}`)
  const known = DOORS.find((one) => one === door) ?? null
  if (known === null && door !== '-') throw new Error(`${at}: no such door: ${door}`)
  return { language, topics, crisis: crisis as Crisis, door: known, text }
}

/** The same number for the same text on every machine: splits and slips hang on it. */
export function numberOf(text: string): number {
  let hash = -2128831035
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** One phrase in five is set aside to choose by, never learnt from while choosing. */
export const isForChoosing = (phrase: Phrase): boolean => numberOf(phrase.text) % 5 === 0
