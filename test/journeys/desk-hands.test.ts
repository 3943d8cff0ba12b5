/** The desk for eyes and hands: keys, the lock, axe, small screens and large text; and what the tab shows to whoever passes by. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskHouse, onShift, openDeskHouse } from './desk-house.ts'
import { Talking, until } from './talking.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

let house: DeskHouse

beforeAll(async () => {
  house = await openDeskHouse()
})

afterAll(() => house.close())

const asking = (text: string): Promise<Talking> => new Talking(house.url).asks({ text, word: 'калина' })

/** What is wrong with the screen as it stands: rules of WCAG, and anything wider than the window, at every width. */
async function faults(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const [width, size] of [
    [320, '100%'],
    [320, '200%'],
    [768, '100%'],
    [1600, '100%'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 })
    await page.evaluate((font) => {
      document.documentElement.style.fontSize = font
    }, size)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wide > 0) found.push(`${name} at ${width} ${size}: ${wide} too wide`)
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const { violations } = await page.evaluate(
      (options) =>
        (window as unknown as { axe: { run(root: Document, options: RunOptions): Promise<AxeResults> } }).axe.run(document, options),
      OPTIONS,
    )
    found.push(...violations.map(({ id, nodes }) => `${name} at ${width}: ${id} ${nodes[0]?.html ?? ''}`))
  }
  return found
}

test.each(['light', 'dark'] as const)(
  'axe finds nothing on any screen, and nothing is wider than it, %s',
  { timeout: 180_000 },
  async (colorScheme) => {
    const desk = await house.at(await house.invitation(), { colorScheme, locale: 'uk-UA', bypassCSP: true })
    const { page } = desk
    await page.evaluate(axe)
    const found = await faults(page, 'enrol')
    await page.click('#make')
    await page.waitForSelector('#start')
    await page.click('#invited summary')
    found.push(...(await faults(page, 'closed')))
    await page.click('#start')
    await page.waitForSelector('#end-shift')
    found.push(...(await faults(page, 'empty')))
    const she = await asking('допоможіть')
    await page.click(`[data-waiting="${she.tag}"]`)
    found.push(...(await faults(page, 'waiting')))
    await page.click('#peek')
    await page.waitForSelector('.card')
    found.push(...(await faults(page, 'read')))
    await page.click('#accept')
    await page.waitForSelector('#state[data-peer=here]')
    await until(() => she.epoch > 0)
    await she.says({ kind: 'text', text: 'д'.repeat(300) })
    await page.waitForSelector('.hers')
    await page.fill('#reply', 'Вітаю')
    await page.click('#send')
    await page.waitForSelector('[data-mark=arrived]')
    found.push(...(await faults(page, 'talk')))
    for (const window of ['taps', 'hand', 'end', 'end-shift']) {
      await page.click(`#${window}`)
      if (window === 'taps') await page.click('#choose')
      found.push(...(await faults(page, window)))
      await page.keyboard.press('Escape')
      await page.waitForSelector('dialog', { state: 'detached' })
    }
    await she.says({ kind: 'duress' })
    await page.waitForSelector('.danger-now')
    found.push(...(await faults(page, 'duress')))
    await page.click('#end')
    found.push(...(await faults(page, 'end-anyway')))
    await page.click('#end-not')
    await page.waitForSelector('dialog', { state: 'detached' })
    await page.click('#lock')
    await page.waitForSelector('#unlock')
    found.push(...(await faults(page, 'locked')))
    she.leave()
    expect([found, desk.broken]).toEqual([[], []])
    await desk.close()
  },
)

test('keys: the sheet, the list, read, accept, write, hand on, end; none while typing, none when switched off', async () => {
  const desk = await onShift(house)
  const { page } = desk
  const [first, second] = [await asking('перша'), await asking('друга')]
  await page.waitForSelector(`[data-waiting="${second.tag}"]`)
  await page.keyboard.press('?')
  await page.waitForSelector('dialog kbd')
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  const picked = () => page.getAttribute('[aria-current=true]', 'data-waiting')
  await page.keyboard.press('j')
  const one = await picked()
  await page.keyboard.press('j')
  const two = await picked()
  expect([one, two].sort()).toEqual([first.tag, second.tag].sort())
  await page.keyboard.press('k')
  expect(await picked()).toBe(one)
  await page.keyboard.press('a')
  await page.waitForSelector('#state[data-peer=here]')
  await page.keyboard.press('r')
  await page.keyboard.type('jkeat? r')
  expect([await page.inputValue('#reply'), await page.locator('dialog').count()]).toEqual(['jkeat? r', 0])
  await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  await page.waitForSelector('dialog')
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  await page.keyboard.press('e')
  await page.waitForSelector('#end-yes')
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Switch keys off' }).click()
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  await page.keyboard.press('e')
  expect([await page.locator('dialog').count(), await page.inputValue('#reply')]).toEqual([0, 'jkeat? r'])
  for (const she of [first, second]) she.leave()
  await desk.close()
})

test('after five idle minutes nothing is on the screen, nobody new is sent, and one touch brings everything back', async () => {
  const other = await onShift(house)
  const she = await asking('дуже тихо')
  await other.page.click(`[data-waiting="${she.tag}"]`)
  await other.page.click('#accept')
  await other.page.waitForSelector('#state[data-peer=here]')
  await until(() => she.epoch > 0)
  await other.page.fill('#reply', 'чернетка')
  const before = await she.people()
  await other.page.evaluate(() => {
    const { now } = Date
    const later = 5 * 60 * 1000 + 1000
    Date.now = () => now() + later
  })
  await other.page.waitForSelector('#unlock', { timeout: 15_000 })
  expect(await other.page.textContent('body')).not.toContain('тихо')
  expect(await other.page.title()).toBe('Стежка')
  await until(async () => (await she.people()) === before - 1)
  await she.says({ kind: 'text', text: 'ви тут?' })
  await other.page.click('#unlock')
  await other.page.waitForSelector('.hers >> text=ви тут?')
  expect(await other.page.inputValue('#reply')).toBe('чернетка')
  await until(async () => (await she.people()) === before)
  expect([other.touched, other.broken]).toEqual([[], []])
  she.leave()
  await other.close()
})

test('a page that is loaded anew ends its shift: nobody is sent where nobody can read', async () => {
  const desk = await onShift(house)
  const she = new Talking(house.url)
  const before = await she.people()
  await desk.page.waitForTimeout(500)
  await desk.page.reload()
  await until(async () => (await she.people()) === before - 1)
  await desk.close()
})
