/** Keeps what was found as data, for the page that tells people what remains. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Residue } from '../../schema/residue.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Numbers of a browser's own files differ from run to run. */
const plain = (file: string): string => file.replace(/\d{8,}|[0-9a-f]{16}/g, '*')

export function record(name: string, found: Residue[]): void {
  const folder = join(ROOT, 'dist/residue')
  mkdirSync(folder, { recursive: true })
  const rows = found.map((row) => ({
    ...row,
    found: Object.fromEntries(Object.entries(row.found).map(([trace, files]) => [trace, [...new Set(files.map(plain))].sort()])),
  }))
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(rows, null, 1)}\n`)
}
