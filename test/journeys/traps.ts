/** Whatever stores, copies, prints or downloads is a trap: reading or calling it throws before the page's own scripts, and is told. */
import type { BrowserContext } from 'playwright-core'

/** @param spared  what this page may use after all @returns what was touched, as it happens */
export async function layTraps(context: BrowserContext, spared: readonly string[] = []): Promise<string[]> {
  const touched: string[] = []
  await context.addInitScript(traps, spared)
  context.on('console', (message) => {
    if (message.text().startsWith('touched')) touched.push(message.text())
  })
  return touched
}

/** Runs in the page, so it stands alone. */
function traps(spared: readonly string[]): void {
  const spring = (name: string) => {
    console.info(`touched ${name}`)
    throw new Error(`touched ${name}`)
  }
  const trap = (owner: object, ...names: string[]) => {
    for (const name of names)
      if (!spared.includes(name))
        Object.defineProperty(owner, name, { configurable: true, get: () => spring(name), set: () => spring(name) })
  }
  trap(window, 'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore', 'print', 'open', 'SharedWorker', 'BroadcastChannel')
  trap(Document.prototype, 'cookie', 'execCommand')
  trap(Navigator.prototype, 'serviceWorker', 'clipboard', 'storage', 'share', 'sendBeacon', 'credentials', 'locks')
  trap(History.prototype, 'pushState', 'replaceState', 'state')
  trap(HTMLAnchorElement.prototype, 'download')
  trap(URL, 'createObjectURL')
}
