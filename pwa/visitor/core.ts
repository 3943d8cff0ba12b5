/**
 * The web app's first part: takes over the page it came in, so that choices are made on the device and nothing is asked of
 * the network while somebody reads. Services and places come behind it in `more.ts`.
 */
import './app.css'
import { choose, goTo, open, type Position, recover } from '../../guide/engine.ts'
import type { FirstBook, OwnWords, TalkAssets } from '../../guide/first-book.ts'
import type { Directory, Guide, ServiceId, Words } from '../../guide/guide.ts'
import { barHtml, type Html, html, screenHtml } from '../../guide/html.ts'
import { exitOf, offOf } from '../../guide/leaving.ts'
import { say } from '../../guide/say.ts'
import { type Book, settingsLabel, show, type View } from '../../guide/view.ts'
import type { Language } from '../../schema/terms.ts'
import { bring } from '../bring.ts'
import { watchExit } from '../exit/watch.ts'
import { trusted } from '../trusted.ts'

/** What `more.ts` adds to the page. */
export type More = {
  /** The services of the step, as HTML. */
  services(book: FullBook, at: Position): Html
  /** A place typed or picked; resolves to the position that follows from it. */
  place(book: FullBook, at: Position, form: HTMLFormElement, pressed: HTMLElement | null): Promise<Position>
  /** Words typed in her own way; resolves to the position they lead to. */
  words(book: FullBook, at: Position, form: HTMLFormElement, load: LoadScript): Promise<Position>
  /** She is safe: on to what else her words may have meant. */
  safe(book: FullBook, at: Position): Position
  /** What stands in place of the screen, above it and behind its choices. */
  heard(book: FullBook, at: Position): { instead?: Html; above?: Html; below?: Html }
  /** "It did not answer": one signal with nothing of who sent it. */
  noAnswer(code: number, button: HTMLElement, book: FullBook): void
  /** Forgets what was typed and noted on a screen that was left for another. */
  forget(next?: string): void
  /** Draws a screen that is more than words: the talk with a person. @returns whether this is one */
  draws(book: FullBook, at: Position, view: View, page: Page): boolean
}

/** What a part loaded later may ask of the page. */
export type Page = { bring: typeof bring; go(step: string): void }

/** `own`: what reads her own words. */
export type FullBook = Book & { directory: Directory; files: FirstBook['files']; own: OwnWords; talk?: TalkAssets }

/** @throws Error when the network is gone */
export type LoadScript = typeof bring

/** A country's files and its house. */
type Land = Pick<FirstBook, 'files' | 'house'>

/** Words that only the cards of services use; they travel with the directory. */
type CardWords = Pick<Words, 'kinds' | 'serves' | 'offers' | 'cautions'>

const first = JSON.parse(document.getElementById('first')?.textContent ?? '') as FirstBook
const screen = document.getElementById('screen') as HTMLElement
const bar = document.getElementById('bar') as HTMLElement

const noWords = { needs: {}, kinds: {}, serves: {}, offers: {}, cautions: {}, care: {} }
// A choice that leads beyond the first steps leads to a name whose words are still on the way: the screen waits, it does not jump.
for (const { choices } of Object.values(first.guide.steps)) for (const { next } of choices) first.guide.steps[next] ??= { choices: [] }

const firstBook: Book = {
  guide: first.guide,
  words: { ...noWords, ...first.words },
  house: first.house,
  line: (id) => own(first.lines, id),
}

let at: Position = open(first.guide)
let book: Book | FullBook = firstBook
let more: More | null = null
let loading: Promise<void> | null = null
/** Country and language of the book. */
let loaded: string | null = null
let here: Land & { country: string } = first
let elsewhere: Record<string, Land> | null = null

const own = <T>(table: Record<string, T>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined)

const isFull = (one: Book | FullBook): one is FullBook => 'directory' in one

const country = (): string => at.answers.country ?? first.country

/** The language she picked, or came with; where it is not spoken, the one that most read there. */
function language(): Language {
  const wanted = (at.answers.language ?? first.words.language) as Language
  return here.country !== country() || here.files.languages[wanted] ? wanted : (here.files.base ?? wanted)
}

const wanted = (): string => `${country()} ${language()}`

async function fetchJson<T>(path: string): Promise<T> {
  const answer = await fetch(path, { credentials: 'omit', cache: 'no-store' })
  if (!answer.ok) throw new Error('not loaded')
  return (await answer.json()) as T
}

/** Everything a visitor may read in one language, together, so that the request tells nothing of what is read. */
async function load(): Promise<void> {
  const land = country()
  if (here.country !== land) {
    elsewhere ??= await fetchJson<Record<string, Land>>(first.elsewhere)
    const found = own(elsewhere, land)
    if (!found) throw new Error('not offered')
    here = { ...found, country: land }
  }
  const { house, files: assets } = here
  const asked = wanted()
  const files = assets.languages[language()]
  if (!files) throw new Error('not offered')
  const [{ guide, words: said, own: reads, talk }, { words: cardWords, ...directory }, loadedMore] = await Promise.all([
    fetchJson<{ guide: Guide; words: Omit<Words, keyof CardWords>; own: OwnWords; talk: TalkAssets }>(files.book),
    fetchJson<Directory & { words: CardWords }>(files.directory),
    more ?? bring<More>('more', first.more),
  ])
  more = loadedMore
  const lines = new Map(directory.services.map((service) => [service.id, service]))
  const words: Words = { ...said, ...cardWords }
  const full: FullBook = { guide, words, house, directory, talk, files: assets, own: reads, line: (id: ServiceId) => lines.get(id) }
  book = full
  loaded = asked
}

