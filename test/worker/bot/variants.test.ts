/** Where the guide speaks of a page and of leaving it, the bot speaks of the chat that Telegram keeps: the same steps, in words that are true there. */
import { describe, expect, it } from 'vitest'
import { SCREEN_WORDS } from '../../../guide/check/sizes.ts'
import { countWords } from '../../../guide/check/tokens.ts'
import { recover } from '../../../guide/engine.ts'
import { show } from '../../../guide/view.ts'
import kgEn from '../../../locales/en/kg-privacy.json'
import uzEn from '../../../locales/en/uz-privacy.json'
import kgKy from '../../../locales/ky/kg-privacy.json'
import kgRu from '../../../locales/ru/kg-privacy.json'
import uzRu from '../../../locales/ru/uz-privacy.json'
import uzUz from '../../../locales/uz/uz-privacy.json'
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

it('another country keeps its own warnings: only what is the same there is said otherwise', () => {
  const guide = bookOf('KZ', 'ru')
  const said = botBook({ ...guide, guide: { ...guide.guide, country: 'TJ' } })
  expect(said.words.steps['exit-limits']).not.toEqual(guide.words.steps['exit-limits'])
  for (const id of ['privacy', 'safety-plan', 'privacy-phone']) expect(said.words.steps[id]?.text, id).toEqual(guide.words.steps[id]?.text)
})

it.each(LANGUAGES)('nor is a page that closes promised in the bot of Kazakhstan, in %s', (language) => {
  const telling = textsOf(botBook(bookOf('KZ', language))).filter(([, text]) => OF_A_PAGE[language].test(text))
  expect(telling).toEqual([])
})

it('Kazakh speaks of the chat in the same steps', () => {
  const [page, chat] = [bookOf('KZ', 'kk'), botBook(bookOf('KZ', 'kk'))]
  for (const id of ['exit-limits', 'privacy', 'privacy-phone', 'privacy-network', 'privacy-telegram', 'safety-plan'])
    expect(chat.words.steps[id]?.text, id).not.toEqual(page.words.steps[id]?.text)
})

/** Countries whose steps about traces have words of their own for the bot, with the guide's in the languages that have both. */
const ELSEWHERE = [
  ['KG', 'ky', kgKy],
  ['KG', 'ru', kgRu],
  ['KG', 'en', kgEn],
  ['UZ', 'uz', uzUz],
  ['UZ', 'ru', uzRu],
  ['UZ', 'en', uzEn],
] as const

describe.each(ELSEWHERE)('the words of the bot in %s, %s', (country, language, guide) => {
  const steps: Record<string, { title: string; text: string[]; hope: string }> = guide.steps
  const own = Object.entries(botVariants(language).countries?.[country] ?? {})

  it('speak of the chat where the guide speaks of a page', () => {
    expect(own.map(([id]) => id)).toEqual(['privacy', 'privacy-phone', 'privacy-telegram'])
    for (const [id, { text }] of own) expect(text, id).not.toEqual(steps[id]?.text)
  })

  it('fit one screen, and state no number of their own', () => {
    for (const [id, words] of own) {
      const { title, text, hope } = { ...steps[id], ...words }
      expect(countWords([title, ...(text ?? []), hope].join(' ')), id).toBeLessThanOrEqual(SCREEN_WORDS)
      expect([title, ...(text ?? [])].join(' '), id).not.toMatch(/\d/)
    }
  })
})

it('a country is told of the chat in its own words', () => {
  const book = bookOf('KZ', 'ru')
  const said = botBook({ ...book, guide: { ...book.guide, country: 'UZ' } })
  expect(said.words.steps.privacy?.text).toEqual(botVariants('ru').countries?.UZ?.privacy?.text)
  expect(said.words.steps['exit-limits']?.text).toEqual(botVariants('ru').steps['exit-limits']?.text)
})

it('who reads Uzbek in Cyrillic is told of the chat too', () => {
  expect(botVariants('uz-cyrl').steps['exit-limits']?.title).toBe('Бу чатда нима қолади')
})
