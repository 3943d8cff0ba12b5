/**
 * Looks for markers in every file of a folder: a browser's profile, its home and its temporary files. Names of files and folders
 * count too.
 *
 * It reads files, not the disk: blocks of deleted files are out of its sight (`image.ts` reads those), and so are memory, the
 * clipboard, learned words of a keyboard, screenshots and the router. What is encrypted is not found, by design.
 */
import { copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { forms, type Marker } from './forms.ts'
import { seeker } from './seek.ts'
import { views } from './views.ts'

export type Hit = {
  id: string
  class: string
  /** Inside the folder. */
  file: string
  view: string
  form: string
  count: number
  /** What stands around the first one, as far as it can be printed. */
  context: string
}

/** @throws when a file cannot be read: a scan that skipped something proves nothing */
export function scan(folder: string, markers: readonly Marker[]): Hit[] {
  const look = looker(markers)
  const hits: Hit[] = []
  for (const { path, name, kind } of walk(folder)) {
    const found = [...look(name, 'name', Buffer.from(name))]
    if (kind === 'link') found.push(...look(name, 'link', Buffer.from(readlinkSync(path))))
    if (kind === 'file') for (const view of views(name, readFileSync(path))) found.push(...look(name, view.name, view.bytes))
    // The same text again in a container that was opened is no second finding.
    const seen = new Set<string>()
    for (const hit of found) {
      const key = `${hit.id} ${hit.form}`
      if (!seen.has(key)) hits.push(hit)
      seen.add(key)
    }
  }
  return hits
}

/** @returns a search for these markers in any bytes */
export function looker(markers: readonly Marker[]): (file: string, view: string, bytes: Buffer) => Hit[] {
  const sought = markers.flatMap((marker) => forms(marker).map((form) => ({ marker, form })))
  const seek = seeker(sought.map(({ form }) => form.bytes))
  return (file, view, bytes) => {
    const found = new Map<number, Hit>()
    seek(bytes, (index, at) => {
      const before = found.get(index)
      const one = sought[index]
      if (before) before.count += 1
      else if (one)
        found.set(index, {
          id: one.marker.id,
          class: one.marker.class,
          file,
          view,
          form: one.form.name,
          count: 1,
          context: around(bytes, at, one.form.bytes.length),
        })
    })
    return [...found.values()]
  }
}

const around = (bytes: Buffer, at: number, length: number): string =>
  bytes
    .subarray(Math.max(0, at - 32), at + length + 32)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '.')

type Entry = { path: string; name: string; kind: 'file' | 'folder' | 'link' }

function* walk(folder: string, inside = ''): Generator<Entry> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    const name = inside + entry.name
    if (entry.isDirectory()) {
      yield { path, name: `${name}/`, kind: 'folder' }
      yield* walk(path, `${name}/`)
    } else if (entry.isSymbolicLink()) yield { path, name, kind: 'link' }
    else if (entry.isFile()) yield { path, name, kind: 'file' }
  }
}

/** Copies the folder of a running browser: the phone taken out of the hand. What vanishes meanwhile is gone for a thief as well. */
export function snapshot(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  copy(from, to)
}

function copy(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of unlessGone(() => readdirSync(from)) ?? []) {
    const [source, target] = [join(from, name), join(to, name)]
    const stat = unlessGone(() => lstatSync(source))
    if (stat?.isDirectory()) copy(source, target)
    else if (stat?.isFile()) unlessGone(() => copyFileSync(source, target))
  }
}

function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
