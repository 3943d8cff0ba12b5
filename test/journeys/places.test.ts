/** Services near a place: the order of the directory, places typed as people type them, and another language on the way. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { find as lists } from '../../scripts/find.ts'
import { type House, openHouse, ROOT } from './house.ts'
import { press, stepOf } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

/** A night hour: some lines answer and some do not. */
const HOUR = '2026-11-23T03:00+02:00'

type Asked = { area: string; need: string; choices: string[]; place?: string; oblast?: string; lang: string; locale: string }

const uk = { lang: 'uk', locale: 'uk-UA' }

const ASKED: Asked[] = [
  { area: 'UA', need: 'hotline', choices: ['hotline'], ...uk },
  { area: 'UA1802015', need: 'psychological', choices: ['psychological'], place: 'Семенівка', ...uk },
  { area: 'UA18', need: 'mobile-brigade', choices: ['more-help', 'mobile-brigade'], oblast: 'UA18', ...uk },
  { area: 'UA1202001', need: 'legal', choices: ['legal'], place: 'Днепр', lang: 'ru', locale: 'ru-RU' },
  { area: 'UA44', need: 'crsv', choices: ['more-help', 'find-crsv'], oblast: 'UA44', lang: 'en', locale: 'en-GB' },
]

const listed = (page: Page): Promise<string[]> =>
  page.locator('[data-service]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-service') ?? ''))

test.each(ASKED)(
  'the page lists for $area and $need what "npm run find" lists, in its order',
  async ({ area, need, choices, place, oblast, lang, locale }) => {
    const { page, close } = await house.visit({ locale, go: false })
    await page.clock.setFixedTime(new Date(HOUR))
    await page.goto(house.url)
    await page.waitForSelector('html[data-ready=all]', { state: 'attached' })
    for (const choice of ['for-me', 'services', ...choices]) await press(page, choice)
    if (place !== undefined) {
      await find(page, place)
      await mean(page, area)
    }
    if (oblast !== undefined) {
      await page.locator('#oblast').selectOption(oblast)
      await page.locator('#oblast + button').click()
    }
    const found = lists(ROOT, ['--area', area, '--need', need, '--lang', lang, '--at', HOUR, '--json'], new Date(HOUR))
    const expected = JSON.parse(found.ok ? found.value : found.error) as { id: string; name: string; answersNow: string }[]
    expect(expected.length).toBeGreaterThan(2)
    expect(await listed(page)).toEqual(expected.map(({ id }) => id))
    expect(await page.locator('[data-service] h3').allTextContents()).toEqual(expected.map(({ name }) => name))
    expect(await page.locator('[data-answers]').evaluateAll((all) => all.map((one) => one.getAttribute('data-answers')))).toEqual(
      expected.map(({ answersNow }) => answersNow),
    )
    await close()
  },
)

/** Which of the places found she means, when more than one was. */
async function mean(page: Page, area: string): Promise<void> {
  if ((await page.locator('[data-area]').count()) > 0) await page.locator(`[data-area=${area}]`).click()
}

async function toServices(page: Page): Promise<void> {
  for (const choice of ['for-me', 'services', 'psychological']) await press(page, choice)
}

/** Types into the field and waits for the screen that follows. */
async function find(page: Page, text: string): Promise<void> {
  await page.locator('#title').evaluate((title) => title.setAttribute('data-seen', ''))
  await page.locator('#place').fill(text)
  await page.locator('#place + button').click()
  await page.waitForSelector('#title:not([data-seen])')
}

test.each([
  { typed: 'Полтава', area: 'UA5308037', locale: 'uk-UA' },
  { typed: 'полтава', area: 'UA5308037', locale: 'ru-RU' },
  { typed: 'Poltava', area: 'UA5308037', locale: 'en-GB' },
])('a place typed as "$typed" ($locale) is offered among its like, and chosen', async ({ typed, area, locale }) => {
  const { page, close } = await house.visit({ locale })
  await toServices(page)
  const whole = await page.locator('.services h2').textContent()
  await find(page, typed)
  expect(await page.locator('[data-area]').count()).toBeGreaterThan(1)
  await page.locator(`[data-area=${area}]`).click()
  expect(await page.locator('[data-area]').count()).toBe(0)
  expect(await page.locator('.services h2').textContent()).not.toBe(whole)
  expect(await page.locator('#place').inputValue()).toBe('')
  await close()
})

