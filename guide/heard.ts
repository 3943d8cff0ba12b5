/**
 * What follows from words somebody typed in her own way: what she is asked back, and what interrupts. Pure, so that pages and bot ask
 * the same. Reading the words is `understand/`; which services fit is `services.ts`.
 */
import type { Topic } from '../schema/terms.ts'
import { goTo, type Position } from './engine.ts'
import type { Guide, StepId, Words } from './guide.ts'
import { say } from './say.ts'
import { situationOf } from './situation.ts'
import type { Understood } from './understand/understand.ts'

/** Steps on which a field for her own words stands. */
const OPEN_STEPS: readonly StepId[] = ['start', 'for-me', 'for-me-more', 'for-someone', 'under-18', 'professional', 'i-hurt-someone']

/** Under occupation nobody is invited to write. */
export const takesWords = (at: Position): boolean => OPEN_STEPS.includes(at.step) && situationOf(at.answers) !== 'occupied'

/** B4: at most so many guesses are offered, then the menus. */
const MOST_GUESSES = 3

export type Crisis = Exclude<Understood['crisis'], 'none'>

export type Heard = {
  /** What interrupts: shown before anything is asked. */
  crisis: Crisis | null
  /** Steps she may have meant, likeliest first; none when only the menus can help. */
  steps: StepId[]
  /** Where the menus are that come nearest. */
  menu: StepId
  /** The one place she named. */
  area: string | null
}

const CRISIS_STEP: Record<Crisis, Topic> = { danger: 'danger-now', suicide: 'suicide' }

/** Topics a country has not are led to the nearest one; what is the same step is offered once. */
export function hear(guide: Guide, at: Position, { topics, crisis, door, places }: Understood): Heard {
  const stepOf = (topic: Topic): StepId | undefined => (guide.steps[topic] ? topic : guide.nearest?.[topic])
  const interrupts = crisis === 'none' ? null : crisis
  const steps = topics
    .map(({ id }) => stepOf(id))
    .filter((step): step is StepId => step !== undefined && step !== at.step && step !== (interrupts && CRISIS_STEP[interrupts]))
  return {
    crisis: interrupts,
    steps: [...new Set(steps)].slice(0, MOST_GUESSES),
    menu: menuOf(guide, at, door),
    area: places.length === 1 ? (places[0] ?? null) : null,
  }
}

function menuOf(guide: Guide, at: Position, door: StepId | null): StepId {
  const wanted = door ?? (at.step === guide.start ? 'for-me' : at.step)
  return guide.steps[wanted] ? wanted : guide.start
}

/** Nothing was understood: neither a danger nor a topic. */
export const isNothing = ({ crisis, steps }: Pick<Heard, 'crisis' | 'steps'>): boolean => crisis === null && steps.length === 0

/** Where what interrupts is answered; the place she named goes with her. */
export const interrupted = (guide: Guide, at: Position, crisis: Crisis): Position => goTo(guide, at, CRISIS_STEP[crisis])

/**
 * What stands among the answers to "did we understand you?": the guesses, and always the way to what to do in danger. A cry may be
 * missed; this way it is one tap away.
 */
export const offers = (guide: Pick<Guide, 'steps'>, { steps }: Pick<Heard, 'steps'>): StepId[] =>
  guide.steps[CRISIS_STEP.danger] && !steps.includes(CRISIS_STEP.danger) ? [...steps, CRISIS_STEP.danger] : [...steps]

/** What a topic is called among the guesses: as somebody says it of herself, else as its screen is called. */
export const guessLabel = (words: Pick<Words, 'choices' | 'steps'>, step: StepId): string =>
  words.choices[step] ?? words.steps[step]?.title ?? step

export const crisisText = (words: Pick<Words, 'language' | 'ui'>, crisis: Crisis): string => say(words, `heard.${crisis}`)
