/** What is deployed: nothing of the local build can be in it, neither a root of one's own nor a passkey without an authenticator. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SOFTWARE_PASSKEY } from '../../crypto/talk/software-passkey.ts'
import { build } from '../../scripts/build.ts'
import { copyTree, type Tree } from './tree.ts'

/** Found in a local build only, in page, desk or Worker. */
const LOCAL_ONLY = [SOFTWARE_PASSKEY, 'TALK_TRUST']

let tree: Tree

const texts = (folder: string): string[] =>
  readdirSync(join(tree.root, folder), { recursive: true, withFileTypes: true })
    // Compressed twins say the same; the map of the sources is not deployed.
    .filter((file) => file.isFile() && !/\.(br|map)$/.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))

const found = (mark: string): number => ['dist/client', 'dist/worker'].flatMap(texts).filter((text) => text.includes(mark)).length

beforeAll(async () => {
  tree = copyTree()
  await build(tree.root, { production: true })
}, 60_000)

afterAll(() => tree.remove())

describe('the production build', () => {
  test.each(LOCAL_ONLY)('does not hold "%s"', (mark) => expect(found(mark)).toBe(0))

  test('is the only one that does not: a local one believes the root of its machine', async () => {
    await build(tree.root)
    expect(found('TALK_TRUST')).toBeGreaterThan(0)
  })

  test('is the one that is deployed', () => {
    const [deploy, config] = ['scripts/deploy.ts', 'wrangler.toml'].map((file) => readFileSync(join(tree.root, file), 'utf8'))
    expect(deploy).toContain('build(run.root, { production: true })')
    expect(config).toMatch(/\[define\]\nLOCAL = "false"/)
  })
})
