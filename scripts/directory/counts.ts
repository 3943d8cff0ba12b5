/** Reads how often "it did not answer" was said: from the local D1 files, read-only, or from the deployed one. Rows: `worker/store/no-answer.ts`. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import type { NoAnswer } from './due.ts'

/** Seconds since 1970. */
type EpochSeconds = number

const Rows = v.array(v.object({ service: v.number(), times: v.number(), expires_at: v.number() }))
type Row = v.InferOutput<typeof Rows>[number]

const DAY_SECONDS = 24 * 60 * 60

/** A row expires at the end of the 90th day after the day it counts. */
const KEPT_DAYS = 90

const dayOf = (expiresAt: EpochSeconds): string => new Date((expiresAt - (KEPT_DAYS + 1) * DAY_SECONDS) * 1000).toISOString().slice(0, 10)

/** A code that no service has any more is left out.
 *  @param codes `services` of `guide/content/codes.json` */
export function noAnswersOf(rows: Row[], codes: Record<string, number>, now: EpochSeconds): NoAnswer[] {
  const ids = new Map(Object.entries(codes).map(([id, code]) => [code, id]))
  return rows.flatMap(({ service, times, expires_at }) => {
    const id = ids.get(service)
    return id !== undefined && expires_at > now ? [{ id, times, on: dayOf(expires_at) }] : []
  })
}

/** Rows of every local database that has the table; `[]` where there is none yet.
 *  @param unread told of a database that cannot be read */
export function localRows(root: string, unread: (file: string) => void): Row[] {
  const folder = join(root, '.data')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sqlite'))
  return files.sort().flatMap((file) => {
    try {
      return rowsIn(join(folder, file))
    } catch {
      unread(file)
      return []
    }
  })
}

function rowsIn(file: string): Row[] {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const table = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'no_answer'").get()
    return table === undefined ? [] : v.parse(Rows, db.prepare('SELECT service, times, expires_at FROM no_answer').all())
  } finally {
    db.close()
  }
}

const Answer = v.pipe(v.array(v.object({ results: Rows })), v.minLength(1))

/** @throws when wrangler cannot reach the database or answers something else */
export function remoteRows(root: string, now: EpochSeconds, quiet: Record<string, string>): Row[] {
  const command = `SELECT service, times, expires_at FROM no_answer WHERE expires_at > ${Math.floor(now)}`
  const printed = execFileSync(
    join(root, 'node_modules/.bin/wrangler'),
    ['d1', 'execute', 'stezhka', '--remote', '--json', '--command', command],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...quiet },
    },
  )
  return readRemote(printed)
}

/** What `wrangler d1 execute --json` prints. */
export const readRemote = (printed: string): Row[] => v.parse(Answer, JSON.parse(printed)).flatMap(({ results }) => results)
