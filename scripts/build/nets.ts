/** The nets that read words in their order: too large for the Worker's own script, they lie among its files, in a folder that nobody is served. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '../../schema/manifest.ts'
import type { Compiled } from '../content/all.ts'

const FOLDER = 'n'

export function buildNets(root: string, { countries }: Compiled): Manifest['nets'] {
  const out = join(root, 'dist/client')
  mkdirSync(join(out, FOLDER), { recursive: true })
  const put = (net: string): string => {
    const path = `/${FOLDER}/${createHash('sha256').update(net).digest('hex').slice(0, 8)}.txt`
    writeFileSync(join(out, path), net)
    return path
  }
  return Object.fromEntries(countries.flatMap(({ code, net }) => (net === null ? [] : [[code, put(net)]])))
}
