/** Where she said she is, when that changes which numbers may be shown: abroad some are another service; in occupied territory a call is watched. */

export type Situation = 'abroad' | 'occupied'

/** From the taps on the way; the steps of the topics `abroad` and `occupied` set it. */
export const situationOf = (answers: Record<string, string>): Situation | undefined =>
  answers.situation === 'abroad' || answers.situation === 'occupied' ? answers.situation : undefined
