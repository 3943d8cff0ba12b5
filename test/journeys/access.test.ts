/** P4: for eyes, hands and screens of every kind: WCAG 2.2 AA by axe on every step, keyboard alone, large text, forced colours, no motion. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, PHONE } from './house.ts'
import { guide, type Path, press, stepOf, stops, teach, ways } from './walk.ts'

const paths = ways(stops(guide())).map(({ path }) => path)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const OPTIONS: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }

/** What axe finds on the steps at the end of these ways: step, rule and the first element. */
async function violations(page: Page, some: Path[]): Promise<string[]> {
  return page.evaluate(
    async ([all, options]) => {
      const { axe } = window as unknown as { axe: { run(root: Document, options: RunOptions): Promise<AxeResults> } }
      const found: string[] = []
      for (const path of all) {
        const step = window.walk.go(path)
        const { violations } = await axe.run(document, options)
        found.push(...violations.map(({ id, nodes }) => `${step}: ${id} ${nodes[0]?.html ?? ''}`))
      }
      return found
    },
    [some, OPTIONS] as const,
  )
}

test.each([
  { colorScheme: 'light' as const, every: 1 },
  { colorScheme: 'dark' as const, every: 8 },
])('P4: axe finds nothing against WCAG 2.2 AA, $colorScheme', { timeout: 240_000 }, async ({ colorScheme, every }) => {
  const some = paths.filter((_path, index) => index % every === 0)
  // Two pages, so that both cores have something to do.
  const found = await Promise.all(
    [0, 1].map(async (half) => {
      const { page, close } = await house.visit({ colorScheme, bypassCSP: true })
      await teach(page)
      await page.evaluate(axe)
      const result = await violations(
        page,
        some.filter((_path, index) => index % 2 === half),
      )
      await close()
      return result
    }),
  )
  expect(found.flat()).toEqual([])
})

test('P4: axe finds nothing on a list with an opened card, a place not found, and the screen without network', async () => {
  const { page, context, close } = await house.visit({ bypassCSP: true })
  await teach(page)
  await page.evaluate(axe)
  for (const choice of ['for-me', 'services', 'psychological']) await press(page, choice)
  await page.locator('.card summary').first().click()
  await page.locator('#place').fill('Семенівка')
  await page.locator('#place + button').click()
  await page.waitForSelector('[data-area]')
  const here = async () => {
    const { violations } = await page.evaluate(
      (options) =>
        (window as unknown as { axe: { run(root: Document, options: RunOptions): Promise<AxeResults> } }).axe.run(document, options),
      OPTIONS,
    )
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)
  }
  expect(await here()).toEqual([])
  await context.setOffline(true)
  await press(page, 'settings')
  await press(page, 'language-en')
  await page.waitForSelector('#screen [role=alert]')
  expect(await here()).toEqual([])
  await close()
})

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement | null
    return one?.dataset.choice ?? one?.id ?? ''
  })

async function tabTo(page: Page, choice: string): Promise<void> {
  for (let n = 0; n < 60 && (await focused(page)) !== choice; n += 1) await page.keyboard.press('Tab')
  expect(await focused(page)).toBe(choice)
}

test('P4: by keyboard alone: Tab to a choice, Enter, and the new heading has the focus; Back likewise', async () => {
  const { page, close } = await house.visit()
  for (const choice of ['for-me', 'domestic-violence']) {
    await tabTo(page, choice)
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)
    expect(outline).not.toBe('none')
    await page.keyboard.press('Enter')
    expect(await stepOf(page)).toBe(choice)
    expect(await focused(page)).toBe('title')
  }
  await tabTo(page, 'back')
  await page.keyboard.press('Enter')
  expect(await stepOf(page)).toBe('for-me')
  expect(await focused(page)).toBe('title')
  await close()
})

test('P4: with text at 200 % nothing is wider than the phone, the exit stays in view, and the bar leaves the screen to what is read', async () => {
  const { page, close } = await house.visit({ viewport: PHONE })
  await teach(page)
  const faults = await page.evaluate((all) => {
    document.documentElement.style.fontSize = '200%'
    return all.flatMap((path) => {
      const step = window.walk.go(path)
      const { scrollWidth, clientWidth } = document.documentElement
      const box = document.querySelector('a.exit')?.getBoundingClientRect()
      const inside = box && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
      const hit = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest('a.exit')
      // What cannot be scrolled to cannot be read.
      const buttons = [...document.querySelectorAll('.bar button, .bar .exit')].map((button) => button.getBoundingClientRect())
      const bar =
        (document.querySelector('.bar')?.getBoundingClientRect().height ?? 0) <= innerHeight / 6 &&
        buttons.every(({ left, right }, n) => left >= (buttons[n - 1]?.right ?? 0) && right <= innerWidth)
      return [
        ...(scrollWidth > clientWidth ? [`${step}: ${scrollWidth} wide`] : []),
        ...(inside && hit ? [] : [`${step}: exit`]),
        ...(bar ? [] : [`${step}: bar`]),
      ]
    })
  }, paths)
  expect(faults).toEqual([])
  await close()
})

test('P4: in forced colours every button keeps an edge and the exit its words; nothing moves when the phone asks for no motion', async () => {
  const { page, close } = await house.visit({ forcedColors: 'active', reducedMotion: 'reduce' })
  await teach(page)
  const faults = await page.evaluate(
    (some) => {
      return some.flatMap((path) => {
        const step = window.walk.go(path)
        const edgeless = [...document.querySelectorAll('.choices button, a.call, input:not([type=hidden]), select, .exit')].filter(
          (one) => {
            const style = getComputedStyle(one)
            return style.borderTopStyle === 'none' || style.borderTopWidth === '0px' || style.borderTopColor === style.backgroundColor
          },
        ).length
        const exit = getComputedStyle(document.querySelector('a.exit') as Element)
        const moving = [...document.querySelectorAll('*')].filter((one) => {
          const style = getComputedStyle(one)
          return style.animationName !== 'none' || Number.parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth'
        }).length
        return [
          ...(edgeless > 0 ? [`${step}: edges`] : []),
          ...(exit.color === exit.backgroundColor ? [`${step}: exit`] : []),
          ...(moving > 0 ? [`${step}: motion`] : []),
        ]
      })
    },
    paths.filter((_path, index) => index % 4 === 0),
  )
  expect(faults).toEqual([])
  await close()
})
