/** What a real browser makes of the padding, and what it counts on the line: every page whole, and every one as long as the others. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from './house.ts'
import { press, words } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const WAY = ['for-me', 'domestic-violence', 'back', 'services', 'hotline', 'settings', 'back', 'danger-now', 'stop']

/** Bytes of each answer to a form, headers included, as the browser counted them on the line. */
async function counted(page: Page): Promise<number[]> {
  const network = await page.context().newCDPSession(page)
  const lengths: number[] = []
  const forms = new Set<string>()
  await network.send('Network.enable')
  network.on('Network.requestWillBeSent', ({ requestId, request }) => void (request.method === 'POST' && forms.add(requestId)))
  network.on(
    'Network.loadingFinished',
    ({ requestId, encodedDataLength }) => void (forms.has(requestId) && lengths.push(encodedDataLength)),
  )
  return lengths
}

// Over plain http the browser asks for gzip alone; for Brotli it is told to ask. Without the stub, which would ask for whole answers.
test.each(['gzip', 'br', 'identity'])('plain pages are shown whole and are of one length on the line, as %s', async (coding) => {
  const { page, close } = await house.visit({
    javaScriptEnabled: false,
    stub: false,
    extraHTTPHeaders: { 'Accept-Encoding': coding },
  })
  const lengths = await counted(page)
  const { steps: titles, ui } = words('uk')
  for (const choice of WAY) {
    const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), press(page, choice)])
    await page.waitForLoadState()
    expect((await answer.allHeaders())['content-encoding'] ?? 'identity').toBe(coding)
    const step = (await page.locator('#screen').getAttribute('data-step')) ?? ''
    expect(await page.locator('#title').textContent()).toBe(titles[step]?.title)
    // The last that a page says, right before the padding.
    expect(await page.locator('#gone').getAttribute('data-text')).toBe(ui.neutral)
    expect(await page.evaluate(() => document.body.lastElementChild?.id)).toBe('gone')
  }
  await expect.poll(() => lengths.length).toBe(WAY.length)
  expect(new Set(lengths).size, lengths.join()).toBe(1)
  await close()
})