/** The rest of the book, in the language she reads now; a failed try is tried again when somebody needs it. */
async function rest(): Promise<void> {
  while (loaded !== wanted()) {
    loading ??= load().finally(() => {
      loading = null
    })
    await loading
  }
}

/** Whether what is here suffices for a screen. */
const ready = (step: string): boolean =>
  loaded === null
    ? country() === first.country &&
      language() === first.words.language &&
      own(first.words.steps, step) !== undefined &&
      first.guide.steps[step]?.services === undefined
    : loaded === wanted()

async function go(next: Position): Promise<void> {
  if (next.step !== at.step) more?.forget(next.step)
  at = next
  if (!ready(at.step)) {
    waiting()
    try {
      await rest()
    } catch {
      offline()
      return
    }
    if (at !== next) return
  }
  draw(true)
}

function draw(moved: boolean): void {
  at = recover(book.guide, at)
  const view = show(book, at)
  const services = isFull(book) && more && book.guide.steps[at.step]?.services ? more.services(book, at) : null
  document.documentElement.lang = book.words.language
  screen.dataset.step = at.step
  const heard = (isFull(book) && more?.heard(book, at)) || {}
  if (!(isFull(book) && more?.draws(book, at, view, page)))
    put(screen, heard.instead ?? screenHtml(view, book.words, null, services, null, heard))
  put(bar, barHtml(book.words, null, view.canGoBack || heard.instead !== undefined))
  document.documentElement.dataset.off = offOf(at.answers)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-exit]')) {
    link.textContent = say(book.words, link.className === 'exit' ? 'exit' : 'exitTop')
    link.href = exitOf(book.house, at.answers)?.url ?? link.href
  }
  const settings = document.querySelector('header [data-choice=settings]')
  if (settings) settings.textContent = settingsLabel(book)
  if (!moved) return
  scrollTo(0, 0)
  document.getElementById('title')?.focus({ preventScroll: true })
}

const put = (element: Element, content: Html): void => {
  element.innerHTML = trusted.createHTML(content.html) as unknown as string
}

function waiting(): void {
  put(bar, barHtml(book.words, null, at.trail.length > 0))
  put(screen, html`<p role="status">${say(book.words, 'waiting')}</p>`)
}

/** The network is gone before the rest arrived: the number stays, and a way to try again. */
function offline(): void {
  const start = show(firstBook, open(first.guide))
  put(
    screen,
    html`<p role="alert">${say(book.words, 'offline')}</p><ul class="calls">${start.calls.map(
      (call) => html`<li><a class="call" href="tel:${call.tel}"><b>${call.text}</b> <span>${call.name}</span></a></li>`,
    )}</ul><div class="choices"><button type="button" data-retry>${say(book.words, 'retry')}</button></div>`,
  )
}

function press(event: Event): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null
  if (!target) return
  const { choice, retry, noAnswer, go: to, heard } = target.dataset
  if (retry !== undefined) {
    event.preventDefault()
    void go({ ...at })
  } else if (noAnswer !== undefined) {
    event.preventDefault()
    if (isFull(book)) more?.noAnswer(Number(noAnswer), target, book)
  } else if (to !== undefined || heard !== undefined) {
    event.preventDefault()
    more?.forget(heard === undefined ? undefined : at.step)
    if (to !== undefined) void go(goTo(book.guide, { ...at }, to))
    else if (isFull(book) && more) void go(more.safe(book, at))
  } else if (choice !== undefined) {
    event.preventDefault()
    // The second tap of a double tap would take a choice of the next screen, unseen.
    if (event instanceof MouseEvent && event.detail > 1 && screen.contains(target)) return
    more?.forget()
    const next = choose(book.guide, at, choice)
    void go(next.ok ? next.value : recover(book.guide, at))
  }
}

async function submit(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  const form = event.target as HTMLFormElement
  if (!isFull(book) || !more) return
  const own = 'own' in form.dataset
  if (!own && !('place' in form.dataset)) return
  const before = at
  const next = own ? await more.words(book, at, form, bring) : await more.place(book, at, form, event.submitter)
  // She went on while her words were read.
  if (at !== before) return
  if (next.step === at.step) {
    at = next
    draw(false)
    // Who cannot see it hears what was found; the question comes before the list.
    const found = document.querySelector<HTMLElement>('.place [role=status], .services h2') ?? document.getElementById('title')
    found?.focus()
  } else void go(next)
}

const page: Page = { bring, go: (step) => void go(goTo(book.guide, at, step)) }

watchExit()
document.addEventListener('click', press)
document.addEventListener('submit', (event) => void submit(event))
document.addEventListener('leave', () => {
  at = open(first.guide)
  book = firstBook
  loaded = null
  here = first
  more?.forget()
})
document.documentElement.dataset.ready = 'first'
rest().then(
  () => {
    document.documentElement.dataset.ready = 'all'
    // The first screen came without the field for her own words; it stands behind the choices, so that none of them moves.
    const field = isFull(book) && at.step === book.guide.start && more?.heard(book, at).below
    if (field && !screen.querySelector('[data-own]'))
      screen.querySelector('.choices')?.insertAdjacentHTML('afterend', trusted.createHTML(field.html) as unknown as string)
  },
  () => {},
)
