import { beforeEach, describe, expect, it } from 'vitest'
import { seeded } from '../telegram/stand-in.ts'
import { type FaultyD1, faultyD1, RETRYABLE } from './d1.ts'
import { Double } from './double.ts'

const ADD = 'INSERT INTO notes (id) VALUES (?1)'
let faulty: FaultyD1<Double>
const add = (id: number) => faulty.db.prepare(ADD).bind(id)
const count = () => faulty.db.prepare('SELECT count(*) AS n FROM notes').first('n')

beforeEach(async () => {
  faulty = faultyD1(new Double())
  await faulty.db.exec('CREATE TABLE notes (id INTEGER)')
  faulty.reset()
})

describe('a D1 that fails', () => {
  it('without a plan is the same database, counted', async () => {
    await add(1).run()
    await faulty.db.batch([add(2), add(3)])
    expect(await faulty.db.prepare('SELECT id FROM notes').raw()).toEqual([[1], [2], [3]])
    expect((await faulty.db.prepare('SELECT id FROM notes WHERE id > ?1').bind(1).all()).results).toHaveLength(2)
    expect(faulty.counts).toMatchObject({ statements: 5, trips: 4 })
    expect(faulty.counts.sql.slice(0, 3)).toEqual([ADD, ADD, ADD])
  })
  it.each([1, 2, 3])('at statement %i: before, and nothing was kept', async (at) => {
    faulty.plan({ how: 'before', at })
    const failed: number[] = []
    for (let id = 1; id <= 3; id++)
      await add(id)
        .run()
        .catch(() => failed.push(id))
    expect(failed).toEqual([at])
    expect(await count()).toBe(2)
  })
  it('after: it was kept, and nobody was told', async () => {
    faulty.plan({ how: 'after', at: 1 })
    await expect(add(1).run()).rejects.toThrow(RETRYABLE[0])
    expect(await count()).toBe(1)
  })
  it('late: it hangs, then goes on', async () => {
    faulty.plan({ how: { hang: 30 }, at: 1 })
    const start = performance.now()
    await add(1).run()
    expect(performance.now() - start).toBeGreaterThan(25)
    expect(await count()).toBe(1)
  })
  it('inside a batch fails the whole batch', async () => {
    faulty.plan({ how: 'before', at: 3 })
    await add(1).run()
    await expect(faulty.db.batch([add(2), add(3)])).rejects.toThrow('D1_ERROR')
    expect(await count()).toBe(1)
    faulty.reset()
    faulty.plan({ how: 'after', at: 2 })
    await expect(faulty.db.batch([add(4), add(5)])).rejects.toThrow('D1_ERROR')
    expect(await count()).toBe(3)
  })
  it('throws the three errors that may be retried in turn, or the given one', async () => {
    faulty.plan({ how: 'before', at: 1, times: 3 })
    const messages: string[] = []
    for (let n = 0; n < 3; n++) await count().catch((error: Error) => messages.push(error.message))
    expect(messages).toEqual([...RETRYABLE])
    faulty.plan({ how: 'before', at: 1, error: new Error('D1_ERROR: full') })
    await expect(count()).rejects.toThrow('full')
  })
  it('fails by chance, and again the same with the same seed', async () => {
    const failures = async () => {
      faulty.reset()
      faulty.plan({ how: 'before', rate: 0.05, random: seeded(3) })
      const failed: number[] = []
      for (let n = 0; n < 1000; n++) await count().catch(() => failed.push(n))
      return failed
    }
    const once = await failures()
    expect(once.length).toBeGreaterThan(25)
    expect(once.length).toBeLessThan(80)
    expect(await failures()).toEqual(once)
  })
  it('reaches into exec and sessions', async () => {
    faulty.plan({ how: 'before', at: 1, times: 2 })
    await expect(faulty.db.exec('DELETE FROM notes')).rejects.toThrow('D1_ERROR')
    await expect(faulty.db.withSession().prepare('SELECT 1').all()).rejects.toThrow('D1_ERROR')
  })
})
