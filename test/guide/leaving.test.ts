/** How she leaves is what she picked, and something safe whatever was sent. */
import { expect, test } from 'vitest'
import { choicesAt, choose, open, type Position } from '../../guide/engine.ts'
import type { House } from '../../guide/guide.ts'
import { exitOf, offOf } from '../../guide/leaving.ts'
import { realGuide } from './real.ts'

const [weather, encyclopedia] = [
  { name: 'Weather', url: 'https://weather.example/' },
  { name: 'Encyclopedia', url: 'https://encyclopedia.example/' },
]

const house = (exits: House['exits']): House => ({ name: 'House', neutralName: 'House', site: [], bot: [], exits, defaultLines: [] })

test('E12: the exit leads to the first page until she picks the second, and never nowhere', () => {
  const both = house([weather, encyclopedia])
  expect(exitOf(both, {})).toBe(weather)
  expect(exitOf(both, { exit: 'second' })).toBe(encyclopedia)
  expect(exitOf(both, { exit: 'third' })).toBe(weather)
  expect(exitOf(house([weather]), { exit: 'second' })).toBe(weather)
})

test('E4: only what she switched off is off', () => {
  expect(offOf({})).toBe('')
  expect(offOf({ shortcut: 'on', away: 'hidden', exit: 'second' })).toBe('')
  expect(offOf({ shortcut: 'off', away: 'shown' })).toBe('shortcut away')
})

const offered = (at: Position): string[] => choicesAt(realGuide.steps.leaving ?? { choices: [] }, at).map(({ id }) => id)

const take = (at: Position, choice: string): Position => {
  const next = choose(realGuide, at, choice)
  if (!next.ok) throw new Error(`${choice} is not offered`)
  return next.value
}

test('each switch shows what a tap would do, stays on its screen, and outlasts stop', () => {
  let at = take(take(open(realGuide), 'settings'), 'leaving')
  expect(offered(at)).toEqual(['exit-second', 'shortcut-off', 'away-shown', 'exit-limits'])
  for (const choice of ['exit-second', 'shortcut-off', 'away-shown']) at = take(at, choice)
  expect([at.step, at.trail]).toEqual(['leaving', ['start', 'settings']])
  expect(offered(at)).toEqual(['exit-first', 'shortcut-on', 'away-hidden', 'exit-limits'])
  at = take(take(at, 'back'), 'leaving')
  expect(offered(at)).toEqual(['exit-first', 'shortcut-on', 'away-hidden', 'exit-limits'])
  expect(offOf(take(at, 'stop').answers)).toBe('shortcut away')
  for (const choice of ['exit-first', 'shortcut-on', 'away-hidden']) at = take(at, choice)
  expect(offered(at)).toEqual(['exit-second', 'shortcut-off', 'away-shown', 'exit-limits'])
})
