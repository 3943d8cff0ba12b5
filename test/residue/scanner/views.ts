/** Everything one file can be read as. Whatever cannot be opened as a container is still searched as it is. */
import { chromiumBody, firefoxBody } from './http-cache.ts'
import { isTable, levelLog, levelTable } from './leveldb.ts'
import { mozLz4 } from './lz4.ts'
import { unsnappy, unsnappyAnywhere, unsnappyStream } from './snappy.ts'
import { journalPages, sqlitePages, walPages } from './sqlite.ts'
import { GZIP, gunzip, inflated } from './streams.ts'

export type View = { name: string; bytes: Buffer }

/** Larger files are caches of other things, and are never one stream from end to end. */
const WHOLE_STREAM_BYTES = 8 * 2 ** 20

/** Chromium wraps a compressed IndexedDB value so, wherever it stands. */
const IDB_SNAPPY = Buffer.from([0xff, 0x11, 0x02])

/** What sites store in Firefox. */
const FIREFOX_DATABASE = /(^|\/)storage\/default\/.*\.sqlite(-wal)?$/

const MOST_INSIDE = 5000

export function views(name: string, bytes: Buffer): View[] {
  const found: View[] = [{ name: 'as it is', bytes }]
  const add = (view: string, open: () => Buffer | null) => {
    try {
      const opened = open()
      if (opened && opened.length > 0) found.push({ name: view, bytes: opened })
    } catch {
      // Not that container.
    }
  }
  if (isTable(bytes)) add('LevelDB table', () => levelTable(bytes))
  if (/\.log$|MANIFEST-/.test(name)) add('LevelDB log', () => levelLog(bytes))
  add('SQLite pages', () => sqlitePages(bytes))
  add('SQLite write-ahead log', () => walPages(bytes))
  add('SQLite journal', () => journalPages(bytes))
  add('LZ4', () => mozLz4(bytes))
  add('Snappy stream', () => unsnappyStream(bytes))
  if (FIREFOX_DATABASE.test(name))
    for (const { name: view, bytes: pages } of [...found]) add(`${view} > rows`, () => unsnappyAnywhere(pages))
  const bodies = [...chromiumBody(bytes), ...firefoxBody(bytes)]
  if (bytes.length < WHOLE_STREAM_BYTES) bodies.push(...inflated(bytes))
  for (const [packed, body] of bodies) found.push({ name: packed, bytes: body })
  for (const outer of [...found]) {
    for (const at of every(outer.bytes, IDB_SNAPPY))
      add(`${outer.name} > IndexedDB Snappy`, () => unsnappy(outer.bytes.subarray(at + IDB_SNAPPY.length)))
    for (const at of every(outer.bytes, GZIP)) add(`${outer.name} > gzip`, () => gunzip(outer.bytes.subarray(at)))
  }
  return found
}

function* every(bytes: Buffer, sought: Buffer): Generator<number> {
  let at = bytes.indexOf(sought)
  for (let n = 0; at >= 0 && n < MOST_INSIDE; n += 1, at = bytes.indexOf(sought, at + 1)) yield at
}
