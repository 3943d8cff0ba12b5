/** How long what she reads stays in sight after the press: counted in the frames the browser really shows, from outside the page, the same way for every exit. */
import type { CDPSession, Page } from 'playwright-core'
import { decode } from '../../scripts/screenshots/png.ts'

/** Small, so that looking costs little. */
const FRAME = { width: 180, height: 370 }
/** Below this part of what stood there before the press, nothing of it can be read. */
const LEFT = 0.1
/** Somebody who stands in the door has seen it by then. */
const GIVEN_UP_MS = 2000

/** The part of a picture that is not its ground. */
function ink(png: Buffer): number {
  const { pixels } = decode(png)
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  return 1 - Math.max(...counts.values()) / pixels.length
}

type Frame = { at: number; png: Buffer }

async function watch(cdp: CDPSession, seen: (frame: Frame) => void): Promise<void> {
  cdp.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => {})
    seen({ at: (metadata.timestamp ?? 0) * 1000, png: Buffer.from(data, 'base64') })
  })
  // The neutral site answers from its own server each time, as on a first exit.
  await cdp.send('Network.clearBrowserCache')
  await cdp.send('Page.startScreencast', { format: 'png', maxWidth: FRAME.width, maxHeight: FRAME.height, everyNthFrame: 1 })
}

/** @returns milliseconds from the press to the first frame that shows nothing of the page; null when it still stood there after two seconds */
export async function timePress(page: Page, exit: string): Promise<number | null> {
  const cdp = await page.context().newCDPSession(page)
  const box = await page.locator(exit).first().boundingBox()
  if (!box) throw new Error(`there is no ${exit} to press`)
  let before = 0
  let pressed = Number.POSITIVE_INFINITY
  let found: (ms: number | null) => void = () => {}
  const gone = new Promise<number | null>((done) => (found = done))
  let shown: () => void = () => {}
  const first = new Promise<void>((done) => (shown = done))
  await watch(cdp, ({ at, png }) => {
    const now = ink(png)
    if (at < pressed) {
      before = Math.max(before, now)
      shown()
    } else if (now <= before * LEFT) found(at - pressed)
  })
  await first
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, button: 'left', clickCount: 1 } as const
  await cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at })
  pressed = Date.now()
  // Not waited for: the page that would answer is gone.
  cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at }).catch(() => {})
  const limit = setTimeout(() => found(null), GIVEN_UP_MS)
  const ms = await gone
  clearTimeout(limit)
  await cdp.send('Page.stopScreencast').catch(() => {})
  return ms
}
