/**
 * `npm run screenshots`: twelve screens as a visitor sees them, on a narrow phone and a desk screen, light and dark, into
 * `docs/screenshots/<screen>-<width>-<light|dark>.png`. The clock stands still, so that a picture changes only when the screen does.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { fresh } from './build/fresh.ts'
import { build } from './build.ts'
import { shrink } from './screenshots/png.ts'
import { serveLocal } from './serve/local.ts'

/** From the first screen: the choices to take, and a place to type. */
const SCREENS: { name: string; takes: string[]; place?: string; language?: string }[] = [
  { name: 'start', takes: [] },
  { name: 'for-me', takes: ['for-me'] },
  { name: 'danger-now', takes: ['for-me', 'danger-now'] },
  { name: 'crsv', takes: ['for-me', 'for-me-situation', 'crsv'] },
  { name: 'services-psychological', takes: ['for-me', 'services', 'psychological'], place: 'Семенівка Житомирська' },
  { name: 'helping-someone', takes: ['for-someone', 'helping-someone'] },
  { name: 'safety-plan', takes: ['for-me', 'for-me-safety', 'safety-plan'] },
  { name: 'medical', takes: ['for-me', 'for-me-health', 'medical'] },
  { name: 'professional', takes: ['professional'] },
  { name: 'occupied', takes: ['for-me', 'for-me-situation', 'occupied'] },
  { name: 'settings', takes: ['settings'], language: 'en' },
  { name: 'exit-limits', takes: ['exit-limits'], language: 'en' },
]

const PHONE = { width: 320, height: 640 }
const DESK = { width: 1280, height: 800 }
const LONGEST = 1100
const MOST_BYTES = 60 * 1024
const WHEN = new Date('2026-11-23T10:00:00+02:00')

type Look = { width: number; height: number; colorScheme: 'light' | 'dark' }

const LOOKS: Look[] = [PHONE, DESK].flatMap((size) => (['light', 'dark'] as const).map((colorScheme) => ({ ...size, colorScheme })))

async function walk(page: Page, { takes, place }: (typeof SCREENS)[number]): Promise<void> {
  for (const choice of takes) {
    const from = await page.locator('#screen').getAttribute('data-step')
    await page.locator(`[data-choice="${choice}"]`).first().click()
    await page.waitForSelector(`#screen:not([data-step="${from}"])`)
  }
  if (place === undefined) return
  await page.fill('#place', place)
  await page.locator('[data-place] button').first().click()
  await page.waitForSelector("[data-area], .services h2:has-text(',')")
  const match = page.locator('[data-area]').first()
  if ((await match.count()) > 0) await match.click()
}

async function take(browser: Browser, url: string, folder: string, { width, height, colorScheme }: Look): Promise<void> {
  for (const screen of SCREENS) {
    const context = await browser.newContext({
      locale: screen.language ?? 'uk',
      viewport: { width, height },
      colorScheme,
      timezoneId: 'Europe/Kyiv',
    })
    const page = await context.newPage()
    await page.clock.setFixedTime(WHEN)
    await page.goto(url)
    await page.waitForSelector('html[data-ready=all]', { state: 'attached' })
    await walk(page, screen)
    const long = (await page.evaluate('document.documentElement.scrollHeight')) as number
    await page.setViewportSize({ width, height: Math.min(Math.max(long, height), LONGEST) })
    await page.mouse.move(0, 0)
    await page.evaluate('document.activeElement?.blur(), scrollTo(0, 0)')
    writeFileSync(join(folder, `${screen.name}-${width}-${colorScheme}.png`), shrink(await page.screenshot()))
    await context.close()
  }
}

const root = process.cwd()
const folder = join(root, 'docs/screenshots')
if (!fresh(root)) await build(root)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'screens-'))
const server = await serveLocal({ root, port: 0, data })
const browser = await launch()
try {
  for (const look of LOOKS) await take(browser, server.url, folder, look)
} finally {
  await browser.close()
  await server.stop()
  rmSync(data, { recursive: true, force: true })
}
const files = readdirSync(folder)
const big = files.filter((file) => statSync(join(folder, file)).size > MOST_BYTES)
console.log(`${files.length} pictures in docs/screenshots`)
if (big.length > 0) {
  console.error(`Larger than ${MOST_BYTES / 1024} KB: ${big.join(', ')}`)
  process.exitCode = 1
}
