/**
 * Two channels that can walk a transcript, both in a real browser: the web app, and the plain pages with JavaScript off. The third, the
 * bot, needs no browser and is `bot-player.ts`.
 */
import type { Page } from 'playwright-core'
import type { Player, Shown } from './replay.ts'

/** A busy machine is not a fault: a button that is not there is known at once, and a screen that comes late is waited for. */
const PATIENCE_MS = 30_000

export type Channel = 'web' | 'plain'

export async function open(channel: Channel, page: Page, url: string): Promise<Player> {
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(url)
  return channel === 'web' ? web(page) : plain(page)
}

/** Taps are answered on the device, so the screen is there when the tap returns, unless something is still loading. */
function web(page: Page): Player {
  const settled = async (act: () => Promise<void>) => {
    await page.waitForSelector('html[data-ready=all]', { state: 'attached' })
    await act()
    await page.waitForSelector('#title:not([data-seen])')
  }
  return player(page, settled)
}

/** Every tap is a form sent, and its answer a page. */
function plain(page: Page): Player {
  const settled = async (act: () => Promise<void>) => {
    const arrived = page.waitForEvent('load')
    await Promise.all([arrived, act()])
    // Asked in the page itself: to wait for it by selector, the test library would first load a quarter of a megabyte of its own into each new page.
    if (!(await page.evaluate(() => document.querySelector('#title:not([data-seen])') !== null))) throw new Error('No new screen came.')
  }
  return player(page, settled)
}

/** Presses what lies in the middle of the first such button, in one trip to the page. The old screen is marked, so that the new one can be told from it. */
const press = (page: Page, selector: string): Promise<void> =>
  page.evaluate((wanted) => {
    const button = document.querySelector<HTMLElement>(wanted)
    if (!button?.checkVisibility()) throw new Error(`${wanted} is not on the screen`)
    button.scrollIntoView({ block: 'center', behavior: 'instant' })
    const { left, top, width, height } = button.getBoundingClientRect()
    const met = document.elementFromPoint(left + width / 2, top + height / 2)
    if (!button.contains(met)) throw new Error(`${wanted} lies under <${met?.nodeName}>`)
    document.getElementById('title')?.setAttribute('data-seen', '')
    button.click()
  }, selector)

function player(page: Page, settled: (act: () => Promise<void>) => Promise<void>): Player {
  return {
    look: () => page.evaluate(look),
    take: (choice) => settled(() => press(page, `[data-choice="${choice}"]`)),
    type: (place) =>
      settled(async () => {
        await page.locator('[data-place] input[name=q]').fill(place)
        await press(page, '[data-place] input[name=q] + button')
      }),
    async choosePlace(area) {
      if ((await page.locator('[data-area]').count()) > 0) await settled(() => press(page, `[data-area="${area}"]`))
    },
    pickOblast: (area) =>
      settled(async () => {
        await page.locator('[data-place] select').selectOption(area)
        await press(page, '[data-place] select + button')
      }),
    close: () => page.close(),
  }
}

function look(): Shown {
  const screen = document.getElementById('screen')
  const named = (name: string) =>
    [...(screen?.querySelectorAll(`[data-${name}]`) ?? [])].map((one) => one.getAttribute(`data-${name}`) ?? '')
  return {
    step: screen?.dataset.step ?? '',
    language: document.documentElement.lang,
    calls: named('call'),
    services: named('service'),
    text: screen?.textContent ?? '',
  }
}
