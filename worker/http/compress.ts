/** Brotli for what the Worker makes itself; the visitor's files are compressed by the build. */
import { brotliCompressSync, constants } from 'node:zlib'

/** Beyond this, time costs more than bytes. */
const QUALITY = 6

/** `br;q=0` is a refusal. */
export const takesBrotli = (request: Request): boolean =>
  (request.headers.get('Accept-Encoding') ?? '').split(',').some((one) => {
    const [name = '', quality = ''] = one.trim().toLowerCase().split(';')
    return name.trim() === 'br' && !/^ *q=0(\.0*)?$/.test(quality.trimEnd())
  })

export function page(request: Request, html: string, status = 200): Response {
  const head = { 'Content-Type': 'text/html; charset=utf-8', Vary: 'Accept-Encoding, Accept-Language' }
  if (!takesBrotli(request)) return new Response(html, { status, headers: head })
  const body = new TextEncoder().encode(html)
  const small = brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
  return new Response(new Uint8Array(small), { status, encodeBody: 'manual', headers: { ...head, 'Content-Encoding': 'br' } })
}
