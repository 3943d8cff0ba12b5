/** The first view: small, useful before any script, and useful again when the rest never comes. */
import { get } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from './house.ts'
import { press, stepOf } from './walk.ts'

/** Compressed, of all that is needed until the first choice works: one flight of a fresh connection. */
const FIRST_VIEW_BYTES = 14_336

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const started = (page: Page): Promise<unknown> => page.waitForSelector('html[data-ready]', { state: 'attached' })

/** Paths asked for until the first choice works, when every later answer is held back. */
async function needed(locale: string): Promise<string[]> {
  const { page, context, requests, close } = await house.visit({ locale, go: false })
  const held: string[] = []
  let scripts = 0
  await context.route('**/a/*.{js,json,txt}', (route) => {
    const { pathname } = new URL(route.request().url())
    // The script the document names runs; whatever that one asks for is later.
    if (pathname.endsWith('.js') && scripts++ === 0) return route.continue()
    held.push(route.request().url())
  })
  await page.goto(house.url, { waitUntil: 'commit' })
  await started(page)
  const paths = requests.map((request) => new URL(request.url())).filter(({ href }) => !held.includes(href))
  await press(page, 'for-me')
  expect(await stepOf(page)).toBe('for-me')
  await close()
  return [...new Set(paths.map(({ pathname }) => pathname))]
}

test.each(['uk-UA', 'ru-RU', 'en-GB'])('P5: everything until the first choice works is at most 14,336 bytes, in %s', async (locale) => {
  const first = await needed(locale)
  expect(first).toContain('/')
  const answers = await Promise.all(first.map((path) => ask(path, locale)))
  for (const { path, encoding } of answers) expect([path, encoding]).toEqual([path, 'br'])
  const total = answers.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(total, JSON.stringify(answers)).toBeLessThanOrEqual(FIRST_VIEW_BYTES)
})

/** The same answer as over HTTPS: on this machine's own plain address the browser does not ask for Brotli. */
function ask(path: string, locale: string): Promise<{ path: string; encoding: string | undefined; bytes: number }> {
  return new Promise((resolve, reject) => {
    get(new URL(path, house.url), { headers: { 'Accept-Encoding': 'br', 'Accept-Language': locale } }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Uint8Array) => (bytes += chunk.length))
      answer.on('end', () => resolve({ path, encoding: answer.headers['content-encoding'], bytes }))
    }).on('error', reject)
  })
}

test('the number and the doors are there before any script has come', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.js', () => {})
  await page.goto(house.url, { waitUntil: 'commit' })
  await page.waitForSelector('[data-choice=i-hurt-someone]')
  expect(await page.locator('[data-call=ua-1547]').getAttribute('href')).toBe('tel:1547')
  for (const door of ['for-me', 'for-someone', 'under-18', 'professional', 'i-hurt-someone'])
    expect(await page.locator(`[data-choice=${door}]`).isVisible()).toBe(true)
  await close()
})

test('a tap before the scripts have come is answered by the plain page', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.js', (route) => route.abort())
  await page.goto(house.url)
  await press(page, 'for-me')
  await page.waitForSelector('#screen[data-step=for-me]')
  await close()
})

/** A tap beyond the first steps, while the rest is not there. */
async function beyond(page: Page): Promise<void> {
  await started(page)
  await press(page, 'for-me')
  await press(page, 'domestic-violence')
}

test('while the rest is on its way the screen says so and goes on by itself', async () => {
  const { page, context, close } = await house.visit({ go: false })
  let free: () => void = () => {}
  const held = new Promise<void>((resolve) => (free = resolve))
  await context.route('**/a/*.json', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(house.url)
  await beyond(page)
  expect(await page.locator('#screen [role=status]').isVisible()).toBe(true)
  free()
  await page.waitForSelector('#screen[data-step=domestic-violence]')
  await close()
})

test('without network after the first view there is a number, and a way to try again that works', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.json', (route) => route.abort())
  await page.goto(house.url)
  await beyond(page)
  await page.waitForSelector('#screen [role=alert]')
  expect(await page.locator('#screen a.call').first().getAttribute('href')).toBe('tel:1547')
  await page.locator('[data-retry]').click()
  await page.waitForSelector('#screen [role=alert]')
  await context.unroute('**/a/*.json')
  await page.locator('[data-retry]').click()
  await page.waitForSelector('#screen[data-step=domestic-violence] h1')
  await close()
})

test('without network, Back leads from the waiting screen to what was already here', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.json', (route) => route.abort())
  await page.goto(house.url)
  await beyond(page)
  await page.waitForSelector('#screen [role=alert]')
  await press(page, 'back')
  await page.waitForSelector('#screen[data-step=for-me] h1')
  await close()
})

test('an old page after a new build, its texts gone, still shows a number', async () => {
  const { page, context, close } = await house.visit({ go: false })
  await context.route('**/a/*.json', (route) => route.continue({ url: `${house.url}a/00000000.json` }))
  await page.goto(house.url)
  await beyond(page)
  await page.waitForSelector('#screen [role=alert]')
  expect(await page.locator('#screen a.call').first().getAttribute('href')).toBe('tel:1547')
  await close()
})
