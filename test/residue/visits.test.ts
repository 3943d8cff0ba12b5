/** Nothing of a visit stays on the disk, however it ended: read in a real browser's files, beside a leaky page whose every trace must be found. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App, Leaving, Residue } from '../../schema/residue.ts'
import { CHROMIUM } from './chromium/chromium.ts'
import { gone } from './gone.ts'
import { type House, openHouse } from './house.ts'
import { leave, left } from './leaving.ts'
import { record } from './record.ts'
import { beginTyping, glance, visit } from './visit.ts'

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

test.concurrent.each<[App, Leaving]>([
  ['web', 'link'],
  ['web', 'shift'],
  ['web', 'two-fingers'],
  ['plain', 'link'],
])('RES-1, RES-4, RES-5, E9: a whole visit to the %s pages, left by %s, leaves the address and nothing else', async (app, leaving) => {
  await house.withPhone(app, CHROMIUM, async (phone) => {
    await phone.leak()
    await visit(phone.browser.first, phone.url, phone.seen, app)
    await phone.settle()
    if (leaving === 'two-fingers') {
      await phone.browser.first.tapTwice()
      await left(phone)
    } else await leave(phone, leaving)
    results.push(...(await gone(phone, leaving)))
  })
})

test.concurrent.each<[App, Exclude<Leaving, 'two-fingers'>]>([
  ['web', 'tab-closed'],
  ['web', 'browser-closed'],
  ['web', 'killed'],
  ['plain', 'tab-closed'],
  ['plain', 'browser-closed'],
  ['plain', 'killed'],
])(
  'RES-2, RES-4, RES-5, E9: a whole visit to the %s pages, ended in the middle of typing, without any exit (%s), leaves no more',
  async (app, leaving) => {
    await house.withPhone(app, CHROMIUM, async (phone) => {
      await phone.leak()
      await visit(phone.browser.first, phone.url, phone.seen, app)
      await beginTyping(phone.browser.first, phone.seen)
      await phone.settle()
      await leave(phone, leaving)
      results.push(...(await gone(phone, leaving)))
    })
  },
)

test.concurrent.each<[App]>([['web'], ['plain']])(
  'RES-3, E9: after five visits to the %s pages, each left by the link, and a sixth that was not, no script and no sentence is kept',
  async (app) => {
    await house.withPhone(app, CHROMIUM, async (phone) => {
      const tab = phone.browser.first
      await phone.leak()
      for (let n = 0; n < 5; n += 1) {
        await glance(tab, phone.url, phone.seen, app)
        await leave(phone, 'link')
      }
      await visit(tab, phone.url, phone.seen, app)
      await phone.settle()
      await leave(phone, 'tab-closed')
      results.push(...(await gone(phone, 'tab-closed', 'five-visits')))
    })
  },
)

test.concurrent('RES-6, E6, E9: leaving without network leaves no more', async () => {
  await house.withPhone('web', CHROMIUM, async (phone) => {
    const tab = phone.browser.first
    await phone.leak()
    await visit(tab, phone.url, phone.seen, 'web')
    await phone.settle()
    await tab.offline(true)
    await tab.press('a.exit')
    await tab.until(() => document.getElementById('screen') === null)
    await tab.offline(false)
    results.push(...(await gone(phone, 'link', 'offline')))
  })
})

test.concurrent('RES-6, E9: leaving while a second tab of ours is open leaves no more', async () => {
  await house.withPhone('web', CHROMIUM, async (phone) => {
    await phone.leak()
    await glance(await phone.browser.tab(), phone.url, phone.seen, 'web')
    await visit(phone.browser.first, phone.url, phone.seen, 'web')
    await phone.settle()
    await leave(phone, 'link')
    results.push(...(await gone(phone, 'link', 'second-tab')))
  })
})

test.concurrent('RES-6, E9: leaving while the other site does not answer leaves no more', async ({ expect }) => {
  await house.withPhone('web', CHROMIUM, async (phone) => {
    const tab = phone.browser.first
    await phone.leak()
    await visit(tab, phone.url, phone.seen, 'web')
    await phone.settle()
    phone.front.hold(true)
    const other = await tab.read(() => document.querySelector<HTMLAnchorElement>('a.exit')?.host)
    await tab.press('a.exit')
    await expect.poll(() => phone.front.outside, { timeout: 30_000 }).toContain(other)
    results.push(...(await gone(phone, 'link', 'no-answer')))
  })
})
