/** The held-out lines, for counting only: nothing here prints a line or says which went wrong. */
import { readFileSync } from 'node:fs'
import type { Crisis, Door } from '../../guide/understand/understand.ts'
import type { Topic } from '../../schema/terms.ts'

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
