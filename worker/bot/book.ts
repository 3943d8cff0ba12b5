/** The guide as the bot says it: a few steps speak of a page and of leaving it, and here it is a chat that Telegram keeps. */
import type { StepWords } from '../../guide/guide.ts'
import type { Country } from '../../schema/terms.ts'
import type { OpenBook } from '../books.ts'
import { botVariants } from './words.ts'

const books = new WeakMap<OpenBook, OpenBook>()

export function botBook(book: OpenBook): OpenBook {
  const made = books.get(book) ?? varied(book)
  books.set(book, made)
  return made
}

/** What is the same in every country. */
const EVERYWHERE_TRUE = ['exit-limits', 'counsellor-talk']

/** Where a country's steps warn of the same as Ukraine's, what is said for the chat is the same too. */
const ALSO_TRUE: Partial<Record<Country, readonly string[]>> = {
  KZ: ['privacy', 'privacy-phone', 'privacy-network', 'privacy-telegram', 'safety-plan'],
}

const pick = <T>(table: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([key]) => keys.includes(key)))

/** The same steps and choices: only what is said differs, and a label says the same wherever its choice stands. */
function varied(book: OpenBook): OpenBook {
  const { steps: all, countries, choices } = botVariants(book.words.language)
  const { country } = book.guide
  // Other countries say other things under the same names; a warning of theirs must not give way to Ukraine's words.
  const steps = country === 'UA' ? all : { ...pick(all, [...EVERYWHERE_TRUE, ...(ALSO_TRUE[country] ?? [])]), ...countries?.[country] }
  const own = (id: string, said: StepWords): StepWords => {
    const labels = Object.keys(said.choices ?? {}).flatMap((choice) => (choices[choice] === undefined ? [] : [[choice, choices[choice]]]))
    return { ...said, ...steps[id], ...(said.choices && { choices: { ...said.choices, ...Object.fromEntries(labels) } }) }
  }
  const said = Object.fromEntries(Object.entries(book.words.steps).map(([id, words]) => [id, own(id, words)]))
  return { ...book, words: { ...book.words, steps: said, choices: { ...book.words.choices, ...choices } } }
}
