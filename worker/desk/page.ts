/** The desk's only page: no words of its own, so that its script may choose the language. */
import { html, raw } from '../../guide/html.ts'
import { common, manifest } from '../books.ts'

export function deskPage(): Response {
  const { script, style } = manifest.desk
  const page = html`${raw('<!doctype html>')}<html lang="${common.organisation.default_language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,interactive-widget=resizes-content"><title>${common.organisation.neutral_name}</title>${raw('<link rel="icon" href="data:,">')}<link rel="stylesheet" href="${style.src}" integrity="${style.integrity}"><script defer src="${script.src}" integrity="${script.integrity}" crossorigin></script></head><body><div id="desk"></div><noscript><p>JavaScript</p></noscript></body></html>`
  return new Response(page.html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
}
