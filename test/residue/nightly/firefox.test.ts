/** The same in Firefox: nothing of a visit stays on the disk. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App, Leaving, Residue } from '../../../schema/residue.ts'
import { FIREFOX } from '../firefox/firefox.ts'
import { gone } from '../gone.ts'
import { type House, openHouse } from '../house.ts'
import { leave } from '../leaving.ts'
import { record } from '../record.ts'
import { beginTyping, visit } from '../visit.ts'

let house: House
const results: Residue[] = []

beforeAll(async () => {
  house = await openHouse()
})

afterAll(async () => {
  record('firefox', results)
  await house.close()
})

test.each<[App, Exclude<Leaving, 'two-fingers'>]>([
  ['web', 'link'],
  ['web', 'shift'],
  ['web', 'tab-closed'],
  ['web', 'browser-closed'],
  ['web', 'killed'],
  ['plain', 'link'],
  ['plain', 'tab-closed'],
  ['plain', 'browser-closed'],
  ['plain', 'killed'],
])('RES-9, E9: in Firefox a whole visit to the %s pages, ended by %s, leaves the address and nothing else', async (app, leaving) => {
  await house.withPhone(app, FIREFOX, async (phone) => {
    await phone.leak()
    await visit(phone.browser.first, phone.url, phone.seen, app)
    if (leaving !== 'link' && leaving !== 'shift') await beginTyping(phone.browser.first, phone.seen)
    await phone.settle()
    await leave(phone, leaving)
    const found = await gone(phone, leaving)
    expect(found.length).toBeGreaterThan(0)
    results.push(...found)
  })
})
