/** The built service with its desk, as `npm start` serves it, and counsellors with virtual authenticators in real Chromium. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { keysFile } from '../../scripts/bot/keys.ts'
import { launch } from '../../scripts/browser.ts'
import { localDesk } from '../../scripts/roster/local.ts'
import { type Local, serveLocal } from '../../scripts/serve/local.ts'
import { freePort } from '../free-port.ts'
import { ROOT } from './house.ts'
import { layTraps } from './traps.ts'

export type Counsellor = { page: Page; context: BrowserContext; touched: string[]; broken: string[]; close(): Promise<void> }

export type DeskHouse = {
  url: string
  desk: string
  server: Local
  browser: Browser
  /** A fresh profile with an authenticator, at this address. */
  at(address: string, options?: BrowserContextOptions): Promise<Counsellor>
  /** A new person of the roster. @returns the link */
  invitation(): Promise<string>
  close(): Promise<void>
}

export async function openDeskHouse(): Promise<DeskHouse> {
  const data = mkdtempSync(join(tmpdir(), 'desk-'))
  const port = await freePort()
  const BOT_KEYS = keysFile(join(data, 'keys.json'), Math.floor(Date.now() / 1000))
  const desk = await localDesk(ROOT, data, port)
  const server = await serveLocal({ root: ROOT, port, data, vars: { BOT_KEYS, ...desk.vars } })
  const browser = await launch({ args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost'] })
  return {
    url: server.url,
    desk: desk.origin,
    server,
    browser,
    invitation: () => desk.connect(server),
    async at(address, options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options })
      const page = await context.newPage()
      const broken: string[] = []
      // The desk uses passkeys, and nothing that keeps anything.
      const touched = await layTraps(context, ['credentials'])
      page.on('pageerror', (error) => broken.push(error.message))
      page.on('console', (message) => {
        // The empty icon, which keeps a browser from asking for one.
        if (message.type() === 'error' && !message.text().includes("'data:,'")) broken.push(message.text())
      })
      const cdp = await context.newCDPSession(page)
      await cdp.send('WebAuthn.enable')
      await cdp.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
          ...{ isUserVerified: true, automaticPresenceSimulation: true },
        },
      })
      await page.goto(address)
      return {
        ...{ page, context, touched, broken },
        async close() {
          // A desk that is left ends its shift; one that only vanishes, or has crashed, is shown for a minute more.
          await page.goto('about:blank').catch(() => {})
          await context.close()
        },
      }
    },
    async close() {
      await browser.close()
      desk.stop()
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** From the link to a shift. */
export async function onShift(house: DeskHouse, options?: BrowserContextOptions): Promise<Counsellor> {
  const counsellor = await house.at(await house.invitation(), options)
  await counsellor.page.click('#make')
  await counsellor.page.waitForSelector('#start')
  await counsellor.page.click('#start')
  await counsellor.page.waitForSelector('#end-shift')
  return counsellor
}
