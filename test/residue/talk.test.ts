/** Nothing of a talk with a counsellor stays on her disk, however it ended: neither word, code nor key, looked for beside a leaky page whose every trace must be found. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { turned } from '../../crypto/keeping.ts'
import type { Leaving, Residue } from '../../schema/residue.ts'
import { type Counsellor, organise } from '../journeys/counsellor.ts'
import { NOW } from '../worker/talk/ends.ts'
import { CHROMIUM } from './chromium/chromium.ts'
import { gone } from './gone.ts'
import { type House, openHouse } from './house.ts'
import { leave } from './leaving.ts'
import { record } from './record.ts'
import { talk } from './talk.ts'

const ENDINGS = ['link', 'killed'] as const satisfies Leaving[]

let house: House
const desks = new Map<Leaving, Counsellor>()
const results: Residue[] = []

beforeAll(async () => {
  const organisation = await organise()
  house = await openHouse({ ...organisation.vars, BOT_KEYS: turned('', NOW()) })
  organisation.at(house)
  for (const [n, ending] of ENDINGS.entries()) desks.set(ending, await organisation.comes(`c-${n + 1}`))
})

afterAll(async () => {
  record('chromium-talk', results)
  await house.close()
})

test.concurrent.each(ENDINGS)(
  'RES-1, RES-2, RES-4, RES-5, E9: a talk with words both ways, two words and a code, ended in the middle of typing by %s, leaves the address and nothing else',
  async (ending) => {
    await house.withPhone('web', CHROMIUM, async (phone) => {
      await phone.leak()
      await talk(phone, desks.get(ending) as Counsellor)
      await phone.settle()
      await leave(phone, ending)
      // What she typed, what passed over the wire, what the two ends derived and what the code gives.
      expect(phone.seen.count('typed')).toBe(6)
      expect(phone.seen.count('key')).toBeGreaterThan(20)
      results.push(...(await gone(phone, ending, 'talk')))
    })
  },
)
