/** A copy of the project to plant faults in; the packages are only linked. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { SOURCES } from '../../scripts/build/fresh.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const PARTS = [...SOURCES, 'package.json', 'tsconfig.base.json', 'tsconfig.json']

export type Tree = { root: string; remove(): void }

export function copyTree(): Tree {
  const root = mkdtempSync(join(tmpdir(), 'tree-'))
  for (const part of PARTS) cpSync(join(ROOT, part), join(root, part), { recursive: true, preserveTimestamps: true })
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction')
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}
