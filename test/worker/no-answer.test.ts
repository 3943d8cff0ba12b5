/** "It did not answer": counted without her, and never in her way. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { common } from '../../worker/books.ts'
import { COUNTED_A_DAY, countNoAnswer } from '../../worker/store/no-answer.ts'
import { ask, post, read, Visitor, whole } from './visitor.ts'

const DAY = 24 * 60 * 60
const NOW = 1_800_000_000

const rows = async () =>
  (await env.DB.prepare('SELECT service, times, expires_at FROM no_answer ORDER BY service, expires_at').all()).results

const broken = (how: 'prepare' | 'run' | 'hang') => ({
  DB: {
    prepare() {
      if (how === 'prepare') throw new Error('planted: database is gone')
      const statement = {
        bind: () => statement,
        run: () => (how === 'hang' ? new Promise(() => {}) : Promise.reject(new Error('planted: D1_ERROR'))),
      }
      return statement
    },
  },
})

const toHotlines = async (bindings = {}) => {
  const her = await new Visitor({ 'Accept-Language': 'uk' }, bindings).open()
  return her.walk('for-me', 'services', 'hotline')
}

describe('S5: a service that did not answer', () => {
  it('is counted once, and she is thanked where she stands', async () => {
    const her = await toHotlines()
    const [button] = her.page.buttons.filter(({ noAnswer }) => noAnswer !== null)
    const before = her.page.services
    await her.didNotAnswer(button?.noAnswer ?? '')
    expect(whole(her.page)).toEqual([])
    expect(her.page.step).toBe('services-hotline')
    expect(her.page.services).toEqual(before)
    expect(her.page.said).toHaveLength(1)
    const [row, ...others] = await rows()
    expect(others).toEqual([])
    expect(row).toMatchObject({ service: Number(button?.noAnswer), times: 1 })
  })

  it('D4: leaves a row that holds only the service and the day', async () => {
    await post({ p: '1uk..', n: '1' }, { 'User-Agent': 'marker-agent', 'CF-Connecting-IP': '203.0.113.77' })
    const [row] = await rows()
    expect(Object.keys(row ?? {})).toEqual(['service', 'times', 'expires_at'])
    expect(Number(row?.expires_at) % DAY).toBe(0)
  })

  it('a signal of the web app is answered with nothing', async () => {
    const answer = await post({ n: '1', w: '1' })
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(await rows()).toHaveLength(1)
  })

  it.each(['0', '-1', '1.5', '99999', '1e400', 'NaN', '__proto__', 'constructor', '1;DROP TABLE no_answer', ' '])(
    'a number nobody has, "%s", is ignored',
    async (n) => {
      const page = await read(await post({ p: '1uk..', n }))
      expect(whole(page)).toEqual([])
      expect((await post({ n, w: '1' })).status).toBe(204)
      expect(await rows()).toEqual([])
    },
  )

  it('is counted on a plain page and in the web app alike, for every service', async () => {
    for (const code of Object.values(common.codes.services)) await post({ n: String(code), w: '1' })
    expect(await rows()).toHaveLength(Object.keys(common.codes.services).length)
  })
})

describe('the count', () => {
  it('P2: goes no further than 50 a day', async () => {
    for (let n = 0; n < COUNTED_A_DAY + 10; n += 1) await countNoAnswer(env.DB, 1, NOW)
    expect(await rows()).toMatchObject([{ times: COUNTED_A_DAY }])
  })

  it('loses nothing when many arrive at once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => countNoAnswer(env.DB, 2, NOW)))
    expect(await rows()).toMatchObject([{ service: 2, times: 30 }])
  })

  it('begins anew each day, and each day expires 90 days after it ended', async () => {
    await countNoAnswer(env.DB, 3, NOW)
    await countNoAnswer(env.DB, 3, NOW + DAY)
    const expiries = (await rows()).map((row) => Number(row.expires_at))
    expect(expiries).toHaveLength(2)
    expect(expiries[0]).toBe((Math.floor(NOW / DAY) + 91) * DAY)
    expect(Number(expiries[1]) - Number(expiries[0])).toBe(DAY)
  })
})

describe('a store that is down', () => {
  it.each(['prepare', 'run', 'hang'] as const)('REL-20: takes nothing else with it (%s)', async (how) => {
    const her = await toHotlines(broken(how))
    const [button] = her.page.buttons.filter(({ noAnswer }) => noAnswer !== null)
    await her.didNotAnswer(button?.noAnswer ?? '')
    expect(whole(her.page)).toEqual([])
    expect(her.page.services.length).toBeGreaterThan(0)
    expect(her.page.html).not.toContain('planted')
    expect((await post({ n: '1', w: '1' }, {}, broken(how))).status).toBe(204)
  })

  it('keeps her waiting no longer than a few seconds', async () => {
    const before = Date.now()
    await post({ p: '1uk..', n: '1' }, {}, broken('hang'))
    await scheduler.wait(1)
    expect(Date.now() - before).toBeLessThan(4000)
  })

  it('every binding gone at once still leaves the first page', async () => {
    const page = await read(await ask('/', {}, { DB: undefined, ASSETS: undefined, SWEEPER: undefined }))
    expect(page.tels.length).toBeGreaterThan(0)
    expect(whole(await read(await ask('/a/00000000.js', {}, { ASSETS: undefined })))).toEqual([])
  })
})
