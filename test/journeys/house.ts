/** The built service on this machine and one browser, for the journeys of one file. What lies outside is answered by a stub and written down. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, LaunchOptions, Page, Request } from 'playwright-core'
import { launch } from '../../scripts/browser.ts'
import { type Local, serveLocal, type Vars } from '../../scripts/serve/local.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

/** What the neutral site says here. */
export const OUTSIDE = 'An ordinary page'

export type Visit = {
  page: Page
  context: BrowserContext
  /** Everything asked for since the last `quiet()`, ours and others'. */
  requests: Request[]
  quiet(): void
  close(): Promise<void>
}

export type House = {
  url: string
  host: string
  browser: Browser
  server: Local
  /** A fresh browser profile; `loaded: false` does not wait for the whole book. `stub: false` leaves the network alone, and so the browser's cache on. */
  visit(options?: BrowserContextOptions & { loaded?: boolean; go?: boolean; stub?: boolean }): Promise<Visit>
  close(): Promise<void>
}

/** Narrow, as the smallest phones are. */
export const PHONE = { width: 320, height: 640 }

/**
 * @param extension  a folder with one, for what only an extension may ask of the browser
 * @param vars  what the Worker is told besides `wrangler.toml`
 */
export async function openHouse({
  extension,
  vars = {},
  ...options
}: LaunchOptions & { extension?: string; vars?: Vars } = {}): Promise<House> {
  const data = mkdtempSync(join(tmpdir(), 'journey-'))
  const server = await serveLocal({ root: ROOT, port: 0, data, vars })
  // Beside the stub: no name but our own is ever resolved.
  const browser = await launch({
    ...options,
    args: [...(extension ? [`--load-extension=${extension}`] : []), '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
  })
  const url = new URL(server.url)
  return {
    url: url.href,
    host: url.host,
    browser,
    server,
    async visit({ loaded = true, go = true, stub = true, ...context } = {}) {
      const opened = await browser.newContext({ locale: 'uk-UA', viewport: PHONE, ...context })
      if (stub)
        await opened.route(
          (address) => address.host !== url.host,
          (route) => route.fulfill({ contentType: 'text/html', body: `<title>${OUTSIDE}</title><p>${OUTSIDE}` }),
        )
      const page = await opened.newPage()
      const requests: Request[] = []
      opened.on('request', (request) => requests.push(request))
      if (go) await page.goto(url.href)
      if (go && loaded && context.javaScriptEnabled !== false) await everything(page)
      return {
        page,
        context: opened,
        requests,
        quiet: () => void requests.splice(0),
        close: () => opened.close(),
      }
    },
    async close() {
      await browser.close()
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export const everything = (page: Page): Promise<unknown> => page.waitForSelector('html[data-ready=all]', { state: 'attached' })
