/** D1: what others may read without opening a screen — titles, addresses, names of files and headers — tells nothing, in any language. */
import { describe, expect, it } from 'vitest'
import { TELLING_WORDS, tellingWord } from '../../guide/check/telling.ts'
import { LANGUAGES } from '../../schema/terms.ts'
import { common, manifest } from '../../worker/books.ts'
import config from '../../wrangler.toml?raw'
import { ask, type Page, Visitor } from './visitor.ts'

const built = Object.keys(import.meta.glob('../../dist/client/**/*')).map((file) => file.replace('../../dist/client', ''))

const headersOf = ({ headers }: { headers: Headers }): string[] => [...headers].map(([name, value]) => `${name}: ${value}`)

/** Addresses a page names, and what it sends back to us. */
const addressesOf = ({ html, hidden }: Page): string[] => [
  ...[...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map((match) => match[1] ?? ''),
  ...Object.values(hidden).flatMap((fields) => Object.entries(fields).flat()),
]

const tells = (texts: string[]): string[] => texts.filter((text) => tellingWord(text) !== null)

describe.each(LANGUAGES)('D1: in %s,', (language) => {
  it('the first page and the pages on the way to a list have a title, addresses, fields and headers that tell nothing', async () => {
    const her = await new Visitor({ 'Accept-Language': `${language}-UA` }).open()
    const pages = [her.page]
    for (const choice of ['for-me', 'services', 'hotline', 'settings', 'leaving', 'stop']) pages.push((await her.press(choice)).page)
    for (const page of pages) {
      expect(page.title).toBe(common.organisation.neutral_name)
      expect(tells([page.title, ...addressesOf(page), ...headersOf(page)])).toEqual([])
    }
  })
})

describe('D1: in the build', () => {
  it('every file has a name of eight digits, and nothing stands beside them', () => {
    expect(built.length).toBeGreaterThan(20)
    expect(built.filter((path) => !/^\/[adn]\/[0-9a-f]{8}\.\w+(\.br)?$/.test(path) && path !== '/_headers')).toEqual([])
  })

  it('the list of files and the name of the service tell nothing', () => {
    const name = /^name = "(.*)"$/m.exec(config)?.[1]
    expect(name).toBeTruthy()
    expect(tells([JSON.stringify(manifest), name ?? ''])).toEqual([])
  })

  it('every answer to a wrong address has headers that tell nothing and leads home', async () => {
    for (const path of ['/a/00000000.js', '/favicon.ico', '/manifest.json', '/sw.js', '/robots.txt', '/u']) {
      const answer = await ask(path)
      expect([answer.status, answer.headers.get('Location'), tells(headersOf(answer))], path).toEqual([303, '/', []])
    }
  })

  it('every word of the list would be seen in a title, an address and a header', () => {
    for (const word of Object.values(TELLING_WORDS).flat()) expect(tells([word, `/${word}/`, `X-Title: ${word}`]), word).toHaveLength(3)
  })
})
