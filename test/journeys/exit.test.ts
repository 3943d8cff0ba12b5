/** Leaving: by the link, the keyboard and two fingers; at once, asking nothing and telling nobody. Where the exit stands is `exit-in-view`, what stays behind `exit-behind`. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decode } from '../../scripts/screenshots/png.ts'
import { everything, type House, OUTSIDE, openHouse } from './house.ts'
import { Hand, outside, type Point, stays } from './leaving.ts'
import { press } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const TWO: Point[] = [
  { x: 100, y: 300 },
  { x: 200, y: 320 },
]

const handOf = async (page: Page): Promise<Hand> => new Hand(await page.context().newCDPSession(page))

/** By the mouse itself: pressing through the test library would wait for the page that never comes. */
async function pressExit(page: Page, link: string, button: 'left' | 'middle' = 'left'): Promise<void> {
  const box = await page.locator(link).boundingBox()
  if (!box) throw new Error('no exit')
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { button })
}

const WAYS: [string, (page: Page) => Promise<void>][] = [
  ['the exit of the bar', (page) => pressExit(page, 'a.exit')],
  ['the exit at the top', (page) => pressExit(page, 'a.exit-top')],
  ['the middle button of the mouse', (page) => pressExit(page, 'a.exit', 'middle')],
  [
    'Enter on the exit',
    async (page) => {
      await page.locator('a.exit').focus()
      await page.keyboard.press('Enter')
    },
  ],
  [
    'three presses of Shift',
    async (page) => {
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift')
    },
  ],
  [
    'two taps of two fingers',
    async (page) => {
      const hand = await handOf(page)
      for (let n = 0; n < 2; n += 1) await hand.gesture([TWO])
    },
  ],
]

test('E2: with script off the exit is a link that leaves, above and below', async () => {
  for (const link of ['a.exit', 'a.exit-top']) {
    const { page, close } = await house.visit({ javaScriptEnabled: false })
    await press(page, 'for-me')
    await page.waitForSelector('#screen[data-step=for-me]')
    await page.locator(link).click()
    await outside(page, house)
    expect(await page.textContent('body')).toContain(OUTSIDE)
    await close()
  }
})

/** Sites outside that never answer. While a page waits for one it cannot be asked anything, only listened to. */
async function freeze(context: BrowserContext): Promise<void> {
  await context.route(
    (url) => url.host !== house.host,
    () => {},
  )
}

test.each(WAYS)(
  'E3, E10: with the network frozen, after %s the next frame has nothing on it; one thing is asked for, and not of us',
  async (_way, go) => {
    const { page, context, requests, quiet, close } = await house.visit({ hasTouch: true })
    await freeze(context)
    await press(page, 'for-me')
    const told: string[] = []
    page.on('console', (message) => told.push(message.text()))
    await page.evaluate(() => {
      // `leave` is told in the very event that leaves, `left` last of all.
      document.addEventListener('leave', () =>
        requestAnimationFrame(() => {
          const left = [...document.body.childNodes].map((one) => (one as HTMLElement).id)
          const head = [...new Set([...document.head.children].map(({ tagName }) => tagName))]
          console.info(JSON.stringify({ left, head, title: document.title }))
        }),
      )
      document.addEventListener('left', () => requestAnimationFrame(() => console.info('left')))
    })
    // The row of the history that stays reads as the other site's.
    const title = await page.locator('a.exit').evaluate((link) => (link as HTMLAnchorElement).host)
    quiet()
    await go(page)
    await expect
      .poll(() => told, { timeout: 20_000 })
      .toEqual([JSON.stringify({ left: ['gone'], head: ['META', 'TITLE', 'LINK'], title }), 'left'])
    expect(requests.map((request) => [request.method(), new URL(request.url()).protocol, request.isNavigationRequest()])).toEqual([
      ['GET', 'https:', true],
    ])
    expect(new URL(requests[0]?.url() ?? '').host).not.toBe(house.host)
    expect(requests[0]?.headers()).not.toHaveProperty('referer')
    await close()
  },
)

test('E3: of the pictures drawn after the press none shows anything again', async () => {
  const { page, context, close } = await house.visit()
  await freeze(context)
  await press(page, 'for-me')
  // Without the calendar the page would stay empty for ever; something goes on being drawn, so that there are more pictures.
  await page.evaluate(() => {
    document.addEventListener('left', (event) => event.stopImmediatePropagation(), true)
    document.addEventListener('leave', () => {
      let drawn = 0
      const draw = () => {
        document.body.style.outline = `${drawn % 2}px solid transparent`
        if (drawn++ < 10) requestAnimationFrame(draw)
        else console.info('drawn')
      }
      draw()
    })
  })
  const cdp = await context.newCDPSession(page)
  const pictures: ('blank' | 'screen')[] = []
  cdp.on('Page.screencastFrame', ({ data, sessionId }) => {
    pictures.push(new Set(decode(Buffer.from(data, 'base64')).pixels).size === 1 ? 'blank' : 'screen')
    void cdp.send('Page.screencastFrameAck', { sessionId })
  })
  await cdp.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 })
  await expect.poll(() => pictures.length).toBeGreaterThan(0)
  const drawn = page.waitForEvent('console', (message) => message.text() === 'drawn')
  await pressExit(page, 'a.exit')
  await drawn
  await expect.poll(() => pictures.at(-1)).toBe('blank')
  expect(pictures.filter((one, n) => one !== pictures[n - 1])).toEqual(['screen', 'blank'])
  await close()
})

