import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createdId, databaseId, listedId, NO_DATABASE, type Wrangler, withDatabaseId } from '../../scripts/deploy/wrangler.ts'
import { deploy } from '../../scripts/deploy.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const ID = '12345678-90ab-cdef-1234-567890abcdef'
const config = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')

describe('what is read from wrangler', () => {
  test('a written id changes that line of wrangler.toml and nothing else', () => {
    const written = withDatabaseId(config, ID)
    expect(databaseId(written)).toBe(ID)
    expect(written.replace(ID, databaseId(config) ?? '')).toBe(config)
  })

  test('a database is found by its whole name only', () => {
    const list = JSON.stringify([
      { name: 'stezhka-old', uuid: 'x' },
      { name: 'stezhka', uuid: ID },
    ])
    expect(listedId(`a warning\n${list}`, 'stezhka')).toBe(ID)
    expect(listedId(list, 'stez')).toBeNull()
    expect(listedId('no list', 'stezhka')).toBeNull()
  })

  test('the id of a new database is read from what is said about it', () => {
    expect(createdId(`✅ Created\n[[d1_databases]]\ndatabase_id = "${ID}"`)).toBe(ID)
    expect(createdId('✘ no')).toBeNull()
  })
})

describe('npm run deploy', () => {
  let root = ''
  let asked: string[] = []
  const wrangler: Wrangler = (...words) => {
    asked.push(words.join(' '))
    return { code: 1, out: '', error: 'refused' }
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'deploy-'))
    asked = []
    vi.spyOn(console, 'log').mockImplementation(() => {})
    writeFileSync(join(root, 'wrangler.toml'), withDatabaseId(config, NO_DATABASE))
  })

  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(root, { recursive: true, force: true })
  })

  const organisation = (site: string): void =>
    writeFileSync(
      join(root, 'organisation.toml'),
      readFileSync(join(ROOT, 'organisation.toml'), 'utf8').replace(/^site = .*$/m, `site = ${site}`),
    )

  test.each([
    ['[]', /names no site yet\. Write the address people will use/],
    ['["http://example.org"]', /"http:\/\/example\.org" under "site".*https:\/\//],
    ['["example.org"]', /"example\.org" under "site".*https:\/\//],
  ])('with site = %s stops before anybody is asked anything', async (site, sentence) => {
    organisation(site)
    await expect(deploy({ root, dry: false, wrangler })).rejects.toThrow(sentence)
    expect(asked).toEqual([])
  })

  test('without a login stops with the command to sign in, and nothing is changed', { timeout: 30_000 }, async () => {
    organisation('["https://example.org"]')
    await expect(deploy({ root, dry: false, wrangler })).rejects.toThrow('Run: npx wrangler login')
    expect(asked).toEqual(['whoami --json'])
    expect(databaseId(readFileSync(join(root, 'wrangler.toml'), 'utf8'))).toBe(NO_DATABASE)
  })
})
