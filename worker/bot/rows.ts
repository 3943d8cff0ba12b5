/** Rows of buttons that many screens share: two side by side where they fit, pages, and always the same last row. */
import type { Words } from '../../guide/guide.ts'
import { say } from '../../guide/say.ts'
import type { Action, Button } from './data.ts'
import type { LabelledButton, Shown } from './shown.ts'
import { botSay } from './words.ts'

/** Two buttons stand side by side when both are this short: a longer label would be cut on a small phone. */
const SHORT = 16

export const buttonOn =
  ({ at, language }: Shown) =>
  (label: string, ask: Button['ask'], more: Partial<Button> = {}): LabelledButton => ({ label, ask, at, language, page: 0, ...more })

/** Always the last rows of a step: back and start, then stop and hide. */
export function bar(shown: Shown, words: Words, canGoBack: boolean): LabelledButton[][] {
  const key = buttonOn(shown)
  const back = [key(say(words, 'back'), { choice: 'back' }), key(say(words, 'home'), { choice: 'home' })]
  return [...(canGoBack ? [back] : []), lastRow(shown, words)]
}

/** The last rows of a screen that only a bot has: back to its step, or to what it was opened from. */
export function barBackTo(action: Action, shown: Shown, words: Words, page = 0): LabelledButton[][] {
  const key = buttonOn(shown)
  return [[key(say(words, 'back'), { action }, { page }), key(say(words, 'home'), { choice: 'home' })], lastRow(shown, words)]
}

function lastRow(shown: Shown, words: Words): LabelledButton[] {
  const key = buttonOn(shown)
  return [key(say(words, 'stop'), { choice: 'stop' }), key(botSay(shown.language, 'hide'), { action: 'hide' })]
}

export function paired(buttons: LabelledButton[]): LabelledButton[][] {
  const rows: LabelledButton[][] = []
  for (const button of buttons) {
    const last = rows.at(-1)
    if (last?.length === 1 && [...last, button].every(({ label }) => label.length <= SHORT)) last.push(button)
    else rows.push([button])
  }
  return rows
}

export function turnRow(shown: Shown, page: number, pages: number, ask: Button['ask']): LabelledButton[][] {
  if (pages < 2) return []
  const key = buttonOn(shown)
  const earlier = key(botSay(shown.language, 'earlier'), ask, { page: page - 1 })
  const later = key(botSay(shown.language, 'later'), ask, { page: page + 1 })
  return [[...(page > 0 ? [earlier] : []), ...(page < pages - 1 ? [later] : [])]]
}
