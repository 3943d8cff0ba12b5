/** Leaving: by the link, the keyboard and two fingers, on every screen; and what is left behind afterwards. */
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, OUTSIDE, openHouse, PHONE } from './house.ts'
import { guide, press, stepOf, stops, teach, ways } from './walk.ts'

const paths = ways(stops(guide())).map(({ path }) => path)

let house: House

// With the back/forward cache, as people have it; the test library switches it off otherwise.
beforeAll(async () => {
  house = await openHouse({ ignoreDefaultArgs: ['--disable-back-forward-cache'] })
})

afterAll(() => house.close())

const outside = (page: Page): Promise<void> => page.waitForURL((url) => url.host !== house.host && url.protocol.startsWith('http'))

const stays = async (page: Page): Promise<void> => {
  await page.waitForTimeout(150)
  expect(new URL(page.url()).host).toBe(house.host)
  expect(await page.locator('a.exit').isVisible()).toBe(true)
}

/** Rows of this tab's history, as the browser keeps them. */
async function history(cdp: CDPSession): Promise<{ url: string; title: string }[]> {
  const { entries } = await cdp.send('Page.getNavigationHistory')
  return entries.map(({ url, title }) => ({ url, title }))
}

test.each([PHONE, { width: 320, height: 300 }])(
  'E1: the exit is in view and can be pressed on every step, at $width × $height',
  async (viewport) => {
    const { page, close } = await house.visit({ viewport })
    await teach(page)
    const faults = await page.evaluate((all) => {
      const pressable = () => {
        const box = document.querySelector('a.exit')?.getBoundingClientRect()
        if (!box || box.width < 44 || box.height < 24) return false
        const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
        const points = [box.left + 3, box.left + box.width / 2, box.right - 3]
        return inside && points.every((x) => document.elementFromPoint(x, box.top + box.height / 2)?.closest('a[data-exit]'))
      }
      return all.flatMap((path) => {
        const step = window.walk.go(path)
        const top = pressable()
        scrollTo(0, document.body.scrollHeight)
        return top && pressable() ? [] : [step]
      })
    }, paths)
    expect(faults).toEqual([])
    await close()
  },
)

test('E1: the exit is there while the screen waits and when the network is gone', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.json', () => {})
  await page.goto(house.url)
  await page.waitForSelector('html[data-ready]', { state: 'attached' })
  await press(page, 'for-me')
  await press(page, 'services')
  expect(await page.locator('[role=status]').isVisible()).toBe(true)
  await page.locator('a.exit').click()
  await outside(page)
  await close()
})

test('E2: with script off the exit is a link that leaves', async () => {
  const { page, close } = await house.visit({ javaScriptEnabled: false })
  await press(page, 'for-me')
  await page.waitForSelector('#screen[data-step=for-me]')
  await page.locator('a.exit').click()
  await outside(page)
  expect(await page.textContent('body')).toContain(OUTSIDE)
  await close()
})

test('E3: with the network frozen the page is blank in the same frame; E10: only the neutral site is asked for', async () => {
  const { page, context, requests, quiet, close } = await house.visit()
  await context.route(
    (url) => url.host !== house.host,
    () => {},
  )
  await press(page, 'for-me')
  quiet()
  const left = await page.evaluate(() => {
    document.querySelector<HTMLElement>('a.exit')?.click()
    return { elements: document.body.childElementCount, text: document.body.textContent, title: document.title }
  })
  expect(left).toEqual({ elements: 0, text: '', title: '\u200b' })
  await expect.poll(() => requests.length).toBe(1)
  expect(new URL(requests[0]?.url() ?? '').host).not.toBe(house.host)
  await page.waitForTimeout(300)
  expect(requests).toHaveLength(1)
  await close()
})

test('E4: Shift pressed three times leaves', async () => {
  const { page, close } = await house.visit()
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift')
  await outside(page)
  await close()
})

test('E4: Escape does not leave, nor do capitals typed in the place field', async () => {
  const { page, close } = await house.visit()
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('Escape')
  await stays(page)
  for (const choice of ['for-me', 'services', 'hotline']) await press(page, choice)
  await page.locator('#place').focus()
  for (const letter of 'KYIVOBLAST') {
    await page.keyboard.down('Shift')
    await page.keyboard.press(letter)
    await page.keyboard.up('Shift')
  }
  expect(await page.locator('#place').inputValue()).toBe('KYIVOBLAST')
  await stays(page)
  await close()
})

type Point = { x: number; y: number }

async function touch(cdp: CDPSession, fingers: Point[], moves: Point[][] = []): Promise<void> {
  await Promise.all([
    cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers }),
    ...moves.map((touchPoints) => cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints })),
    cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }),
  ])
}

