/**
 * Two channels that can walk a transcript, both in a real browser: the web app, and the plain pages with JavaScript off. The third, the
 * bot, needs no browser and is `bot-player.ts`.
 */
import type { BrowserContext, Page } from 'playwright-core'
import type { Player, Shown } from './replay.ts'

/** A button that is not there is known by then. */
const PATIENCE_MS = 3_000

export type Channel = 'web' | 'plain'

export async function open(channel: Channel, context: BrowserContext, url: string): Promise<Player> {
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(url, { timeout: 30_000 })
  return channel === 'web' ? web(page) : plain(page)
}

/** Taps are answered on the device, so the screen is there when the tap returns, unless something is still loading. */
function web(page: Page): Player {
  const settled = async (act: () => Promise<void>) => {
    await page.waitForSelector('html[data-ready=all]', { state: 'attached', timeout: 30_000 })
    await mark(page)
    await act()
    await page.waitForSelector('#title:not([data-seen])')
  }
  return player(page, settled)
}

/** Every tap is a form sent, and its answer a page. */
function plain(page: Page): Player {
  const settled = async (act: () => Promise<void>) => {
    await mark(page)
    const arrived = page.waitForEvent('domcontentloaded')
    await Promise.all([arrived, act()])
    await page.waitForSelector('#title:not([data-seen])')
  }
  return player(page, settled)
}

/** The old screen is marked, so that the new one can be told from it. */
const mark = (page: Page): Promise<void> => page.locator('#title').evaluate((title) => title.setAttribute('data-seen', ''))

function player(page: Page, settled: (act: () => Promise<void>) => Promise<void>): Player {
  return {
    look: () => page.evaluate(look),
    take: (choice) => settled(() => page.locator(`[data-choice="${choice}"]`).first().click()),
    type: (place) =>
      settled(async () => {
        await page.locator('[data-place] input[name=q]').fill(place)
        await page.locator('[data-place] input[name=q] + button').click()
      }),
    async choosePlace(area) {
      if ((await page.locator('[data-area]').count()) > 0) await settled(() => page.locator(`[data-area="${area}"]`).click())
    },
    pickOblast: (area) =>
      settled(async () => {
        await page.locator('[data-place] select').selectOption(area)
        await page.locator('[data-place] select + button').click()
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
