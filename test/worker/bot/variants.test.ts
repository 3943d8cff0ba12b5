/** Where the guide speaks of a page and of leaving it, the bot speaks of the chat that Telegram keeps: the same steps, in words that are true there. */
import { describe, expect, it } from 'vitest'
import { SCREEN_WORDS } from '../../../guide/check/sizes.ts'
import { countWords } from '../../../guide/check/tokens.ts'
import { recover } from '../../../guide/engine.ts'
import { show } from '../../../guide/view.ts'
import { bookOf } from '../../../worker/books.ts'
import { botBook } from '../../../worker/bot/book.ts'
import { botSay, botVariants } from '../../../worker/bot/words.ts'

/** What only a page has: it is closed, and a browser keeps its address. Other sites, which a step may name, are another matter. */
const OF_A_PAGE = {
  uk: /закрива\S+ сторінк|закриєте сторінк|сторінку можна закрити й|після виходу(?! з)|вихід не|історі\S+ браузера, |адресу сайту|сторінка, як ця/i,
  ru: /закрыва\S+ страниц|закроете страниц|страницу можно закрыть и|после выхода(?! из)|выход не|истори\S+ браузера, |адрес сайта|страница, как эта/i,
  en: /closes? the page|close this page|stays after leaving|leaving cannot|browser’s history, |address of the site|page like this/i,
}

const LANGUAGES = ['uk', 'ru', 'en'] as const

const textsOf = (book: ReturnType<typeof bookOf>): [string, string][] =>
  Object.entries(book.words.steps).flatMap(([id, { title, text, hope = '', choices = {} }]) =>
    [title, ...text, hope, ...Object.values(choices)].map((one): [string, string] => [id, one]),
  )

describe.each(LANGUAGES)('the words of the bot in %s', (language) => {
  const variants = botVariants(language)
  const book = botBook(bookOf('UA', language))
  const choices = new Set(Object.values(book.guide.steps).flatMap((step) => step.choices.map(({ id }) => id)))

  it('say nothing of closing a page or of its traces in a browser, where the guide does', () => {
    const telling = (one: typeof book) => textsOf(one).filter(([, text]) => OF_A_PAGE[language].test(text))
    expect(telling(bookOf('UA', language)).length).toBeGreaterThan(6)
    expect(telling(book)).toEqual([])
  })

  it('stand for steps and choices that are there', () => {
    for (const id of Object.keys(variants.steps)) expect(Object.keys(book.guide.steps)).toContain(id)
    for (const id of Object.keys(variants.choices)) expect(choices).toContain(id)
  })

  it('fit one screen, and state no number of their own', () => {
    for (const [id, { title, text }] of Object.entries(variants.steps)) {
      const view = show(book, recover(book.guide, { step: id }))
      const said = [
        view.title,
        ...[...view.text, view.hope].map((line) => line.map((one) => (typeof one === 'string' ? one : one.text)).join('')),
      ]
      expect(countWords(said.join(' ')), id).toBeLessThanOrEqual(SCREEN_WORDS)
      expect([title, ...(text ?? [])].join(' '), id).not.toMatch(/\d/)
    }
  })

  it('change what is said, never where it leads', () => {
    const plain = bookOf('UA', language)
    expect(book.guide).toBe(plain.guide)
    for (const [id, words] of Object.entries(plain.words.steps))
      expect(Object.keys(book.words.steps[id]?.choices ?? {}), id).toEqual(Object.keys(words.choices ?? {}))
  })

  it('call the button that hides by its name', () => {
    for (const id of ['exit-limits', 'occupied-trace', 'safety-plan', 'medical-when'])
      expect(variants.steps[id]?.text?.join(' '), id).toMatch(new RegExp(`[«“]${botSay(language, 'hide')}[»”]`))
  })
})

it('another country keeps its own warnings: only what is the same everywhere is said otherwise', () => {
  const guide = bookOf('KZ', 'ru')
  const said = botBook(guide)
  expect(said.words.steps['exit-limits']).not.toEqual(guide.words.steps['exit-limits'])
  for (const id of ['privacy', 'safety-plan', 'privacy-phone']) expect(said.words.steps[id]?.text, id).toEqual(guide.words.steps[id]?.text)
})
