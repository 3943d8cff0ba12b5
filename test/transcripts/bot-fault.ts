/** A fault planted on purpose in the renderer of the bot: the Worker built from source in which every choice of a screen carries "stop". */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { QUIET } from '../../scripts/quiet.ts'

const COPIED = [
  'crypto',
  'guide',
  'locales',
  'schema',
  'worker',
  'wrangler.toml',
  'package.json',
  'tsconfig.base.json',
  'dist/built',
  'dist/client',
  'dist/served.json',
]

/** @returns the root of a tree of its own, to be removed afterwards */
export function faultyBot(root: string): { root: string; remove(): void } {
  const copy = mkdtempSync(join(tmpdir(), 'bot-fault-'))
  mkdirSync(join(copy, 'dist'))
  for (const name of COPIED) cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const screen = join(copy, 'worker/bot/screen.ts')
  const right = readFileSync(screen, 'utf8')
  const wrong = right.replace('key(label, { choice: id })', "key(label, { choice: 'stop' })")
  if (wrong === right)
    throw new Error('The place for the planted fault is gone from worker/bot/screen.ts: plant it where a choice becomes a button.')
  writeFileSync(screen, wrong)
  execFileSync(join(root, 'node_modules/.bin/wrangler'), ['deploy', '--dry-run', '--outdir', 'dist/worker'], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...QUIET },
  })
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) }
}
