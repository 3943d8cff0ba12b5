/** The small part of a book that comes inside the first view: the first step and those one choice away, so that the first choice works before the rest is here. */
import { EVERYWHERE, type Position, SAFE_STEP } from '../../guide/engine.ts'
import type { FirstBook } from '../../guide/first-book.ts'
import type { Words } from '../../guide/guide.ts'
import { manifest, type OpenBook } from '../books.ts'

/** Words of the interface that the first steps use; the rest comes with the book. */
const FIRST_WORDS = [
  'back',
  'home',
  'stop',
  'settings',
  'exit',
  'exitTop',
  'callWarning',
  'general',
  'sources',
  'citeDated',
  'citeRead',
  'months',
  'monthYear',
  'waiting',
  'offline',
  'retry',
  'words.unreviewed',
  'words.stale',
  'withheld.abroad',
  'withheld.occupied',
  'goOn.abroad',
  'goOn.occupied',
]

/** What nobody needs within the first second: it comes with the rest. */
const LATER = ['settings', 'trust', 'professional', 'i-hurt-someone']

export function firstBook({ guide, words, house, directory, line }: OpenBook, at: Position): FirstBook {
  const near = (guide.steps[at.step]?.choices ?? []).map(({ next }) => next)
  const ids = [...new Set([at.step, SAFE_STEP, ...near])].filter((id) => !LATER.includes(id))
  const steps = ids.flatMap((id) => guide.steps[id] ?? [])
  const called = [...new Set(steps.flatMap(({ call }) => call ?? []).concat(ids.flatMap((id) => tokens(words, id))))]
  const choices = new Set(steps.flatMap((step) => step.choices.map(({ id }) => id)))
  const cards = [...new Set(steps.flatMap((step) => step.cards ?? []))]
  return {
    country: directory.country,
    guide: { ...guide, steps: pick(guide.steps, ids), care: {}, cards: pick(guide.cards, cards) },
    words: {
      language: words.language,
      steps: pick(words.steps, ids),
      choices: pick(words.choices, [...choices, ...EVERYWHERE]),
      ui: pick(words.ui, FIRST_WORDS),
      cards: pick(words.cards, cards),
    },
    house,
    lines: Object.fromEntries(
      called.flatMap((id) => {
        const found = line(id)
        return found
          ? [
              [
                id,
                {
                  name: found.short ?? found.name,
                  phones: found.phones.slice(0, 1).map(({ number, display }) => ({ number, ...(display && { display }) })),
                  never: found.never,
                },
              ],
            ]
          : []
      }),
    ),
    more: manifest.more,
    files: manifest.countries[directory.country] ?? { places: '', languages: {} },
    elsewhere: manifest.elsewhere,
  }
}

const pick = <T>(table: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(table, key) ? [[key, table[key] as T]] : [])))

const tokens = (words: Words, step: string): string[] =>
  [...JSON.stringify(words.steps[step] ?? '').matchAll(/\{\{tel:([^}]+)\}\}/g)].map((match) => match[1] ?? '')
