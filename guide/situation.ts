/** Where she said she is, when that changes which numbers may be shown: abroad some are another service; in occupied territory a call is watched. */

import { HOSTS } from '../schema/terms.ts'

export type Situation = 'abroad' | 'occupied'

/** `abroad`, or `abroad-pl` once she said which country it is. */
const ABROAD = /^abroad(?:-([a-z]{2}))?$/

/** From the taps on the way; the steps of the topics `abroad` and `occupied` set it. */
export function situationOf({ situation = '' }: Record<string, string>): Situation | undefined {
  if (ABROAD.test(situation)) return 'abroad'
  return situation === 'occupied' ? 'occupied' : undefined
}

/** The country she lives in while abroad, `PL`; `EU` for one of which only the Union's lines are known. */
export const hostOf = ({ situation = '' }: Record<string, string>): string | undefined =>
  HOSTS.find((host) => host === ABROAD.exec(situation)?.[1]?.toUpperCase())

/** Oblasts of which a part, or all, is occupied: whoever names a place there is asked first whether she is there now. */
const PARTLY_OCCUPIED = ['UA01', 'UA85', 'UA44', 'UA14', 'UA23', 'UA65']

export const maybeOccupied = (area: string): boolean => PARTLY_OCCUPIED.includes(area.slice(0, 4))
