/** The rule that no file of the page reaches for what would leave a trace: it must bite, and only there. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

const TRACES = [
  'localStorage.setItem("a", "b")',
  'window.sessionStorage.a = "b"',
  'self.indexedDB.open("a")',
  'void caches.open("a")',
  'document.cookie = "a=b"',
  'void navigator.serviceWorker.register("/sw.js")',
  'void navigator.clipboard.writeText("a")',
  'navigator.sendBeacon("/")',
  'history.pushState(null, "")',
  'history.replaceState(null, "")',
  'link.download = "a"',
  'window.print()',
  'URL.createObjectURL(new Blob())',
]

/** Lines of a file with findings, linted by our rules in a tree of its own. */
function found(path: string, lines: string[]): number[] {
  const tree = mkdtempSync(join(tmpdir(), 'lint-'))
  try {
    for (const rules of ['biome.json', 'scripts/lint']) cpSync(join(root, rules), join(tree, rules), { recursive: true })
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), `${lines.join('\n')}\n`)
    const { stdout, stderr } = spawnSync(
      join(root, 'node_modules/.bin/biome'),
      ['lint', '--colors=off', '--vcs-enabled=false', '--max-diagnostics=none', path],
      { cwd: tree, encoding: 'utf8' },
    )
    const said = `${stdout}${stderr}`
    expect(said).toContain('Checked 1 file')
    const numbers = [...said.matchAll(/:(\d+):\d+ (?:plugin|lint\/suspicious\/noDocumentCookie)/g)].map((match) => Number(match[1]))
    return [...new Set(numbers)].sort((a, b) => a - b)
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

test('E9: a file of the page that stores, copies, prints, downloads or adds to the history does not pass the linter', () => {
  expect(found('pwa/visitor/planted.ts', TRACES)).toEqual(TRACES.map((_trace, index) => index + 1))
})

test('ordinary lines of the page pass it', () => {
  expect(
    found('pwa/visitor/planted.ts', ['location.replace("/")', 'const sprint = "print"', 'export const it = [sprint, document.title]']),
  ).toEqual([])
})
