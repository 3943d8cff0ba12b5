/** After leaving: what Back, Forward and a reopened tab show, what the history has, and what stands on the page when no site can come. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellingWord } from '../../guide/check/telling.ts'
import { type House, openHouse } from './house.ts'
import { history, outside } from './leaving.ts'
import { press, stepOf, words } from './walk.ts'

let house: House

// With the back/forward cache, as people have it; the test library switches it off otherwise.
beforeAll(async () => {
  house = await openHouse({ ignoreDefaultArgs: ['--disable-back-forward-cache'] })
})

afterAll(() => house.close())

async function leaveOffline(page: Page): Promise<void> {
  await press(page, 'for-me')
  await page.context().setOffline(true)
  await page.locator('a.exit').click()
  await page.waitForSelector('main:not(#screen)')
}

test.each([
  ['uk', 'uk-UA', 'Сторінку закрито.'],
  ['ru', 'ru-RU', 'Страница закрыта.'],
  ['en', 'en-GB', 'Page closed.'],
])(
  'E6, E13: without network the exit shows this month, with nothing of us in it, and says aloud that the page is closed, in %s',
  async (language, locale, said) => {
    const { page, context, close } = await house.visit({ locale })
    const cdp = await context.newCDPSession(page)
    await leaveOffline(page)
    const seen = await page.locator('main').innerText()
    const month = await page.evaluate((tongue) => new Date().toLocaleDateString(tongue, { month: 'long', year: 'numeric' }), language)
    expect(seen.split('\n')[0]).toBe(month)
    expect(await page.title()).toBe(month)
    const days = new Date(new Date().getFullYear(), new Date().getMonth() + 1, 0).getDate()
    expect(seen.match(/\d+/g)?.slice(-days)).toEqual(Array.from({ length: days }, (_, day) => String(day + 1)))
    expect(await page.locator('a, button, input, script, link:not([rel=icon])').count()).toBe(0)
    expect(tellingWord(await page.content())).toBeNull()
    const { nodes } = await cdp.send('Accessibility.getFullAXTree')
    const heard = nodes.filter(({ ignored }) => !ignored).map(({ name }) => name?.value as string | undefined)
    expect(heard).toContain(said)
    expect(words(language).ui.neutral).toBe(said)
    await close()
  },
)

test('E13: what is said aloud has its place before it is said, and that place is empty', async () => {
  const { page, close } = await house.visit()
  const place = page.locator('#gone')
  expect([await place.getAttribute('aria-live'), await place.textContent()]).toEqual(['assertive', ''])
  await close()
})

test('E6: once the network is back the page leaves after all', async () => {
  const { page, context, close } = await house.visit()
  await leaveOffline(page)
  await context.setOffline(false)
  await outside(page, house)
  await close()
})

test('E6, E8: where the phone only believes itself online, the neutral site fails under its own address and ours is gone from the tab', async () => {
  const { page, context, close } = await house.visit()
  const cdp = await context.newCDPSession(page)
  await context.route(
    (url) => url.host !== house.host,
    (route) => route.abort('namenotresolved'),
  )
  await page.locator('a.exit').click()
  await page.waitForURL((url) => url.protocol === 'chrome-error:')
  expect((await history(cdp)).filter(({ url }) => url.includes(house.host))).toEqual([])
  await close()
})

test('E7: after the exit ten Backs and ten Forwards show nothing of the service', async () => {
  const { page, close } = await house.visit()
  for (const choice of ['for-me', 'domestic-violence', 'back', 'services', 'hotline']) await press(page, choice)
  await page.locator('a.exit').click()
  await outside(page, house)
  for (const turn of ['goBack', 'goForward'] as const)
    for (let n = 0; n < 10; n += 1) {
      await page[turn]({ timeout: 2_000 }).catch(() => {})
      expect(new URL(page.url()).host).not.toBe(house.host)
      expect(await page.locator('#screen').count()).toBe(0)
    }
  await close()
})

test('E7: left by another address, Back shows the first screen, not the one she read', async () => {
  const { page, close } = await house.visit()
  for (const choice of ['for-me', 'domestic-violence']) await press(page, choice)
  await page.goto('https://elsewhere.example/')
  await page.goBack()
  await page.waitForSelector('#screen')
  expect(await stepOf(page)).toBe('start')
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
    const shown = (await page.locator('#screen').count()) === 0 ? null : await stepOf(page)
    expect(shown === null || shown === 'start').toBe(true)
  }
  await close()
})

test('E8: a visit of twenty steps leaves one row in the history, with a neutral title and no path', async () => {
  const { page, context, close } = await house.visit()
  const cdp = await context.newCDPSession(page)
  const before = await history(cdp)
  for (const choice of ['for-me', 'services', 'hotline', 'back', 'back', 'domestic-violence', 'back', 'for-me-safety', 'home'])
    await press(page, choice)
  for (const choice of ['professional', 'back', 'under-18', 'settings', 'leaving', 'exit-second', 'back', 'back', 'stop'])
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
