/** What is kept, for how long, and that it goes. */
import { createScheduledController, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import register from '../../schema/storage.md?raw'
import worker from '../../worker/index.ts'
import { countNoAnswer, sweepNoAnswer } from '../../worker/store/no-answer.ts'
import { Visitor } from './visitor.ts'

const NOW = () => Math.floor(Date.now() / 1000)
const DAY = 24 * 60 * 60

const sweeper = () => env.SWEEPER.getByName('sweeper')
const alarmOf = () => runInDurableObject(sweeper(), (_one, state) => state.storage.getAlarm())
const put = (service: number, expiresAt: number) =>
  env.DB.prepare('INSERT INTO no_answer VALUES (?1, 1, ?2)').bind(service, expiresAt).run()
const services = async () =>
  (await env.DB.prepare('SELECT service FROM no_answer ORDER BY service').all<{ service: number }>()).results.map(({ service }) => service)

/** Tables and columns as the migrations really made them. */
async function columns(): Promise<Record<string, string[]>> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'",
  ).all<{ name: string }>()
  const found: Record<string, string[]> = {}
  for (const { name } of tables.results) {
    const { results } = await env.DB.prepare('SELECT name FROM pragma_table_info(?1)').bind(name).all<{ name: string }>()
    found[name] = results.map((column) => column.name)
  }
  return found
}

const sources = import.meta.glob<string>('../../worker/**/*.ts', { query: '?raw', import: 'default', eager: true })
const inStore = Object.entries(sources).filter(([file]) => file.includes('/worker/store/'))

