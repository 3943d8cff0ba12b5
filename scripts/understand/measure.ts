/** How well a model does on labelled phrases: counts only, by language. What is measured is what the guide calls: `understand`. */

import { type Model, understand } from '../../guide/understand/understand.ts'
import type { Country } from '../../schema/terms.ts'
import type { Phrase } from './phrases.ts'
import { screenOf } from './samples.ts'

export type Counts = {
  related: number
  first: number
  three: number
  unrelated: number
  unknown: number
  crises: number
  heard: number
  calm: number
  alarms: number
  doors: number
  rightDoors: number
  /** by "labelled > answered first", `-` for nothing of ours: how often the first answer was another */
  confused: Map<string, number>
}
export const noCounts = (): Counts => ({
  related: 0,
  first: 0,
  three: 0,
  unrelated: 0,
  unknown: 0,
  crises: 0,
  heard: 0,
  calm: 0,
  alarms: 0,
  doors: 0,
  rightDoors: 0,
  confused: new Map(),
})

const NOTHING = '-'
const add = (counts: Map<string, number>, what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1)

export function measure(model: Model, country: Country, phrases: readonly Phrase[]): Record<string, Counts> {
  const all: Record<string, Counts> = {}
  for (const { language, topics, crisis, door, text } of phrases) {
    all[language] ??= noCounts()
    const counts = all[language]
    const found = understand(model, text, { language: screenOf(language, country), country })
    const first = found.topics[0]?.id ?? NOTHING
    const wanted: readonly string[] = topics.length === 0 ? [NOTHING] : topics
    if (!wanted.includes(first)) add(counts.confused, `${wanted[0]} > ${first}`)
    if (topics.length === 0) {
      counts.unrelated++
      if (found.topics.length === 0) counts.unknown++
    } else {
      counts.related++
      if (topics.some((topic) => topic === found.topics[0]?.id)) counts.first++
      if (found.topics.slice(0, 3).some(({ id }) => topics.includes(id))) counts.three++
    }
    if (crisis === 'none') {
      counts.calm++
      if (found.crisis !== 'none') counts.alarms++
    } else {
      counts.crises++
      if (found.crisis !== 'none') counts.heard++
    }
    if (door !== null) {
      counts.doors++
      if (found.door === door) counts.rightDoors++
    }
  }
  return all
}
