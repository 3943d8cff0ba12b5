/** A disk of one phone as a file: what is deleted there stays readable, as on a phone whose storage somebody copies whole. */
import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Marker } from '../scanner/forms.ts'
import { type Hit, looker } from '../scanner/scan.ts'
import { views } from '../scanner/views.ts'

const BYTES = 512 * 2 ** 20

export type Disk = {
  /** Where its files are while it is mounted. */
  folder: string
  /** May be called twice. */
  unmount(): void
  /** Looks for markers in every block, whatever it belongs or belonged to. */
  search(markers: readonly Marker[]): Hit[]
}

/** @throws without root, and says so */
export function mountDisk(at: string): Disk {
  if (process.getuid?.() !== 0) throw new Error('A disk can only be mounted by root. Run:  sudo npm run nightly')
  const [image, folder] = [join(at, 'disk.img'), join(at, 'mounted')]
  const file = openSync(image, 'w')
  ftruncateSync(file, BYTES)
  closeSync(file)
  mkdirSync(folder)
  execFileSync('mkfs.ext4', ['-q', '-F', image])
  // What is written reaches the disk at once, even if it is deleted the moment after; and what is deleted is not wiped.
  execFileSync('mount', ['-o', 'loop,sync,nodiscard', image, folder])
  let mounted = true
  return {
    folder,
    unmount() {
      if (mounted) execFileSync('umount', [folder])
      mounted = false
    },
    search: (markers) => search(image, markers),
  }
}

const PIECE = 8 * 2 ** 20
/** What lies across the border of two pieces is in both. */
const OVERLAP = 2 ** 20

function search(image: string, markers: readonly Marker[]): Hit[] {
  const look = looker(markers)
  const file = openSync(image, 'r')
  const buffer = Buffer.alloc(PIECE + OVERLAP)
  const found = new Map<string, Hit>()
  try {
    for (let at = 0; at < BYTES; at += PIECE) {
      const bytes = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, at))
      if (bytes.every((byte) => byte === 0)) continue
      for (const view of [...views('', bytes), ...bodies(bytes)])
        for (const hit of look(`at ${at}`, view.name, view.bytes)) found.set(`${hit.id} ${hit.form}`, hit)
    }
  } finally {
    closeSync(file)
  }
  return [...found.values()]
}

/** Files begin at blocks: those of a browser's cache are known by their first bytes, and their bodies unpacked. */
const BLOCK = 4096
const CACHE_ENTRY = Buffer.from('305c72a71b6dfbfc', 'hex')

function bodies(bytes: Buffer): { name: string; bytes: Buffer }[] {
  const found: { name: string; bytes: Buffer }[] = []
  for (let at = 0; at + BLOCK <= bytes.length; at += BLOCK)
    if (bytes.subarray(at, at + CACHE_ENTRY.length).equals(CACHE_ENTRY)) found.push(...views('', bytes.subarray(at, at + OVERLAP)).slice(1))
  return found
}
