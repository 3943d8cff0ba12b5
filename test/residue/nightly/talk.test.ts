/** A talk with a counsellor in Firefox, and the ways to end one that `talk.test.ts` leaves out. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { turned } from '../../../crypto/keeping.ts'
import type { Leaving, Residue } from '../../../schema/residue.ts'
import { organise } from '../../journeys/counsellor.ts'
import { NOW } from '../../worker/talk/ends.ts'
import { CHROMIUM } from '../chromium/chromium.ts'
import { FIREFOX } from '../firefox/firefox.ts'
import { gone } from '../gone.ts'
import { type House, openHouse } from '../house.ts'
import { leave } from '../leaving.ts'
import { record } from '../record.ts'
import type { Kind } from '../tab.ts'
import { talk } from '../talk.ts'

let house: House
let organisation: Awaited<ReturnType<typeof organise>>
let count = 0
const results: Residue[] = []

beforeAll(async () => {
  organisation = await organise()
  house = await openHouse({ ...organisation.vars, BOT_KEYS: turned('', NOW()) })
  organisation.at(house)
})

afterAll(async () => {
  record('nightly-talk', results)
  await house.close()
})

const KINDS = { firefox: FIREFOX, chromium: CHROMIUM as Kind }

test.each<[keyof typeof KINDS, Exclude<Leaving, 'two-fingers'>]>([
  ['firefox', 'link'],
  ['firefox', 'tab-closed'],
  ['firefox', 'browser-closed'],
  ['firefox', 'killed'],
  ['chromium', 'shift'],
  ['chromium', 'tab-closed'],
  ['chromium', 'browser-closed'],
])('RES-1, RES-2, RES-9, E9: in %s a talk ended by %s leaves the address and nothing else', async (browser, leaving) => {
  count += 1
  const counsellor = await organisation.comes(`c-${count}`)
  await house.withPhone('web', KINDS[browser], async (phone) => {
    await phone.leak()
    await talk(phone, counsellor)
    await phone.settle()
    await leave(phone, leaving)
    const found = await gone(phone, leaving, 'talk')
    expect(found.length).toBeGreaterThan(0)
    results.push(...found)
  })
  await counsellor.end.call({ ask: 'end' })
})
