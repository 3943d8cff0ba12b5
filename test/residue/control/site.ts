/**
 * A page that does everything wrong: it lets itself be cached, installs a worker, uses every storage, puts what is read into titles
 * and addresses. It is visited on the same phone as ours: a scan that does not find what it left is blind, and fails.
 */
import { randomBytes } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Site } from '../front.ts'
import type { Marker } from '../scanner/forms.ts'

/** Everything it leaves, each with letters of its own, so that one class cannot be found for another. */
export const CONTROLS = [
  'title',
  'route',
  'history-state',
  'app-code',
  'worker-code',
  'article',
  'reply',
  'typed',
  'field',
  'database',
  'database-wide',
  'database-packed',
  'key',
  'local-storage',
  'session-storage',
  'cookie',
  'cache-storage',
  'private-file',
] as const

export type Control = (typeof CONTROLS)[number]

/** All leaky pages lie here, so that a browser without scripts can be told to let theirs run. */
export const LEAKY = 'leaky.test'

export type Controls = { host: string; url: string; values: Record<Control, string>; markers: Marker[]; site: Site }

export function makeControls(): Controls {
  const host = `n${randomBytes(8).toString('hex')}.${LEAKY}`
  const values = Object.fromEntries(CONTROLS.map((name) => [name, `Mk${randomBytes(10).toString('hex')}`])) as Record<Control, string>
  values.key = randomBytes(32).toString('hex')
  const markers = CONTROLS.map((name): Marker => {
    const value = name === 'key' ? Buffer.from(values.key, 'hex') : name === 'database-wide' ? `Привіт${values[name]}` : values[name]
    return { id: `${host} ${name}`, class: 'control', value }
  })
  const kept = (type: string, body: string, pack?: 'br' | 'gzip') => ({
    headers: { 'content-type': type, 'cache-control': 'public, max-age=86400', ...(pack ? { 'content-encoding': pack } : {}) },
    body: pack === 'br' ? brotliCompressSync(body) : pack === 'gzip' ? gzipSync(body) : body,
  })
  const files: Record<string, () => ReturnType<typeof kept>> = {
    '/app.js': () =>
      kept('text/javascript', `${'/* as long as scripts are */'.repeat(90)}self.code=${JSON.stringify(values['app-code'])}`, 'br'),
    '/sw.js': () =>
      kept('text/javascript', `self.code=${JSON.stringify(values['worker-code'])};oninstall=()=>skipWaiting();onfetch=()=>{}`),
    '/article': () => kept('text/plain', `${'Words, words, words. '.repeat(80)}${values.article}`, 'br'),
    '/reply': () => kept('application/json', JSON.stringify({ reply: values.reply }), 'gzip'),
  }
  const page = `<!doctype html><title>A page</title><script src=/app.js></script><form><textarea id=typed></textarea><input id=field name=town></form>`
  return { host, url: `https://${host}/`, values, markers, site: ({ path }) => files[path]?.() ?? kept('text/html; charset=utf-8', page) }
}
