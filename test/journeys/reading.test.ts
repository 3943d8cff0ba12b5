/** Reading: the whole guide walked in the web app, in every language, on a phone as narrow as they come. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TALK_STEP } from '../../guide/engine.ts'
import { type House, openHouse, type Visit } from './house.ts'
import { guide, type Path, stops, teach, ways, words } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const all = stops(guide())

const LANGUAGES = [
  { language: 'uk', locale: 'uk-UA' },
  { language: 'ru', locale: 'ru-RU' },
  { language: 'en', locale: 'en-GB' },
  { language: 'kk', locale: 'kk-UA' },
]

const visits = new Map<string, Promise<Visit>>()

/** One open page a language: reading changes nothing in it. */
async function reading(locale: string): Promise<Visit> {
  const open = visits.get(locale) ?? house.visit({ locale })
  visits.set(locale, open)
  const visit = await open
  await teach(visit.page)
  return visit
}

test('reading sends no request: every step of Ukraine, every choice offered, none asked of the network', async () => {
  const { page, requests, quiet } = await reading('uk-UA')
  quiet()
  const { seen, faults } = await page.evaluate((walks) => window.walk.compare(walks), all)
  expect(faults).toEqual([])
  expect(seen.sort()).toEqual([...new Set(all.map(({ step }) => step))].sort())
  expect(requests.map((request) => request.url())).toEqual([])
})

test('every step of the guide can be reached by taps', () => {
  const known = new Set([TALK_STEP, ...all.map(({ step }) => step)])
  expect(Object.keys(guide().steps).filter((step) => !known.has(step))).toEqual([])
})

test.each(LANGUAGES)(
  'every step reads as words in $language, no id, no gap, no "undefined", and is no wider than a phone of 320 pixels',
  async ({ language, locale }) => {
    const { page, requests, quiet } = await reading(locale)
    quiet()
    const shown = await page.evaluate((paths) => {
      return paths.map((path) => {
        const step = window.walk.go(path)
        const screen = document.getElementById('screen') as HTMLElement
        const buttons = [...document.querySelectorAll<HTMLElement>('button, a, summary')].filter(
          (one) => (one.textContent ?? '').trim() === '',
        ).length
        for (const details of document.querySelectorAll('details')) details.open = true
        const { scrollWidth, clientWidth } = document.documentElement
        return {
          step,
          wide: scrollWidth > clientWidth ? scrollWidth : 0,
          title: screen.querySelector('h1')?.textContent ?? '',
          text: `${screen.textContent} ${document.getElementById('bar')?.textContent}`,
          buttons,
        }
      })
    }, paths())
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
    const faults = shown.flatMap(({ step, wide, title, text, buttons }) => [
      ...(wide > 0 ? [`${step}: ${wide} wide`] : []),
      ...(title.trim() === '' ? [`${step}: no title`] : []),
      ...(buttons > 0 ? [`${step}: ${buttons} buttons without words`] : []),
      // A key without its word shows as itself: `covers.oblast`.
      ...[...text.matchAll(/\{\{|\}\}|\bundefined\b|\bnull\b|\bNaN\b|\[object|\b(?:covers|answers|hours|day|language)\.[a-z]+/g)].map(
        ([found]) => `${step}: ${found}`,
      ),
      ...ids.filter((id) => text.includes(id)).map((id) => `${step}: ${id}`),
    ])
    expect(faults).toEqual([])
    expect(requests.map((request) => request.url())).toEqual([])
  },
)

test('the first screen of each language is in the book of that language', async () => {
  for (const { language, locale } of LANGUAGES) {
    const { page } = await reading(locale)
    await page.evaluate(() => window.walk.reset())
    expect(await page.locator('h1').textContent()).toBe(words(language).steps.start?.title)
  }
})

const paths = (): Path[] => ways(all).map(({ path }) => path)

/** Ids of three words and more: none of them can stand in a text by chance. */
const ids = Object.keys(guide().steps).filter((id) => id.split('-').length > 2)
