/** What she is told of leaving before she begins, and what she can choose about it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse, PHONE } from './house.ts'
import { outside } from './leaving.ts'
import { press, stepOf } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

/** The four things leaving cannot hide, and the two fast ways, as each language names them. */
const TOLD: Record<string, string[]> = {
  'uk-UA': ['історія браузера', 'інші пристрої', 'програма стеження', 'дзвінки у списку', 'Shift', 'двома пальцями'],
  'ru-RU': ['история браузера', 'другие устройства', 'программа слежки', 'звонки в списке', 'Shift', 'двумя пальцами'],
  'en-GB': ['browser history', 'other devices', 'monitoring program', 'calls in the list', 'Shift', 'two fingers'],
}

const boxOf = async (page: Page, which: string) => (await page.locator(which).first().boundingBox()) ?? { x: 0, y: -1, width: 0, height: 0 }

describe.each(Object.keys(TOLD))('E11: before the first step, in %s,', (locale) => {
  test('at most 60 words say what leaving does not hide and how it is done, under the number and before every door', async () => {
    const { page, close } = await house.visit({ locale, viewport: PHONE })
    const text = await page.locator('#before p').innerText()
    for (const thing of TOLD[locale] ?? []) expect(text).toContain(thing)
    expect(text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length).toBeLessThanOrEqual(60)
    const [call, note, door, exit] = await Promise.all(
      ['a.call', '#before', '.choices button', 'a.exit'].map((which) => boxOf(page, which)),
    )
    // The number is in the first view, nothing lies over it or over the exit, and no door can be read before the note.
    expect(call && call.y >= 0 && call.y + call.height <= (exit?.y ?? 0)).toBe(true)
    expect(note && call && door && note.y >= call.y + call.height && door.y >= note.y + note.height).toBe(true)
    await close()
  })

  test.each([true, false])(
    'one tap passes it, it does not come again, and no door waits for it (script: %s)',
    async (javaScriptEnabled) => {
      const { page, close } = await house.visit({ locale, javaScriptEnabled })
      await page.locator('#before button').click()
      await page.waitForSelector('#screen[data-step=start]:not(:has(#before))')
      await press(page, 'for-me')
      await page.waitForSelector('#screen[data-step=for-me]')
      await press(page, 'home')
      await page.waitForSelector('#screen[data-step=start]')
      expect(await page.locator('#before').count()).toBe(0)
      await close()
      const hurried = await house.visit({ locale, javaScriptEnabled })
      await press(hurried.page, 'for-me')
      await hurried.page.waitForSelector('#screen[data-step=for-me]')
      await hurried.close()
    },
  )
})

test.each([true, false])(
  'E12: she picks the other of two sites, and both exits lead there for the rest of the visit (script: %s)',
  async (javaScriptEnabled) => {
    const { page, close } = await house.visit({ javaScriptEnabled })
    const targets = async () =>
      new Set(await page.locator('a[data-exit]').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href)))
    const go = async (choice: string, step: string) => {
      await press(page, choice)
      await page.waitForSelector(`#screen[data-step=${step}]`)
    }
    const first = await targets()
    await go('settings', 'settings')
    await go('leaving', 'leaving')
    expect(await page.locator('#screen').innerText()).toContain('«Погода»')
    await press(page, 'exit-second')
    await page.waitForSelector('[data-choice=exit-first]')
    expect(await page.locator('#screen p').first().innerText()).toContain('«Вікіпедія»')
    const second = await targets()
    expect([first.size, second.size, [...second].some((url) => first.has(url))]).toEqual([1, 1, false])
    await go('stop', 'safe-screen')
    await go('back-to-start', 'start')
    await go('for-me', 'for-me')
    expect(await targets()).toEqual(second)
    await page.locator('a.exit').click()
    await outside(page, house)
    expect(new Set([page.url()])).toEqual(second)
    await close()
  },
)

test('E4, E5: on plain pages, too, the fast ways can be switched off and on', async () => {
  const { page, context, close } = await house.visit({ go: false })
  // The web app does not come; the exit's own script does.
  let scripts = 0
  await context.route('**/a/*.js', (route) => (scripts++ === 0 ? route.abort() : route.continue()))
  await page.goto(house.url)
  for (const choice of ['settings', 'leaving', 'shortcut-off']) {
    await press(page, choice)
    await page.waitForSelector(choice === 'shortcut-off' ? 'html[data-off=shortcut]' : `#screen[data-step=${choice}]`, {
      state: 'attached',
    })
  }
  await page.waitForLoadState()
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift')
  expect(await stepOf(page)).toBe('leaving')
  await press(page, 'shortcut-on')
  await page.waitForSelector('html:not([data-off])', { state: 'attached' })
  await page.waitForLoadState()
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift')
  await outside(page, house)
  await close()
})

test('nothing she chose about leaving outlasts the page', async () => {
  const { page, close } = await house.visit()
  for (const choice of ['settings', 'leaving', 'exit-second', 'shortcut-off', 'away-shown']) await press(page, choice)
  expect(await page.locator('html').getAttribute('data-off')).toBe('shortcut away')
  await page.reload()
  await page.waitForSelector('html[data-ready=all]', { state: 'attached' })
  expect(await page.locator('html').getAttribute('data-off')).toBeNull()
  expect(await page.locator('a.exit').getAttribute('href')).toContain('meteo')
  await close()
})
