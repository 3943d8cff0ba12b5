/** Counts of right and wrong, and how sure a share of so many is. */
import type { Topic } from '../../schema/terms.ts'
import type { Line } from '../../scripts/understand/held-out.ts'

export type Answer = { topics: Topic[]; crisis: boolean; door: string | null; places: string[] }
export type Share = { hits: number; of: number; share: number; low: number; high: number }

const Z = 1.96
const round = (value: number): number => Number(value.toFixed(4))

/** Wilson's interval at 95 %: honest for small counts and for shares near 0 and 1. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: 0, low: 0, high: 1 }
  const part = hits / of
  const middle = part + Z ** 2 / (2 * of)
  const spread = Z * Math.sqrt((part * (1 - part)) / of + Z ** 2 / (4 * of ** 2))
  const scale = 1 + Z ** 2 / of
  return { hits, of, share: round(part), low: round((middle - spread) / scale), high: round((middle + spread) / scale) }
}

const count = <T>(list: readonly T[], is: (one: T) => boolean): number => list.filter(is).length

type Pair = { line: Line; answer: Answer }

export function score(lines: readonly Line[], answers: readonly Answer[]) {
  const pairs = lines.map((line, nth): Pair => ({ line, answer: answers[nth] as Answer }))
  const related = pairs.filter(({ line }) => line.topics.length > 0)
  const unrelated = pairs.filter(({ line }) => line.topics.length === 0)
  const crises = pairs.filter(({ line }) => line.crisis !== 'none')
  const calm = pairs.filter(({ line }) => line.crisis === 'none')
  const doors = pairs.filter(({ line }) => line.door !== null)
  const placed = pairs.filter(({ line }) => line.places.length > 0)
  const named = pairs.filter(({ answer }) => answer.places.length > 0)
  const isIn =
    (most: number) =>
    ({ line, answer }: Pair) =>
      answer.topics.slice(0, most).some((topic) => line.topics.includes(topic))
  // The search answers with the hromada; a line may name the settlement in it.
  const isWithin = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one)
  const meets = ({ line, answer }: Pair): boolean => answer.places.some((code) => line.places.some((wanted) => isWithin(code, wanted)))
  return {
    topOne: shareOf(count(related, isIn(1)), related.length),
    topThree: shareOf(count(related, isIn(3)), related.length),
    unknown: shareOf(
      count(unrelated, ({ answer }) => answer.topics.length === 0),
      unrelated.length,
    ),
    crisisRecall: shareOf(
      count(crises, ({ answer }) => answer.crisis),
      crises.length,
    ),
    falseAlarms: shareOf(
      count(calm, ({ answer }) => answer.crisis),
      calm.length,
    ),
    door: shareOf(
      count(doors, ({ line, answer }) => line.door === answer.door),
      doors.length,
    ),
    placesFound: shareOf(count(placed, meets), placed.length),
    placesRight: shareOf(count(named, meets), named.length),
  }
}
export type Score = ReturnType<typeof score>
