/** Every step of every country but the first, in each of its languages, on a phone as narrow as they come: it fits, it is in one language, the exit is in view. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COUNTRIES, type Country, type Language, SPOKEN } from '../../schema/terms.ts'
import { type House, openHouse, type Visit } from './house.ts'
import { guide, type Path, press, stops, teach, ways } from './walk.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

/** Letters that are not of this language: where they stand, a word of another one was left. Quoted words and names of languages apart. */
const FOREIGN: Partial<Record<Language, RegExp>> = {
  ru: /[іїєґқғңұүһөәӣӯҳҷ]/i,
  uk: /[ыэёъқғңұүһөәӣӯҳҷ]/i,
  en: /[а-яіїєґқғңұүһөә]/i,
  kk: /[їєґӣӯҳҷ]/i,
  ky: /[іїєґқғұһәӣӯҳҷ]/i,
  uz: /[а-яіїєґқғңұүһөә]/i,
  'uz-cyrl': /[іїєґңұүһөәӣӯҷ]/i,
  tg: /[іїєґңұүһөәыщ]/i,
  tk: /[а-яіїєґқғңұүһөә]/i,
}

/** Where another language is meant to stand: names of languages, of the pages to leave to, and what may be shown to somebody who does not speak hers. */
const QUOTES = ['settings', 'leaving', 'trafficking-words']

const pairs = COUNTRIES.filter((country) => country !== 'UA').flatMap((country) =>
  SPOKEN[country].map((language): [Country, Language] => [country, language]),
)

type Reading = Visit & { paths: Path[] }

const visits = new Map<Country, Promise<Reading>>()

async function begin(country: Country): Promise<Reading> {
  const visit = await house.visit({ locale: `en-${country}` })
  await teach(visit.page, country)
  return { ...visit, paths: ways(stops(guide(country))).map(({ path }) => path) }
}

/** One open page a country, in the language asked for. */
async function reading(country: Country, language: Language): Promise<Reading> {
  const open = visits.get(country) ?? begin(country)
  visits.set(country, open)
  const visit = await open
  await visit.page.evaluate(() => window.walk.reset())
  await press(visit.page, 'settings')
  await press(visit.page, `language-${language}`)
  await visit.page.waitForFunction((wanted) => document.documentElement.lang.toLowerCase() === wanted, language)
  return visit
}

test.each(pairs)('E1: every step of %s in %s fits a narrow phone, in one language, with the exit in view', async (country, language) => {
  const { page, paths } = await reading(country, language)
  expect(paths.length).toBeGreaterThan(20)
  const shown = await page.evaluate(
    (all) =>
      all.map((path) => {
        const step = window.walk.go(path)
        for (const details of document.querySelectorAll('details')) details.open = true
        const box = (document.querySelector('a.exit') as HTMLElement).getBoundingClientRect()
        const screen = (document.getElementById('screen') as HTMLElement).cloneNode(true) as HTMLElement
        // Citations, and names of services, are as their sources write them.
        for (const one of screen.querySelectorAll('.sources, .card, select, .calls')) one.remove()
        return {
          step,
          wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
          exit: box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && box.width >= 44,
          cut: [...document.querySelectorAll<HTMLElement>('.bar button')].filter((one) => one.scrollWidth > one.clientWidth).length,
          text: `${screen.textContent} ${document.getElementById('bar')?.textContent}`,
        }
      }),
    paths,
  )
  const foreign = (text: string) =>
    [...text.matchAll(/[\p{L}’ʼʻ-]+/gu)].map(([word]) => word).filter((word) => FOREIGN[language]?.test(word))
  expect(
    shown.flatMap(({ step, wide, exit, cut, text }) => [
      ...(wide ? [`${step}: too wide`] : []),
      ...(exit ? [] : [`${step}: the exit is not in view`]),
      ...(cut > 0 ? [`${step}: ${cut} buttons of the bar are cut`] : []),
      ...[...text.matchAll(/\{\{|\}\}|\bundefined\b|\bnull\b|\[object/g)].map(([found]) => `${step}: ${found}`),
      ...(QUOTES.includes(step) ? [] : foreign(text).map((word) => `${step}: "${word}"`)),
    ]),
  ).toEqual([])
})
