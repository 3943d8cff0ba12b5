import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../guide/cards.ts'
import { barHtml, escape, html, inlineHtml, screenHtml } from '../../guide/html.ts'
import { type Listing, servicesHtml } from '../../guide/html-services.ts'
import type { View } from '../../guide/view.ts'
import { words } from './made-up.ts'

const SAID = words()

/** Text as likely to break out of HTML as not. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom('<', '>', '"', "'", '&', '/', '=', '`', '&lt;', '<script>', '</p>', '" onclick="x', 'javascript:', '\u0000', ' '),
      { maxLength: 8 },
    )
    .map((all) => all.join('')),
)

const unescape = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')

/** The tags alone: what stays the same whatever the words are. */
const marks = (text: string): string => text.replace(/[^<>"']/g, '')

test('nothing unescaped, and nothing lost, for any text', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(escape(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/)
      expect(unescape(escape(text))).toBe(text)
      expect(html`<b title="${text}">${text}</b>`.html).toBe(`<b title="${escape(text)}">${escape(text)}</b>`)
    }),
    { numRuns: 500 },
  )
})

test('what `html` made is not escaped twice; lists are joined; nothing, null and false leave nothing', () => {
  expect(html`<ul>${['a<', 'b'].map((one) => html`<li>${one}</li>`)}</ul>`.html).toBe('<ul><li>a&lt;</li><li>b</li></ul>')
  expect(html`[${null}${undefined}${false}${[]}${0}]`.html).toBe('[0]')
})

test('a number in the text is a link that dials it', () => {
  expect(inlineHtml(['Дзвоніть ', { tel: '1547', text: '15-47' }]).html).toBe('Дзвоніть <a href="tel:1547">15-47</a>')
})

const view = (text: string): View => ({
  step: text,
  title: text,
  text: [[text, { tel: text, text }], [text]],
  hope: [text],
  calls: [{ id: text, tel: text, text, name: text }],
  care: [{ name: text, text }],
  choices: [{ id: text, label: text }],
  general: true,
  sources: [text],
  quiet: false,
  withheld: null,
  callable: false,
  wordsNote: 'unreviewed',
  canGoBack: true,
})

const card = (text: string): Card => ({
  id: text,
  code: 7,
  name: text,
  reach: text,
  answers: 'unknown',
  answersText: text,
  what: text,
  whom: text,
  phones: [{ tel: text, text }],
  channels: [
    { text, href: null },
    { text, href: `https://example.org/${text}` },
  ],
  via: [{ name: text, phones: [{ tel: text, text }] }],
  cautions: [text],
  details: [[text, text]],
  checked: text,
})

const listing = (text: string): Listing => ({
  place: { name: text, oblast: `${text}.` },
  asked: text,
  matches: [{ code: text, name: text, kind: 'settlement', raion: `${text}!`, oblast: `${text}?`, hromada: `${text};`, exact: false }],
  more: 3,
  oblasts: [{ code: text, name: text }],
  cards: [card(text)],
  unreachable: false,
  askOccupied: false,
  noted: [],
})

describe('the words of a screen cannot change its tags', () => {
  test('a step', () => {
    const plain = marks(screenHtml(view('a'), SAID, null).html)
    fc.assert(
      fc.property(hostile, (text) => {
        expect(marks(screenHtml(view(text), SAID, { choices: { [text]: text } } as never).html)).toBe(plain)
      }),
    )
  })

  test('a list of services, with what she typed', () => {
    const said = words({ placeNotFound: '{{asked}}', near: '{{place}}' })
    // An empty text leaves out a part of its own accord.
    const some = hostile.filter((text) => text.trim() !== '')
    const plain = marks(servicesHtml(listing('a'), said, 'a').html)
    fc.assert(
      fc.property(some, (text) => {
        expect(marks(servicesHtml(listing(text), said, text).html)).toBe(plain)
        expect(servicesHtml({ ...listing('a'), asked: text, matches: [] }, said, null).html).toContain(escape(text))
      }),
    )
  })

  test('the bar', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(marks(barHtml(words({ back: text, home: text, stop: text }), null, true).html)).toBe(marks(barHtml(SAID, null, true).html))
      }),
    )
  })
})

test('S5: "it did not answer" carries the service’s number only, and is thanked for once pressed', () => {
  expect(servicesHtml(listing('a'), SAID, null).html).toContain('name="n" value="0007"')
  const thanked = servicesHtml({ ...listing('a'), noted: [7] }, SAID, null).html
  expect(thanked).toContain('didNotAnswerThanks')
  expect(thanked).not.toContain('name="n"')
})

test('paragraphs that begin with a bullet are one list between the others', () => {
  const text = [['Before'], ['• one'], ['• two ', { tel: '102', text: '102' }], ['After']]
  const view: View = { ...EMPTY, text }
  expect(screenHtml(view, SAID, null).html).toContain(
    '<p>Before</p><ul class="prose"><li>one</li><li>two <a href="tel:102">102</a></li></ul><p>After</p>',
  )
})

const EMPTY: View = {
  step: 'start',
  title: '',
  text: [],
  hope: [],
  calls: [],
  withheld: null,
  callable: false,
  care: [],
  choices: [],
  general: false,
  sources: [],
  quiet: false,
  wordsNote: null,
  canGoBack: false,
}
