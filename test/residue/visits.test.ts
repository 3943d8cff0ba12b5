/** Nothing of a visit stays on the disk, however it ended: read in a real browser's files, beside a leaky page whose every trace must be found. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App, Circumstance, Leaving, Residue } from '../../schema/residue.ts'
import { CHROMIUM, forbidden, told } from './allow.ts'
import { ORDINARY } from './front.ts'
import { type House, NEUTRAL_NAME, openHouse } from './house.ts'
import { aftermath, asData, leave } from './leaving.ts'
import type { Phone } from './phone.ts'
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

/** Everything that must hold from the moment she is gone. */
async function gone(phone: Phone, leaving: Leaving, circumstance: Circumstance = 'none'): Promise<void> {
  const { seen, host, url } = phone
  // Nothing counts as absent that was not there: sentences read, words typed, the guide received.
  expect(seen.count('screen')).toBeGreaterThan(10)
  const { after, again } = await aftermath(phone, leaving)
  results.push(...asData(phone, leaving, circumstance, after))
  for (const { moment, look, history } of after) {
    expect(look.sought, moment).toBeGreaterThan(400)
    expect(told(forbidden(look.hits, CHROMIUM)), moment).toEqual([])
    const ours = history?.filter((row) => row.url.includes(host))
    expect(ours?.map((row) => row.url) ?? [url], `${moment}: one row, no path`).toEqual([url])
    // The host itself, when the browser could not open a page again and said so.
    for (const { title } of ours ?? []) expect([NEUTRAL_NAME, ORDINARY, host], moment).toContain(title)
  }
  // A browser that opens its tabs again asks for the first page at most: it no longer knows what was sent.
  expect(again.map(({ sent }) => sent).filter((sent) => sent !== '')).toEqual([])
  expect(after.flatMap(({ history }) => history ?? []).some((row) => row.url === url) || leaving === 'killed').toBe(true)
}

test.concurrent('RES-0: everything a leaky page leaves is found, and a scan that does not see it fails', async () => {
  await house.withPhone('web', async (phone) => {
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
  await house.withPhone(app, async (phone) => {
    await phone.leak()
    await visit(phone.browser.first, phone.url, phone.seen, app)
    await phone.settle()
    await leave(phone, leaving)
    await gone(phone, leaving)
  })
})

test.concurrent.each<[App, Leaving]>([
  ['web', 'tab-closed'],
  ['web', 'browser-closed'],
  ['web', 'killed'],
  ['plain', 'tab-closed'],
  ['plain', 'browser-closed'],
  ['plain', 'killed'],
])(
  'RES-2, RES-4, RES-5, E9: a whole visit to the %s pages, ended in the middle of typing, without any exit (%s), leaves no more',
  async (app, leaving) => {
    await house.withPhone(app, async (phone) => {
      await phone.leak()
      await visit(phone.browser.first, phone.url, phone.seen, app)
      await beginTyping(phone.browser.first, phone.seen)
      await phone.settle()
      await leave(phone, leaving)
      await gone(phone, leaving)
    })
  },
)

test.concurrent.each<[App]>([['web'], ['plain']])(
  'RES-3, E9: after five visits to the %s pages, each left by the link, and a sixth that was not, no script and no sentence is kept',
  async (app) => {
    await house.withPhone(app, async (phone) => {
      const tab = phone.browser.first
      await phone.leak()
      for (let n = 0; n < 5; n += 1) {
        await glance(tab, phone.url, phone.seen, app)
        await leave(phone, 'link')
      }
      await visit(tab, phone.url, phone.seen, app)
      await phone.settle()
      await leave(phone, 'tab-closed')
      await gone(phone, 'tab-closed', 'five-visits')
    })
  },
)

test.concurrent('RES-6, E6, E9: leaving without network leaves no more', async () => {
  await house.withPhone('web', async (phone) => {
    const tab = phone.browser.first
    await phone.leak()
    await visit(tab, phone.url, phone.seen, 'web')
    await phone.settle()
    await tab.offline(true)
    await tab.press('a.exit')
    await tab.until(() => document.getElementById('screen') === null)
    await tab.offline(false)
    await gone(phone, 'link', 'offline')
  })
})

test.concurrent('RES-6, E9: leaving while a second tab of ours is open leaves no more', async () => {
  await house.withPhone('web', async (phone) => {
    await phone.leak()
    await glance(await phone.browser.tab(), phone.url, phone.seen, 'web')
    await visit(phone.browser.first, phone.url, phone.seen, 'web')
    await phone.settle()
    await leave(phone, 'link')
    await gone(phone, 'link', 'second-tab')
  })
})

test.concurrent('RES-6, E9: leaving while the other site does not answer leaves no more', async ({ expect }) => {
  await house.withPhone('web', async (phone) => {
    const tab = phone.browser.first
    await phone.leak()
    await visit(tab, phone.url, phone.seen, 'web')
    await phone.settle()
    phone.front.hold(true)
    const other = await tab.read(() => document.querySelector<HTMLAnchorElement>('a.exit')?.host)
    await tab.press('a.exit')
    await expect.poll(() => phone.front.outside, { timeout: 30_000 }).toContain(other)
    await gone(phone, 'link', 'no-answer')
  })
})
