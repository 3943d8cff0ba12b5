/** The ways to end a visit in Chromium that `visits.test.ts` leaves out. */
import { afterAll, beforeAll, test } from 'vitest'
import type { Leaving, Residue } from '../../../schema/residue.ts'
import { afterFive, besideAnotherTab, byExit, unanswered, whileTyping } from '../endings.ts'
import { type House, openHouse } from '../house.ts'
import { record } from '../record.ts'

let house: House
const results: Residue[] = []

beforeAll(async () => {
  house = await openHouse()
})

afterAll(async () => {
  record('nightly-chromium', results)
  await house.close()
})

test.concurrent.each<[Leaving]>([['shift'], ['two-fingers']])(
  'RES-1, RES-4, RES-5, E9: a whole visit left by %s leaves the address and nothing else',
  async (leaving) => void results.push(...(await byExit(house, 'web', leaving))),
)

test.concurrent.each([
  ['web', 'tab-closed'],
  ['web', 'browser-closed'],
  ['plain', 'browser-closed'],
  ['plain', 'killed'],
] as const)(
  'RES-2, RES-4, RES-5, E9: a whole visit to the %s pages, ended in the middle of typing, without any exit (%s), leaves no more',
  async (app, leaving) => void results.push(...(await whileTyping(house, app, leaving))),
)

test.concurrent('RES-3, E9: after five visits to the plain pages, each left by the link, and a sixth that was not, no script and no sentence is kept', async () =>
  void results.push(...(await afterFive(house, 'plain'))))

test.concurrent('RES-6, E9: leaving while a second tab of ours is open leaves no more', async () => {
  results.push(...(await besideAnotherTab(house)))
})

test.concurrent('RES-6, E9: leaving while the other site does not answer leaves no more', async () => {
  results.push(...(await unanswered(house)))
})
