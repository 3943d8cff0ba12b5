/**
 * Words that mark what a sentence is about where a life may be in danger: who hurts, with what, when, or that it is only a figure of speech.
 *
 * Lists are written by people under `guide/understand/lexicon/`, one a language; here they are sounds, so that spelling matters less. A
 * mark decides nothing alone: the weights learn what marks mean together, `crisis.ts` holds the rules.
 */

export const MARKS = [
  ...['violence', 'sexual', 'threat', 'weapon', 'strangling', 'locked', 'breaking', 'following', 'hiding', 'bleeding', 'cry', 'suicide'],
  ...['now', 'past', 'habit', 'calm', 'negation', 'question', 'figure', 'story', 'hurter', 'other', 'child', 'professional', 'own', 'fear'],
  ...['acting', 'edge', 'greeting'],
] as const
/** A mark, or `of-` and a thing people speak of (`lexicon/concepts.yaml`). */
export type Mark = (typeof MARKS)[number] | `of-${string}`
const isMark = (name: string): name is Mark => name.startsWith('of-') || (MARKS as readonly string[]).includes(name)

/** A word of an entry; `stem`: any ending may follow. `near`: the last word stands within a few words of the rest, on either side. */
type Entry = { words: string[]; stems: boolean[]; mark: Mark; near: boolean }
export type Lexicon = { own: Map<string, Entry[]>; english: Map<string, Entry[]> }
export type Marked = { mark: Mark; at: number; length: number }

const KEY_LETTERS = 2
const NEAR_WORDS = 4

function entryOf(packed: string, mark: Mark): Entry {
  const near = packed.includes('+')
  const words = packed.split(/[ +]/)
  return { mark, near, words: words.map((word) => word.replace(/-$/, '')), stems: words.map((word) => word.endsWith('-')) }
}

/** One line a mark and alphabet: its name, `>` where English, then entries between commas. */
export function lexiconFrom(lines: readonly string[]): Lexicon {
  const lexicon: Lexicon = { own: new Map(), english: new Map() }
  for (const line of lines) {
    const [, name = '', english = '', entries = ''] = /^([a-z-]+)(>?) (.*)$/.exec(line) ?? []
    if (!isMark(name)) throw new RangeError(`no such mark: ${name}`)
    const map = english === '' ? lexicon.own : lexicon.english
    for (const packed of entries.split(',')) {
      const entry = entryOf(packed, name)
      const key = (entry.words[0] ?? '').slice(0, KEY_LETTERS)
      const known = map.get(key)
      if (known === undefined) map.set(key, [entry])
      else known.push(entry)
    }
  }
  return lexicon
}

const fits = (word: string | undefined, wanted: string, stem: boolean): boolean =>
  word !== undefined && (word === wanted || (stem && word.startsWith(wanted)))

function fitsAt({ words, stems, near }: Entry, sentence: readonly string[], at: number): boolean {
  const inRow = near ? words.length - 1 : words.length
  for (let nth = 0; nth < inRow; nth++) if (!fits(sentence[at + nth], words[nth] as string, stems[nth] as boolean)) return false
  if (!near) return true
  for (let other = Math.max(0, at - NEAR_WORDS); other < Math.min(sentence.length, at + inRow + NEAR_WORDS); other++)
    if ((other < at || other >= at + inRow) && fits(sentence[other], words[inRow] as string, stems[inRow] as boolean)) return true
  return false
}

/** Marks of a sentence in the order of its words; one word may bear several. */
export function marksOf({ own, english }: Lexicon, sentence: readonly string[], isEnglish: boolean): Marked[] {
  const map = isEnglish ? english : own
  const found: Marked[] = []
  for (let at = 0; at < sentence.length; at++) {
    const word = sentence[at] as string
    const keys = word.length > 1 ? [word.slice(0, KEY_LETTERS), word.slice(0, 1)] : [word]
    for (const key of keys)
      for (const entry of map.get(key) ?? [])
        if (fitsAt(entry, sentence, at)) found.push({ mark: entry.mark, at, length: entry.words.length })
  }
  return found
}
