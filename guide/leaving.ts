/** How she wants to leave: what she picked on the step `leaving`, for this visit only. What then happens is `pwa/exit`. */
import type { House } from './guide.ts'

type Answers = Record<string, string>

/** Where the exit leads: the organisation's first page, or the second if she picked that. */
export const exitOf = ({ exits }: House, { exit }: Answers): House['exits'][number] | undefined =>
  (exit === 'second' ? exits[1] : undefined) ?? exits[0]

/** What she switched off, as `html[data-off]` says it to the exit's script. */
export const offOf = ({ shortcut, away }: Answers): string =>
  [shortcut === 'off' && 'shortcut', away === 'shown' && 'away'].filter(Boolean).join(' ')