/** Each SQL text of a file: what stands between the quotes of `prepare(…)`. */
const statements = (source: string): string[] => [...source.matchAll(/prepare\(\s*([`'"])(.*?)\1/gs)].map(([, , sql = '']) => sql)

describe('P1: the register of what is stored', () => {
  it('names every table and every column of the migrations', async () => {
    const found = await columns()
    expect(Object.keys(found).length).toBeGreaterThan(0)
    for (const [table, names] of Object.entries(found)) {
      expect(register, table).toContain(`\`${table}\``)
      for (const name of names) expect(register, `${table}.${name}`).toContain(`\`${name}\``)
    }
  })

  it('names no table that is not there', async () => {
    const named = [...register.matchAll(/^\| `(\w+)` \|/gm)].map(([, table]) => table)
    expect(named.sort()).toEqual(Object.keys(await columns()).sort())
  })

  it('DB-6: every column is of a kind that cannot hold words', async () => {
    const found = await columns()
    const kinds = /`(\w+)` \((sealed|keyed hash|small integer|expiry)\b/g
    for (const [table, names] of Object.entries(found)) {
      const line = register.split('\n').find((one) => one.startsWith(`Columns of \`${table}\``)) ?? ''
      expect([...line.matchAll(kinds)].map(([, name]) => name).sort(), table).toEqual([...names].sort())
    }
  })

  it('every table has an expiry that may not be missing', async () => {
    for (const table of Object.keys(await columns())) {
      const expiry = await env.DB.prepare('SELECT "notnull" AS needed FROM pragma_table_info(?1) WHERE name = ?2')
        .bind(table, 'expires_at')
        .first<{ needed: number }>()
      expect(expiry?.needed, table).toBe(1)
    }
  })

  it('every statement that reads, changes or removes says which rows have expired', () => {
    const all = inStore.flatMap(([file, source]) => statements(source).map((sql) => [file, sql] as const))
    expect(all.length).toBeGreaterThan(0)
    for (const [file, sql] of all) if (/\b(SELECT|UPDATE|DELETE)\b/i.test(sql)) expect(sql, file).toMatch(/\bexpires_at\s*(>|<=)\s*\?/)
  })

  it('no SQL stands anywhere else', () => {
    for (const [file, source] of Object.entries(sources))
      if (!file.includes('/worker/store/')) expect(source, file).not.toMatch(/\.prepare\(|DB\.exec\(|\.batch\(|storage\.(put|sql|kv)/)
  })
})

describe('the sweeper', () => {
  it('is woken by cron, and sets its first alarm within five minutes', async () => {
    await worker.scheduled(createScheduledController(), env)
    const alarm = await alarmOf()
    expect(alarm).not.toBeNull()
    expect(Number(alarm) - Date.now()).toBeLessThanOrEqual(5 * 60 * 1000)
  })

  it('keeps an alarm that is already set', async () => {
    await sweeper().wake()
    const first = await alarmOf()
    await scheduler.wait(5)
    await sweeper().wake()
    expect(await alarmOf()).toBe(first)
  })

  it('removes what has expired and nothing else, then sets the next alarm', async () => {
    await put(1, NOW() - DAY)
    await put(2, NOW() - 1)
    await put(3, NOW() + 60)
    await put(4, NOW() + 90 * DAY)
    await sweeper().wake()
    expect(await runDurableObjectAlarm(sweeper())).toBe(true)
    expect(await services()).toEqual([3, 4])
    expect(await alarmOf()).not.toBeNull()
  })

  it('goes on when the store is down, and sweeps the next time', async () => {
    await put(1, NOW() - DAY)
    await env.DB.prepare('ALTER TABLE no_answer RENAME TO away').run()
    await sweeper().wake()
    await runDurableObjectAlarm(sweeper())
    expect(await alarmOf()).not.toBeNull()
    await env.DB.prepare('ALTER TABLE away RENAME TO no_answer').run()
    await runDurableObjectAlarm(sweeper())
    expect(await services()).toEqual([])
  })

  it('keeps nothing of its own but the alarm', async () => {
    await sweeper().wake()
    await runDurableObjectAlarm(sweeper())
    expect(await runInDurableObject(sweeper(), async (_one, state) => (await state.storage.list()).size)).toBe(0)
  })

  it('a row expires in the second it says, not one later', async () => {
    await put(1, 1000)
    await sweepNoAnswer(env.DB, 999)
    expect(await services()).toEqual([1])
    await sweepNoAnswer(env.DB, 1000)
    expect(await services()).toEqual([])
  })

  it('a row of its day is counted on until it is swept', async () => {
    await countNoAnswer(env.DB, 1, NOW())
    await sweepNoAnswer(env.DB, NOW() + 89 * DAY)
    expect(await services()).toEqual([1])
    await sweepNoAnswer(env.DB, NOW() + 91 * DAY)
    expect(await services()).toEqual([])
  })
})

describe('D4: nothing of a visit stays', () => {
  const MARKERS = {
    'User-Agent': 'Planted-Agent-7z431',
    'CF-Connecting-IP': '203.0.113.74',
    'X-Forwarded-For': '203.0.113.75',
    'Accept-Language': 'uk,x-planted7z431',
    Referer: 'https://planted7z431.example/',
  }

  it('not in the database, not in the answer, whatever headers and places she sent', async () => {
    const her = await new Visitor(MARKERS).open()
    const answers: string[] = [her.page.html]
    await her.walk('for-me', 'services', 'hotline')
    await her.place({ typed: 'Planted7z431' })
    expect(her.page.said.join()).toContain('Planted7z431')
    await her.didNotAnswer(her.page.buttons.find(({ noAnswer }) => noAnswer !== null)?.noAnswer ?? '')
    answers.push(her.page.html)
    await her.press('stop')
    answers.push(her.page.html)
    for (const text of answers) expect(text).not.toMatch(/planted|7z431|203\.0\.113/i)
    const kept: unknown[] = []
    for (const table of Object.keys(await columns())) kept.push(...(await env.DB.prepare(`SELECT * FROM "${table}"`).all()).results)
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toMatch(/planted|7z431|203\.0\.113/i)
  })

  it('the Worker has no word for the log, and reads nothing that tells who somebody is', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(5)
    for (const [file, text] of Object.entries(sources)) {
      // One file cuts an address to its front, so that tries can be counted; `talk/limits.test.ts` looks at what is kept of it.
      const source = file.endsWith('worker/http/network.ts') ? text.replaceAll('CF-Connecting-IP', '') : text
      expect(source, file).not.toMatch(
        /\bconsole\b|\.cf\b(?!\?\.clientAcceptEncoding)|User-Agent|CF-Connecting-IP|X-Forwarded-For|X-Real-IP|Referer\b|[Cc]ookie|localStorage/i,
      )
      // The key keeper asks the platform that it runs on, and nobody else does.
      // A line of a talk is asked by the Worker; it asks nobody.
      const asks = source.replace('override async fetch(', '')
      if (!file.endsWith('worker/keys/secrets-store.ts')) expect(asks, file).not.toMatch(/(?<![.\w])fetch\(/)
    }
  })
})
