/** Whether the last build still stands: nothing it was made of is newer or gone. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a build is made of. */
export const SOURCES = [
  'crypto',
  'guide',
  'locales',
  'schema',
  'worker',
  'pwa',
  'scripts',
  'organisation.toml',
  'wrangler.toml',
  'package-lock.json',
]
const STAMP = 'dist/stamp'

/** Names, sizes and times of every source: quicker than reading them, and a moved or deleted file shows too. */
function stampOf(root: string): string {
  const hash = createHash('sha256')
  const walk = (path: string) => {
    const stat = statSync(join(root, path))
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) walk(`${path}/${name}`)
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
  }
  for (const source of SOURCES) if (existsSync(join(root, source))) walk(source)
  return hash.digest('hex')
}

export const fresh = (root: string): boolean =>
  existsSync(join(root, STAMP)) &&
  existsSync(join(root, 'dist/worker/index.js')) &&
  readFileSync(join(root, STAMP), 'utf8') === stampOf(root)

export const remember = (root: string): void => writeFileSync(join(root, STAMP), stampOf(root))
