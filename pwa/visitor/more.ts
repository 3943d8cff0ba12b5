/** The web app's second part: services near a place, found on the device. The table of places is loaded whole, on the first use of its field. */

import { sentCode } from '../../guide/cards.ts'
import { type Position, SAFE_STEP, stop, TALK_STEP } from '../../guide/engine.ts'
import { servicesHtml } from '../../guide/html-services.ts'
import { list } from '../../guide/listing.ts'
import { askPlace } from '../../guide/place-asked.ts'
import { openPlaces, type Places } from '../../guide/places.ts'
import type { PlaceMatch } from '../../guide/places-shown.ts'
import { say } from '../../guide/say.ts'
import { isStop } from '../../guide/stop.ts'
import type { View } from '../../guide/view.ts'
import type { Asset } from '../../schema/manifest.ts'
import { settleExit } from '../exit/settle.ts'
import type { FullBook, More, Page } from './core.ts'
import { askOn, forgetWords, heardOn, ownWords } from './own-words.ts'
import type { Person } from './talk/talk.ts'

let places: Places | null = null
let placesPath = ''
let typed: { text: string; matches: PlaceMatch[]; unreachable?: true } | null = null
let noted: number[] = []

async function loadPlaces(path: string): Promise<Places> {
  const answer = await fetch(path, { credentials: 'omit', cache: 'no-store' })
  if (!answer.ok) throw new Error('not loaded')
  places = openPlaces(await answer.text())
  placesPath = path
  return places
}

async function place(book: FullBook, at: Position, form: HTMLFormElement, pressed: HTMLElement | null): Promise<Position> {
  typed = null
  const area = pressed?.dataset.area
  if (area !== undefined) return { ...at, area }
  const field = form.querySelector<HTMLInputElement>('input[name=q]')
  const text = field?.value.trim() ?? ''
  const oblast = form.querySelector<HTMLSelectElement>('select')?.value ?? ''
  if (field) field.value = ''
  if (text === '') return oblast === '' ? at : { ...at, area: oblast }
  if (isStop(text)) return stop(book.guide, at)
  try {
    const asked = askPlace(placesOf(book) ?? (await loadPlaces(book.files.places)), text, book.words.language)
    if ('area' in asked) return { ...at, area: asked.area }
    typed = asked
  } catch {
    typed = { text, matches: [], unreachable: true }
  }
  return at
}

/** Those of another country are no use here. */
const placesOf = (book: FullBook): Places | null => (placesPath === book.files.places ? places : null)

let person: Person | null = null
let said: { path: string; words: Record<string, string> } | null = null

/** Script, style and words of the talk: asked for when a person is, never before. */
async function loadTalk({ talk, words }: FullBook, page: Page): Promise<{ person: Person; words: Record<string, string> }> {
  if (!talk) throw new Error('not offered')
  const path = talk.words
  const [brought, read] = await Promise.all([
    person ?? page.bring<Person>('talk', talk.script),
    said?.path === path ? said.words : fetch(path, { credentials: 'omit', cache: 'no-store' }).then((answer) => answer.json()),
    person ? null : dressed(talk.style),
  ])
  person = brought
  said = { path, words: read }
  return { person, words: { ...words.ui, ...read } }
}

function dressed({ src, integrity }: Asset): Promise<unknown> {
  const link = document.createElement('link')
  Object.assign(link, { rel: 'stylesheet', crossOrigin: 'anonymous', integrity, href: src })
  document.head.append(link)
  return new Promise((resolve) => {
    link.onload = link.onerror = resolve
  })
}

let asked = 0

async function showTalk(book: FullBook, at: Position, view: View, page: Page): Promise<void> {
  const mine = ++asked
  const screen = document.getElementById('screen') as HTMLElement
  const wait = document.createElement('p')
  wait.role = 'status'
  wait.textContent = say(book.words, 'waiting')
  if (!person || said?.path !== book.talk?.words) screen.replaceChildren(wait)
  try {
    const loaded = await loadTalk(book, page)
    if (mine === asked) loaded.person.show({ book, at, view, words: { ui: loaded.words, language: book.words.language }, page })
  } catch {
    if (mine !== asked) return
    // The numbers of the screen stay; pressing the button draws it anew.
    wait.textContent = say(book.words, 'offline')
    const again = document.createElement('button')
    again.dataset.retry = ''
    again.textContent = say(book.words, 'retry')
    screen.replaceChildren(wait, ...view.calls.map(callLink), again)
  }
}

function callLink({ tel, text, name }: View['calls'][number]): HTMLElement {
  const link = document.createElement('a')
  link.className = 'call'
  link.href = `tel:${tel}`
  link.textContent = `${text} ${name}`
  return link
}

const more: More = {
  services(book, at) {
    const need = book.guide.steps[at.step]?.services ?? 'hotline'
    return servicesHtml(list(book, placesOf(book), { need, position: at, at: new Date(), typed, noted }), book.words, null)
  },
  place,
  noAnswer(code, button, book) {
    noted = [...noted, code]
    fetch('/', { method: 'POST', credentials: 'omit', keepalive: true, body: new URLSearchParams({ n: sentCode(code), w: '1' }) }).catch(
      () => {},
    )
    const thanks = document.createElement('p')
    thanks.role = 'status'
    thanks.tabIndex = -1
    thanks.textContent = say(book.words, 'didNotAnswerThanks')
    button.replaceWith(thanks)
    thanks.focus()
  },
  words: ownWords,
  safe: askOn,
  heard: heardOn,
  forget(next) {
    typed = null
    forgetWords(next)
  },
  draws(book, at, view, page) {
    const isTalk = at.step === TALK_STEP && book.talk !== undefined
    if (isTalk) void showTalk(book, at, view, page)
    else {
      asked += 1
      // On the screen of a break nothing reminds of it.
      person?.elsewhere(at.step !== SAFE_STEP, page)
    }
    return isTalk
  },
}

settleExit()
document.addEventListener('leave', () => {
  places = null
  typed = null
  noted = []
  forgetWords()
  asked += 1
})
document.dispatchEvent(new CustomEvent('more', { detail: more }))
