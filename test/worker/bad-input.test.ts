/** Whatever is sent, the answer is a screen or the way to it: never an error, never what an error says. */

import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode } from '../../guide/position.ts'
import { bookOf, common } from '../../worker/books.ts'
import { ask, LANGUAGES, post, read, whole } from './visitor.ts'

const FORM = 'application/x-www-form-urlencoded'

const { guide } = bookOf('UA', 'uk')

/** Words that fool lookups, markup, broken text, and what the page itself would send. */
const text = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
    ' ',
    '\0',
    '\ud800',
    '\udfff\ud800',
    '%',
    '%zz',
    '..',
    '.'.repeat(50),
    '<script>alert(1)</script>',
    '"\'>',
    '{{tel:ua-1547}}',
    '🙂'.repeat(60),
    '-1',
    '1e99',
    'null',
  ),
  fc.constantFrom(...Object.keys(guide.steps), ...Object.values(common.codes.steps), ...Object.values(common.codes.choices)),
  fc.constantFrom('UA', 'UA80', 'UA99', 'UA1804', 'UA1804019', 'ca.x.y', 'CA-BC', 'ua80'),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 40 }),
)

const position = fc.oneof(
  text,
  fc
    .tuple(
      fc.constantFrom('1uk', '1ru', '1en', '1xx', '2uk', '1', '', '1__proto__'),
      fc.array(fc.oneof(fc.constantFrom(...Object.values(common.codes.steps)), fc.string({ minLength: 3, maxLength: 3 })), {
        maxLength: 60,
      }),
      fc.string({ maxLength: 30 }),
      text,
    )
    .map(([head, walked, answers, area]) => `${head}.${walked.join('')}.${answers}.${area}`),
)

const fields = fc.record({ p: position, c: text, a: text, o: text, q: text, x: text }, { requiredKeys: [] })

/** A page with a way out, and a number or the way back to one. */
async function good(answer: Response): Promise<void> {
  if (answer.status === 303) {
    expect(answer.headers.get('Location')).toBe('/')
    return
  }
  const page = await read(answer)
  expect(whole(page)).toEqual([])
  if (page.step === 'start') expect(page.tels.length).toBeGreaterThan(0)
  else expect(page.buttons.length).toBeGreaterThan(1)
}

