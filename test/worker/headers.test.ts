/** What every answer carries, and what none does. */
import { exports } from 'cloudflare:workers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { manifest } from '../../worker/books.ts'
import { takesBrotli } from '../../worker/http/compress.ts'
import { headersFor } from '../../worker/http/headers.ts'
import config from '../../wrangler.toml?raw'
import { ADDRESS, ask, post } from './visitor.ts'

const HEADERS = headersFor(manifest.later)

const UNWANTED = [
  'NEL',
  'Report-To',
  'Reporting-Endpoints',
  'Server-Timing',
  'ETag',
  'Last-Modified',
  'Set-Cookie',
  'Server',
  'X-Powered-By',
  'Access-Control-Allow-Origin',
]

/** Every file the build left, by its address. */
const FILES = Object.keys(import.meta.glob('../../dist/client/a/*'))
  .map((file) => file.replace('../../dist/client', ''))
  .filter((file) => !file.endsWith('.br'))

const BROKEN = {
  ASSETS: {
    fetch: () => {
      throw new Error('planted')
    },
  },
}

const ANSWERS: [string, () => Promise<Response>][] = [
  ['the first page', () => ask('/')],
  ['the first page, compressed', () => ask('/', { headers: { 'Accept-Encoding': 'gzip, br' } })],
  ['HEAD', () => ask('/', { method: 'HEAD' })],
  ['a plain page', () => post({ p: '1uk..', c: 'for-me' })],
  ['a signal', () => post({ n: '1', w: '1' })],
  ['an empty form', () => ask('/', { method: 'POST' })],
  ['an unknown address', () => ask('/nothing/here?of=it')],
  ['a file that is not there', () => ask('/a/00000000.js')],
  ['another method', () => ask('/', { method: 'DELETE' })],
  ['an error', () => ask('/a/00000000.js', {}, BROKEN)],
  ['through the front door', () => exports.default.fetch(ADDRESS)],
  ['an unknown address through the front door', () => exports.default.fetch(`${ADDRESS}wp-admin`, { redirect: 'manual' })],
]

function checkHeaders(answer: Response): void {
  const isPage = answer.headers.get('Content-Type')?.startsWith('text/html')
  for (const [name, value] of Object.entries(isPage ? HEADERS : headersFor([]))) expect(answer.headers.get(name), name).toBe(value)
  for (const name of UNWANTED) expect(answer.headers.get(name), name).toBeNull()
}

