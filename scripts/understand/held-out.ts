/** The held-out lines, for counting only: nothing here prints a line or says which went wrong. */
import { readFileSync } from 'node:fs'
import type { Crisis, Door } from '../../guide/understand/understand.ts'
import { sentencesOf, tidy } from '../../guide/understand/words.ts'
import type { Topic } from '../../schema/terms.ts'
import type { Phrase } from './phrases.ts'

export type Line = { lang: string; topics: Topic[]; crisis: Crisis; door: Door | null; places: string[]; text: string }

export function readHeldOut(file: string): Line[] {
  const [, ...rows] = readFileSync(file, 'utf8').split('\n')
  return rows.flatMap((row) => {
    if (row.trim() === '') return []
    const [lang = '', topics = '', crisis = '', door = '', places = '', text = ''] = row.split('\t')
    const list = (cell: string): string[] => (cell === '-' ? [] : cell.split(/[ ,]+/))
    return [
      {
        lang,
        topics: list(topics) as Topic[],
        crisis: crisis as Crisis,
        door: door === '-' ? null : (door as Door),
        places: list(places),
        text,
      },
    ]
  })
}

const wordsOf = (text: string): string => sentencesOf(tidy(text)).flat().join(' ')

/** Those whose words nobody happened to write for the training too: short sayings are thought of twice. */
export function unseen(lines: readonly Line[], phrases: readonly Phrase[]): Line[] {
  const written = new Set(phrases.map(({ text }) => wordsOf(text)))
  return lines.filter(({ text }) => !written.has(wordsOf(text)))
}
