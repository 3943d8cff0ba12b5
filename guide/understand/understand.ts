/**
 * What somebody means who writes in her own words: topics of the guide, needs, places, a door, and whether a life is in danger.
 *
 * Pure and without network: the words stay where they were typed. Nothing is generated; what is not understood comes back empty, and
 * the channel shows its menus. What is asked back ("Is that right?"), and what danger interrupts, is the channel's.
 */
import { type Country, DOORS, type Language, type Need, TOPICS, type Topic } from '../../schema/terms.ts'
import type { Places } from '../places.ts'
import { likely } from './likely.ts'
import { limitsOf, type Model } from './model.ts'
import { needsOf } from './needs.ts'
import { placesIn } from './places-in-text.ts'
import { read } from './reading.ts'

export { type Model, openModel } from './model.ts'

export type Door = (typeof DOORS)[number]
export type Crisis = 'none' | 'danger' | 'suicide'
/** `score` lies between 0 and 1. */
export type Meant = { id: Topic; score: number }
export type Understood = {
  /** best first, three at least when anything is understood; `[]` when nothing is */
  topics: Meant[]
  /** what the first topics ask of a service, nearest first */
  needs: Need[]
  crisis: Crisis
  /** codes of areas; several when the name is borne by several */
  places: string[]
  /** `null` when the text does not tell */
  door: Door | null
}
/** `language`: of the screen; only a hint, people write as they like. */
export type Setting = { language: Language; country: Country }

const MOST_TOPICS = 5
const FEWEST_TOPICS = 3
const LEAST_SCORE = 0.05
// Needs of topics that are hardly meant would only lengthen the list.
const NEEDED_TOPICS = 2

const nothing = (places: string[]): Understood => ({ topics: [], needs: [], crisis: 'none', places, door: null })
const round = (score: number): number => Math.round(score * 1000) / 1000

/** Whether a text reads as English: on a phone English has a file of its own. */
export const isEnglish = ({ likenesses }: Model, text: string, { language }: Pick<Setting, 'language'>): boolean =>
  read(likenesses, text, language).english

/** @param places  the country's table, when it is loaded; without it `places` stays empty */
export function understand(model: Model, text: string, { language }: Setting, places: Places | null = null): Understood {
  const named = places === null ? [] : placesIn(places, text)
  const found = likely(model, text, language)
  if (found === null) return nothing(named)
  const limits = limitsOf(model, found.tongue)
  const inDanger = found.danger + found.suicide >= limits.crisis
  if (!inDanger && found.unrelated >= limits.unrelated) return nothing(named)
  const crisis: Crisis = !inDanger ? 'none' : found.suicide > found.danger ? 'suicide' : 'danger'
  const topics = ranked(found.topics, crisis)
  return { topics, needs: needsOf(topics.slice(0, NEEDED_TOPICS).map(({ id }) => id)), crisis, places: named, door: doorOf(found.doors) }
}

/** Best first; what interrupts stands before all else. */
function ranked(scores: Float32Array, crisis: Crisis): Meant[] {
  const first: Topic | null = crisis === 'danger' ? 'danger-now' : crisis === 'suicide' ? 'suicide' : null
  const all = TOPICS.map((id, index): Meant => ({ id, score: round(scores[index] as number) }))
  all.sort((a, b) => Number(b.id === first) - Number(a.id === first) || b.score - a.score)
  return all.filter(({ score }, nth) => nth < FEWEST_TOPICS || (nth < MOST_TOPICS && score >= LEAST_SCORE))
}

function doorOf(likelihoods: Float32Array): Door | null {
  let best = 0
  for (let door = 1; door < likelihoods.length; door++) if ((likelihoods[door] as number) > (likelihoods[best] as number)) best = door
  return DOORS[best - 1] ?? null
}
