/** Looks at a running service from outside, as a stranger's browser would. Sends nothing but what a visitor's first steps send, and counts nothing. */
import { createHash } from 'node:crypto'
import { tellingWord } from '../../guide/check/telling.ts'
import { headersFor } from '../../worker/http/headers.ts'
import { first, type Tag, tags, title } from './page.ts'

/** @param remedy what to do about it; null when all is well */
export type Line = { what: string; remedy: string | null }

/** Nothing answers at this address. */
export class NobodyThere extends Error {}

export const DOORS = ['for-me', 'for-someone', 'under-18', 'professional', 'i-hurt-someone']

/** What a platform adds by itself: each reports visitors to somebody, or helps to recognise them. */
const UNWANTED = ['NEL', 'Report-To', 'Reporting-Endpoints', 'Server-Timing', 'ETag', 'Last-Modified']

const DEPLOY = 'deploy this version again: npm run deploy'
const PLATFORM = 'switch it off in the settings of the domain at the hosting provider'
const TIMEOUT_MS = 15_000

type Answer = { name: string; status: number; headers: Headers; body: Buffer }

/** @throws NobodyThere */
export async function examine(base: URL): Promise<Line[]> {
  const answers: Answer[] = []
  const ask = async (name: string, path: string, init: RequestInit = {}): Promise<Answer> => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await fetch(new URL(path, base), { redirect: 'manual', signal, ...init }).catch(() => {
      throw new NobodyThere(name)
    })
    const seen = { name, status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
    answers.push(seen)
    return seen
  }

  const home = await ask('the first page', '/')
  const page = home.body.toString()
  const found = tags(page)
  const files = await integrity(page, found, ask)
  const lines = [
    ...screen(home, page, found),
    ...exits(found),
    ...own(page, found),
    ...files,
    await form(found, ask),
    await unknown(base, ask),
  ]
  return [...lines, ...heads(answers)]
}

type Ask = (name: string, path: string, init?: RequestInit) => Promise<Answer>

const line = (well: boolean, what: string, remedy: string): Line => ({ what, remedy: well ? null : remedy })

function screen(home: Answer, page: string, found: Tag[]): Line[] {
  const choices = found.flatMap(({ attributes }) => attributes['data-choice'] ?? [])
  const missing = DOORS.filter((door) => !choices.includes(door))
  const telling = tellingWord(title(page))
  return [
    line(
      home.status === 200 && (home.headers.get('Content-Type') ?? '').startsWith('text/html'),
      `the first page answers (${home.status})`,
      DEPLOY,
    ),
    line(
      found.some(({ name, attributes }) => name === 'a' && attributes.href?.startsWith('tel:')),
      'a number to call stands on the first screen',
      'give the step "start" a line that has a number (call: in guide/content/guides/ua/doors.yaml), then deploy',
    ),
    line(
      missing.length === 0,
      missing.length === 0 ? 'the five doors are there' : `a door is missing: ${missing.join(', ')}`,
      'add the choice to the step "start" (guide/content/guides/ua/doors.yaml), then deploy',
    ),
    line(
      telling === null,
      telling === null ? 'the title tells nothing' : `the title tells what this is: "${telling}"`,
      'choose a calm neutral_name in organisation.toml, then deploy',
    ),
  ]
}

function exits(found: Tag[]): Line[] {
  const links = found.filter(({ attributes }) => 'data-exit' in attributes).map(({ attributes }) => attributes.href ?? '')
  const wrong = links.find((href) => !href.startsWith('https://'))
  const remedy = 'name a page that begins with https:// under [[exit.UA]] in organisation.toml, then deploy'
  if (links.length < 2) return [line(false, `the exit stands ${links.length} times on the first screen, not twice`, DEPLOY)]
  return [line(wrong === undefined, wrong === undefined ? `the exit leads to ${links[0]}` : `the exit leads to "${wrong}"`, remedy)]
}

