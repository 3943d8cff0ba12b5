/** Files as they are served: under names that tell nothing but that their content is another, and compressed once instead of at each request. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Asset } from '../../schema/manifest.ts'

/** Where a build puts what is served. */
export const servedIn = (root: string): string => join(root, 'dist/client')

/** Writes a file and says under which path it lies. */
export type Put = (body: string | Buffer, ending: string) => string

/** @param compressed  `false` for what nobody's browser fetches */
export function putIn(root: string, folder: string, { compressed = true } = {}): Put {
  const out = servedIn(root)
  mkdirSync(join(out, folder), { recursive: true })
  return (body, ending) => {
    const bytes = Buffer.from(body)
    const path = `/${folder}/${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.${ending}`
    writeFileSync(join(out, path), bytes)
    if (compressed) writeFileSync(join(out, `${path}.br`), brotli(bytes))
    return path
  }
}

/** As a page names a file that must be just this one. */
export const assetOf = (put: Put, text: string, ending: string): Asset => ({
  src: put(text, ending),
  integrity: `sha384-${createHash('sha384').update(text).digest('base64')}`,
})

/** As a policy names a script that it lets in as text. */
export const hashOf = (script: string): string => `sha256-${createHash('sha256').update(script).digest('base64')}`

export const brotli = (body: Buffer): Buffer =>
  brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  })
