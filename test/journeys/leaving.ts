/** What the journeys about leaving share: being outside, still being here, and fingers on the screen. */
import type { CDPSession, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { House } from './house.ts'

/** Asked of the tab again and again: one way of leaving may cut another short, which is no failure. */
export async function outside(page: Page, house: House): Promise<void> {
  await expect.poll(() => whereIs(page, house)).toBe('outside')
  await page.waitForLoadState()
}

/** What is not outside is named, so that a failure tells where she was left. */
function whereIs(page: Page, { host }: House): string {
  const url = new URL(page.url())
  return url.host !== host && url.protocol.startsWith('http') ? 'outside' : url.href
}

/** Leaving empties the page in the very event, so nothing has to be waited for. */
export async function stays(page: Page, house: House): Promise<void> {
  expect(new URL(page.url()).host).toBe(house.host)
  expect(await page.locator('a.exit').isVisible()).toBe(true)
}

/** Rows of this tab's history, as the browser keeps them. */
export async function history(cdp: CDPSession): Promise<{ url: string; title: string }[]> {
  const { entries } = await cdp.send('Page.getNavigationHistory')
  return entries.map(({ url, title }) => ({ url, title }))
}

export type Point = { x: number; y: number }

/** A hand with its own clock: how long a gesture takes and how long it rests does not depend on the machine. */
export class Hand {
  #now = Date.now() / 1000
  readonly #cdp: CDPSession

  constructor(cdp: CDPSession) {
    this.#cdp = cdp
  }

  rest(seconds: number): void {
    this.#now += seconds
  }

  /** Fingers come down, move along and go up again. */
  async gesture(path: Point[][], seconds = 0.1): Promise<void> {
    const [down = [], ...moves] = path
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
      this.#cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: touchPoints.map((point, id) => ({ ...point, id })),
        timestamp: this.#now,
      })
    const sent = [send('touchStart', down)]
    for (const touchPoints of moves) {
      this.#now += seconds / path.length
      sent.push(send('touchMove', touchPoints))
    }
    this.#now += seconds / path.length
    sent.push(send('touchEnd', []))
    await Promise.all(sent)
  }

  async key(key: string, modifiers = 0): Promise<void> {
    const about = { key, modifiers, ...(key.length === 1 && { text: key }) }
    await this.#cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...about, timestamp: this.#now })
    this.#now += 0.05
    await this.#cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...about, timestamp: this.#now })
    this.#now += 0.05
  }
}
