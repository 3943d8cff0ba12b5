/** What a whole visit asks of the network and leaves in the browser: its own host only, and nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from './house.ts'
import { press } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

test('D3, E9: a visit with a place, another language and a number that did not answer asks only our own host and leaves nothing stored', async () => {
  const { page, context, requests, close } = await house.visit()
  for (const choice of ['for-me', 'services', 'psychological']) await press(page, choice)
  await page.locator('#place').fill('Семенівка')
  await page.locator('#place + button').click()
  await page.locator('[data-area=UA1802015]').click()
  await page.locator('.card summary').first().click()
  await page.locator('[data-no-answer]').first().click()
  await press(page, 'settings')
  await press(page, 'language-en')
  await page.waitForSelector('html[lang=en]', { state: 'attached' })
  expect([...new Set(requests.map((request) => new URL(request.url()).host))]).toEqual([house.host])
  for (const request of requests) {
    const headers = await request.allHeaders()
    expect([headers.cookie, headers.referer]).toEqual([undefined, undefined])
    // What she typed or where she looked is in no address.
    expect(new URL(request.url()).pathname).toMatch(/^\/(a\/[0-9a-f]{8}\.(js|css|json|txt|svg))?$/)
    expect(new URL(request.url()).search).toBe('')
  }
  const stored = await page.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    state: history.state as unknown,
    controls: [...document.querySelectorAll('input, select, form')].filter((one) => one.getAttribute('autocomplete') !== 'off').length,
  }))
  expect(stored).toEqual({ cookie: '', local: 0, session: 0, databases: 0, caches: 0, workers: 0, state: null, controls: 0 })
  expect(await context.cookies()).toEqual([])
  await close()
})

test('S5: "did not answer" is one POST that says which number and nothing of who sent it', async () => {
  const { page, requests, quiet, close } = await house.visit()
  for (const choice of ['for-me', 'services', 'hotline']) await press(page, choice)
  await page.locator('.card summary').first().click()
  const button = page.locator('[data-no-answer]').first()
  const code = await button.getAttribute('data-no-answer')
  quiet()
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await button.click()
  expect((await answered).status()).toBe(204)
  await page.waitForTimeout(200)
  expect(requests.map((request) => [request.method(), request.url(), request.postData()])).toEqual([
    ['POST', house.url, `n=${code?.padStart(4, '0')}&w=1`],
  ])
  expect(await page.locator(`[data-no-answer="${code}"]`).count()).toBe(0)
  await close()
})
