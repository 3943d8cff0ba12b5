import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../free-port.ts'
import { copyTree, type Tree } from './tree.ts'

let tree: Tree

beforeAll(() => {
  tree = copyTree()
})

afterAll(() => tree.remove())

type Ended = { code: number | null; said: string }

function start(env: Record<string, string> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/start.ts'], {
    cwd: tree.root,
    encoding: 'utf8',
    timeout: 15_000,
    env: { ...process.env, PORT: '0', NO_COLOR: '1', ...env },
  })
  return { code: status, said: `${stdout}${stderr}` }
}

/** What a person can act on: short, and nothing of the program's insides. */
function expectPlain({ code, said }: Ended): void {
  expect(code).toBe(1)
  expect(said).not.toMatch(/^\s+at |node:internal|\w*Error\b|\[object/m)
  expect(said.trim().split('\n').length).toBeLessThanOrEqual(7)
}

async function startWith(file: string, change: (text: string) => string): Promise<Ended> {
  const path = join(tree.root, file)
  const before = readFileSync(path, 'utf8')
  writeFileSync(path, change(before))
  try {
    return start({ PORT: String(await freePort()) })
  } finally {
    writeFileSync(path, before)
  }
}

describe('npm start', { timeout: 20_000 }, () => {
  test('says which other port to take when its own is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const ended = start({ PORT: String(port) })
    other.close()
    expectPlain(ended)
    expect(ended.said).toContain(`Port ${port} is taken`)
    expect(ended.said).toContain('PORT=8788 npm start')
  })

  test.each(['http', '70000', '80.5'])('says what a port is when PORT is "%s"', (port) => {
    const ended = start({ PORT: port })
    expectPlain(ended)
    expect(ended.said).toContain(`PORT should be a number from 1 to 65535, not "${port}"`)
  })

  test.each([
    ['a guide that is no YAML', 'guide/content/guides/ua/doors.yaml', () => 'steps: {'],
    ['a guide with an unknown setting', 'guide/content/guides/ua/crsv.yaml', (text: string) => `${text}\ncolour: red\n`],
    ['words that are no JSON', 'locales/uk/ui.json', (text: string) => text.slice(0, -3)],
  ])('names the file of %s', async (_what, file, change) => {
    const ended = await startWith(file, change)
    expectPlain(ended)
    expect(ended.said).toContain('A content file cannot be read, so nothing was started')
    expect(ended.said).toContain(file)
  })

  test.each([
    [
      'a slip of the quotes',
      (text: string) => text.replace('name = "Stezhka"', 'name = "Stezhka'),
      /organisation\.toml, line \d+: .*check the quotes/,
    ],
    [
      'a language we have not',
      (text: string) => text.replace(/^languages = .*$/m, 'languages = ["uk", "fr"]'),
      /organisation\.toml: "fr" is not a language we have content for\. We have: uk/,
    ],
  ])('explains %s in the organisation’s file', async (_what, change, sentence) => {
    const ended = await startWith('organisation.toml', change)
    expectPlain(ended)
    expect(ended.said).toMatch(sentence)
  })
})