test.each([
  { typed: 'Житомир', area: 'UA18', locale: 'uk-UA' },
  { typed: 'Днепр', area: 'UA12', locale: 'uk-UA' },
  { typed: 'Zhytomyr', area: 'UA18', locale: 'en-GB' },
])('"$typed" ($locale) lists who is near there', async ({ typed, area, locale }) => {
  const { page, close } = await house.visit({ locale })
  await toServices(page)
  await find(page, typed)
  if ((await page.locator('[data-area]').count()) > 0) await page.locator(`[data-area^=${area}]`).first().click()
  expect(await listed(page)).toContain(area === 'UA18' ? 'ua-zhytomyr-brigades' : 'ua-src-dnipro')
  await close()
})

test('S4: a place that is not found is said so, as text, and the country’s lines stay', async () => {
  const { page, requests, quiet, close } = await house.visit()
  await toServices(page)
  const whole = await listed(page)
  await find(page, 'Семенівка')
  quiet()
  await find(page, '<img src=x onerror=alert(1)>')
  const said = (await page.locator('.place [role=status]').textContent()) ?? ''
  expect(said).toContain('<img src=x onerror=alert(1)>')
  expect(await page.locator('#screen img').count()).toBe(0)
  expect(await listed(page)).toEqual(whole)
  expect(requests.map((request) => request.url())).toEqual([])
  await close()
})

test('the table of places is loaded once, whole, and nothing typed leaves the page', async () => {
  const { page, requests, quiet, close } = await house.visit()
  await toServices(page)
  quiet()
  await find(page, 'Семенівка')
  await find(page, 'Бердичів')
  expect(requests.map((request) => [request.method(), new URL(request.url()).pathname.replace(/[0-9a-f]{8}/, '…')])).toEqual([
    ['GET', '/a/….txt'],
  ])
  await close()
})

test.each(['стоп', 'STOP', 'Стій!'])('"%s" typed in the place field leads to the safe screen and asks nothing', async (typed) => {
  const { page, requests, quiet, close } = await house.visit()
  await toServices(page)
  quiet()
  await find(page, typed)
  expect(await stepOf(page)).toBe('safe-screen')
  expect(requests).toEqual([])
  await close()
})

test('S4: without network the place field says so, not that there is no such place, and an oblast can still be picked', async () => {
  const { page, context, close } = await house.visit()
  await toServices(page)
  await context.setOffline(true)
  await find(page, 'Семенівка')
  // The sentence for a place that is not found would quote the name.
  expect(await page.locator('.place [role=status]').textContent()).not.toContain('Семенівка')
  await page.locator('#oblast').selectOption('UA18')
  await page.locator('#oblast + button').click()
  expect(await listed(page)).toContain('ua-zhytomyr-brigades')
  await close()
})

test('another language is two taps away and keeps the place in the guide and on the map', async () => {
  const { page, close } = await house.visit()
  await toServices(page)
  await page.locator('#oblast').selectOption('UA18')
  await page.locator('#oblast + button').click()
  const before = await listed(page)
  for (const [language, title] of [
    ['ru', 'Назад'],
    ['en', 'Back'],
    ['uk', 'Назад'],
  ] as const) {
    await press(page, 'settings')
    await press(page, `language-${language}`)
    await page.waitForSelector(`html[lang=${language}]`, { state: 'attached' })
    expect(await stepOf(page)).toBe('services-psychological')
    expect(await page.locator('[data-choice=back]').textContent()).toBe(title)
    expect(await listed(page)).toEqual(before)
  }
  await close()
})