const TWO: Point[] = [
  { x: 100, y: 300 },
  { x: 200, y: 320 },
]

test('E5: two fingers tapped twice leave; 200 scrolls of one and two fingers, and single taps, do not', async () => {
  const { page, context, close } = await house.visit({ hasTouch: true })
  const cdp = await context.newCDPSession(page)
  let seed = 7
  const random = (most: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % most
  }
  for (let n = 0; n < 200; n += 1) {
    const fingers = Array.from({ length: 1 + (n % 2) }, (_, finger) => ({ x: 40 + random(60) + finger * 120, y: 200 + random(200) }))
    const step = (random(2) === 0 ? 1 : -1) * (14 + random(40))
    await touch(
      cdp,
      fingers,
      [1, 2, 3].map((times) => fingers.map(({ x, y }) => ({ x, y: y + step * times }))),
    )
  }
  await stays(page)
  await touch(cdp, TWO)
  await stays(page)
  await page.waitForTimeout(1300)
  await touch(cdp, TWO)
  await touch(cdp, TWO)
  await outside(page)
  await close()
})

test('E6: without network the exit shows a neutral page, not the browser’s error', async () => {
  const { page, context, close } = await house.visit()
  await press(page, 'for-me')
  await context.setOffline(true)
  await page.locator('a.exit').click()
  await page.waitForFunction(() => document.getElementById('screen') === null)
  expect(await page.textContent('body')).toBe('Нічого не відкрито.')
  expect(await page.locator('a, button').count()).toBe(0)
  await close()
})

test('E7: after the exit Back shows nothing of the service', async () => {
  const { page, close } = await house.visit()
  for (const choice of ['for-me', 'domestic-violence', 'back', 'services', 'hotline']) await press(page, choice)
  await page.locator('a.exit').click()
  await outside(page)
  for (let n = 0; n < 10; n += 1) {
    await page.goBack({ timeout: 2_000 }).catch(() => {})
    expect(new URL(page.url()).host).not.toBe(house.host)
    expect(await page.locator('#screen').count()).toBe(0)
  }
  await close()
})

// Without the stub: it would switch the browser's cache off, and with it the refusal to send a form again.
test('E7: on plain pages Back after the exit shows nothing but the first screen', async () => {
  const { page, close } = await house.visit({ javaScriptEnabled: false, stub: false })
  await press(page, 'for-me')
  await page.waitForSelector('#screen[data-step=for-me]')
  await press(page, 'domestic-violence')
  await page.waitForSelector('#screen[data-step=domestic-violence]')
  await page.locator('a.exit').click()
  await page.waitForURL((url) => url.protocol === 'chrome-error:')
  for (let n = 0; n < 4; n += 1) {
    await page.goBack({ timeout: 2_000 }).catch(() => {})
    const shown = await stepOfAny(page)
    expect(shown === null || shown === 'start').toBe(true)
  }
  await close()
})

const stepOfAny = async (page: Page): Promise<string | null> => ((await page.locator('#screen').count()) === 0 ? null : stepOf(page))

test('E8: a visit of twenty steps leaves one row in the history, with a neutral title and no path', async () => {
  const { page, context, close } = await house.visit()
  const cdp = await context.newCDPSession(page)
  const before = await history(cdp)
  await teach(page)
  await page.evaluate(
    (longest) => window.walk.go(longest),
    paths.reduce((a, b) => (b.length > a.length ? b : a)),
  )
  for (const choice of [
    'home',
    'for-me',
    'services',
    'hotline',
    'back',
    'back',
    'domestic-violence',
    'back',
    'for-me-safety',
    'home',
    'professional',
    'back',
    'under-18',
    'settings',
    'back',
    'stop',
  ])
    await press(page, choice)
  const after = await history(cdp)
  expect(after).toEqual(before)
  expect(after.at(-1)).toEqual({ url: house.url, title: 'Стежка' })
  await close()
})

test('E8: plain pages leave one address, with a neutral title, whatever was chosen', async () => {
  const { page, context, close } = await house.visit({ javaScriptEnabled: false })
  const cdp = await context.newCDPSession(page)
  for (const step of ['for-me', 'services', 'services-hotline']) {
    await press(page, step.replace('services-', ''))
    await page.waitForSelector(`#screen[data-step=${step}]`)
  }
  const rows = (await history(cdp)).filter(({ url }) => url !== 'about:blank')
  expect([...new Set(rows.map(({ url, title }) => `${title} ${url}`))]).toEqual([`Стежка ${house.url}`])
  await close()
})
