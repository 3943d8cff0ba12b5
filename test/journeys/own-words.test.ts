/** Her own words in the web app: read on the device, nothing of them sent, kept or left. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, type Visit } from './house.ts'
import { press, stepOf, words } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const uk = words('uk')

async function says({ page }: Visit, text: string): Promise<void> {
  await page.fill('#own', text)
  await page.locator('[data-own] button').click()
  await page.waitForSelector('#screen [data-go], #screen [data-heard], #screen [data-own] [role=status]')
}

test('B4: on the first screen she writes, is asked whether that is right, and comes to the topic', async () => {
  const visit = await house.visit()
  const { page } = visit
  await says(visit, 'чоловік забирає зарплату і не дає грошей на їжу')
  expect(await page.locator('h1').textContent()).toBe(uk.ui['heard.title'])
  expect(await page.locator('[data-go]').count()).toBeLessThanOrEqual(5)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('title')
  await page.locator('[data-go]').first().click()
  expect(await page.locator('h1').textContent()).not.toBe(uk.ui['heard.title'])
  await press(page, 'back')
  expect(await stepOf(page)).toBe('start')
  expect(await page.locator('[data-own]').count()).toBe(1)
  await visit.close()
})

test('B3: danger interrupts with the numbers, and "I am safe" goes on to what else was meant', async () => {
  const visit = await house.visit()
  const { page } = visit
  await press(page, 'for-me')
  await says(visit, 'він зараз ламає двері і кричить що вб’є')
  expect(await stepOf(page)).toBe('danger-now')
  expect(await page.locator('.notice [role=status]').textContent()).toBe(uk.ui['heard.danger'])
  expect(await page.locator('a.call').count()).toBeGreaterThan(0)
  await page.locator('[data-heard]').click()
  expect(await page.locator('h1').textContent()).toBe(uk.ui['heard.title'])
  await visit.close()
})

test('E9, H12: what she wrote is in no request, no store, and gone with the screen; the reader is fetched once, whole', async () => {
  const visit = await house.visit()
  const { page, requests, quiet } = visit
  quiet()
  await says(visit, 'чоловік забирає зарплату і не дає грошей Маркер-Слово-7391')
  await press(page, 'home')
  await says(visit, 'сусідка просить притулок Маркер-Слово-7391')
  const sent = await Promise.all(requests.map(async (request) => `${request.method()} ${request.url()} ${request.postData() ?? ''}`))
  expect(sent.join('\n')).not.toMatch(/7391|%D0|Маркер/i)
  expect(sent).toHaveLength(2)
  expect(sent.every((one) => /^GET http:\/\/[^/]+\/a\/[0-9a-f]{8}\.(js|txt) $/.test(one))).toBe(true)
  await press(page, 'stop')
  expect(await page.content()).not.toMatch(/7391/)
  await visit.close()
})

test('without network it says so, and the menus go on', async () => {
  const visit = await house.visit()
  const { page } = visit
  await page.context().setOffline(true)
  await says(visit, 'боюся йти додому')
  expect(await page.locator('[data-own] [role=status]').textContent()).toBe(uk.ui['heard.unreachable'])
  await press(page, 'for-me')
  expect(await stepOf(page)).toBe('for-me')
  await page.context().setOffline(false)
  await says(visit, 'боюся йти додому бо він бʼє')
  expect(await page.locator('[data-go], [data-heard]').count()).toBeGreaterThan(0)
  await visit.close()
})

test('English on a Ukrainian page has a file of its own, fetched then; while that cannot be had, plain danger is heard', async () => {
  const visit = await house.visit()
  const { page, requests, quiet } = visit
  await says(visit, 'чоловік забирає зарплату і не дає грошей')
  await press(page, 'home')
  quiet()
  await page.context().setOffline(true)
  await says(visit, 'i need a lawyer for a divorce')
  expect(await page.locator('[data-own] [role=status]').textContent()).toBe(uk.ui['heard.unreachable'])
  await says(visit, 'please help he is going to kill me')
  expect(await stepOf(page)).toBe('danger-now')
  await page.context().setOffline(false)
  await press(page, 'home')
  quiet()
  await says(visit, 'i need a lawyer for a divorce')
  expect(await page.locator('[data-go]').count()).toBeGreaterThan(0)
  expect(requests.map((request) => new URL(request.url()).pathname)).toEqual([expect.stringMatching(/^\/a\/[0-9a-f]{8}\.txt$/)])
  await visit.close()
})
