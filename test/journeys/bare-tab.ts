/**
 * A tab as people have it, spoken to directly. The test library keeps its own pages visible and in focus for ever, and lets no closed
 * tab be opened again; here the browser does both as it always does.
 */
import type { Browser } from 'playwright-core'

export type BareTab = {
  id: string
  send<T = Record<string, unknown>>(method: string, params?: object): Promise<T>
  /** The value of an expression in the page. */
  js<T>(expression: string): Promise<T>
  on(event: string, act: (params: Record<string, unknown>) => void): void
  /** Brings it to the front; the tab that was there is hidden. */
  show(): Promise<void>
  close(): Promise<void>
}

type Message = { id?: number; method?: string; params?: Record<string, unknown>; result?: unknown; error?: { message: string } }

export async function openTab(browser: Browser, url: string): Promise<BareTab> {
  const root = await browser.newBrowserCDPSession()
  const { targetId } = await root.send('Target.createTarget', { url })
  return attach(browser, targetId)
}

/** Speaks to what is there already: a tab, or an extension's worker. */
export async function attach(browser: Browser, targetId: string): Promise<BareTab> {
  const root = await browser.newBrowserCDPSession()
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false })
  const waiting = new Map<number, (answer: Message) => void>()
  const listeners: [string, (params: Record<string, unknown>) => void][] = []
  let last = 0
  root.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
    if (from !== sessionId) return
    const told = JSON.parse(message) as Message
    if (told.id !== undefined) waiting.get(told.id)?.(told)
    for (const [event, act] of listeners) if (event === told.method) act(told.params ?? {})
  })
  const send = async <T>(method: string, params: object = {}): Promise<T> => {
    last += 1
    const id = last
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve))
    await root.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    const { result, error } = await answer
    if (error) throw new Error(`${method}: ${error.message}`)
    return result as T
  }
  return {
    id: targetId,
    send,
    async js<T>(expression: string) {
      const { result, exceptionDetails } = await send<{ result: { value: T }; exceptionDetails?: { text: string } }>('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })
      if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`)
      return result.value
    },
    on: (event, act) => void listeners.push([event, act]),
    show: async () => void (await root.send('Target.activateTarget', { targetId })),
    close: async () => void (await root.send('Target.closeTarget', { targetId })),
  }
}
