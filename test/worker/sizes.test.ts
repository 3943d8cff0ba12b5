/** Who watches the line sees lengths: of what she is sent, and of what she sends. None of them tells what she reads. */

import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { TRAIL_STEPS } from '../../guide/engine.ts'
import type { Guide } from '../../guide/guide.ts'
import { POSITION_CHARACTERS } from '../../guide/html-position.ts'
import { encode } from '../../guide/position.ts'
import type { Language } from '../../schema/terms.ts'
import { bookOf, common } from '../../worker/books.ts'
import { type Coding, PAGE_BYTES, pad } from '../../worker/http/padding.ts'
import { ask, LANGUAGES, post, read, Visitor } from './visitor.ts'

const CODINGS: Coding[] = ['br', 'gzip', 'identity']

const DECODE: Record<Coding, (bytes: Uint8Array) => string> = {
  br: (bytes) => brotliDecompressSync(bytes).toString(),
  gzip: (bytes) => gunzipSync(bytes).toString(),
  identity: (bytes) => new TextDecoder().decode(bytes),
}

const { guide } = bookOf('UA', 'uk')

type Reading = { step: string; language: Language; area: string | null }

const STEPS: Reading[] = LANGUAGES.flatMap((language) => Object.keys(guide.steps).map((step) => ({ step, language, area: null })))

/** Every list of services, at every place whose list differs from its neighbours'. */
const LISTS: Reading[] = LANGUAGES.flatMap((language) => {
  const { directory } = bookOf('UA', language)
  const areas = [...new Set([...directory.oblasts.map(({ code }) => code), ...directory.services.flatMap((service) => service.areas)])]
  return Object.keys(guide.steps)
    .filter((step) => guide.steps[step]?.services !== undefined)
    .flatMap((step) => areas.map((area) => ({ step, language, area })))
})

const positionOf = ({ step, language, area }: Reading, trail: string[] = []): string =>
  encode(common.codes, { step, trail, answers: {}, area }, language)

/** Everything of an answer that goes over the line and is ours: status, names and values of headers, body. */
async function wire(answer: Response): Promise<number> {
  const headers = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  return String(answer.status).length + headers + (await answer.bytes()).length
}

/** Lengths seen, each with a first page that had it: one, or the test says which page is the other. */
async function lengths(readings: Reading[], coding: Coding): Promise<Map<number, string>> {
  const seen = new Map<number, string>()
  for (const reading of readings) {
    const length = await wire(await post({ p: positionOf(reading) }, { 'Accept-Encoding': coding }))
    if (!seen.has(length)) seen.set(length, Object.values(reading).join(' '))
  }
  return seen
}

describe('what she is sent', () => {
  it.each(CODINGS)(
    'every step in every language is as long as any other, as %s',
    async (coding) => {
      expect(STEPS.length).toBeGreaterThan(900)
      expect([...(await lengths(STEPS, coding)).values()]).toHaveLength(1)
    },
    240_000,
  )

  it('every list of services at every place is as long as any step', async () => {
    expect(LISTS.length).toBeGreaterThan(1000)
    expect([...(await lengths([...STEPS.slice(0, 1), ...LISTS], 'br')).values()]).toHaveLength(1)
  }, 240_000)

  it.each(CODINGS)('what is found, not found, gone or noted is as long as well, as %s', async (coding) => {
    const her = await new Visitor({ 'Accept-Language': 'uk' }).open()
    await her.walk('for-me', 'services', 'psychological')
    const long = Object.keys(guide.steps).slice(0, TRAIL_STEPS)
    const p = positionOf({ step: her.page.step, language: 'uk', area: 'UA18' }, long)
    const sent = [
      { p },
      { p, q: 'Іванівка' },
      { p, q: 'Щ'.repeat(80) },
      { p, c: 'zz' },
      { p, n: her.page.buttons.find(({ noAnswer }) => noAnswer !== null)?.value ?? '' },
      { p, c: common.codes.choices.stop ?? '' },
      {},
    ]
    const seen = []
    for (const fields of sent) seen.push(await wire(await post(fields, { 'Accept-Encoding': coding })))
    expect(new Set(seen).size, seen.join()).toBe(1)
  })

  it('the first view is the same for everybody of a language', async () => {
    for (const language of LANGUAGES) {
      const wish = { 'Accept-Language': `${language}-UA`, 'Accept-Encoding': 'br' }
      const one = await ask('/', { headers: wish })
      const other = await ask('/?p=1uk.000', { headers: { ...wish, 'User-Agent': 'another', Cookie: 'a=b', 'CF-IPCountry': 'PL' } })
      expect([...one.headers]).toEqual([...other.headers])
      expect(await one.bytes()).toEqual(await other.bytes())
    }
  })

  it('a signal that a service did not answer is answered alike for every service', async () => {
    const seen = new Set<number>()
    for (const code of [1, 42, 100, 99_999]) seen.add(await wire(await post({ n: String(code), w: '1' })))
    expect(seen.size).toBe(1)
  })

  it('nobody on the way may pack a page again', async () => {
    expect((await post({ p: '1uk..' })).headers.get('Cache-Control')).toContain('no-transform')
  })

  it('the phone’s own wish counts, not what the platform asks for in its stead', async () => {
    const cf = { clientAcceptEncoding: 'gzip, deflate' } as IncomingRequestCfProperties
    const answer = await ask('/', { method: 'POST', headers: { 'Accept-Encoding': 'br, gzip' }, cf })
    expect(answer.headers.get('Content-Encoding')).toBe('gzip')
    expect((await answer.bytes()).length).toBe(PAGE_BYTES.gzip)
  })
})

