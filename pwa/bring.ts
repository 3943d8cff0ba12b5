/**
 * A script of ours that comes later; what it brings comes in an event of its name. It runs as text of the page, which the page's policy knows
 * by its hash: of a script with an address Chromium keeps the address on the disk, and that would tell which part of the page was used.
 */
import type { Asset } from '../schema/manifest.ts'
import { trusted } from './trusted.ts'

/** @throws Error when the network is gone, or the file is not what the build made */
export async function bring<T>(name: string, { src, integrity }: Asset): Promise<T> {
  const answer = await fetch(src, { credentials: 'omit', cache: 'no-store', integrity })
  if (!answer.ok) throw new Error('not loaded')
  const text = await answer.text()
  return new Promise((resolve, reject) => {
    document.addEventListener(name, (event) => resolve((event as CustomEvent<T>).detail), { once: true })
    const script = document.createElement('script')
    script.text = trusted.createScript(text) as unknown as string
    document.head.append(script)
    script.remove()
    // It ran at once, or never will.
    reject(new Error('not loaded'))
  })
}
