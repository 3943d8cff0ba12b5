/** The counsellors' desk: one script and one style, in a folder that only the desk's host serves. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Asset, Manifest } from '../../schema/manifest.ts'
import { brotli, bundle } from './visitor.ts'

export const DESK_ENTRY = 'pwa/desk/main.tsx'
const FOLDER = 'd'

/** @param defined  constants of the script: `LOCAL`, `TALK` */
export async function buildDesk(root: string, defined: Record<string, string>): Promise<Manifest['desk']> {
  const out = join(root, 'dist/client')
  mkdirSync(join(out, FOLDER), { recursive: true })
  const put = (text: string, ending: string): Asset => {
    const body = Buffer.from(text)
    const src = `/${FOLDER}/${createHash('sha256').update(body).digest('hex').slice(0, 8)}.${ending}`
    writeFileSync(join(out, src), body)
    writeFileSync(join(out, `${src}.br`), brotli(body))
    return { src, integrity: `sha384-${createHash('sha384').update(body).digest('base64')}` }
  }
  const { js, css } = await bundle(root, DESK_ENTRY, defined)
  return { script: put(js, 'js'), style: put(css, 'css') }
}
