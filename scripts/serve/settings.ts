/**
 * What `wrangler.toml` and the migrations say, read by wrangler itself while it builds: to load it takes longer than to serve. Kept
 * beside the build, so that whoever serves needs no wrangler.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { QUIET } from '../quiet.ts'

type Settings = {
  /** Of the Worker, as Miniflare takes them; without modules, and without anything of an account. */
  options: Record<string, unknown>
  migrations: { name: string; statements: string[] }[]
}

const FILE = 'dist/served.json'

export async function writeSettings(root: string): Promise<void> {
  Object.assign(process.env, QUIET)
  const { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } = await import('wrangler')
  const { workerOptions } = unstable_getMiniflareWorkerOptions(resolve(root, 'wrangler.toml'))
  // Modules are listed by whoever serves; bindings are read from .dev.vars, and whoever serves says whose bot it is; secrets are an account's, here a file keeps the keys.
  const { modulesRules: _rules, bindings: _bindings, secretsStoreSecrets: _secrets, ...options } = workerOptions as Record<string, unknown>
  const folder = join(root, 'schema/migrations')
  const migrations = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, statements: unstable_splitSqlQuery(readFileSync(join(folder, name), 'utf8')) }))
  writeFileSync(join(root, FILE), JSON.stringify({ options, migrations } satisfies Settings))
}

/** Of the build at `root`, wherever it was made. */
export function readSettings(root: string): Settings {
  const { options, migrations } = JSON.parse(readFileSync(join(root, FILE), 'utf8')) as Settings
  const assets = { ...(options.assets as object), directory: resolve(root, 'dist/client') }
  return { options: { ...options, rootPath: resolve(root), assets }, migrations }
}
