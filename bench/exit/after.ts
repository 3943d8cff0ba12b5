/** What can still be seen once she has left: by the buttons Back and Forward, by opening the browser again, and on the disk. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Trace } from '../../schema/residue.ts'
import { CHROMIUM, type Chromium, openChromium, RESTORED } from '../../test/residue/chromium/chromium.ts'
import { type Phone, takePhone } from '../../test/residue/phone.ts'
import { glance, visit } from '../../test/residue/visit.ts'
import type { Side } from './sides.ts'
import { type OpenTab, tabOf } from './tab.ts'

/** `read`: a screen she had read. `first`: the first screen, as anybody gets it. `error`: the browser's own page about an address of ours. */
export type Shown = 'read' | 'first' | 'error' | 'nothing'

const WORST: Shown[] = ['read', 'first', 'error', 'nothing']

export type After = {
  back: Shown
  forward: Shown
  /** The browser closed and opened again with its tabs: what stands there, and behind it. */
  reopened: Shown
  /** Rows of the tab's own history that are ours. */
  rows: number
  /** Classes of things left, the site's address and its one title aside: no page can help these. */
  left: Trace[]
  /** How many sentences, codes and pieces of files were looked for. */
  sought: number
}

/** A page that is not there by then does not come. */
const PATIENCE_MS = 3000

const SCREEN = `(() => {
  const screen = document.getElementById('screen')
  return { state: document.readyState, address: location.href, step: screen?.dataset.step ?? '', text: screen?.innerText.trim() ?? '' }
})()`

/** Once nothing has changed for a while: a page may come, and then take itself away. */
async function shown(tab: OpenTab, host: string): Promise<Shown> {
  const met: Shown[] = []
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(100)) {
    const found = (await tab.value(SCREEN).catch(() => undefined)) as Record<'state' | 'address' | 'step' | 'text', string> | undefined
    if (found === undefined || found.state === 'loading') continue
    met.push(kindOf(found, host))
    if (met.length >= 8 && new Set(met.slice(-8)).size === 1) break
  }
  return worst(met)
}

function kindOf({ address, step, text }: Record<'address' | 'step' | 'text', string>, host: string): Shown {
  if (address.startsWith('chrome-error:')) return 'error'
  if (!URL.canParse(address) || new URL(address).host !== host || text === '') return 'nothing'
  return step === 'start' ? 'first' : 'read'
}

const worst = (all: Shown[]): Shown => WORST.find((one) => all.includes(one)) ?? 'nothing'

/** Every page to be met on the way, to the last there is. */
async function along(tab: OpenTab, host: string, way: -1 | 1): Promise<Shown> {
  const met: Shown[] = []
  const { entries, currentIndex } = await tab.history()
  const ahead = way < 0 ? entries.slice(0, currentIndex).reverse() : entries.slice(currentIndex + 1)
  for (const entry of ahead) {
    await tab.go(entry)
    met.push(await shown(tab, host))
  }
  return worst(met)
}

async function leave(phone: Phone<Chromium>, side: Side): Promise<void> {
  const { first } = phone.browser
  await first.press(side.exit)
  await first.until((host) => location.host !== host && document.readyState === 'complete', phone.host)
}

/** A short visit; then back to the beginning, and forward again. */
async function backAndForward(side: Side): Promise<Pick<After, 'back' | 'forward' | 'rows'>> {
  const phone = await takePhone(side.service, 'web', CHROMIUM)
  try {
    await glance(phone.browser.first, phone.url, phone.seen, 'web')
    await leave(phone, side)
    const tab = await tabOf(phone.browser.first.page)
    const { entries } = await tab.history()
    const rows = entries.filter(({ url }) => URL.canParse(url) && new URL(url).host === phone.host).length
    return { rows, back: await along(tab, phone.host, -1), forward: await along(tab, phone.host, 1) }
  } finally {
    await phone.close()
  }
}

/** A whole visit; then the disk is read, the browser closed, the disk read, the browser opened, the disk read. */
async function onTheDisk(side: Side): Promise<Pick<After, 'reopened' | 'left' | 'sought'>> {
  const phone = await takePhone(side.service, 'web', CHROMIUM)
  try {
    await phone.leak()
    await visit(phone.browser.first, phone.url, phone.seen, 'web')
    await leave(phone, side)
    await phone.settle()
    const looks = [phone.look(CHROMIUM.late)]
    await phone.browser.quit()
    looks.push(phone.look([]))
    const again = await openChromium(phone.disk, phone.front, RESTORED)
    let reopened: Shown
    try {
      const tab = await tabOf(again.first.page)
      const stands = await shown(tab, phone.host)
      looks.push(phone.look([...CHROMIUM.cleared, ...CHROMIUM.late]))
      reopened = worst([stands, await along(tab, phone.host, -1)])
    } finally {
      await again.kill()
    }
    const classes = new Set(looks.flatMap(({ found }) => Object.keys(found) as Trace[]))
    return {
      reopened,
      left: [...classes].filter((one) => one !== 'host' && one !== 'title').sort(),
      sought: Math.max(...looks.map(({ sought }) => sought)),
    }
  } finally {
    await phone.close()
  }
}

export const afterwards = async (side: Side): Promise<After> => ({ ...(await backAndForward(side)), ...(await onTheDisk(side)) })