const ALT = 1
const CONTROL = 2
const SHIFT = 8

test('E4: nothing but three Shifts leaves: not Escape, capitals, selecting, another language of the keyboard, a held or a slow Shift', async () => {
  const { page, close } = await house.visit()
  const hand = await handOf(page)
  for (const choice of ['for-me', 'services', 'hotline']) await press(page, choice)
  for (let n = 0; n < 6; n += 1) await hand.key('Escape')
  await stays(page, house)
  await page.locator('#place').focus()
  for (const letter of 'KYIVOBLAST') {
    await page.keyboard.down('Shift')
    await page.keyboard.press(letter)
    await page.keyboard.up('Shift')
  }
  expect(await page.locator('#place').inputValue()).toBe('KYIVOBLAST')
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('Shift+ArrowLeft')
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('Shift+Tab')
  // Held down, the key repeats itself.
  for (let n = 0; n < 8; n += 1) await page.keyboard.down('Shift')
  await page.keyboard.up('Shift')
  for (let n = 0; n < 4; n += 1) await page.locator('h1').click({ modifiers: ['Shift'] })
  for (const held of [ALT, CONTROL]) for (let n = 0; n < 4; n += 1) await hand.key('Shift', held | SHIFT)
  for (let n = 0; n < 4; n += 1) {
    await hand.key('Shift', SHIFT)
    hand.rest(1)
  }
  await stays(page, house)
  await close()
})

/** One of the many things fingers do on a page that are no way out. */
function idle(random: (most: number) => number): { path: Point[][]; seconds: number } {
  const at = (): Point => ({ x: 40 + random(240), y: 310 + random(200) })
  const from = at()
  const seconds = 0.05 + random(100) / 100
  const along = (starts: Point[], by: Point[]) =>
    Array.from({ length: 2 + random(5) }, (_, n) =>
      starts.map(({ x, y }, one) => ({ x: x + (by[one]?.x ?? 0) * n, y: y + (by[one]?.y ?? 0) * n })),
    )
  const way = (): Point => ({ x: random(21) - 10, y: (20 + random(60)) * (random(2) === 0 ? 1 : -1) })
  const by = way()
  const second = { x: from.x + 40 + random(60), y: from.y + random(40) }
  switch (random(7)) {
    case 0: // a scroll or a fling
      return { path: along([from], [by]), seconds }
    case 1: // with two fingers
      return { path: along([from, second], [by, by]), seconds }
    case 2: // a pinch
      return { path: along([from, second], [by, { x: -by.x, y: -by.y }]), seconds }
    case 3: // a pinch about one finger that rests
      return { path: along([from, second], [{ x: 0, y: 0 }, by]), seconds }
    case 4: // a tap, or a long press
      return { path: [[from]], seconds }
    case 5: // two fingers that rest
      return { path: [[from, second]], seconds: 0.7 + seconds }
    default: // three fingers
      return { path: [[from, second, at()]], seconds }
  }
}

// Gestures go at the pace of frames, whatever the processor: four hands begin differently, each on a page of its own.
test('E5: a thousand scrolls, flings, pinches and taps do not leave; two fingers tapped twice do', async () => {
  await Promise.all([7, 8, 9, 10].map((seed) => wander(seed, 250)))
})

async function wander(seed: number, gestures: number): Promise<void> {
  const { page, close } = await house.visit({ hasTouch: true, isMobile: true, go: false })
  // How far a fling rolls hangs on the machine, and so what a tap meets: the exit itself, or the switch that turns these ways off. Here it presses nothing.
  await page.addInitScript(() => {
    const press = (event: Event): void => {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    addEventListener('click', press, true)
  })
  await page.goto(house.url)
  await everything(page)
  const hand = await handOf(page)
  let state = seed
  const random = (most: number) => {
    state = (state * 48271) % 2147483647
    return state % most
  }
  for (let n = 0; n < gestures; n += 1) {
    const { path, seconds } = idle(random)
    await hand.gesture(path, seconds)
    hand.rest(random(50) / 100)
    if (n % 100 === 99 || n === gestures - 1) await stays(page, house)
  }
  hand.rest(2)
  await hand.gesture([TWO])
  await stays(page, house)
  hand.rest(2)
  await hand.gesture([TWO])
  await stays(page, house)
  await hand.gesture([TWO])
  await outside(page, house)
  await close()
}

test('E4, E5: the fast ways can be switched off and on again; the link leaves all the same', async () => {
  const { page, close } = await house.visit({ hasTouch: true })
  const hand = await handOf(page)
  for (const choice of ['settings', 'leaving', 'shortcut-off', 'home', 'for-me']) await press(page, choice)
  for (let n = 0; n < 3; n += 1) await hand.key('Shift', SHIFT)
  for (let n = 0; n < 3; n += 1) await hand.gesture([TWO])
  await stays(page, house)
  for (const choice of ['settings', 'leaving', 'shortcut-on', 'home']) await press(page, choice)
  await press(page, 'settings')
  await press(page, 'leaving')
  await press(page, 'shortcut-off')
  await page.locator('a.exit').click()
  await outside(page, house)
  await close()
  const again = await house.visit()
  for (const choice of ['settings', 'leaving', 'shortcut-off', 'shortcut-on']) await press(again.page, choice)
  for (let n = 0; n < 3; n += 1) await again.page.keyboard.press('Shift')
  await outside(again.page, house)
  await again.close()
})