describe('the padding', () => {
  it.each(CODINGS)('is passed over by the decoder, at every length, as %s', (coding) => {
    for (let length = 0; length < 600; length += 1) {
      const text = `<p>${'я'.repeat(length)}`
      const bytes = pad(text, coding, 512)
      expect(bytes.length % 512).toBe(0)
      expect(DECODE[coding](bytes).trimEnd()).toBe(text)
    }
  })

  it('comes after the text, so that nobody waits for it', () => {
    const html = `<!doctype html>${'слово '.repeat(400)}`
    const bytes = pad(html, 'br')
    const begun = brotliDecompressSync(bytes.subarray(0, 600), { finishFlush: 1 })
    expect(begun.toString()).toBe(html)
  })

  it('a page that outgrew its room is a whole number of rooms, never its own length', () => {
    const noise = Array.from({ length: 4000 }, (_, n) => Math.imul(n + 1, 2_654_435_761).toString(36)).join('')
    for (const coding of CODINGS) expect(pad(noise.repeat(3), coding, 1024).length % 1024).toBe(0)
  })
})

describe('what she sends', () => {
  const body = (fields: Record<string, string>) => new URLSearchParams(fields).toString().length

  /** A walk as long as the trail reaches, always by the first choice not yet taken. */
  const formLengths = async (language: string): Promise<Set<number>> => {
    const her = await new Visitor({ 'Accept-Language': `${language}-UA` }).open()
    const seen = new Set<number>()
    for (const choice of ['for-me', 'domestic-violence', 'back', 'services', 'hotline', 'settings', 'back', 'danger-now', 'stop']) {
      for (const { name, value, form } of her.page.buttons)
        if (form === 'f' && name === 'c') seen.add(body({ ...her.page.hidden.f, c: value }))
      await her.press(choice)
    }
    return seen
  }

  it('every choice of every page is sent in as many bytes', async () => {
    const seen = new Set<number>()
    for (const language of LANGUAGES) for (const length of await formLengths(language)) seen.add(length)
    expect(seen.size).toBe(1)
  })

  it('so is it at the end of a long way, with a place and every answer', () => {
    const longest = encode(common.codes, deepest(guide), 'uk')
    expect(longest.length).toBeLessThanOrEqual(POSITION_CHARACTERS)
  })

  it('every service that did not answer is told in as many bytes', async () => {
    const seen = new Set<number>()
    for (const { step, language, area } of LISTS.slice(0, 120)) {
      const page = await read(await post({ p: positionOf({ step, language, area }) }))
      for (const { noAnswer, value } of page.buttons) if (noAnswer !== null) seen.add(body({ ...page.hidden.f, n: value }))
    }
    expect(seen.size).toBe(1)
  })
})

/** Every question answered, the trail full, the place a village's. */
function deepest({ steps }: Guide) {
  const answers = Object.assign({}, ...Object.values(steps).flatMap(({ choices }) => choices.map(({ sets }) => sets ?? {})))
  return { step: 'start', trail: Object.keys(steps).slice(0, TRAIL_STEPS), answers, area: 'UA1804019003' }
}
