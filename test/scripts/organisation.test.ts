import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readOrganisation } from '../../scripts/content/organisation.ts'
import { ContentError } from '../../scripts/content/read.ts'

const OURS = readFileSync(resolve(import.meta.dirname, '../../organisation.toml'), 'utf8')

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folderWith(text: string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'organisation-'))
  folders.push(folder)
  if (text !== null) writeFileSync(join(folder, 'organisation.toml'), text)
  return folder
}

/** What its author reads. */
function complaint(text: string | null): string {
  try {
    readOrganisation(folderWith(text))
  } catch (error) {
    expect(error).toBeInstanceOf(ContentError)
    return (error as Error).message
  }
  return 'nothing'
}

const change = (from: string | RegExp, to: string): string => {
  const changed = OURS.replace(from, to)
  expect(changed, 'the fault was planted').not.toBe(OURS)
  return changed
}

describe('the organisation’s file', () => {
  test('as it comes with the project is read', () => {
    expect(readOrganisation(folderWith(OURS))).toMatchObject({ default_country: 'UA', countries: ['UA', 'KZ', 'KG', 'UZ', 'TJ', 'TM'] })
  })

  test('that is missing is named, with where to get it', () => {
    expect(complaint(null)).toMatch(/^organisation\.toml is missing\. .*git checkout -- organisation\.toml/)
  })

  const HOURS = '[[hours]]\ncountry = "UA"\nlanguages = ["uk"]\ndays = ["mon", "sun"]\nfrom = "20:00"\nto = "08:15"\n'

  test('H2: says when people answer, as many spans as there are, or nothing', () => {
    expect(readOrganisation(folderWith(OURS)).hours).toEqual([])
    const span = { country: 'UA', languages: ['uk'], days: ['mon', 'sun'], from: '20:00', to: '08:15' }
    const { languages: _, ...open } = span
    expect(readOrganisation(folderWith(`${OURS}\n${HOURS}${HOURS.replace(/languages.*\n/, '')}`)).hours).toEqual([span, open])
  })

  test.each([
    ['20:00', '20:10'],
    ['"mon"', '"monday"'],
    ['days = ["mon", "sun"]', 'days = []'],
    ['"UA"', '"Ukraine"'],
    ['"uk"', '"Ukrainian"'],
    ['to = "08:15"\n', ''],
  ])('H2: hours in which %s is %s say what should stand there', (from, to) => {
    expect(complaint(`${OURS}\n${HOURS.replace(from, to)}`)).toMatch(
      /^organisation\.toml: "hours\.0.*" should be when people answer in the talk: \[\[hours\]\]/,
    )
  })

  const faults: [string, () => string, RegExp][] = [
    [
      'a quote that is not closed',
      () => change('name = "Stezhka"', 'name = "Stezhka'),
      /line \d+: this cannot be read\..*quotes and brackets/,
    ],
    [
      'a bracket that is not closed',
      () => change('countries = ["UA", "KZ", "KG", "UZ", "TJ", "TM"]', 'countries = ["UA"'),
      /line \d+: this cannot be read/,
    ],
    ['a number for a name', () => change('name = "Stezhka"', 'name = 7'), /"name" should be the name of your organisation, in quotes/],
    ['no name', () => change('name = "Stezhka"\n', ''), /"name" should be the name of your organisation/],
    ['no neutral name', () => change(/neutral_name = .*\n/, ''), /"neutral_name" should be a calm name that others may see/],
    [
      'one address instead of a list',
      () => change('site = []', 'site = "https://example.org"'),
      /"site" should be a list of addresses.*such as \["https:\/\/example\.org"\]/,
    ],
    ['one bot instead of a list', () => change('bot = []', 'bot = "@example_bot"'), /"bot" should be a list of bot names/],
    [
      'one country instead of a list',
      () => change('countries = ["UA", "KZ", "KG", "UZ", "TJ", "TM"]', 'countries = "UA"'),
      /"countries" should be a list of country codes out of UA/,
    ],
    [
      'a country we have not',
      () => change('countries = ["UA", "KZ", "KG", "UZ", "TJ", "TM"]', 'countries = ["UA", "XX"]'),
      /"XX" is not a country we have content for\. We have: UA/,
    ],
    [
      'no country',
      () => change('countries = ["UA", "KZ", "KG", "UZ", "TJ", "TM"]', 'countries = []'),
      /name at least one country out of UA/,
    ],
    [
      'a language we have not',
      () => change('["uk", "ru", "en", "kk", "ky", "uz", "uz-cyrl", "tg", "tk"]', '["uk", "xx"]'),
      /"xx" is not a language we have content for\. We have: uk, ru, en/,
    ],
    [
      'no language',
      () => change('["uk", "ru", "en", "kk", "ky", "uz", "uz-cyrl", "tg", "tk"]', '[]'),
      /name at least one language out of uk, ru, en/,
    ],
    [
      'a default language not among its own',
      () =>
        change('default_language = "uk"', 'default_language = "en"').replace(
          '["uk", "ru", "en", "kk", "ky", "uz", "uz-cyrl", "tg", "tk"]',
          '["uk"]',
        ),
      /"default_language" should be one of your languages: uk/,
    ],
    [
      'a default country not among its own',
      () => change('default_country = "UA"', 'default_country = "TM"').replace(', "TM"]', ']'),
      /"default_country" should be one of your countries: UA/,
    ],
    [
      'no page to leave to',
      () => change(/\[\[exit\.UA\]\]\nname = .*\nurl = .*\n/g, ''),
      /"exit" should be for each country two pages|UA has no page to leave to\. Add \[\[exit\.UA\]\]/,
    ],
    [
      'one page to leave to',
      () => change(/\[\[exit\.UA\]\]\nname = "Вікіпедія"\nurl = .*\n/, ''),
      /UA has one page to leave to; people can choose between two\. Add a second \[\[exit\.UA\]\]/,
    ],
    [
      'a page to leave to without https',
      () => change('https://uk.wikipedia.org/', 'http://uk.wikipedia.org/'),
      /http:\/\/uk\.wikipedia\.org\/ should begin with https:\/\//,
    ],
    [
      'a page to leave to without an address',
      () => change('url = "https://uk.wikipedia.org/"\n', ''),
      /"exit\.UA\.1\.url" should be for each country two pages/,
    ],
    [
      'no first line',
      () => change('UA = ["ua-1547", "ua-lastrada-116123"]', 'UA = []'),
      /UA has no first line\. Add it under \[first_lines\], such as UA = \["ua-1547"\]/,
    ],
    ['a slip in a setting’s name', () => `nmae = "x"\n${OURS}`, /"nmae" is not a setting this file knows: a slip in the name\?/],
  ]

  test.each(faults)('with %s says which setting, and what should stand there', (_what, plant, sentence) => {
    const said = complaint(plant())
    expect(said).toMatch(sentence)
    expect(said).toMatch(/^organisation\.toml/)
    expect(said).not.toMatch(/^\s+at |Expected|Received|undefined/m)
  })
})
