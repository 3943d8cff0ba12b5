import { describe, expect, it } from 'vitest'
import { faultyFetch } from './fetch.ts'

const world = () => {
  let reached = 0
  const faulty = faultyFetch(async () => new Response(`${++reached}`))
  return { ...faulty, reached: () => reached, get: async (url = 'https://a.example/') => (await faulty.fetch(url)).text() }
}

describe('a fetch that fails', () => {
  it('without a plan is the same, and kept', async () => {
    const { get, fetch, calls } = world()
    expect(await get()).toBe('1')
    await fetch(new Request('https://b.example/', { method: 'PUT' }))
    await fetch(new URL('https://c.example/'), { method: 'POST' })
    expect(calls).toEqual([
      { method: 'GET', url: 'https://a.example/' },
      { method: 'PUT', url: 'https://b.example/' },
      { method: 'POST', url: 'https://c.example/' },
    ])
  })
  it('before: the other side was not reached; after: it was', async () => {
    const { get, plan, reached } = world()
    plan({ how: 'before', at: 1 })
    plan({ how: 'after', at: 2, error: new TypeError('cut') })
    await expect(get()).rejects.toThrow('Network connection lost.')
    expect(reached()).toBe(0)
    await expect(get()).rejects.toThrow('cut')
    expect(reached()).toBe(1)
    expect(await get()).toBe('2')
  })
  it('late: it hangs, unless the caller has had enough', async () => {
    const { get, fetch, plan, reached } = world()
    plan({ how: { hang: 20 }, at: 1, times: 2 })
    expect(await get()).toBe('1')
    await expect(fetch('https://a.example/', { signal: AbortSignal.timeout(5) })).rejects.toThrow(/timeout/)
    expect(reached()).toBe(1)
  })
  it('answers in place of the other side, for one address only', async () => {
    const { fetch, get, plan, reset, calls } = world()
    plan({ how: { status: 503, body: 'later', headers: { 'retry-after': '3' } }, at: 1, times: 9 }, 'b.example')
    expect(await get()).toBe('1')
    const response = await fetch('https://b.example/x')
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '3', 'later'])
    reset()
    expect(await get('https://b.example/x')).toBe('2')
    expect(calls).toHaveLength(1)
  })
})
