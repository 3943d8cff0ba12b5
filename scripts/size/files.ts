/** The files behind the first view, as the build compressed them. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '../../schema/manifest.ts'

/** Bytes as a phone receives them. */
export type Size = { name: string; bytes: number; budget: number }

const KB = 1024
const BOOK = 60 * KB
const DIRECTORY = 40 * KB
const PLACES = 120 * KB
/** Nobody in danger waits for it; still, a desk should open on a phone. */
const DESK = 60 * KB

export function fileSizes(root: string): Size[] {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/built/manifest.txt'), 'utf8')) as Manifest
  const bytes = (path: string): number => statSync(join(root, 'dist/client', `${path}.br`)).size
  const files = Object.entries(manifest.countries).flatMap(([country, { languages, places }]) => [
    ...Object.entries(languages).map(([language, { book }]) => ({
      name: `guide-${country}-${language}`,
      bytes: bytes(book),
      budget: BOOK,
    })),
    ...Object.entries(languages).map(([language, { directory }]) => ({
      name: `directory-${country}-${language}`,
      bytes: bytes(directory),
      budget: DIRECTORY,
    })),
    { name: `places-${country}`, bytes: bytes(places), budget: PLACES },
  ])
  return [...files, { name: 'desk', bytes: bytes(manifest.desk.script.src) + bytes(manifest.desk.style.src), budget: DESK }]
}
