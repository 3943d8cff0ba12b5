/** E7: the tab she closed after leaving, opened again as Ctrl+Shift+T does. A browser without a window has no such keys; an extension of the test asks for the same thing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { attach, type BareTab, openTab } from './bare-tab.ts'
import { type House, openHouse } from './house.ts'

let house: House
let keys: BareTab
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reopen-'))
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Reopen',
      version: '1',
      permissions: ['sessions', 'tabs'],
      background: { service_worker: 'keys.js' },
    }),
  )
  writeFileSync(join(folder, 'keys.js'), '')
  house = await openHouse({
    ignoreDefaultArgs: ['--disable-back-forward-cache', '--disable-extensions', '--disable-component-extensions-with-background-pages'],
    extension: folder,
  })
  const root = await house.browser.newBrowserCDPSession()
  const worker = async () => (await root.send('Target.getTargets')).targetInfos.find(({ url }) => url.endsWith('/keys.js'))
  const { targetId } = (await vi.waitUntil(worker, { timeout: 20_000 })) ?? { targetId: '' }
  keys = await attach(house.browser, targetId)
  // Another tab of hers, so that the window stays.
  await openTab(house.browser, 'about:blank')
})

afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The browser's own name for what was closed last; it changes once the closing is written down. */
const lastClosed = () =>
  keys.js<string>('chrome.sessions.getRecentlyClosed().then((list) => (list[0]?.tab ?? list[0]?.window)?.sessionId ?? "")')

/** Closes the tab, and waits until the browser would reopen this one and not an earlier. */
async function close(tab: BareTab): Promise<void> {
  const before = await lastClosed()
  await tab.close()
  await expect.poll(lastClosed, { timeout: 20_000 }).not.toBe(before)
}

/** Reopens what was closed last. @returns its rows of history */
async function reopened(): Promise<string[]> {
  const root = await house.browser.newBrowserCDPSession()
  const pages = async () => (await root.send('Target.getTargets')).targetInfos.filter(({ type }) => type === 'page')
  const before = new Set((await pages()).map(({ targetId }) => targetId))
  await keys.js('chrome.sessions.restore().then(() => true)')
  const fresh = async () => (await pages()).find(({ targetId }) => !before.has(targetId))
  await expect.poll(fresh).toBeDefined()
  const tab = await attach(house.browser, (await fresh())?.targetId ?? '')
  // Until the browser has shown it, it has no page to speak of.
  const rows = await vi.waitFor(() => rowsOf(tab), { timeout: 10_000 })
  await close(tab)
  return rows
}

async function rowsOf(tab: BareTab): Promise<string[]> {
  const { entries } = await tab.send<{ entries: { url: string }[] }>('Page.getNavigationHistory')
  return entries.map(({ url }) => url)
}

async function visit(): Promise<BareTab> {
  const tab = await openTab(house.browser, house.url)
  await expect.poll(() => tab.js('document.documentElement.dataset.ready'), { timeout: 30_000 }).toBe('all')
  await tab.js('document.querySelector("[data-choice=for-me]").click()')
  return tab
}

test('E7: after leaving, the reopened tab has no row of ours', async () => {
  const her = await visit()
  // No name but our own is found here: the neutral site fails under its own address.
  await her.js('document.querySelector("a.exit").click()')
  await expect.poll(async () => (await rowsOf(her)).join()).toContain('meteo.gov.ua')
  await close(her)
  const rows = await reopened()
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter((url) => url.includes(house.host))).toEqual([])
})

test('closed without leaving, the reopened tab has our address once, and the first screen', async () => {
  const her = await visit()
  await close(her)
  expect(await reopened()).toEqual([house.url])
})
