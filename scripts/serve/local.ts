/** The built Worker in the real runtime on this machine, with its own D1, migrated. Used by `npm start` and by the browser tests. */
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { QUIET } from '../quiet.ts'
import { readSettings } from './settings.ts'

export type Local = {
  url: string
  /** Gives the running Worker these variables besides the others it has; what it held in memory is lost. */
  setVars(vars: Vars): Promise<void>
  /** A request to any of its hosts, without a name being looked up. */
  fetch(url: string, init: { method: string; body: string; headers?: Record<string, string> }): Promise<{ json(): Promise<unknown> }>
  stop(): Promise<void>
}

/** What the Worker is told besides `wrangler.toml`: token, secret and keys of the bot. */
export type Vars = Record<string, string>

/** A port that another program holds; the message says what to do. */
export class PortBusy extends Error {}

type Where = { root: string; port: number; data: string; vars?: Vars }

/** The Worker as it was built, for Miniflare. @param more  bindings that only a test gives it */
export function localOptions({ root, port, data, vars = {} }: Where, more: object = {}): ConstructorParameters<typeof Miniflare>[0] {
  Object.assign(process.env, QUIET)
  const folder = resolve(root, 'dist/worker')
  return convertV4MiniflareOptions({
    host: '127.0.0.1',
    port,
    cf: false,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    resourcePersistencePath: resolve(root, data),
    ...readSettings(root).options,
    name: 'stezhka',
    bindings: vars,
    modules: [
      { type: 'ESModule', path: resolve(folder, 'index.js') },
      ...readdirSync(folder)
        .filter((name) => name.endsWith('.txt'))
        .map((name) => ({ type: 'Text', path: resolve(folder, name) })),
    ],
    modulesRoot: folder,
    ...more,
  } as never)
}

/** The database alone stands in a moment; the Worker with all it serves takes seconds. */
const ONLY_DATABASE = {
  modules: [{ type: 'ESModule', path: 'nothing.js', contents: 'export default {}' }],
  modulesRoot: '.',
  durableObjects: {},
  assets: undefined,
}

/** @throws PortBusy */
export async function serveLocal(where: Where): Promise<Local> {
  const { root, port } = where
  let vars = where.vars ?? {}
  const options = (at: number, given: Vars = vars) => localOptions({ ...where, port: at, vars: given })
  // Migrations go first and on a private port, or the first visitors would meet a database without tables.
  const first = new Miniflare(localOptions({ ...where, port: 0 }, ONLY_DATABASE))
  await migrate(root, (await first.getD1Database('DB')) as unknown as D1)
  await first.dispose()
  const server = new Miniflare(options(port))
  try {
    const url = await server.ready
    // Cron does not fire by itself here; the alarm it sets goes on alone.
    await ((await server.getWorker()) as unknown as Cron).scheduled({ cron: '' }).catch(() => {})
    return {
      url: String(url).replace('127.0.0.1', 'localhost'),
      setVars: (next) => {
        vars = { ...vars, ...next }
        return server.setOptions(options(Number(url.port), vars))
      },
      fetch: (address, init) => server.dispatchFetch(address, init),
      stop: () => server.dispose(),
    }
  } catch (error) {
    await server.dispose().catch(() => {})
    if (/in use|EADDRINUSE/i.test(String((error as Error).message ?? error))) throw new PortBusy(String(port))
    throw error
  }
}

type Cron = { scheduled(options: { cron: string }): Promise<unknown> }
type Statement = { bind(...values: unknown[]): Statement; all(): Promise<{ results: Record<string, unknown>[] }> }
type D1 = { exec(sql: string): Promise<unknown>; prepare(sql: string): Statement; batch(statements: Statement[]): Promise<unknown> }

/** The same table as wrangler keeps, so that both may migrate one database. */
export async function migrate(root: string, db: D1): Promise<void> {
  await db.exec(
    'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
  )
  const done = new Set((await db.prepare('SELECT name FROM d1_migrations').all()).results.map((row) => row.name))
  for (const { name, statements } of readSettings(root).migrations) {
    if (done.has(name)) continue
    const applied = db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name)
    await db.batch([...statements.map((sql) => db.prepare(sql)), applied])
  }
}
