import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { DOORS, examine, NobodyThere } from '../../scripts/doctor/examine.ts'
import { headersFor } from '../../worker/http/headers.ts'

/** A small service that is as it should be; each test plants one fault in it. */
type House = {
  page: (page: string) => string
  plain: (page: string) => string
  file: (path: string, body: string) => string | null
  unknown: { status: number; location: string | null }
  headers: (path: string, headers: Record<string, string>) => Record<string, string>
}

const WELL: House = {
  page: (page) => page,
  plain: (page) => page,
  file: (_path, body) => body,
  unknown: { status: 303, location: '/' },
  headers: (_path, headers) => headers,
}

const FILES: Record<string, string> = {
  '/a/11111111.js': 'core',
  '/a/22222222.js': 'more',
  '/a/33333333.css': 'style',
  '/a/44444444.json': '{}',
  '/a/55555555.json': '{}',
}
const integrity = (path: string) =>
  `sha384-${createHash('sha384')
    .update(FILES[path] ?? '')
    .digest('base64')}`

const HASH = `sha256-${createHash('sha256').update('more').digest('base64')}`

const HEADERS = headersFor([])
const OF_PAGES = headersFor([HASH])

const FIRST = JSON.stringify({
  more: { src: '/a/22222222.js', integrity: integrity('/a/22222222.js') },
  files: { languages: { uk: { book: '/a/44444444.json', directory: '/a/55555555.json' } } },
})

const screen = (step: string) => `<!doctype html><html lang="uk"><head><title>Стежка</title>
<link rel="stylesheet" href="/a/33333333.css" integrity="${integrity('/a/33333333.css')}">
<script defer src="/a/11111111.js" integrity="${integrity('/a/11111111.js')}" crossorigin></script>
<script type="application/json" id="first">${FIRST}</script></head><body>
<form id="f" method="post" action="/" autocomplete="off"><input type="hidden" name="p" value="A&amp;B" autocomplete="off"></form>
<a class="exit-top" href="https://weather.example/" data-exit>Leave</a>
<main id="screen" data-step="${step}"><a class="call" href="tel:1547" data-call="ua-1547"><b>15 47</b></a>
${DOORS.map((door) => `<button form="f" name="c" value="${door}" data-choice="${door}">${door}</button>`).join('\n')}</main>
<a class="exit" href="https://weather.example/" data-exit>Leave</a></body></html>`

let server: Server | null = null

afterEach(() => {
  server?.close()
  server = null
})

async function houseWith(fault: Partial<House> = {}): Promise<URL> {
  const house = { ...WELL, ...fault }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    const send = (status: number, body: string, type: string, extra: Record<string, string> = {}): void => {
      const headers = type.startsWith('text/html') ? OF_PAGES : HEADERS
      response.writeHead(status, house.headers(path, { ...headers, 'Content-Type': type, ...extra })).end(body)
    }
    const file = FILES[path]
    if (path === '/' && request.method === 'GET') return send(200, house.page(screen('start')), 'text/html; charset=utf-8')
    if (path === '/') {
      let body = ''
      for await (const chunk of request) body += chunk
      const sent = new URLSearchParams(body)
      const step = sent.get('p') === 'A&B' ? (sent.get('c') ?? '') : 'start'
      return send(200, house.plain(screen(step)), 'text/html; charset=utf-8')
    }
    if (file !== undefined) {
      const body = house.file(path, file)
      return body === null ? send(404, '', 'text/plain') : send(200, body, 'text/plain')
    }
    send(house.unknown.status, '', 'text/plain', house.unknown.location === null ? {} : { Location: house.unknown.location })
  }
  server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

const faults = async (fault: Partial<House>) => (await examine(await houseWith(fault))).filter(({ remedy }) => remedy !== null)

const without = (text: string) => (page: string) => page.replaceAll(text, '')

