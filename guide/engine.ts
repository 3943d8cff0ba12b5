/**
 * Moving through the guide: open, choose, back, stop. Pure, so the channels cannot disagree.
 * What a step shows is `view.ts`; how it is drawn is the channel's.
 */
import { fail, ok, type Result } from '../schema/result.ts'
import type { Choice, ChoiceId, Guide, Step, StepId } from './guide.ts'
import { situationOf } from './situation.ts'

/** Where a visitor is. Held by the channel in memory, or carried sealed or coded with the buttons; never in an address. */
export type Position = {
  step: StepId
  /** Steps walked, oldest first: what Back returns to. */
  trail: StepId[]
  /** Taps remembered on the way, such as `{ home: 'together' }`. */
  answers: Record<string, string>
  /** Area code of the place she named, if any. */
  area: string | null
}

export type ChoiceError = { reason: 'step-gone'; step: StepId } | { reason: 'not-offered'; step: StepId; choice: ChoiceId }

/** The calm two-line screen that `stop` leads to from anywhere. */
export const SAFE_STEP: StepId = 'safe-screen'

/** Back can walk this far; more would only make forms and buttons long. */
export const TRAIL_STEPS = 24

/** Whoever comes here, or to a step of this topic, is abroad: numbers of home are another service there, or none. */
export const ABROAD_STEP: StepId = 'abroad'

/** Where somebody in occupied territory reads on: no numbers, nothing to type. */
export const OCCUPIED_STEP: StepId = 'occupied'

/** The talk with a person, which the web app draws by itself. Nobody is invited to write from occupied territory. */
export const TALK_STEP: StepId = 'counsellor-talk'

/** Offered on every screen, whatever the step says. */
export const EVERYWHERE: readonly ChoiceId[] = ['back', 'home', 'stop', 'settings']

export function open(guide: Guide): Position {
  return { step: guide.start, trail: [], answers: { ...guide.answers }, area: null }
}

/** In a condition: the question is still open. */
export const UNSET = 'unset'

/** Whether a choice is offered to somebody who gave these answers. An unanswered question fits no condition but `unset`. */
export function offered(choice: Choice, answers: Record<string, string>): boolean {
  if (choice.next === TALK_STEP && answers.situation === 'occupied') return false
  for (const [question, wanted] of Object.entries(choice.when ?? {})) {
    const given = answers[question] ?? UNSET
    if (!(Array.isArray(wanted) ? wanted.includes(given) : wanted === given)) return false
  }
  return true
}

export const choicesAt = (step: Step, at: Position): Choice[] => step.choices.filter((choice) => offered(choice, at.answers))

/** Goes straight to a step, remembering the way here; the nearest safe screen when there is no such step. */
export function goTo(guide: Guide, at: Position, step: StepId): Position {
  const target = own(guide.steps, step) ? step : guide.start
  if (target === at.step) return at
  const isAbroad = target === ABROAD_STEP || guide.steps[target]?.topic === ABROAD_STEP
  // Which country it is, once told, is not forgotten on the way.
  const answers = isAbroad && situationOf(at.answers) !== 'abroad' ? { ...at.answers, situation: 'abroad' } : at.answers
  return { ...at, answers, step: target, trail: [...at.trail, at.step].slice(-TRAIL_STEPS) }
}

/** Back takes back the answer, too: what the step asks is open again. */
export function back(guide: Guide, at: Position): Position {
  const trail = [...at.trail]
  for (let last = trail.pop(); last !== undefined; last = trail.pop()) {
    const step = own(guide.steps, last)
    if (step) return { ...at, step: last, trail, answers: unasked(step, at.answers) }
  }
  return { ...home(guide, at), area: at.area }
}

function unasked(step: Step, answers: Record<string, string>): Record<string, string> {
  const asked = new Set(step.choices.flatMap(({ sets }) => Object.keys(sets ?? {})))
  return Object.fromEntries(Object.entries(answers).filter(([question]) => LASTING.includes(question) || !asked.has(question)))
}

/** Answers that hold for the whole visit: country and language, where she is when that keeps wrong numbers away, and how she leaves. */
const LASTING = ['country', 'language', 'situation', 'exit', 'shortcut', 'away']

const lasting = (answers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).filter(([question]) => LASTING.includes(question)))

/** Where `home` leads: the first screen, with only what holds for the whole visit; in occupied territory the quiet one, which has no number on it. */
function home(guide: Guide, at: Position): Position {
  const quiet = at.answers.situation === 'occupied' && own(guide.steps, OCCUPIED_STEP) !== undefined
  return { ...open(guide), step: quiet ? OCCUPIED_STEP : guide.start, answers: told(guide, at) }
}

const told = (guide: Guide, at: Position): Record<string, string> => ({ ...guide.answers, ...lasting(at.answers) })

/** `stop`: the safe screen, and what she told is dropped, but for what keeps wrong numbers away. Back from it leads to the first screen only. */
export function stop(guide: Guide, at: Position): Position {
  return { ...open(guide), answers: told(guide, at), step: own(guide.steps, SAFE_STEP) ? SAFE_STEP : guide.start }
}

/**
 * Where one choice takes a visitor.
 *
 * An old button under a new guide is an ordinary answer, not an exception: people scroll up and press what they see.
 */
export function choose(guide: Guide, at: Position, choice: ChoiceId): Result<Position, ChoiceError> {
  if (choice === 'stop') return ok(stop(guide, at))
  if (choice === 'home') return ok(home(guide, at))
  if (choice === 'back') return ok(back(guide, at))
  if (choice === 'settings') return ok(goTo(guide, at, 'settings'))
  const step = own(guide.steps, at.step)
  if (!step) return fail({ reason: 'step-gone', step: at.step })
  const taken = choicesAt(step, at).find((one) => one.id === choice)
  // Both stand where numbers are withheld or may be dangerous, whatever the step says.
  if (!taken && choice === ABROAD_STEP) return ok(goTo(guide, at, ABROAD_STEP))
  if (!taken && choice === OCCUPIED_STEP)
    return ok(goTo(guide, { ...at, answers: { ...at.answers, situation: 'occupied' } }, OCCUPIED_STEP))
  if (!taken) return fail({ reason: 'not-offered', step: at.step, choice })
  if (taken.sets?.country !== undefined) return ok(arrive(guide, at, taken.sets))
  const answered = taken.sets ? { ...at, answers: { ...at.answers, ...taken.sets } } : at
  if (taken.returns && at.trail.length > 0) return ok(back(guide, answered))
  if (taken.next === SAFE_STEP) return ok(stop(guide, at))
  if (taken.next === guide.start) return ok({ ...home(guide, answered), area: at.area })
  return ok(goTo(guide, answered, taken.next))
}

/** Another country: its own first screen, whose name is the same everywhere. What was told of the last one does not hold here. */
function arrive(guide: Guide, at: Position, sets: Record<string, string>): Position {
  const { language } = at.answers
  return { ...open(guide), answers: { ...(language !== undefined && { language }), ...sets } }
}

/** The nearest safe screen for a position that does not hold any more, keeping what still does. */
export function recover(guide: Guide, at: Partial<Position>): Position {
  const step = at.step !== undefined && own(guide.steps, at.step) ? at.step : guide.start
  return {
    step,
    trail: step === guide.start ? [] : (at.trail ?? []).filter((id) => own(guide.steps, id)).slice(-TRAIL_STEPS),
    answers: { ...guide.answers, ...at.answers },
    area: at.area ?? null,
  }
}

/** A lookup that a step called `constructor` cannot fool. */
function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
