/** Where she said she is, when that changes which numbers may be shown: abroad some are another service; in occupied territory a call is watched. */

import { HOSTS } from '../schema/terms.ts'

export type Situation = 'abroad' | 'occupied'

/** From the taps on the way; the steps of the topics `abroad` and `occupied` set it. */
export const situationOf = (answers: Record<string, string>): Situation | undefined =>
  answers.situation === 'abroad' || answers.situation === 'occupied' ? answers.situation : undefined

/** The country she lives in while abroad, `PL`; `EU` for one of which only the Union's lines are known. Taps on the topic `abroad` set it. */
export const hostOf = (answers: Record<string, string>): string | undefined =>
  situationOf(answers) === 'abroad' ? HOSTS.find((host) => host === answers.host?.toUpperCase()) : undefined

/** Oblasts of which a part, or all, is occupied: whoever names a place there is asked first whether she is there now. */
const PARTLY_OCCUPIED = ['UA01', 'UA85', 'UA44', 'UA14', 'UA23', 'UA65']

export const maybeOccupied = (area: string): boolean => PARTLY_OCCUPIED.includes(area.slice(0, 4))
