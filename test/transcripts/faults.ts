/** Faults planted on purpose, one in each renderer: they prove that a transcript would notice. */
import { createHash } from 'node:crypto'
import type { BrowserContext } from 'playwright-core'
import type { Plugin } from 'vite'
import { bundle } from '../../scripts/build/visitor.ts'
import type { Channel } from './players.ts'

/** Plants the fault on the way to the browser; the service itself stays sound. */
export type Plant = (context: BrowserContext, url: string) => Promise<void>

export async function faulty(channel: Channel, root: string): Promise<Plant> {
  return channel === 'web' ? webFault(await wrongBundle(root)) : plainFault
}

/** The web app built from source in which every choice after the first is taken for "home". */
async function wrongBundle(root: string): Promise<string> {
  let planted = false
  const fault: Plugin = {
    name: 'fault',
    transform(code: string, path: string) {
      if (!path.endsWith('/visitor/core.ts')) return null
      const wrong = code.replace('choose(book.guide, at, choice)', "choose(book.guide, at, at.trail.length > 0 ? 'home' : choice)")
      planted ||= wrong !== code
      return wrong
    },
  }
  const { js } = await bundle(root, 'pwa/visitor/core.ts', {}, [fault])
  if (!planted) throw new Error('The place for the planted fault is gone from pwa/visitor/core.ts: plant it where a choice is taken.')
  return js
}

/** The document names the wrong script, with that script's own integrity: else the browser would refuse it. */
const webFault =
  (bundle: string): Plant =>
  async (context, url) => {
    const integrity = `sha384-${createHash('sha384').update(bundle).digest('base64')}`
    await context.route(url, async (route) => {
      if (route.request().method() !== 'GET') return route.fallback()
      const answer = await route.fetch()
      const html = (await answer.text()).replace(/(<script defer src="[^"]+" integrity=")[^"]+/, `$1${integrity}`)
      await context.route(new URL(/<script defer src="([^"]+)"/.exec(html)?.[1] ?? '', url).href, (script) =>
        script.fulfill({
          body: bundle,
          headers: { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'same-origin' },
        }),
      )
      await route.fulfill({ response: answer, body: html })
    })
  }

/** The answers to forms give every choice of the screen the code of the bar's last button. */
const plainFault: Plant = async (context, url) => {
  await context.route(url, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    const answer = await route.fetch()
    const html = await answer.text()
    const stop = /value="([^"]+)" data-choice="stop"/.exec(html)?.[1] ?? ''
    await route.fulfill({ response: answer, body: html.replaceAll(/name="c" value="[^"]+"/g, `name="c" value="${stop}"`) })
  })
}
