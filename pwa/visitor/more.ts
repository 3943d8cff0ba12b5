/** The web app's second part: services near a place, found on the device. The table of places is loaded whole, on the first use of its field. */

import { sentCode } from '../../guide/cards.ts'
import { type Position, stop } from '../../guide/engine.ts'
import { servicesHtml } from '../../guide/html-services.ts'
import { list } from '../../guide/listing.ts'
import { askPlace } from '../../guide/place-asked.ts'
import { openPlaces, type Places } from '../../guide/places.ts'
import type { PlaceMatch } from '../../guide/places-shown.ts'
import { say } from '../../guide/say.ts'
import { isStop } from '../../guide/stop.ts'
import { settleExit } from '../exit/settle.ts'
import type { FullBook, More } from './core.ts'
import { askOn, forgetWords, heardOn, ownWords } from './own-words.ts'

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
}

settleExit()
document.addEventListener('leave', () => {
  places = null
  typed = null
  noted = []
  forgetWords()
})
document.dispatchEvent(new CustomEvent('more', { detail: more }))
