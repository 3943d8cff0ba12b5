import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fresh, remember } from '../../scripts/build/fresh.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fresh-'))
  for (const folder of ['guide/content', 'locales/uk', 'worker', 'dist/worker']) mkdirSync(join(root, folder), { recursive: true })
  for (const file of ['guide/content/a.yaml', 'locales/uk/ui.json', 'worker/index.ts', 'organisation.toml', 'dist/worker/index.js'])
    put(file, 'one')
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (file: string, text: string): void => writeFileSync(join(root, file), text)

describe('a build', () => {
  test('that was never made does not stand', () => {
    expect(fresh(root)).toBe(false)
  })

  test('that was remembered stands as long as nothing changes', () => {
    remember(root)
    expect(fresh(root)).toBe(true)
    expect(fresh(root)).toBe(true)
  })

  const changes: [string, () => void][] = [
    ['a source was changed', () => put('guide/content/a.yaml', 'other')],
    ['a source of the same size is younger', () => utimesSync(join(root, 'worker/index.ts'), new Date(2030, 1, 1), new Date(2030, 1, 1))],
    ['a source was added', () => put('locales/uk/services.json', 'new')],
    ['a source was removed', () => rmSync(join(root, 'locales/uk/ui.json'))],
    ['a source was renamed', () => renameSync(join(root, 'guide/content/a.yaml'), join(root, 'guide/content/b.yaml'))],
    ['the organisation’s file was changed', () => put('organisation.toml', 'another')],
    ['the Worker it made is gone', () => rmSync(join(root, 'dist/worker/index.js'))],
  ]

  test.each(changes)('no longer stands when %s', (_what, change) => {
    remember(root)
    change()
    expect(fresh(root)).toBe(false)
  })

  test('still stands when something it was not made of changes', () => {
    remember(root)
    put('README.md', 'words')
    put('dist/types', 'others')
    expect(fresh(root)).toBe(true)
  })
})
