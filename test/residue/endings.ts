/** Whole visits and how they end, each on a phone of its own beside a leaky page whose every trace must be found. `visits.test.ts` has one of each kind, `nightly/` the rest. */
import { expect, vi } from 'vitest'
import type { App, Circumstance, Leaving, Residue } from '../../schema/residue.ts'
import { CHROMIUM, type Chromium } from './chromium/chromium.ts'
import { gone } from './gone.ts'
import type { House } from './house.ts'
import { leave, left } from './leaving.ts'
import type { Phone } from './phone.ts'
import { beginTyping, glance, visit } from './visit.ts'

type WithoutTaps = Exclude<Leaving, 'two-fingers'>

async function onPhone(house: House, app: App, go: (phone: Phone<Chromium>) => Promise<[Leaving, Circumstance?]>): Promise<Residue[]> {
  let found: Residue[] = []
  await house.withPhone(app, CHROMIUM, async (phone) => {
    await phone.leak()
    found = await gone(phone, ...(await go(phone)))
  })
  return found
}

export const byExit = (house: House, app: App, leaving: Leaving): Promise<Residue[]> =>
  onPhone(house, app, async (phone) => {
    await visit(phone.browser.first, phone.url, phone.seen, app)
    await phone.settle()
    if (leaving === 'two-fingers') {
      await phone.browser.first.tapTwice()
      await left(phone)
    } else await leave(phone, leaving)
    return [leaving]
  })

export const whileTyping = (house: House, app: App, leaving: WithoutTaps): Promise<Residue[]> =>
  onPhone(house, app, async (phone) => {
    await visit(phone.browser.first, phone.url, phone.seen, app)
    await beginTyping(phone.browser.first, phone.seen)
    await phone.settle()
    await leave(phone, leaving)
    return [leaving]
  })

export const afterFive = (house: House, app: App): Promise<Residue[]> =>
  onPhone(house, app, async (phone) => {
    const tab = phone.browser.first
    for (let n = 0; n < 5; n += 1) {
      await glance(tab, phone.url, phone.seen, app)
      await leave(phone, 'link')
    }
    await visit(tab, phone.url, phone.seen, app)
    await phone.settle()
    await leave(phone, 'tab-closed')
    return ['tab-closed', 'five-visits']
  })

export const offline = (house: House): Promise<Residue[]> =>
  onPhone(house, 'web', async (phone) => {
    const tab = phone.browser.first
    await visit(tab, phone.url, phone.seen, 'web')
    await phone.settle()
    await tab.offline(true)
    await tab.press('a.exit')
    await tab.until(() => document.getElementById('screen') === null)
    await tab.offline(false)
    return ['link', 'offline']
  })

export const besideAnotherTab = (house: House): Promise<Residue[]> =>
  onPhone(house, 'web', async (phone) => {
    await glance(await phone.browser.tab(), phone.url, phone.seen, 'web')
    await visit(phone.browser.first, phone.url, phone.seen, 'web')
    await phone.settle()
    await leave(phone, 'link')
    return ['link', 'second-tab']
  })

export const unanswered = (house: House): Promise<Residue[]> =>
  onPhone(house, 'web', async (phone) => {
    const tab = phone.browser.first
    await visit(tab, phone.url, phone.seen, 'web')
    await phone.settle()
    phone.front.hold(true)
    const other = await tab.read(() => document.querySelector<HTMLAnchorElement>('a.exit')?.host)
    await tab.press('a.exit')
    await vi.waitFor(() => expect(phone.front.outside).toContain(other), { timeout: 30_000 })
    return ['link', 'no-answer']
  })
