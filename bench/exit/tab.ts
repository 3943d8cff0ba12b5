/** One tab, asked from outside which pages it can go back to and what it shows: over the bare protocol, as the test library loses a page that comes back out of the browser's memory. */
import type { CDPSession, Page } from 'playwright-core'

type Entry = { id: number; url: string }

export type History = { currentIndex: number; entries: Entry[] }

export type OpenTab = {
  history(): Promise<History>
  go(to: Entry): Promise<void>
  /** The value of an expression in the page. */
  value(expression: string): Promise<unknown>
}

export async function tabOf(page: Page): Promise<OpenTab> {
  const browser = page.context().browser()
  if (!browser) throw new Error('a page without a browser')
  const cdp = await browser.newBrowserCDPSession()
  const { targetInfos } = await cdp.send('Target.getTargets', { filter: [{ type: 'page' }] })
  const targetId = targetInfos.find(({ url }) => url === page.url())?.targetId ?? ''
  return {
    history: async () => (await ask(cdp, targetId, 'Page.getNavigationHistory')) as History,
    go: async ({ id }) => void (await ask(cdp, targetId, 'Page.navigateToHistoryEntry', { entryId: id })),
    value: async (expression) => {
      const { result } = (await ask(cdp, targetId, 'Runtime.evaluate', { expression, returnByValue: true })) as {
        result?: { value: unknown }
      }
      return result?.value
    },
  }
}

/** Attached for one question only: a session belongs to a document, and the next document is another. */
async function ask(cdp: CDPSession, targetId: string, method: string, params = {}): Promise<unknown> {
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId })
  let hear = (_: { sessionId: string; message: string }) => {}
  const answer = new Promise<unknown>((done, fail) => {
    hear = ({ sessionId: from, message }) => {
      const { id, result, error } = JSON.parse(message)
      if (from !== sessionId || id !== 1) return
      if (error) fail(new Error(error.message))
      else done(result)
    }
  })
  cdp.on('Target.receivedMessageFromTarget', hear)
  try {
    await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: 1, method, params }) })
    return await answer
  } finally {
    cdp.off('Target.receivedMessageFromTarget', hear)
    await cdp.send('Target.detachFromTarget', { sessionId }).catch(() => {})
  }
}
