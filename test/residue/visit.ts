/** A whole visit, as somebody makes it: menus, warning signs, the questions of a safety plan, a page of it, services, a place typed, a service opened. */
import { randomBytes } from 'node:crypto'
import type { App } from '../../schema/residue.ts'
import type { Seen } from './seen.ts'
import type { Tab } from './tab.ts'

/** Choice by choice, and where each leads. */
const WAY: [choice: string, step: string][] = [
  ['for-me', 'for-me'],
  ['domestic-violence', 'domestic-violence'],
  ['back', 'for-me'],
  ['for-me-safety', 'for-me-safety'],
  ['safety-plan', 'safety-plan'],
  ['signs', 'safety-plan-signs'],
  ['choking', 'safety-plan-signs-high'],
  ['back', 'safety-plan-signs'],
  ['back', 'safety-plan'],
  ['begin', 'safety-plan-home'],
  ['together', 'safety-plan-children'],
  ['yes', 'safety-plan-phone'],
  ['watched', 'safety-plan-going'],
  ['leaving', 'safety-plan-disability'],
  ['no', 'safety-plan-village'],
  ['yes', 'safety-plan-pages'],
  ['ways', 'safety-plan-page-ways'],
  ['help', 'services-psychological'],
]

/** A name that many villages have, so that she is asked which. */
const PLACE = 'Семенівка'
const WHICH = '[data-area]'

/** With scripts the whole guide is here before she presses anything; without, the page is what it is. */
export async function enter(tab: Tab, url: string, seen: Seen, app: App): Promise<void> {
  await tab.open(url)
  if (app === 'web') await tab.until(() => document.documentElement.dataset.ready === 'all')
  await noteFiles(tab, seen)
  await arrive(tab, 'start', seen)
}

/** What every visit loads, before anything is chosen. */
export async function noteFiles(tab: Tab, seen: Seen): Promise<void> {
  const paths = await tab.read(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname))
  for (const path of paths) seen.add('file', path)
}

/** From the first screen to a list of services near a place. */
export async function visit(tab: Tab, url: string, seen: Seen, app: App): Promise<void> {
  await enter(tab, url, seen, app)
  for (const [choice, step] of WAY) await go(tab, choice, step, seen)
  await ask(tab, random(), seen)
  await ask(tab, PLACE, seen)
  await tab.press(WHICH)
  await tab.until(() => document.querySelector('details.elsewhere') !== null)
  await read(tab, seen)
  await tab.press('.card summary')
  await read(tab, seen)
}

/** A short one, to a screen that says everything. */
export async function glance(tab: Tab, url: string, seen: Seen, app: App): Promise<void> {
  await enter(tab, url, seen, app)
  for (const [choice, step] of WAY.slice(0, 2)) await go(tab, choice, step, seen)
}

export async function go(tab: Tab, choice: string, step: string, seen: Seen): Promise<void> {
  await tab.press(`[data-choice="${choice}"]`)
  await arrive(tab, step, seen)
}

async function arrive(tab: Tab, step: string, seen: Seen): Promise<void> {
  await tab.until((wanted) => document.readyState !== 'loading' && document.getElementById('screen')?.dataset.step === wanted, step)
  if (step.length >= NAME) seen.add('code', step)
  await read(tab, seen)
}

/** Types into the field and looks. The answer names what was not found, or asks which of many is meant: the page before does neither. */
async function ask(tab: Tab, text: string, seen: Seen): Promise<void> {
  await typeIn(tab, '#place', text, seen)
  await tab.press('#place + button')
  await tab.until(
    ({ asked, which }) =>
      document.readyState !== 'loading' &&
      (asked === null ? document.querySelector(which) !== null : document.body.textContent.includes(asked)),
    { asked: text === PLACE ? null : text, which: WHICH },
  )
  await read(tab, seen)
}

/** Words that stand in the field, and were not sent, when the visit ends. */
export async function beginTyping(tab: Tab, seen: Seen): Promise<void> {
  await tab.press('details.elsewhere summary')
  await typeIn(tab, '#place', random(), seen)
}

/** Letters that are nowhere else. */
export const random = (): string => `Mk${randomBytes(10).toString('hex')}`

/** Into a field of this page, key by key. */
export async function typeIn(tab: Tab, field: string, text: string, seen: Seen): Promise<void> {
  await tab.press(field)
  await tab.type(text)
  const typed = await tab.read(() => (document.activeElement as HTMLInputElement).value)
  if (typed !== text) throw new Error(`"${text}" was not typed but "${typed}"`)
  seen.add('typed', text)
}

/** Shorter pieces of text, and names of steps, may stand anywhere. */
const WORDS = 16
const NAME = 10

/** Everything on the screen now. */
export async function read(tab: Tab, seen: Seen): Promise<void> {
  const { texts, codes, title } = await tab.read((least) => {
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: string[] = []
    while (all.nextNode()) {
      const { parentElement, textContent } = all.currentNode
      const text = (textContent ?? '').trim()
      if (text.length >= least && parentElement?.tagName !== 'SCRIPT' && parentElement?.checkVisibility()) texts.push(text)
    }
    return {
      texts,
      title: document.title,
      codes: [...document.querySelectorAll<HTMLInputElement>('input[name=p]')].map(({ value }) => value),
    }
  }, WORDS)
  seen.add('title', title)
  for (const text of texts) seen.add('screen', text)
  for (const code of codes) if (code !== '') seen.add('code', code)
}
