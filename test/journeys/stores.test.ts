/** E9: nothing that could keep something is ever touched. A whole walk springs none of the traps. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from './house.ts'
import { outside } from './leaving.ts'
import { layTraps } from './traps.ts'
import { guide, press, stops, teach, ways } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

test('a walk over every step, with a place, another language, a number that did not answer and the exit, touches no store', async () => {
  const { page, context, close } = await house.visit({ go: false })
  const touched = await layTraps(context)
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(error.message))
  await page.goto(house.url)
  await page.waitForSelector('html[data-ready=all]', { state: 'attached' })
  await teach(page)
  const paths = ways(stops(guide())).map(({ path }) => path)
  const seen = await page.evaluate((all) => new Set(all.map((path) => window.walk.go(path))).size, paths)
  expect(seen).toBe(paths.length)
  await page.evaluate(() => window.walk.reset())
  for (const choice of ['for-me', 'services', 'psychological']) await press(page, choice)
  await page.locator('#place').fill('Семенівка')
  await page.locator('#place + button').click()
  await page.locator('[data-area]').first().click()
  await page.locator('.card summary').first().click()
  await page.locator('[data-no-answer]').first().click()
  for (const choice of ['settings', 'language-en', 'settings', 'leaving', 'exit-second', 'away-shown']) await press(page, choice)
  await page.locator('a.exit').click()
  await outside(page, house)
  expect([touched, broken]).toEqual([[], []])
  await close()
})

test('plain pages and their exit touch none either', async () => {
  const { page, context, close } = await house.visit({ go: false })
  const touched = await layTraps(context)
  let scripts = 0
  await context.route('**/a/*.js', (route) => (scripts++ === 0 ? route.abort() : route.continue()))
  await page.goto(house.url)
  for (const [choice, step] of [
    ['for-me', 'for-me'],
    ['services', 'services'],
    ['hotline', 'services-hotline'],
  ] as const) {
    await press(page, choice)
    await page.waitForSelector(`#screen[data-step=${step}]`)
  }
  // The words stand before the script that hears the keys.
  await page.waitForLoadState()
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift')
  await outside(page, house)
  expect(touched).toEqual([])
  await close()
})

test('the traps do spring', async () => {
  const { page, context, close } = await house.visit({ go: false })
  const touched = await layTraps(context)
  await page.goto(house.url)
  for (const attempt of [
    'localStorage.x = 1',
    'document.cookie = "a=1"',
    'history.pushState(null, "")',
    'navigator.clipboard',
    'indexedDB.open("x")',
  ])
    await page.evaluate((code) => {
      try {
        // biome-ignore lint/security/noGlobalEval: only a test reaches for what it must not.
        ;(0, eval)(code)
      } catch {}
    }, attempt)
  expect(touched).toEqual(['touched localStorage', 'touched cookie', 'touched pushState', 'touched clipboard', 'touched indexedDB'])
  await close()
})
