/** Her own words, read on the device: nothing of them is sent. What reads them is fetched whole when the field is first used, so that it tells nothing. */
import { goTo, type Position, stop } from '../../guide/engine.ts'
import { type Heard, hear, interrupted, isNothing, takesWords } from '../../guide/heard.ts'
import type { Html } from '../../guide/html.ts'
import { crisisHtml, heardHtml, OWN_WORDS_CHARACTERS, type OwnWordsNotice, ownWordsHtml } from '../../guide/html-heard.ts'
import { isStop } from '../../guide/stop.ts'
import type { Model, Understood } from '../../guide/understand/understand.ts'
import type { Reader } from '../understand.ts'
import type { FullBook, LoadScript } from './core.ts'

let reader: Promise<Reader> | null = null
const models = new Map<string, Promise<Model>>()

/** What was made of her words, and the step it stands on. */
let heard: (Heard & { on: string; notice: OwnWordsNotice }) | null = null

async function fetchText(path: string): Promise<string> {
  const answer = await fetch(path, { credentials: 'omit', cache: 'no-store' })
  if (!answer.ok) throw new Error('not loaded')
  return answer.text()
}

function opened(path: string, read: Reader): Promise<Model> {
  const found = models.get(path) ?? fetchText(path).then((packed) => read.openModel(packed))
  models.set(path, found)
  found.catch(() => models.delete(path))
  return found
}

/**
 * English has a file of its own: the page's language says which is fetched first, the other only when what she writes reads otherwise. While that
 * cannot be had, plain signs of danger are heard all the same. A try that failed is made again at the next word.
 */
async function understood({ guide, words, own }: FullBook, text: string, load: LoadScript): Promise<Understood> {
  reader ??= load<Reader>('understand', own.script)
  const read = await reader.catch((error: unknown) => {
    reader = null
    throw error
  })
  const setting = { language: words.language, country: guide.country }
  const first = words.language === 'en' ? own.english : own.model
  const model = await opened(first, read)
  const wanted = read.isEnglish(model, text, setting) ? own.english : own.model
  const other = wanted === first ? model : await opened(wanted, read).catch(() => null)
  const found = read.understand(other ?? model, text, setting)
  if (other === null && found.crisis === 'none') throw new Error('not loaded')
  return found
}

/** @returns where her words lead; what is asked back stands on that step */
export async function ownWords(book: FullBook, at: Position, form: HTMLFormElement, load: LoadScript): Promise<Position> {
  const field = form.querySelector<HTMLInputElement>('input[name=y]')
  const text = field?.value.trim().slice(0, OWN_WORDS_CHARACTERS) ?? ''
  if (field) field.value = ''
  if (text === '') return at
  if (isStop(text)) return stop(book.guide, at)
  const { guide } = book
  try {
    const found = hear(guide, at, await understood(book, text, load))
    const next = found.crisis === null ? at : interrupted(guide, at, found.crisis)
    heard = { ...found, on: next.step, notice: isNothing(found) ? 'nothing' : null }
    return next
  } catch {
    heard = { crisis: null, steps: [], menu: at.step, area: null, on: at.step, notice: 'unreachable' }
    return at
  }
}

/** The way on for who is safe: what else her words may have meant. */
export function askOn({ guide }: FullBook, at: Position): Position {
  if (!heard || heard.steps.length === 0) return goTo(guide, at, heard?.menu ?? guide.start)
  heard = { ...heard, on: at.step, crisis: null }
  return { ...at }
}

export function forgetWords(next?: string): void {
  if (heard?.on !== next) heard = null
}

/** @returns what stands in place of the screen, above it and behind its choices, where something does */
export function heardOn(book: FullBook, at: Position): { instead?: Html; above?: Html; below?: Html } {
  const { words } = book
  const here = heard?.on === at.step ? heard : null
  if (here?.crisis) return { above: crisisHtml(words, here.crisis, here, null) }
  if (here && here.steps.length > 0) return { instead: heardHtml(book, here, null) }
  return takesWords(at) ? { below: ownWordsHtml(words, null, here?.notice ?? null) } : {}
}
