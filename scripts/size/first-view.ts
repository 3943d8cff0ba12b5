/** The first view, measured where it matters: a real browser that has never been here, counting every answer, headers included, until the first choice works. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { languagesIn } from '../../guide/whereabouts.ts'
import { type Country, MADE_OF } from '../../schema/terms.ts'
import { launch } from '../browser.ts'
import { readOrganisation } from '../content/organisation.ts'
import { serveLocal } from '../serve/local.ts'
import type { Size } from './files.ts'

const BUDGET = 14 * 1024

/** The largest over the organisation's countries, each in all its languages that a browser can ask for. */
export async function firstView(root: string): Promise<Size> {
  const data = mkdtempSync(join(tmpdir(), 'size-'))
  const server = await serveLocal({ root, port: 0, data })
  const browser = await launch()
  try {
    let most = 0
    const organisation = readOrganisation(root)
    const wishes = (organisation.countries as Country[]).flatMap((country) =>
      languagesIn(country, organisation).flatMap((language) => (MADE_OF[language] ? [] : `${language}-${country}`)),
    )
    for (const wish of wishes) most = Math.max(most, await measure(browser, server.url, wish))
    return { name: 'first-view', bytes: most, budget: BUDGET }
  } finally {
    await browser.close()
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/**
 * Runs in the page before anything else: which answers were there when the first choice began to work. An answer that
 * came later, however soon, was not needed for it.
 */
const WATCH = `new MutationObserver((_, observer) => {
  if (!document.documentElement.dataset.ready) return
  observer.disconnect()
  window.needed = [location.href, ...performance.getEntriesByType('resource').filter((one) => one.responseEnd > 0).map((one) => one.name)]
}).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-ready'] })`

async function measure(browser: Browser, url: string, wish: string): Promise<number> {
  // Every phone takes Brotli over https. Asked for alone, because the local server packs it again as gzip when it may choose.
  const context = await browser.newContext({ locale: wish, extraHTTPHeaders: { 'Accept-Encoding': 'br' } })
  try {
    const page = await context.newPage()
    const network = await context.newCDPSession(page)
    const addresses = new Map<string, string>()
    const bytes = new Map<string, number>()
    await network.send('Network.enable')
    network.on('Network.requestWillBeSent', ({ requestId, request }) => void addresses.set(requestId, request.url))
    network.on(
      'Network.loadingFinished',
      ({ requestId, encodedDataLength }) => void bytes.set(addresses.get(requestId) ?? '', encodedDataLength),
    )
    await page.addInitScript(WATCH)
    await page.goto(url)
    await page.waitForSelector('html[data-ready=all]', { state: 'attached' })
    const needed = new Set((await page.evaluate('window.needed')) as string[])
    const missing = [...needed].filter((address) => !bytes.has(address))
    if (missing.length > 0) throw new Error(`The network log has no size for ${missing.join(', ')}`)
    return [...needed].reduce((sum, address) => sum + (bytes.get(address) ?? 0), 0)
  } finally {
    await context.close()
  }
}