describe('REL-13, B7: any input is answered with a screen', () => {
  it('forms with any values', async () => {
    await fc.assert(
      fc.asyncProperty(fields, async (sent) => good(await post(sent as Record<string, string>))),
      { numRuns: 400 },
    )
  })

  it('forms whose position holds, with one value that does not', async () => {
    const steps = fc.constantFrom(...Object.keys(guide.steps))
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(steps, { maxLength: 30 }),
        fc.constantFrom(...LANGUAGES),
        text,
        fc.constantFrom('c', 'a', 'o', 'q'),
        async (step, trail, language, value, name) => {
          const p = encode(common.codes, { step, trail, answers: {}, area: null }, language)
          const page = await read(await post({ p, [name]: value }))
          expect(whole(page)).toEqual([])
          expect(page.language).toBe(value.startsWith('language-') ? page.language : LANGUAGES.find((one) => one === page.language))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('bodies of any bytes and any type', async () => {
    const types = fc.oneof(
      fc.constantFrom(
        FORM,
        `${FORM}; charset=utf-8`,
        FORM.toUpperCase(),
        'multipart/form-data; boundary=x',
        'multipart/form-data',
        'application/json',
        'text/plain',
        '',
        'x',
      ),
      fc.string({ maxLength: 20 }).filter((one) => /^[\x20-\x7e]*$/.test(one)),
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), types, async (body, type) =>
        good(await ask('/', { method: 'POST', headers: { 'Content-Type': type }, body })),
      ),
      { numRuns: 300 },
    )
  })

  it('the same field many times, and a form type written in capitals', async () => {
    await good(await ask('/', { method: 'POST', headers: { 'Content-Type': FORM }, body: 'p=&p=&c=stop&c=back&q=1&q=2&n=1x&w=0' }))
    const page = await read(
      await ask('/', { method: 'POST', headers: { 'Content-Type': 'Application/X-WWW-Form-URLencoded' }, body: 'c=stop' }),
    )
    expect(page.step).toBe('safe-screen')
  })

  it.each([16_385, 100_000, 1_048_576])('a body of %i bytes, whole, streamed, or with a false length', async (size) => {
    const body = new TextEncoder().encode(`c=stop&q=${'%D0%B0'.repeat(size / 6)}`)
    const streamed = () =>
      new ReadableStream({
        start: (to) => {
          for (let at = 0; at < body.length; at += 4096) to.enqueue(body.slice(at, at + 4096))
          to.close()
        },
      })
    for (const init of [
      { body },
      { body: streamed() },
      { body, headers: { 'Content-Length': '5' } },
      { body: streamed(), headers: { 'Content-Length': '-1' } },
    ]) {
      const page = await read(await ask('/', { method: 'POST', ...init, headers: { ...init.headers, 'Content-Type': FORM } }))
      expect(whole(page)).toEqual([])
      expect(page.step).toBe('start')
    }
  })

  it('a body that breaks off', async () => {
    const body = new ReadableStream({
      start: (to) => {
        to.enqueue(new TextEncoder().encode('p=1uk'))
        to.error(new Error('planted: cut off'))
      },
    })
    await good(await ask('/', { method: 'POST', headers: { 'Content-Type': FORM }, body }))
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND', 'REPORT'])('the method %s, on any address', async (method) => {
    for (const path of ['/', '/a/00000000.js', '/x']) await good(await ask(path, { method }))
  })

  it('HEAD has the headers of the page and no body', async () => {
    const answer = await ask('/', { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect((await ask('/x', { method: 'HEAD' })).status).toBe(303)
  })

  it('a form sent to another address', async () => {
    await good(await ask('/x', { method: 'POST', headers: { 'Content-Type': FORM }, body: 'c=stop' }))
    expect((await ask('/?c=stop', { method: 'POST' })).status).toBe(200)
  })

  it('any address', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, query) =>
        good(await ask(`/${path.replace(/^\/+/, '')}?${query}`)),
      ),
      { numRuns: 200 },
    )
  })

  it('any language header', async () => {
    const wish = fc.string({ maxLength: 80 }).filter((one) => /^[\x20-\x7e]*$/.test(one))
    await fc.assert(
      fc.asyncProperty(wish, async (accepted) =>
        good(await ask('/', { headers: { 'Accept-Language': accepted, 'Accept-Encoding': 'identity' } })),
      ),
      { numRuns: 150 },
    )
  })

  it('a place made of anything is shown only as text', async () => {
    const p = encode(common.codes, { step: 'services-hotline', trail: ['start'], answers: {}, area: null }, 'uk')
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(text, fc.constantFrom('<img src=x onerror=alert(1)>', '</form><script src=//x>', '{{asked}}', '$&', '&lt;')),
        async (q) => {
          const page = await read(await post({ p, q }))
          expect(whole(page)).toEqual([])
          expect(page.scripts).toHaveLength(1)
          expect(page.html).not.toMatch(/<img/)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('an area inside the position is only ever a place, however it is written', async () => {
    for (const area of ['constructor', 'toString', 'UA99', 'UA', 'ca.x.y', '--------', 'UA80.UA46', 'UA8000000000', 'UA800000000000']) {
      const page = await read(await post({ p: `1uk.${common.codes.steps['services-hotline']}..${area}` }))
      expect([page.step, whole(page)], area).toEqual(['services-hotline', []])
      expect(page.services.length, area).toBeGreaterThan(0)
    }
  })

  it('and nothing of it is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fields, async (sent) => void (await post(sent as Record<string, string>))),
      { numRuns: 50 },
    )
    expect((await env.DB.prepare('SELECT count(*) AS n FROM no_answer').first<{ n: number }>())?.n).toBe(0)
  })
})
