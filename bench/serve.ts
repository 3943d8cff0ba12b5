/** A Worker bundled as for a deployment and run by Miniflare, with a database of its own, and the process that it costs. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { parse } from 'smol-toml'
import { unstable_splitSqlQuery } from 'wrangler'
import { QUIET } from '../scripts/quiet.ts'

export type Served = {
  url: string
  /** Milliseconds of processor time the runtime has used so far, both sorts; null where the system does not say. */
  cpu(): number | null
  stop(): Promise<void>
}

/** `config`: a wrangler.toml. `entry`: in place of its `main`. `sql`: the schema, where there is one. */
type What = { root: string; config: string; entry?: string; vars: Record<string, string>; sql?: string }

type Config = {
  compatibility_date: string
  compatibility_flags?: string[]
  durable_objects?: { bindings: { name: string; class_name: string }[] }
}

export async function serve({ root, config, entry, vars, sql }: What): Promise<Served> {
  Object.assign(process.env, QUIET)
  const folder = mkdtempSync(join(tmpdir(), 'bench-worker-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove) // when it is interrupted
  try {
    const bundle = join(folder, 'worker')
    const from = [...(entry ? [entry] : []), '--config', config]
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/wrangler/bin/wrangler.js'), 'deploy', ...from, '--dry-run', '--outdir', bundle],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    const before = runtimes()
    const server = new Miniflare(optionsOf(parse(readFileSync(join(root, config), 'utf8')) as Config, bundle, join(folder, 'data'), vars))
    const url = new URL('/', await server.ready).href
    const [pid] = runtimes().filter((one) => !before.includes(one))
    if (sql !== undefined) {
      const db = await server.getD1Database('DB')
      for (const statement of unstable_splitSqlQuery(sql)) await db.prepare(statement).run()
    }
    return {
      url,
      cpu: () => (pid === undefined ? null : cpuOf(pid)),
      stop: async () => {
        await server.dispose()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** No static files: the webhook never asks for one, and the router before them would be paid for by one side only. */
function optionsOf(config: Config, bundle: string, data: string, vars: Record<string, string>) {
  const names = readdirSync(bundle)
  const script = names.find((name) => name.endsWith('.js')) ?? ''
  const objects = config.durable_objects?.bindings ?? []
  return convertV4MiniflareOptions({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    resourcePersistencePath: data,
    name: 'bench',
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags ?? [],
    bindings: vars,
    d1Databases: { DB: 'bench' },
    durableObjects: Object.fromEntries(objects.map((one) => [one.name, { className: one.class_name, useSQLite: true }])),
    modulesRoot: bundle,
    modules: [
      { type: 'ESModule', path: join(bundle, script) },
      ...names.filter((name) => name.endsWith('.txt')).map((name) => ({ type: 'Text', path: join(bundle, name) })),
    ],
  } as never)
}

/** Processes of workerd that this one has begun. */
function runtimes(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.[1] === String(process.pid) && nameOf(pid).startsWith('workerd'))
}

/** Fields of /proc/<pid>/stat after the name, which may hold spaces: state, parent, … */
function statOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').slice(1).join(') ').split(' ')
  } catch {
    return null // it has ended meanwhile
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1')
  } catch {
    return ''
  }
}

/** proc(5): utime and stime are fields 14 and 15, in ticks; Linux shows 100 a second on every machine. */
const TICK_MS = 10

function cpuOf(pid: number): number | null {
  const stat = statOf(pid)
  return stat === null ? null : (Number(stat[11]) + Number(stat[12])) * TICK_MS
}
