/** Two peers over the same phrases: a full-text search (MiniSearch), and a plain list of each topic's commonest words. */
import MiniSearch from 'minisearch'
import type { Topic } from '../../schema/terms.ts'
import type { Phrase } from '../../scripts/understand/phrases.ts'
import type { Answer } from './score.ts'

export type Peer = (text: string) => Answer
type Titled = { topic: Topic; text: string }

const HITS = 20
const FUZZY = 0.2

const answerOf = (scores: Map<string, number>): Answer => {
  const ranked = [...scores].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1])
  const none = ranked[0]?.[0] === '-'
  const topics = none ? [] : ranked.flatMap(([id]) => (id === '-' ? [] : [id as Topic]))
  return { topics, crisis: topics[0] === 'danger-now' || topics[0] === 'suicide', door: null, places: [] }
}

/** As its guide says for typed text: prefixes, and a fifth of the letters wrong. */
export function miniSearch(phrases: readonly Phrase[], titles: readonly Titled[]): Peer {
  const index = new MiniSearch<{ id: number; text: string; topics: string[] }>({ fields: ['text'], storeFields: ['topics'] })
  const documents = [
    ...phrases.map(({ text, topics }) => ({ text, topics: topics.length === 0 ? ['-'] : ([...topics] as string[]) })),
    ...titles.map(({ text, topic }) => ({ text, topics: [topic as string] })),
  ]
  index.addAll(documents.map((document, id) => ({ id, ...document })))
  return (text) => {
    const scores = new Map<string, number>()
    for (const { score, topics } of index.search(text, { prefix: true, fuzzy: FUZZY }).slice(0, HITS))
      for (const topic of topics as string[]) scores.set(topic, (scores.get(topic) ?? 0) + score)
    return answerOf(scores)
  }
}

const WORDS_A_TOPIC = 60
const SHORTEST = 3
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? []

/** What one would write by hand: words that stand in a topic's phrases more than elsewhere; most hits win. */
export function keywords(phrases: readonly Phrase[]): Peer {
  const all = new Map<string, number>()
  const by = new Map<Topic, Map<string, number>>()
  for (const { topics, text } of phrases)
    for (const word of wordsOf(text)) {
      all.set(word, (all.get(word) ?? 0) + 1)
      const [topic] = topics
      if (topic === undefined) continue
      const own = by.get(topic) ?? new Map<string, number>()
      own.set(word, (own.get(word) ?? 0) + 1)
      by.set(topic, own)
    }
  const listed = new Map<string, Topic[]>()
  for (const [topic, own] of by) {
    const ranked = [...own]
      .filter(([, n]) => n >= SHORTEST)
      .sort((a, b) => b[1] ** 2 / (all.get(b[0]) ?? 1) - a[1] ** 2 / (all.get(a[0]) ?? 1))
    for (const [word] of ranked.slice(0, WORDS_A_TOPIC)) listed.set(word, [...(listed.get(word) ?? []), topic])
  }
  return (text) => {
    const scores = new Map<string, number>()
    for (const word of wordsOf(text)) for (const topic of listed.get(word) ?? []) scores.set(topic, (scores.get(topic) ?? 0) + 1)
    return answerOf(scores)
  }
}
