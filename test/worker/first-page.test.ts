/** The first view: what it holds, and in which language. */
import { describe, expect, it } from 'vitest'
import { DOORS } from '../../schema/terms.ts'
import { wishesOf } from '../../worker/language.ts'
import { ask, read, whole } from './visitor.ts'

const open = (accepted?: string) => ask('/', accepted === undefined ? {} : { headers: { 'Accept-Language': accepted } }).then(read)

describe('the first page', () => {
  it('has the start step, a number, five doors and the exit twice', async () => {
    const page = await open('uk')
    expect(whole(page)).toEqual([])
    expect(page.step).toBe('start')
    expect(page.tels.length).toBeGreaterThan(0)
    expect(page.buttons.map(({ choice }) => choice)).toEqual(expect.arrayContaining([...DOORS, 'not-safe', 'settings']))
  })

  it('E2: both exits are plain links to an ordinary site', async () => {
    const { exits, html } = await open()
    expect(exits.every((href) => /^https:\/\/\w/.test(href))).toBe(true)
    expect(html.match(/<a [^>]*data-exit/g)?.every((link) => link.includes('rel="noreferrer noopener"'))).toBe(true)
  })

  it('D3: runs no inline script, and every script and style carries its hash', async () => {
    const { scripts, styles, inline } = await open()
    expect(inline).toEqual([])
    expect(scripts.filter(({ src }) => src === null).map(({ type }) => type)).toEqual(['application/json'])
    expect(scripts.filter(({ src }) => src !== null).length).toBeGreaterThan(0)
    expect(styles).toHaveLength(1)
  })

  it('its data cannot close their element', async () => {
    const { html } = await open()
    const data = /<script type="application\/json" id="first">([^<]*)<\/script>/.exec(html)?.[1]
    expect(data).toBeDefined()
    expect(JSON.parse(data ?? '')).toHaveProperty('guide.start', 'start')
  })

  it('D3: names no host but its own and the exit', async () => {
    for (const language of ['uk', 'ru', 'en']) {
      const { html, exits } = await open(language)
      const hosts = [...html.matchAll(/(?:src|href|action)="(https?:)?\/\/[^"]*"/g)].map(([found]) => found)
      expect(hosts.filter((one) => !exits.some((exit) => one.includes(exit)))).toEqual([])
    }
  })

  it('E8, D1: has the neutral title in every language', async () => {
    for (const language of ['uk', 'ru', 'en']) expect((await open(language)).title).toBe('Стежка')
  })

  it('fields ask browsers to remember nothing', async () => {
    const { html } = await open()
    for (const field of html.match(/<(?:form|input|select)\b[^>]*>/g) ?? []) expect(field).toContain('autocomplete="off"')
  })
})

describe('the language of the first page', () => {
  it.each([
    ['uk', 'uk'],
    ['uk-UA,uk;q=0.9', 'uk'],
    ['ru', 'ru'],
    ['ru-UA,ru;q=0.9,en;q=0.8', 'ru'],
    ['en-GB', 'en'],
    ['EN', 'en'],
    ['de-DE,en;q=0.5,uk;q=0.7', 'uk'],
    ['uk;q=0,en', 'en'],
    ['de,fr', 'uk'],
    ['*', 'uk'],
    ['', 'uk'],
    [';;;q=,,,=', 'uk'],
    ['__proto__,constructor', 'uk'],
    ['en;q=nonsense, ru', 'ru'],
    ['<script>', 'uk'],
    ['ru;q=1e999,en;q=-5', 'ru'],
    ['en ; q = 0.1 , ru', 'ru'],
  ])('"%s" is read as %s', async (accepted, language) => {
    const page = await open(accepted)
    expect(page.language).toBe(language)
    expect(whole(page)).toEqual([])
  })

  it('is the default when the browser says nothing', async () => {
    expect((await open()).language).toBe('uk')
  })

  it('a wish of any length costs no time', async () => {
    // The clock of workerd stands still between two waits.
    await scheduler.wait(1)
    const before = Date.now()
    wishesOf(`a${' '.repeat(100_000)}b`)
    wishesOf('en,'.repeat(50_000))
    await scheduler.wait(1)
    expect(Date.now() - before).toBeLessThan(1000)
  })
})
