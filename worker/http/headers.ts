/** The headers every answer carries, static files included. */
import type { MiddlewareHandler } from 'hono'

/** Trusted Types: the one policy of the visitor's page, for what `guide/html.ts` made. */
export const POLICY = 'app'

/** @param later  hashes of scripts that run as text of the page: what the first script loads later, and nothing else; none for a file */
export const headersFor = (later: readonly string[]): Record<string, string> => ({
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  'Content-Security-Policy': [
    "default-src 'none'",
    ["script-src 'self'", ...later.map((hash) => `'${hash}'`)].join(' '),
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${POLICY}`,
  ].join('; '),
  'Integrity-Policy': 'blocked-destinations=(script)',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), display-capture=(), browsing-topics=()',
  // no-transform: whoever packs a page again takes its padding away.
  'Cache-Control': 'no-store, no-transform',
  'X-Robots-Tag': 'noarchive',
})

/** What a platform or a framework may add and nobody here wants. */
const UNWANTED = ['NEL', 'Report-To', 'Server-Timing', 'ETag', 'Last-Modified', 'CF-Cache-Status']

/** Set on every answer. @param later  as of `headersFor`, on pages: a file runs nothing, and hashes weigh */
export const headers = (later: readonly string[]): MiddlewareHandler => {
  const [ofPages, others] = [headersFor(later), headersFor([])]
  return async (context, next) => {
    await next()
    const answer = new Response(context.res.body, context.res)
    const all = answer.headers.get('Content-Type')?.startsWith('text/html') ? ofPages : others
    for (const [name, value] of Object.entries(all)) answer.headers.set(name, value)
    for (const name of UNWANTED) answer.headers.delete(name)
    context.res = undefined
    context.res = answer
  }
}
