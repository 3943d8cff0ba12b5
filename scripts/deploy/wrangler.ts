/** What `npm run deploy` asks of wrangler, and what is read from its answers and from `wrangler.toml`. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { QUIET } from '../quiet.ts'

export type Answer = { code: number; out: string; error: string }

export type Wrangler = (...words: string[]) => Answer

/** Without a question: what would be asked is answered with its default. */
export const wranglerAt =
  (root: string): Wrangler =>
  (...words) => {
    const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/wrangler'), words, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...QUIET },
    })
    return { code: status ?? 1, out: stdout ?? '', error: stderr ?? '' }
  }

/** What stands in `wrangler.toml` of a fresh clone: no database yet. */
export const NO_DATABASE = '00000000-0000-0000-0000-000000000000'

const DATABASE = /^(\s*database_id\s*=\s*)"([^"]*)"/m
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

/** @returns null when the file names no database at all */
export const databaseId = (config: string): string | null => DATABASE.exec(config)?.[2] ?? null

export const withDatabaseId = (config: string, id: string): string => config.replace(DATABASE, `$1"${id}"`)

/** The id of the database of this name, from `wrangler d1 list --json`. */
export function listedId(out: string, name: string): string | null {
  try {
    const list = JSON.parse(out.slice(Math.max(0, out.indexOf('[')))) as { name: string; uuid: string }[]
    return list.find((one) => one.name === name)?.uuid ?? null
  } catch {
    return null
  }
}

/** The id in what `wrangler d1 create` says. */
export const createdId = (out: string): string | null => UUID.exec(out)?.[0] ?? null