/** Nothing on the page is fetched from anybody else, and nothing in it runs that is not a file of ours. */
function own(page: string, found: Tag[]): Line[] {
  const foreign = found
    .filter(({ name }) => name !== 'a')
    .flatMap(({ attributes }) => [attributes.src, attributes.href, attributes.action])
    .find((address) => address !== undefined && /^(?:[a-z]+:)?\/\//i.test(address))
  const inline = [...page.matchAll(/<script\b([^>]*)>/gi)].find(
    ([, inside = '']) => !/\ssrc=/.test(inside) && !/type="application\/json"/.test(inside),
  )
  return [
    line(
      foreign === undefined,
      foreign === undefined ? 'nothing comes from another host' : `something comes from another host: ${foreign}`,
      `if the hosting provider adds it (analytics, scripts), ${PLATFORM}; else ${DEPLOY}`,
    ),
    line(inline === undefined, 'no script stands in the page itself', `a script was put into the page: ${PLATFORM}`),
  ]
}

/** Every script and style is, byte for byte, the one the page vouches for. */
async function integrity(page: string, found: Tag[], ask: Ask): Promise<Line[]> {
  const linked = found.flatMap(({ name, attributes }) =>
    name === 'script' && attributes.src !== undefined
      ? [{ path: attributes.src, integrity: attributes.integrity }]
      : name === 'link' && attributes.rel === 'stylesheet'
        ? [{ path: attributes.href ?? '', integrity: attributes.integrity }]
        : [],
  )
  const start = first(page)
  if (start?.more) linked.push({ path: start.more.src, integrity: start.more.integrity })
  const lines: Line[] = []
  // What lies elsewhere is a fault of its own, and is not asked for.
  for (const { path, integrity: promised } of linked.filter((one) => /^\/(?!\/)/.test(one.path))) {
    const { status, body } = await ask('a static file', path)
    const real = `sha384-${createHash('sha384').update(body).digest('base64')}`
    if (status !== 200) lines.push(line(false, `${path} is missing (${status})`, DEPLOY))
    else if (promised === undefined) lines.push(line(false, `${path} comes without an integrity value`, DEPLOY))
    else if (promised !== real)
      lines.push(
        line(
          false,
          `${path} is not the file the page vouches for`,
          `somebody between the build and the phone changed it: ${PLATFORM} (minifying, rewriting, injecting), then ${DEPLOY}`,
        ),
      )
  }
  const books = Object.values(start?.files?.languages ?? {}).flatMap(({ book, directory }) => [book, directory])
  for (const path of books) {
    const { status } = await ask('a static file', path)
    if (status !== 200) lines.push(line(false, `${path} is missing (${status})`, DEPLOY))
  }
  if (books.length === 0) lines.push(line(false, 'the page names no guide to load', DEPLOY))
  if (linked.length === 0) lines.push(line(false, 'the page has neither script nor style', DEPLOY))
  return lines.length > 0
    ? lines
    : [line(true, `${linked.length} scripts and styles are the ones the page vouches for, ${books.length} texts are there`, '')]
}

/** One step without JavaScript. */
async function form(found: Tag[], ask: Ask): Promise<Line> {
  const position = found.find(({ name, attributes }) => name === 'input' && attributes.name === 'p')?.attributes.value ?? ''
  const door = found.find(({ name, attributes }) => name === 'button' && attributes['data-choice'] === DOORS[0])?.attributes
  const answer = await ask('the answer to a form', '/', {
    method: 'POST',
    body: new URLSearchParams({ p: position, [door?.name ?? 'c']: door?.value ?? '' }),
  })
  const after = tags(answer.body.toString())
  const step = after.find(({ name }) => name === 'main')?.attributes['data-step']
  const well = answer.status === 200 && step === DOORS[0] && after.some(({ attributes }) => 'data-exit' in attributes)
  return line(
    well,
    well ? 'a step without JavaScript works' : `a step without JavaScript ended at "${step ?? 'nothing'}" (${answer.status})`,
    DEPLOY,
  )
}

async function unknown(base: URL, ask: Ask): Promise<Line> {
  const { status, headers } = await ask('an unknown address', '/no-such-page')
  const where = headers.get('Location')
  const well = status >= 300 && status < 400 && where !== null && new URL(where, base).href === new URL('/', base).href
  return line(
    well,
    well ? 'an unknown address leads home' : `an unknown address answers ${status}${where === null ? '' : ` and leads to ${where}`}`,
    DEPLOY,
  )
}

/** So many scripts run as text of a page; which ones only its build knows. */
const LATER = 3
const HASH = /sha256-[\w+/]{43}=/g

/** On every answer, whatever it was. */
function heads(answers: Answer[]): Line[] {
  const lines: Line[] = []
  const policy = answers[0]?.headers.get('Content-Security-Policy') ?? ''
  const [ofPages, others] = [headersFor((policy.match(HASH) ?? []).slice(0, LATER)), headersFor([])]
  const wanted = ({ headers }: Answer) => (headers.get('Content-Type')?.startsWith('text/html') ? ofPages : others)
  const all = Object.keys(others)
  for (const name of all) {
    const without = answers.find((answer) => answer.headers.get(name) !== wanted(answer)[name])
    if (without)
      lines.push(
        line(
          false,
          `${name} of ${without.name} is ${without.headers.get(name) === null ? 'missing' : `"${without.headers.get(name)}"`}`,
          `it should be "${wanted(without)[name]}": ${DEPLOY}; if the hosting provider changes it, ${PLATFORM}`,
        ),
      )
  }
  if (lines.length === 0)
    lines.push(line(true, `${all.length} headers are right on all ${answers.length} answers, no-store among them`, ''))
  const cookie = answers.find(({ headers }) => headers.getSetCookie().length > 0)
  lines.push(
    line(
      cookie === undefined,
      cookie === undefined ? 'no cookie is set' : `${cookie.name} sets a cookie (${cookie.headers.getSetCookie()[0]?.split('=')[0]})`,
      `a cookie stays on her phone: ${PLATFORM} (bot protection, load balancing, analytics)`,
    ),
  )
  const extra = UNWANTED.flatMap((name) =>
    answers
      .filter(({ headers }) => headers.has(name))
      .slice(0, 1)
      .map((answer) => `${name} on ${answer.name}`),
  )
  lines.push(
    line(
      extra.length === 0,
      extra.length === 0
        ? 'no header reports or recognises a visitor'
        : `a header that reports or recognises a visitor: ${extra.join(', ')}`,
      PLATFORM,
    ),
  )
  return lines
}
