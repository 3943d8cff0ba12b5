/** How a marker may stand on a disk: in which encoding, and for a host as which hash. */
import { createHash } from 'node:crypto'

/** What is looked for. Texts are real sentences or random letters, long enough that nothing else is the same. */
export type Marker = {
  id: string
  class: string
  value: string | Buffer
  /** The value is the name of a host: browsers also keep hashes of it, which a list of known help sites makes readable. */
  host?: true
}

export type Form = { name: string; bytes: Buffer }

/** Shorter ones match by chance. */
const LEAST_BYTES = 6

export function forms({ value, host }: Marker): Form[] {
  const found: Form[] = []
  const add = (name: string, bytes: Buffer | string) => {
    const form = { name, bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes }
    if (form.bytes.length >= LEAST_BYTES && !found.some((one) => one.bytes.equals(form.bytes))) found.push(form)
  }
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
  add('UTF-8', bytes)
  add('hex', bytes.toString('hex'))
  add('HEX', bytes.toString('hex').toUpperCase())
  for (const encoding of ['base64', 'base64url'] as const)
    for (const phase of [0, 1, 2] as const) add(`${encoding} ${phase}`, base64Core(bytes, encoding, phase))
  if (typeof value !== 'string') add('reversed', Buffer.from(bytes).reverse())
  else {
    add('UTF-16', Buffer.from(value, 'utf16le'))
    add('UTF-16 big endian', Buffer.from(value, 'utf16le').swap16())
    add('percent', encodeURIComponent(value))
    add('address', encodeURI(value))
    add('sent form', new URLSearchParams([['', value]]).toString().slice(1))
    add('JSON', escaped(value, 'lower'))
    add('JSON, upper case', escaped(value, 'upper'))
    add('HTML', Buffer.from(value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')))
  }
  if (host && typeof value === 'string') for (const form of hostHashes(value)) add(form.name, form.bytes)
  return found
}

/** The part of a base64 text that does not depend on what stands before and after: three ways to begin. */
function base64Core(bytes: Buffer, encoding: 'base64' | 'base64url', phase: 0 | 1 | 2): string {
  const whole = Buffer.concat([Buffer.alloc(phase), bytes])
    .toString(encoding)
    .replace(/=+$/, '')
  return whole.slice([0, 2, 3][phase], (phase + bytes.length) % 3 === 0 ? undefined : -1)
}

function escaped(text: string, letters: 'lower' | 'upper'): string {
  return text.replace(/[^\x20-\x7e]/g, (one) => {
    const hex = one.charCodeAt(0).toString(16).padStart(4, '0')
    return `\\u${letters === 'lower' ? hex : hex.toUpperCase()}`
  })
}

function hostHashes(host: string): Form[] {
  // HSTS: base64 of SHA-256 of the name as DNS writes it, each label after its length.
  const wire = Buffer.concat([...host.split('.').map((label) => Buffer.from(String.fromCharCode(label.length) + label)), Buffer.alloc(1)])
  const found: Form[] = [{ name: 'HSTS', bytes: Buffer.from(createHash('sha256').update(wire).digest('base64')) }]
  for (const text of [host, `https://${host}`, `https://${host}/`])
    for (const algorithm of ['md5', 'sha1', 'sha256']) {
      const digest = createHash(algorithm).update(text).digest()
      found.push({ name: `${algorithm}(${text})`, bytes: digest })
      for (const encoding of ['hex', 'base64'] as const)
        found.push({ name: `${algorithm}(${text}) ${encoding}`, bytes: Buffer.from(digest.toString(encoding).replace(/=+$/, '')) })
      found.push({ name: `${algorithm}(${text}) HEX`, bytes: Buffer.from(digest.toString('hex').toUpperCase()) })
    }
  return found
}
