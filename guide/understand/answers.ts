/** What the weights answer, in the order of their outputs: topics and "nothing of ours", crisis, door. */
import { DOORS, TOPICS } from '../../schema/terms.ts'

export const CRISES = ['none', 'danger', 'suicide'] as const
export const UNRELATED = TOPICS.length

/** Outputs from `from` to before `to` are one question: their likelihoods sum to one. */
export type Head = { from: number; to: number }
export const TOPIC_HEAD: Head = { from: 0, to: TOPICS.length + 1 }
export const CRISIS_HEAD: Head = { from: TOPIC_HEAD.to, to: TOPIC_HEAD.to + CRISES.length }
/** The first answer is "the text does not tell". */
export const DOOR_HEAD: Head = { from: CRISIS_HEAD.to, to: CRISIS_HEAD.to + 1 + DOORS.length }
export const HEADS: readonly Head[] = [TOPIC_HEAD, CRISIS_HEAD, DOOR_HEAD]
export const OUTPUTS = DOOR_HEAD.to

/** Scores of a head to likelihoods, in place. */
export function softmax(scores: Float32Array, { from, to }: Head): void {
  let most = Number.NEGATIVE_INFINITY
  for (let at = from; at < to; at++) most = Math.max(most, scores[at] as number)
  let sum = 0
  for (let at = from; at < to; at++) {
    scores[at] = Math.exp((scores[at] as number) - most)
    sum += scores[at] as number
  }
  for (let at = from; at < to; at++) scores[at] = (scores[at] as number) / sum
}
