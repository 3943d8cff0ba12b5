/** What reads her words there: weights that are always at hand, and a net that is fetched once, when somebody first writes. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { understand } from '../../guide/understand/understand.ts'
import { manifest } from '../../worker/books.ts'
import { ask } from './visitor.ts'

const uk = { country: 'UA', language: 'uk' } as const
let readerOf: typeof import('../../worker/reader.ts')['readerOf']

/** Other tests may have written already: here nothing has been opened. */
beforeEach(async () => {
  vi.resetModules()
  ;({ readerOf } = await import('../../worker/reader.ts'))
})

const CRY = 'він мене душить, допоможіть'

describe('B4: what reads her words at the edge', () => {
  it('reads without the net where that does not come, and asks for it again', async () => {
    const broken = { fetch: vi.fn(() => Promise.reject(new Error('planted'))) } as unknown as Fetcher
    const missing = { fetch: vi.fn(async () => new Response(null, { status: 404 })) } as unknown as Fetcher
    const other = { fetch: vi.fn(async () => new Response('<!doctype html>')) } as unknown as Fetcher
    for (const files of [broken, missing, other]) {
      const model = await readerOf(files, CRY, uk)
      expect(model.net).toBeUndefined()
      expect(understand(model, CRY, uk).crisis).toBe('danger')
      expect(files.fetch).toHaveBeenCalledTimes(1)
    }
    expect((await readerOf(env.ASSETS, CRY, uk)).net).toBeDefined()
  })

  it('opens each net once, for those who write in its languages', async () => {
    const fetch = vi.spyOn(env.ASSETS, 'fetch')
    const [one, other] = [await readerOf(env.ASSETS, CRY, uk), await readerOf(env.ASSETS, 'де ночувати', uk)]
    expect(one.net).toBe(other.net)
    expect((await readerOf(env.ASSETS, 'күйеуім ұрады', { country: 'KZ', language: 'kk' })).net).not.toBe(one.net)
    for (const [text, setting] of [
      ['he hits me and I have nowhere to go', uk],
      ['эрим сабап жатат', { country: 'KG', language: 'ky' }],
    ] as const)
      expect((await readerOf(env.ASSETS, text, setting)).net).toBeUndefined()
    expect(fetch.mock.calls.length).toBe(2)
  })

  it('a Russian text is read by two countries’ files, any other by one', async () => {
    const model = await readerOf(env.ASSETS, 'мы в ванной, он ломает дверь', uk)
    expect([model.head.country, model.beside?.head.country, model.beside?.net !== undefined]).toEqual(['UA', 'KZ', true])
    const there = await readerOf(env.ASSETS, 'мы в ванной, он ломает дверь', { country: 'KZ', language: 'ru' })
    expect([there.head.country, there.beside?.head.country]).toEqual(['KZ', 'UA'])
    expect((await readerOf(env.ASSETS, CRY, uk)).beside).toBeUndefined()
  })

  it('is served to nobody', async () => {
    const paths = Object.values(manifest.nets)
    expect(paths.length).toBe(2)
    for (const path of paths) {
      const answer = await ask(path, { redirect: 'manual' })
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/'])
    }
  })
})
