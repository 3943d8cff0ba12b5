/** What her own words may have meant, as a message: the question with its guesses, and the way on past what interrupts. What it means is `guide/heard.ts`. */
import type { Position } from '../../guide/engine.ts'
import { goTo } from '../../guide/engine.ts'
import type { Guide } from '../../guide/guide.ts'
import { guessLabel, type Heard, offers } from '../../guide/heard.ts'
import { escape as escaped } from '../../guide/html.ts'
import { say } from '../../guide/say.ts'
import type { OpenBook } from '../books.ts'
import { joined } from './list-text.ts'
import { barBackTo, buttonOn, paired } from './rows.ts'
import type { LabelledButton, Screen, Shown } from './shown.ts'

type Guesses = Pick<Heard, 'steps' | 'menu'>

/** "I understood … Is that right?": each guess is a step of its own, so its button says where it leads; the menus come last. */
export function drawHeard({ guide, words }: OpenBook, shown: Shown, guesses: Guesses): Screen {
  const key = buttonOn(shown)
  const to = (label: string, step: string) => key(label, { action: 'show' }, { at: goTo(guide, shown.at, step) })
  return {
    text: joined([`<b>${escaped(say(words, 'heard.title'))}</b>`, escaped(say(words, 'heard.text'))]),
    rows: [
      ...paired([...offers(guide, guesses).map((step) => to(guessLabel(words, step), step)), to(say(words, 'heard.other'), guesses.menu)]),
      ...barBackTo('show', shown, words),
    ],
  }
}

/** On the screen that interrupts: she is safe, and goes on to what else her words may have meant. The guesses travel as the way she came. */
export function safeRow({ words }: OpenBook, shown: Shown, { steps, menu }: Guesses): LabelledButton[] {
  const at: Position = { ...shown.at, trail: [...steps.toReversed(), menu] }
  return [{ ...buttonOn(shown)(say(words, 'heard.safe'), { action: 'heard' }), at }]
}

const MOST = 3

/** @returns the guesses that `safeRow` sent along, as far as the guide still has them */
export function guessesIn(guide: Guide, { step, trail }: Position): Guesses {
  const [menu, ...steps] = trail.toReversed().filter((one) => guide.steps[one] !== undefined)
  return { menu: menu ?? step, steps: steps.slice(0, MOST) }
}
