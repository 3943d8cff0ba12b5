/** Somebody without JavaScript: reads a page as a browser would and sends its real forms. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { languagesIn } from '../../guide/whereabouts.ts'
import { common } from '../../worker/books.ts'
import worker from '../../worker/index.ts'

/** What people in Ukraine read. */
export const LANGUAGES = languagesIn('UA', common.organisation)

export const ADDRESS = 'https://stezhka.example/'

export type Button = {
  name: string | null
  value: string
  form: string
  choice: string | null
  area: string | null
  noAnswer: string | null
}

export type Page = {
  status: number
  headers: Headers
  html: string
  language: string
  step: string
  title: string
  buttons: Button[]
  /** Hidden fields, by the form they belong to: `f`, or `place`. */
  hidden: Record<string, Record<string, string>>
  tels: string[]
  exits: string[]
  services: string[]
  oblasts: string[]
  /** Sentences announced to a screen reader. */
  said: string[]
  scripts: { src: string | null; integrity: string | null; type: string | null }[]
  styles: { href: string | null; integrity: string | null }[]
  /** Inline handlers and styles: there are none. */
  inline: string[]
}

type Bindings = typeof env

/** One request straight into the Worker. */
export async function ask(
  path: string,
  init: RequestInit = {},
  bindings: Partial<Record<keyof Bindings, unknown>> = {},
): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request(new URL(path, ADDRESS), init) as Request<unknown, IncomingRequestCfProperties>
  const answer = await worker.fetch(request, { ...env, ...bindings } as Bindings, context)
  await waitOnExecutionContext(context)
  return answer
}

export const post = (
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  bindings: Partial<Record<keyof Bindings, unknown>> = {},
) => ask('/', { method: 'POST', headers, body: new URLSearchParams(fields) }, bindings)

export async function read(answer: Response): Promise<Page> {
  const html = await answer.text()
  const page: Page = {
    status: answer.status,
    headers: answer.headers,
    html,
    language: '',
    step: '',
    title: '',
    buttons: [],
    hidden: {},
    tels: [],
    exits: [],
    services: [],
    oblasts: [],
    said: [],
    scripts: [],
    styles: [],
    inline: [],
  }
  let form = ''
  const rewriter = new HTMLRewriter()
    .on('html', { element: (one) => void (page.language = one.getAttribute('lang') ?? '') })
    .on('title', { text: (one) => void (page.title += one.text) })
    .on('main', { element: (one) => void (page.step = one.getAttribute('data-step') ?? '') })
    .on('form', {
      element: (one) => {
        form = one.getAttribute('id') ?? 'place'
        page.hidden[form] ??= {}
        one.onEndTag(() => void (form = ''))
      },
    })
    .on('input[type=hidden]', {
      element: (one) => void ((page.hidden[form] ??= {})[one.getAttribute('name') ?? ''] = one.getAttribute('value') ?? ''),
    })
    .on('button', {
      element: (one) =>
        void page.buttons.push({
          name: one.getAttribute('name'),
          value: one.getAttribute('value') ?? '',
          form: one.getAttribute('form') ?? form,
          choice: one.getAttribute('data-choice'),
          area: one.getAttribute('data-area'),
          noAnswer: one.getAttribute('data-no-answer'),
        }),
    })
    .on('a', {
      element: (one) => {
        const href = one.getAttribute('href') ?? ''
        if (href.startsWith('tel:')) page.tels.push(href)
        if (one.hasAttribute('data-exit')) page.exits.push(href)
      },
    })
    .on('[data-service]', { element: (one) => void page.services.push(one.getAttribute('data-service') ?? '') })
    .on('option', { element: (one) => void page.oblasts.push(one.getAttribute('value') ?? '') })
    .on('[role=status]', {
      element: () => void page.said.push(''),
      text: (one) => void (page.said[page.said.length - 1] += one.text),
    })
    .on('script', {
      element: (one) =>
        void page.scripts.push({ src: one.getAttribute('src'), integrity: one.getAttribute('integrity'), type: one.getAttribute('type') }),
    })
    .on('link[rel=stylesheet]', {
      element: (one) => void page.styles.push({ href: one.getAttribute('href'), integrity: one.getAttribute('integrity') }),
    })
    .on('*', {
      element: (one) => {
        if (one.tagName === 'style') page.inline.push('style')
        for (const [name = ''] of one.attributes) if (name.startsWith('on') || name === 'style') page.inline.push(`${one.tagName} ${name}`)
      },
    })
  await rewriter.transform(new Response(html)).text()
  return page
}

export class Visitor {
  page!: Page
  readonly headers: Record<string, string>
  readonly bindings: Partial<Record<keyof Bindings, unknown>>

  constructor(headers: Record<string, string> = { 'Accept-Language': 'uk' }, bindings: Partial<Record<keyof Bindings, unknown>> = {}) {
    this.headers = headers
    this.bindings = bindings
  }

  async open(): Promise<this> {
    this.page = await read(await ask('/', { headers: this.headers }, this.bindings))
    return this
  }

  async press(choice: string): Promise<this> {
    return this.#send(this.#button((button) => button.choice === choice, choice))
  }

  async pickMatch(area: string): Promise<this> {
    return this.#send(this.#button((button) => button.area === area, area))
  }

  async didNotAnswer(service: string): Promise<this> {
    return this.#send(this.#button((button) => button.noAnswer === service, `no answer of ${service}`))
  }

  /** The place field and the list beside it are one form, sent together. */
  async place({ typed = '', oblast = '' }: { typed?: string; oblast?: string }): Promise<this> {
    if (!this.page.hidden.place) throw new Error(`no place form on ${this.page.step}`)
    return this.#post({ ...this.page.hidden.place, q: typed, o: oblast })
  }

  /** Several choices, one after another. */
  async walk(...choices: string[]): Promise<this> {
    for (const choice of choices) await this.press(choice)
    return this
  }

  #button(fits: (button: Button) => boolean, wanted: string): Button {
    const found = this.page.buttons.find(fits)
    if (!found) throw new Error(`no button "${wanted}" on ${this.page.step}: ${this.page.buttons.map(({ choice }) => choice).join(' ')}`)
    return found
  }

  /** A button inside the place form sends its other fields too. */
  #send({ form, name, value }: Button): Promise<this> {
    const others = form === 'place' ? { q: '', o: '' } : {}
    return this.#post({ ...this.page.hidden[form], ...others, ...(name !== null && { [name]: value }) })
  }

  async #post(fields: Record<string, string>): Promise<this> {
    this.page = await read(await post(fields, this.headers, this.bindings))
    return this
  }
}

/** What every screen owes her, whatever was sent. */
export function whole(page: Page): string[] {
  const missing: string[] = []
  if (page.status !== 200) missing.push(`status ${page.status}`)
  if (page.step === '') missing.push('no step')
  if (page.exits.length !== 2) missing.push(`${page.exits.length} exits`)
  if (!page.buttons.some(({ choice }) => choice === 'stop')) missing.push('no stop')
  if (page.inline.length > 0) missing.push(`inline: ${page.inline.join()}`)
  for (const { src, integrity, type } of page.scripts) {
    if (src === null ? type !== 'application/json' : !integrity?.startsWith('sha384-') || !src.startsWith('/a/'))
      missing.push(`script ${src}`)
  }
  if (page.styles.some(({ href, integrity }) => !integrity?.startsWith('sha384-') || !href?.startsWith('/a/'))) missing.push('style')
  if (/\b(?:\w*Error|at \w+ \(|undefined|\[object )/.test(page.html.replace(/<script.*?<\/script>/gs, ''))) missing.push('exception text')
  return missing
}
