/**
 * The same guide with other exits: ours as it is; our own plain pages, headers and all, with the exit of another in place of ours; and,
 * as neither peer says how the rest of a site is to be built, the same once more as sites usually are, the page's name in the title
 * and what was chosen in the address.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { basename, dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export type Side = {
  name: 'ours' | 'govuk' | 'link'
  pages: 'ours' | 'usual'
  /** Where it is served on this machine. */
  service: string
  /** What is pressed. */
  exit: string
  stop(): Promise<void>
}

type File = { path: string; type: string; body: string; integrity: string }

/** How a page is dressed, once our scripts are off it. `target`: where our exit leads. */
type Dress = { files: File[]; page(html: string, target: string): string }

const file = (path: string, type: string, body: string): File => ({
  path,
  type,
  body,
  integrity: `sha384-${createHash('sha384').update(body).digest('base64')}`,
})

const SCRIPTS = /<script\b[^>]*>.*?<\/script>/gs
const EXITS = /<a\b[^>]*\bdata-exit\b[^>]*>.*?<\/a>/gs

/** The component as it comes: its script, its style but for its fonts, and the markup of its documentation. */
function govuk(): Dress {
  const main = dirname(require.resolve('govuk-frontend'))
  const folder = basename(main) === 'govuk' ? main : join(main, 'govuk')
  const component = readFileSync(join(folder, 'components/exit-this-page/exit-this-page.bundle.js'), 'utf8')
  const style = readFileSync(join(folder, 'govuk-frontend.min.css'), 'utf8').replaceAll(/@font-face\{[^}]*\}/g, '')
  const start = `document.body.className += ' js-enabled govuk-frontend-supported';new GOVUKFrontend.ExitThisPage(document.querySelector('.govuk-exit-this-page'))`
  const script = file('/a/peer.js', 'text/javascript', `${component.replace(/\n\/\/# sourceMappingURL.*/, '')};${start}`)
  const css = file('/a/peer.css', 'text/css', style)
  return {
    files: [script, css],
    page: (html, target) =>
      html
        .replace('</head>', `<link rel="stylesheet" href="${css.path}" integrity="${css.integrity}"></head>`)
        .replaceAll(EXITS, '')
        .replace(
          '<body>',
          `<body><div class="govuk-exit-this-page" data-module="govuk-exit-this-page"><a href="${target}" role="button" draggable="false" class="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button" data-module="govuk-button" rel="nofollow noreferrer"><span class="govuk-visually-hidden">Emergency</span> Exit this page</a></div>`,
        )
        .replace('</body>', `<script defer src="${script.path}" integrity="${script.integrity}" crossorigin></script></body>`),
  }
}

const LINK: Dress = { files: [], page: (html) => html }

/** Forms that put their fields into the address, and a title that says what is read. */
const usual = ({ files, page }: Dress): Dress => ({
  files,
  page: (html, target) =>
    page(html, target)
      .replaceAll('method="post"', 'method="get"')
      .replace(/<title>[^<]*/, `<title>${/<h1[^>]*>([^<]*)/.exec(html)?.[1] ?? ''}`),
})

/** Our answers, dressed: the pages lose our scripts, and every file and header stays.
 * @param stored without our word that nothing may be kept, as sites usually are */
async function dressed(service: string, { files, page }: Dress, stored: boolean): Promise<{ service: string; stop(): Promise<void> }> {
  const server = createServer(async (asked, answer) => {
    const own = files.find(({ path }) => path === asked.url)
    const chunks: Buffer[] = []
    for await (const chunk of asked) chunks.push(chunk as Buffer)
    const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !UNSENT.test(name))) as Record<string, string>
    const { pathname, search } = new URL(asked.url ?? '/', service)
    const body = search === '' ? Buffer.concat(chunks) : search.slice(1)
    const got = await fetch(new URL(pathname, service), {
      headers: { ...headers, 'accept-encoding': 'identity', ...(search !== '' && { 'content-type': 'application/x-www-form-urlencoded' }) },
      redirect: 'manual',
      ...(body.length > 0 && { method: 'POST', body }),
    })
    const kept = Object.fromEntries([...got.headers].filter(([name]) => !UNSENT.test(name) && !(stored && name === 'cache-control')))
    if (own) {
      answer.writeHead(200, { ...kept, 'content-type': `${own.type}; charset=utf-8`, location: '' }).end(own.body)
      return
    }
    const bytes = Buffer.from(await got.arrayBuffer())
    const isPage = kept['content-type']?.startsWith('text/html')
    answer.writeHead(got.status, kept).end(isPage ? dress(bytes.toString(), page) : bytes)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    service: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Belongs to one connection, or to how the body was packed. */
const UNSENT = /^(host|connection|keep-alive|transfer-encoding|content-length|content-encoding|accept-encoding|upgrade)$/

function dress(html: string, page: Dress['page']): string {
  const [exit] = html.match(EXITS) ?? []
  const target = /href="([^"]*)"/.exec(exit ?? '')?.[1]
  if (target === undefined) throw new Error('our page has no exit to be replaced')
  // What the visitor of these tests waits for: there is nothing more to come.
  return page(html.replaceAll(SCRIPTS, '').replace('<html ', '<html data-ready="all" ').trimEnd(), target)
}

export async function sidesOf(service: string): Promise<Side[]> {
  const button = '.govuk-exit-this-page__button'
  return [
    { name: 'ours', pages: 'ours', exit: 'a.exit', service, stop: async () => {} },
    { name: 'govuk', pages: 'ours', exit: button, ...(await dressed(service, govuk(), false)) },
    { name: 'link', pages: 'ours', exit: 'a.exit', ...(await dressed(service, LINK, false)) },
    { name: 'govuk', pages: 'usual', exit: button, ...(await dressed(service, usual(govuk()), true)) },
    { name: 'link', pages: 'usual', exit: 'a.exit', ...(await dressed(service, usual(LINK), true)) },
  ]
}
