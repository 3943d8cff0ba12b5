/** A Chromium as people have it: its own profile, home and temporary folder, none of the test library's switches, driven from outside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import type { App } from '../../../schema/residue.ts'
import { findBrowser } from '../../../scripts/browser.ts'
import { LEAKY } from '../control/site.ts'
import type { Front } from '../front.ts'
import { readHistory } from '../history.ts'
import { type Kind, PATIENCE_MS, type Running, type Tab } from '../tab.ts'

/** Made on another day, as a security key holds it: `privateKey` is PKCS #8. */
export type Passkey = { rpId: string; user: string; privateKey: Buffer }

export type ChromiumTab = Tab & {
  page: Page
  /** Two fingers touch and leave, twice. */
  tapTwice(): Promise<void>
  offline(on: boolean): Promise<void>
  /** Somebody with this passkey, who touches it whenever a page asks. The authenticator is the driver's, and keeps nothing in the browser's profile. */
  authenticate(passkey: Passkey): Promise<void>
}

export type Chromium = Omit<Running, 'first' | 'tab'> & { first: ChromiumTab; tab(): Promise<ChromiumTab> }

/** Scripts off but for the leaky pages, as a person sets it in the settings. */
function prepare(disk: string, app: App): void {
  for (const name of ['profile/Default', 'home', 'tmp']) mkdirSync(join(disk, name), { recursive: true })
  if (app === 'web') return
  const profile = {
    default_content_setting_values: { javascript: 2 },
    content_settings: { exceptions: { javascript: { [`https://[*.]${LEAKY},*`]: { setting: 1 } } } },
  }
  writeFileSync(join(disk, 'profile/Default/Preferences'), JSON.stringify({ profile }))
}

type Started = { child: ChildProcess; ended: Promise<unknown>; address: string }

async function start(folder: string, front: Front, last: string): Promise<Started> {
  const home = join(folder, 'home')
  const flags = [
    '--headless=new',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'profile')}`,
    '--remote-debugging-port=0',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-quic',
    '--password-store=basic',
    '--accept-lang=uk-UA',
    '--touch-events=enabled',
    '--window-size=360,740',
    `--host-resolver-rules=MAP * 127.0.0.1:${front.port}`,
    `--ignore-certificate-errors-spki-list=${front.spki}`,
    last,
  ]
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    TMPDIR: join(folder, 'tmp'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
  }
  const child = spawn(findBrowser(), flags, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  return { child, ended, address: await addressOf(child) }
}

const kill = ({ child }: Started): void => {
  if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
}

/** As `last` of `openChromium`: with the tabs it had. */
export const RESTORED = '--restore-last-session'

export async function openChromium(folder: string, front: Front, last = 'about:blank'): Promise<Chromium> {
  const started = await start(folder, front, last)
  const browser = await chromium.connectOverCDP(started.address, { timeout: PATIENCE_MS })
  const context = browser.contexts()[0]
  if (!context) throw new Error('a browser without a window')
  const shown = context.pages()[0] ?? (await context.waitForEvent('page'))
  return {
    first: await tabOf(shown),
    tab: async () => tabOf(await context.newPage()),
    async quit() {
      await close(browser)
      await started.ended
    },
    async kill() {
      kill(started)
      await started.ended
      await browser.close().catch(() => {})
    },
  }
}

/** Nobody looks into its tabs: a question of the browser ("send the form again?") would never be answered. */
async function reopen(folder: string, front: Front): Promise<Pick<Running, 'quit' | 'kill'>> {
  const started = await start(folder, front, RESTORED)
  return {
    async quit() {
      const socket = new WebSocket(started.address)
      await once(socket, 'open')
      socket.send(JSON.stringify({ id: 1, method: 'Browser.close' }))
      await started.ended
      socket.close()
    },
    async kill() {
      kill(started)
      await started.ended
    },
  }
}

async function close(browser: Browser): Promise<void> {
  const cdp = await browser.newBrowserCDPSession()
  // It may be gone before it answers.
  await cdp.send('Browser.close').catch(() => {})
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
      const match = /DevTools listening on (ws:\S+)/.exec(said)
      if (match?.[1]) found(match[1])
    })
    child.once('exit', () => fail(new Error(`the browser did not start:\n${said}`)))
  })
}

const TWO = [
  { x: 90, y: 300 },
  { x: 200, y: 320 },
]

async function tabOf(page: Page): Promise<ChromiumTab> {
  page.setDefaultTimeout(PATIENCE_MS)
  const cdp: CDPSession = await page.context().newCDPSession(page)
  return {
    page,
    open: async (url) => void (await page.goto(url)),
    press: (selector) => page.locator(selector).first().click({ noWaitAfter: true }),
    type: (text) => page.keyboard.type(text),
    key: (name) => page.keyboard.press(name),
    read: (inPage, given) => page.evaluate(inPage as never, given as never),
    until: async (inPage, given) => void (await page.waitForFunction(inPage as never, given as never, { polling: 50 })),
    close: () => page.close(),
    offline: (on) => page.context().setOffline(on),
    async authenticate({ rpId, user, privateKey }) {
      await cdp.send('WebAuthn.enable')
      const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
          ...{ isUserVerified: true, automaticPresenceSimulation: true },
        },
      })
      const kept = { userHandle: Buffer.from(user).toString('base64'), privateKey: privateKey.toString('base64') }
      const credentialId = randomBytes(16).toString('base64')
      await cdp.send('WebAuthn.addCredential', {
        authenticatorId,
        credential: { credentialId, isResidentCredential: true, rpId, ...kept, signCount: 0 },
      })
    },
    async tapTwice() {
      for (let n = 0; n < 2; n += 1) {
        // Without waiting: the page is gone before the last finger is answered.
        await Promise.all([
          cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: TWO }),
          cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }),
        ]).catch(() => {})
      }
    },
  }
}

export const CHROMIUM: Kind<Chromium> = {
  name: 'chromium',
  prepare,
  open: (disk, front) => openChromium(disk, front),
  reopen,
  loses: () => null,
  history: (copy) => readHistory(join(copy, 'profile/Default/History'), 'urls'),
  late: ['cookie'],
  cleared: ['session-storage'],
}
