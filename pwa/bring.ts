/** A script of ours that comes later; what it brings comes in an event of its name. */
import type { Asset } from '../schema/manifest.ts'
import { trusted } from './trusted.ts'

/** @throws Error when the network is gone */
export function bring<T>(name: string, { src, integrity }: Asset): Promise<T> {
  return new Promise((resolve, reject) => {
    document.addEventListener(name, (event) => resolve((event as CustomEvent<T>).detail), { once: true })
    const script = document.createElement('script')
    script.integrity = integrity
    script.crossOrigin = 'anonymous' // the Integrity-Policy header takes only scripts asked for in CORS mode
    script.src = trusted.createScriptURL(src) as unknown as string
    script.onerror = () => {
      script.remove()
      reject(new Error('not loaded'))
    }
    document.head.append(script)
  })
}
