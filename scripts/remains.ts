/** `npm run remains`: writes `docs/what-remains.md` from the last run of the residue tests, and keeps what it was made from beside it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Residue, Trace } from '../schema/residue.ts'
import { type Look, page } from './remains/page.ts'

const root = process.cwd()
const folder = join(root, 'dist/residue')

const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
if (names.length === 0) {
  console.error('Nothing was measured yet. First:  npm test   and, for Firefox and the whole disk:  npm run nightly')
  process.exit(1)
}
const looks = names
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Residue[])
  .map(({ found, ...look }): Look => ({ ...look, found: Object.keys(found).sort() as Trace[] }))
const lines = looks.map((look) => JSON.stringify(look)).sort()
writeFileSync(join(root, 'docs/what-remains.json'), `[\n${lines.join(',\n')}\n]\n`)
writeFileSync(join(root, 'docs/what-remains.md'), page(lines.map((line) => JSON.parse(line) as Look)))
console.log(`docs/what-remains.md: ${looks.length} looks at a disk, from ${names.join(', ')}`)
