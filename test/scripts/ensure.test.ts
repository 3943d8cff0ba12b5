import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ENSURE = resolve(import.meta.dirname, '../../scripts/ensure.mjs')

/** Runs it as another Node would see itself, in a folder whose packages brought no Node along. */
function asNode(version: string): { code: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'ensure-'))
  try {
    mkdirSync(join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package-lock.json'), '{}')
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}')
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); await import(${JSON.stringify(ENSURE)})`
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', pretend], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { code: status, said: `${stdout}${stderr}`.trim() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.each([
  ['18.20.1', '20.19'],
  ['20.20.2', '22.18'],
  ['22.12.0', '22.18'],
])('Node %s is told in one sentence that it is too old, and what is needed', (version, needed) => {
  const { code, said } = asNode(version)
  expect(code).toBe(1)
  expect(said).toContain(`needs Node ${needed} or newer; you have ${version}`)
  expect(said.split('\n')).toHaveLength(1)
})

test('a Node that runs TypeScript itself is enough', () => {
  expect(asNode('24.1.0')).toEqual({ code: 0, said: '' })
})
