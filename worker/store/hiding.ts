/**
 * When the live message hides itself, as its row knows it: a small number that is not sealed, so that one statement can move the row's
 * expiry, and the sweeper can find who is due, without opening anything. It lives and goes with the row.
 */
const MINUTE = 60

/** `code` stands in the row and is never reused; `quiet` seconds after the last touch it hides; the row lives a little longer, so that a late sweeper still finds it. */
const HIDINGS = {
  quarter: { code: 0, quiet: 15 * MINUTE, kept: 20 * MINUTE },
  five: { code: 1, quiet: 5 * MINUTE, kept: 20 * MINUTE },
  hour: { code: 2, quiet: 60 * MINUTE, kept: 65 * MINUTE },
  never: { code: 3, quiet: null, kept: 20 * MINUTE },
} as const

export type Hiding = keyof typeof HIDINGS

/** Of somebody who has chosen nothing. */
export const DEFAULT_HIDING: Hiding = 'quarter'

const all = Object.entries(HIDINGS) as [Hiding, (typeof HIDINGS)[Hiding]][]

/** No row lives longer after its last touch. */
export const LONGEST_SECONDS = Math.max(...all.map(([, { kept }]) => kept))

export const codeOf = (hiding: Hiding): number => HIDINGS[hiding].code

/** A number of a newer or older bot counts as nothing chosen. */
export const hidingOf = (code: number): Hiding => all.find(([, one]) => one.code === code)?.[0] ?? DEFAULT_HIDING

export const keptSeconds = (hiding: Hiding): number => HIDINGS[hiding].kept

export const quietSeconds = (hiding: Hiding): number | null => HIDINGS[hiding].quiet

/** SQL for "so many seconds", by a number in `column`. Null, which is neither more nor less than anything, for what never comes. */
const byCode = (column: string, seconds: (hiding: Hiding) => number | null): string =>
  `CASE ${column} ${all.map(([hiding, { code }]) => `WHEN ${code} THEN ${seconds(hiding) ?? 'NULL'}`).join(' ')} ELSE ${seconds(DEFAULT_HIDING)} END`

/** So long a row lives from now on. */
export const KEPT_SQL = byCode('hiding', keptSeconds)

/** So long before its expiry a row's message is to be hidden. */
export const DUE_SQL = byCode('hiding', (hiding) => {
  const { quiet, kept } = HIDINGS[hiding]
  return quiet === null ? null : kept - quiet
})
