/** Nothing of a visit stays on the disk, however it ended: read in a real browser's files, beside a leaky page whose every trace must be found. One ending of each kind; the others are `nightly/visits.test.ts`. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App, Residue } from '../../schema/residue.ts'
import { CHROMIUM } from './chromium/chromium.ts'
import { afterFive, byExit, offline, whileTyping } from './endings.ts'
import { type House, openHouse } from './house.ts'
import { record } from './record.ts'
import { visit } from './visit.ts'

let house: House
const results: Residue[] = []

beforeAll(async () => {
  house = await openHouse()
})

afterAll(async () => {
  record('chromium', results)
  await house.close()
})

test.concurrent('RES-0: everything a leaky page leaves is found, and a scan that does not see it fails', async () => {
  await house.withPhone('web', CHROMIUM, async (phone) => {
    await visit(phone.browser.first, phone.url, phone.seen, 'web')
    expect(() => phone.look()).toThrow('none was visited')
    await phone.leak()
    await phone.settle()
    await phone.browser.quit()
    expect(phone.look().found.host).not.toEqual([])
    // The same disk without the file that holds one of its traces.
    rmSync(join(phone.disk, 'profile/Default/Local Storage'), { recursive: true })
    expect(() => phone.look()).toThrow('local-storage')
  })
})

test.concurrent.each<[App]>([['web'], ['plain']])(
  'RES-1, RES-4, RES-5, E9: a whole visit to the %s pages, left by the link, leaves the address and nothing else',
  async (app) => void results.push(...(await byExit(house, app, 'link'))),
)

test.concurrent.each([
  ['web', 'killed'],
  ['plain', 'tab-closed'],
] as const)(
  'RES-2, RES-4, RES-5, E9: a whole visit to the %s pages, ended in the middle of typing, without any exit (%s), leaves no more',
  async (app, leaving) => void results.push(...(await whileTyping(house, app, leaving))),
)

test.concurrent('RES-6, E6, E9: leaving without network leaves no more', async () => {
  results.push(...(await offline(house)))
})

test.concurrent('RES-3, E9: after five visits, each left by the link, and a sixth that was not, no script and no sentence is kept', async () => {
  results.push(...(await afterFive(house, 'web')))
})
