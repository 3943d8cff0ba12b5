/** The exit stands where it can be seen and pressed: on every screen, at every size, above a keyboard, on a magnified page. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, PHONE } from './house.ts'
import { outside } from './leaving.ts'
import { guide, type Path, press, stops, teach, ways } from './walk.ts'

const paths = ways(stops(guide())).map(({ path }) => path)

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

/** Steps on which the exit cannot be pressed where the page begins, or where it ends. */
async function unreachable(page: Page, some: Path[]): Promise<string[]> {
  return page.evaluate(async (all) => {
    const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const pressable = () => {
      const view = visualViewport as VisualViewport
      const box = document.querySelector('a.exit')?.getBoundingClientRect()
      if (!box || box.width * view.scale < 44 || box.height * view.scale < 24) return false
      const [left, top] = [box.left - view.offsetLeft, box.top - view.offsetTop]
      const inside = left >= -0.5 && top >= -0.5 && left + box.width <= view.width + 0.5 && top + box.height <= view.height + 0.5
      const points = [box.left + 3, box.left + box.width / 2, box.right - 3]
      return inside && points.every((x) => document.elementFromPoint(x, box.top + box.height / 2)?.closest('a[data-exit]'))
    }
    const magnified = (visualViewport?.scale ?? 1) > 1
    const faults: string[] = []
    for (const path of all) {
      const step = window.walk.go(path)
      for (const end of [0, document.body.scrollHeight]) {
        scrollTo(0, end)
        // What follows the view does so with the next frame.
        if (magnified) await settled()
        if (!pressable()) faults.push(`${step} at ${end}`)
      }
    }
    return faults
  }, some)
}

// 300 high is a phone of 640 with its keyboard open, where the page shrinks with it (`interactive-widget=resizes-content`).
test.each([
  { ...PHONE, text: '100%' },
  { ...PHONE, text: '200%' },
  { width: 320, height: 300, text: '100%' },
  { width: 320, height: 300, text: '200%' },
])('E1: the exit is in view and can be pressed on every step, at $width × $height and text of $text', async ({ width, height, text }) => {
  const { page, close } = await house.visit({ viewport: { width, height } })
  await teach(page)
  await page.evaluate((size) => (document.documentElement.style.fontSize = size), text)
  expect(paths.length).toBeGreaterThan(300)
  expect(await unreachable(page, paths)).toEqual([])
  await close()
})

test('E1, E13: on a page magnified two and a half times, or under a keyboard laid over it, the exit follows the view on every step', async () => {
  // Each step waits for frames; three pages wait at the same time.
  const faults = await Promise.all(
    [0, 1, 2].map(async (third) => {
      const { page, context, close } = await house.visit({ isMobile: true, hasTouch: true })
      await teach(page)
      const cdp = await context.newCDPSession(page)
      await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2.5 })
      await page.waitForFunction(() => (visualViewport?.scale ?? 1) > 2)
      const found = await unreachable(
        page,
        paths.filter((_path, index) => index % 3 === third),
      )
      await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: 1 })
      await page.waitForFunction(() => visualViewport?.scale === 1 && document.querySelector<HTMLElement>('.bar')?.style.transform === '')
      await close()
      return found
    }),
  )
  expect(faults.flat()).toEqual([])
})

test('E1: where the keyboard would cover the page, the page is told to shrink', async () => {
  const { page, close } = await house.visit()
  expect(await page.locator('meta[name=viewport]').getAttribute('content')).toContain('interactive-widget=resizes-content')
  await close()
})

test('E13: the first thing the keyboard reaches is an exit, and it stands at the top, where a magnifier begins', async () => {
  const { page, close } = await house.visit()
  await page.keyboard.press('Tab')
  const first = page.locator('a[data-exit]:focus')
  expect(await first.count()).toBe(1)
  expect((await first.boundingBox())?.y).toBeLessThan(60)
  await page.keyboard.press('Enter')
  await outside(page, house)
  await close()
})

test('E1: the exit is there while the screen waits', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.json', () => {})
  await page.goto(house.url)
  await page.waitForSelector('html[data-ready]', { state: 'attached' })
  await press(page, 'for-me')
  await press(page, 'services')
  expect(await page.locator('#screen [role=status]').isVisible()).toBe(true)
  await page.locator('a.exit').click()
  await outside(page, house)
  await close()
})

test('E1: the exit is there when the network has gone, beside the message and the number', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.json', (route) => route.abort())
  await page.goto(house.url)
  await page.waitForSelector('html[data-ready]', { state: 'attached' })
  await press(page, 'for-me')
  await press(page, 'services')
  await page.waitForSelector('#screen [role=alert]')
  expect(await page.locator('a.exit').isVisible()).toBe(true)
  await page.locator('a.exit').click()
  await outside(page, house)
  await close()
})

test('E1, E2: plain pages keep the exit in view at the top and the end, at 320 px', async () => {
  const { page, close } = await house.visit({ javaScriptEnabled: false, viewport: PHONE })
  const at = async () => {
    const [box, bar] = await Promise.all([page.locator('a.exit').boundingBox(), page.locator('.bar').boundingBox()])
    return box !== null && bar !== null && box.y >= 0 && box.y + box.height <= PHONE.height && box.x + box.width <= PHONE.width
  }
  for (const [choice, step] of [
    ['for-me', 'for-me'],
    ['services', 'services'],
    ['psychological', 'services-psychological'],
  ] as const) {
    await press(page, choice)
    await page.waitForSelector(`#screen[data-step=${step}]`)
    // Nothing is shown before the stylesheet has come, but what is asked for a place is laid out without it.
    await page.waitForLoadState()
    expect(await at(), choice).toBe(true)
    await page.mouse.wheel(0, 5000)
    expect(await at(), choice).toBe(true)
  }
  await close()
})