describe('D3: the headers', () => {
  it.each(ANSWERS)('are on %s', async (_what, answer) => checkHeaders(await answer()))

  it('are on every file, in both encodings, and both are the same file', async () => {
    expect(FILES.length).toBeGreaterThan(5)
    for (const file of FILES) {
      const plain = await ask(file)
      const small = await ask(file, { headers: { 'Accept-Encoding': 'br' } })
      for (const answer of [plain, small]) {
        expect(answer.status, file).toBe(200)
        expect(answer.headers.get('Vary')).toBe('Accept-Encoding')
        checkHeaders(answer)
      }
      expect(plain.headers.get('Content-Encoding')).toBeNull()
      expect(small.headers.get('Content-Encoding')).toBe('br')
      const bytes = await plain.bytes()
      expect(brotliDecompressSync(await small.bytes()).equals(bytes), file).toBe(true)
      expect(bytes.length).toBeGreaterThan(0)
    }
  })

  it('are the ones decided, each by name', () => {
    expect(Object.keys(HEADERS).sort()).toEqual([
      'Cache-Control',
      'Content-Security-Policy',
      'Cross-Origin-Embedder-Policy',
      'Cross-Origin-Opener-Policy',
      'Cross-Origin-Resource-Policy',
      'Integrity-Policy',
      'Permissions-Policy',
      'Referrer-Policy',
      'Strict-Transport-Security',
      'X-Content-Type-Options',
      'X-Frame-Options',
      'X-Robots-Tag',
    ])
    expect(HEADERS['Strict-Transport-Security']).toBe('max-age=63072000; includeSubDomains; preload')
    expect(HEADERS['Integrity-Policy']).toBe('blocked-destinations=(script)')
  })

  it('let a page run, load and send only what is its own', () => {
    const policy = HEADERS['Content-Security-Policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    for (const rule of ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"])
      expect(policy).toContain(rule)
    expect(policy).not.toMatch(/unsafe|https?:|data:|\*/)
    expect(policy.split('; ')).toContain(["script-src 'self'", ...manifest.later.map((hash) => `'${hash}'`)].join(' '))
    expect(headersFor([])['Content-Security-Policy']).toBe(policy.replace(/ 'sha256-[^']*'/g, ''))
    expect(HEADERS['Referrer-Policy']).toBe('no-referrer')
    expect(HEADERS['Cache-Control']).toBe('no-store, no-transform')
  })

  it('let in, as text, the scripts that come later, and no other', async () => {
    const digests = [manifest.more, manifest.understand, manifest.talk.script].map(async ({ src }) => {
      const digest = await crypto.subtle.digest('SHA-256', await (await ask(src)).arrayBuffer())
      return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
    })
    expect(manifest.later).toEqual(await Promise.all(digests))
  })

  it('every script and style of a page is the file its hash says', async () => {
    for (const { src, integrity } of [
      manifest.exit,
      manifest.core,
      manifest.more,
      manifest.understand,
      manifest.talk.script,
      manifest.style,
    ]) {
      const digest = await crypto.subtle.digest('SHA-384', await (await ask(src)).arrayBuffer())
      expect(`sha384-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`).toBe(integrity)
    }
  })

  it('E8: every unknown address leads to the one address', async () => {
    for (const path of [
      '/x',
      '/index.html',
      '/a/',
      '/a/../x',
      '/%zz',
      '/%00',
      '//evil.example',
      '/a/00000000.js.br',
      '/?x=y&c=stop',
      '/robots.txt',
      '/favicon.ico',
    ]) {
      const answer = await ask(path)
      if (new URL(path, ADDRESS).pathname === '/') expect(answer.status, path).toBe(200)
      else expect([answer.status, answer.headers.get('Location')], path).toEqual([303, '/'])
    }
  })
})

describe('compression', () => {
  it('gives the same page small to who takes it, whole to who does not', async () => {
    for (const make of [
      (encoding: string) => ask('/', { headers: { 'Accept-Encoding': encoding } }),
      (encoding: string) => post({ p: '1uk..', c: 'for-me' }, { 'Accept-Encoding': encoding }),
    ]) {
      const [small, middle, whole] = [await make('gzip, deflate, br, zstd'), await make('gzip'), await make('deflate')]
      expect(small.headers.get('Content-Encoding')).toBe('br')
      expect(middle.headers.get('Content-Encoding')).toBe('gzip')
      expect(whole.headers.get('Content-Encoding')).toBeNull()
      const text = await whole.text()
      const html = text.trimEnd()
      const bytes = await small.bytes()
      expect(brotliDecompressSync(bytes).toString()).toBe(html)
      expect(gunzipSync(await middle.bytes()).toString()).toBe(html)
      expect(bytes.length).toBeLessThan(new TextEncoder().encode(text).length / 2)
    }
  })

  it('is undone once, not twice, at the front door', async () => {
    const answer = await exports.default.fetch(ADDRESS, { headers: { 'Accept-Encoding': 'br' } })
    expect(await answer.text()).toMatch(/^<!doctype html>.*<\/html>$/s)
  })

  it.each([
    ['br', true],
    ['gzip, br', true],
    ['gzip,br;q=0.5', true],
    ['BR', true],
    ['gzip', false],
    ['', false],
    ['br;q=0', false],
    ['br; q=0.000, gzip', false],
    ['xbr', false],
    ['brx', false],
  ])('"%s" asks for it: %s', (accepted, wanted) => {
    expect(takesBrotli(new Request(ADDRESS, { headers: { 'Accept-Encoding': accepted } }))).toBe(wanted)
  })
})

describe('the deploy configuration', () => {
  const section = (name: string) => new RegExp(`^\\[${name.replace('.', '\\.')}\\]\\n([^[]*)`, 'm').exec(config)?.[1] ?? ''

  it('D4: writes no logs and sends none', () => {
    expect(section('observability')).toMatch(/^enabled = false$/m)
    expect(section('observability.logs')).toMatch(/^enabled = false$/m)
    expect(section('observability.logs')).toMatch(/^invocation_logs = false$/m)
    expect(config).toMatch(/^logpush = false$/m)
    expect(config).not.toMatch(/tail_consumers|analytics_engine|enabled = true/)
  })

  it('has one address only', () => {
    expect(config).toMatch(/^workers_dev = false$/m)
    expect(config).toMatch(/^preview_urls = false$/m)
  })

  it('lets no file past the Worker, so that each has its headers', () => {
    expect(section('assets')).toMatch(/^run_worker_first = true$/m)
  })
})
