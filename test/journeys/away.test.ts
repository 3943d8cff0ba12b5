/** While she is elsewhere nothing of the screen is to be seen, and it is all there when she comes back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decode } from '../../scripts/screenshots/png.ts'
import { type BareTab, openTab } from './bare-tab.ts'
import { type House, openHouse } from './house.ts'

let house: House

// A hidden tab is drawn no differently here than on a desk; the test library would keep it awake.
beforeAll(async () => {
  house = await openHouse({ ignoreDefaultArgs: ['--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'] })
})

afterAll(() => house.close())

async function visit(): Promise<BareTab> {
  const tab = await openTab(house.browser, house.url)
  await expect.poll(() => tab.js('document.documentElement.dataset.ready'), { timeout: 30_000 }).toBe('all')
  return tab
}

const press = (tab: BareTab, choice: string) => tab.js(`document.querySelector('[data-choice="${choice}"]').click()`)

/** How many colours a picture of the tab has, as it is now. */
async function colours(tab: BareTab): Promise<number> {
  const { data } = await tab.send<{ data: string }>('Page.captureScreenshot')
  return new Set(decode(Buffer.from(data, 'base64')).pixels).size
}

const hidden = (tab: BareTab) => expect.poll(() => tab.js('document.visibilityState')).toBe('hidden')
const shown = (tab: BareTab) => expect.poll(() => tab.js('document.visibilityState')).toBe('visible')

test('in the background the screen is blank, frozen too; back again it is as she left it', async () => {
  const her = await visit()
  await press(her, 'for-me')
  await her.js('scrollTo(0, 60)')
  expect(await colours(her)).toBeGreaterThan(20)
  const other = await openTab(house.browser, 'about:blank')
  await hidden(her)
  expect(await colours(her)).toBe(1)
  await her.send('Page.setWebLifecycleState', { state: 'frozen' })
  await her.send('Page.setWebLifecycleState', { state: 'active' })
  expect(await colours(her)).toBe(1)
  await her.show()
  await shown(her)
  expect(await colours(her)).toBeGreaterThan(20)
  expect(await her.js('[document.getElementById("screen").dataset.step, scrollY]')).toEqual(['for-me', 60])
  await other.close()
  await her.close()
})

test('E7: left without network, the tab forgets our address as soon as it is in the background', async () => {
  const her = await visit()
  const rows = async () => (await her.send<{ entries: { url: string }[] }>('Page.getNavigationHistory')).entries.map(({ url }) => url)
  await press(her, 'for-me')
  await her.send('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 })
  await her.js('document.querySelector("a.exit").click()')
  expect(await her.js('document.querySelector("main").textContent')).toContain(String(new Date().getFullYear()))
  const other = await openTab(house.browser, 'about:blank')
  await expect.poll(rows).toEqual(['about:blank'])
  await other.close()
  await her.close()
})

test('it can be switched off, for as long as the page is open', async () => {
  const her = await visit()
  for (const choice of ['settings', 'leaving', 'away-shown']) await press(her, choice)
  const other = await openTab(house.browser, 'about:blank')
  await hidden(her)
  expect(await colours(her)).toBeGreaterThan(20)
  await her.show()
  await shown(her)
  await press(her, 'away-hidden')
  await other.show()
  await hidden(her)
  expect(await colours(her)).toBe(1)
  await other.close()
  await her.close()
})

test('on a phone the screen is blank as soon as it looks elsewhere, before the page is hidden; what is not seen is not pressed', async () => {
  const { page, close } = await house.visit({ isMobile: true, hasTouch: true })
  const looks = () =>
    page.evaluate(() => {
      const { opacity, pointerEvents } = getComputedStyle(document.body)
      return { opacity, under: pointerEvents === 'none' ? null : document.elementFromPoint(160, 350)?.tagName }
    })
  const before = await looks()
  await page.evaluate(() => dispatchEvent(new Event('blur')))
  expect(await looks()).toEqual({ opacity: '0', under: null })
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  expect(await looks()).toEqual(before)
  expect(before.opacity).toBe('1')
  await close()
})

test('at a desk a click beside the page leaves the screen as it is', async () => {
  const { page, close } = await house.visit()
  await page.evaluate(() => dispatchEvent(new Event('blur')))
  expect(await page.evaluate(() => getComputedStyle(document.body).opacity)).toBe('1')
  await close()
})
