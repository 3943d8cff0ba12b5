/** The visitor's files, as the build left them: compressed once, served with the same headers as everything else. */
import { takesBrotli } from './compress.ts'

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}

/** `/a/1f3c9a04.js` and its like; nothing else is a file. */
export const FILE = /^\/a\/[0-9a-f]{8}\.(js|css|json|txt)$/
/** Those of the desk: on its own host, and on no other. */
export const DESK_FILE = /^\/d\/[0-9a-f]{8}\.(js|css|txt)$/

/** @returns null when the build has no such file */
export async function asset(files: Fetcher, request: Request, which: RegExp = FILE): Promise<Response | null> {
  const { pathname, origin } = new URL(request.url)
  const ending = which.exec(pathname)?.[1]
  if (ending === undefined) return null
  const compressed = takesBrotli(request)
  const stored = await files.fetch(new Request(`${origin}${pathname}${compressed ? '.br' : ''}`))
  if (!stored.ok) return null
  return new Response(stored.body, {
    encodeBody: compressed ? 'manual' : 'automatic',
    headers: {
      'Content-Type': TYPES[ending] ?? 'application/octet-stream',
      ...(compressed && { 'Content-Encoding': 'br' }),
      Vary: 'Accept-Encoding',
    },
  })
}
