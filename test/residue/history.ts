/** The browser's history as a person sees it, read from its own database. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Row = { url: string; title: string }

/** @param copy  of a browser that may still run */
export function chromiumHistory(copy: string): Row[] {
  const database = new DatabaseSync(join(copy, 'profile/Default/History'), { readOnly: true })
  try {
    return database.prepare('SELECT url, title FROM urls').all() as Row[]
  } finally {
    database.close()
  }
}
