/** A browser's history as a person sees it, read from its own database. */
import { DatabaseSync } from 'node:sqlite'
import type { Row } from './tab.ts'

/** @param file  in the copy of a browser that may still run */
export function readHistory(file: string, table: 'urls' | 'moz_places'): Row[] {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return database.prepare(`SELECT url, title FROM ${table}`).all() as Row[]
  } finally {
    database.close()
  }
}