describe('the doctor', () => {
  test('finds nothing where all is well, and says what it looked at', async () => {
    const lines = await examine(await houseWith())
    expect(lines.filter(({ remedy }) => remedy !== null)).toEqual([])
    expect(lines.length).toBeGreaterThan(10)
  })

  const planted: [string, Partial<House>, RegExp][] = [
    ['no number on the first screen', { page: without('tel:') }, /a number to call/],
    ['a missing door', { page: without('data-choice="under-18"') }, /door is missing: under-18/],
    ['a telling title', { page: (page) => page.replace('Стежка', 'Домашнє насильство') }, /the title tells/],
    ['an exit that is gone', { page: (page) => page.replace(' data-exit', '') }, /the exit stands 1 times/],
    [
      'an exit that is not https',
      { page: (page) => page.replaceAll('https://weather.example/', 'http://weather.example/') },
      /exit leads to "http:/,
    ],
    [
      'an exit that leads nowhere',
      { page: (page) => page.replaceAll('https://weather.example/', 'about:blank') },
      /exit leads to "about:blank"/,
    ],
    [
      'a script of somebody else',
      { page: (page) => page.replace('</head>', '<script src="https://stats.example/a.js"></script></head>') },
      /another host: https:\/\/stats/,
    ],
    [
      'a picture of somebody else',
      { page: (page) => page.replace('<main', '<img src="//stats.example/dot.gif"><main') },
      /another host: \/\/stats/,
    ],
    [
      'a script put into the page',
      { page: (page) => page.replace('</body>', '<script>run()</script></body>') },
      /no script stands in the page/,
    ],
    [
      'a script that was changed',
      { file: (path, body) => (path === '/a/11111111.js' ? `${body} ` : body) },
      /11111111\.js is not the file the page vouches for/,
    ],
    [
      'a second script that was changed',
      { file: (path, body) => (path === '/a/22222222.js' ? `${body} ` : body) },
      /22222222\.js is not the file/,
    ],
    [
      'a style that was changed',
      { file: (path, body) => (path === '/a/33333333.css' ? `${body} ` : body) },
      /33333333\.css is not the file/,
    ],
    [
      'a script nobody vouches for',
      { page: (page) => page.replace(/(11111111\.js") integrity="[^"]*"/, '$1') },
      /without an integrity value/,
    ],
    ['a guide that is gone', { file: (path, body) => (path === '/a/44444444.json' ? null : body) }, /44444444\.json is missing \(404\)/],
    ['a page that names no guide', { page: (page) => page.replace(FIRST, 'null') }, /names no guide/],
    [
      'a step without JavaScript that goes nowhere',
      { plain: (page) => page.replace('data-step="for-me"', 'data-step="start"') },
      /a step without JavaScript ended at "start"/,
    ],
    ['an unknown address that shows an error', { unknown: { status: 404, location: null } }, /unknown address answers 404/],
    ['an unknown address that leads elsewhere', { unknown: { status: 302, location: 'https://else.example/' } }, /leads to https:\/\/else/],
    [
      'a cookie',
      { headers: (path, headers) => (path === '/' ? { ...headers, 'Set-Cookie': '__cf_bm=1' } : headers) },
      /sets a cookie \(__cf_bm\)/,
    ],
    [
      'a policy that lets in scripts of others',
      {
        headers: (_path, headers) => ({
          ...headers,
          'Content-Security-Policy': headersFor(Array(4).fill(HASH))['Content-Security-Policy'] ?? '',
        }),
      },
      /Content-Security-Policy of .* is/,
    ],
    [
      'a page that may be kept',
      { headers: (path, headers) => (path === '/' ? { ...headers, 'Cache-Control': 'max-age=60' } : headers) },
      /Cache-Control of the first page is "max-age=60"/,
    ],
    [
      'a file that may be kept',
      { headers: (path, headers) => (path.startsWith('/a/') ? { ...headers, 'Cache-Control': 'public' } : headers) },
      /Cache-Control of a static file/,
    ],
    [
      'network error reports',
      { headers: (path, headers) => ({ ...headers, ...(path === '/' && { NEL: '{}' }) }) },
      /reports or recognises a visitor: NEL/,
    ],
    [
      'an ETag on a file',
      { headers: (path, headers) => ({ ...headers, ...(path.endsWith('.js') && { ETag: '"1"' }) }) },
      /ETag on a static file/,
    ],
  ]

  test.each(planted)('sees %s, and says what to do', async (_name, fault, what) => {
    const found = await faults(fault)
    expect(found.map((line) => line.what)).toEqual([expect.stringMatching(what)])
    expect(found[0]?.remedy?.length).toBeGreaterThan(10)
  })

  test.each(Object.keys(HEADERS))('sees that %s is missing from one kind of answer', async (name) => {
    const found = await faults({
      headers: (path, headers) =>
        path.endsWith('.css') ? Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name)) : headers,
    })
    expect(found).toEqual([{ what: `${name} of a static file is missing`, remedy: expect.stringContaining(HEADERS[name] ?? '') }])
  })

  test('says so when nobody is there', async () => {
    const url = await houseWith()
    await new Promise((resolve) => server?.close(resolve))
    await expect(examine(url)).rejects.toThrow(NobodyThere)
  })
})
