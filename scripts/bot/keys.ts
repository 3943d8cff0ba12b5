/** The bot's daily keys on this machine, in one file that only its owner may read (`.data/keys.json`). */
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { turned } from '../../crypto/keeping.ts'

/**
 * The keys of now as the Worker takes them (`BOT_KEYS`), with the file brought up to date. A file that is missing or unreadable is
 * begun anew.
 *
 * @param now  epoch seconds
 */
export function keysFile(path: string, now: number): string {
  let before = ''
  try {
    before = readFileSync(path, 'utf8')
  } catch {
    // The first start.
  }
  const text = turned(before, now)
  if (text === before) {
    chmodSync(path, 0o600)
    return text
  }
  mkdirSync(dirname(path), { recursive: true })
  // Written beside and moved over it: a start that is cut short leaves the old file whole.
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return text
}
