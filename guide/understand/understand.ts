/**
 * What somebody means who writes in her own words: topics of the guide, needs, places, a door, and whether a life is in danger.
 *
 * Pure and without network: the words stay where they were typed. Nothing is generated; what is not understood comes back empty, and
 * the channel shows its menus. What is asked back ("Is that right?"), and what danger interrupts, is the channel's.
 */
import type { Country, DOORS, Language, Need, Topic } from '../../schema/terms.ts'
import type { Places } from '../places.ts'
import type { Model } from './model.ts'

export { type Model, openModel } from './model.ts'

export type Door = (typeof DOORS)[number]
export type Crisis = 'none' | 'danger' | 'suicide'
/** `score` lies between 0 and 1; topics that are no likelier than chance are left out. */
export type Meant = { id: Topic; score: number }
export type Understood = {
  /** best first; `[]` when nothing is understood */
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

export const NOTHING: Readonly<Understood> = { topics: [], needs: [], crisis: 'none', places: [], door: null }

/** @param places  the country's table, when it is loaded; without it `places` stays empty */
export function understand(_model: Model, _text: string, _setting: Setting, _places: Places | null = null): Understood {
  return { ...NOTHING }
}
