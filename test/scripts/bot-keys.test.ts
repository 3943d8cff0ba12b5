/** The local key file: a key for each day, none longer than its class allows, none readable by others. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { turn } from '../../crypto/keeping.ts'
import { keysFile } from '../../scripts/bot/keys.ts'
import { expiryOf } from '../../worker/store/chat.ts'
import { type Hiding, LONGEST_SECONDS } from '../../worker/store/hiding.ts'

const DAY = 86_400
const NOON = 20_779 * DAY + DAY / 2

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
  path = join(folder, 'deep', 'keys.json')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Kept = Record<string, { id?: string; wrap?: string; long?: string }>

/** Days that still have a key of this class. */
const days = (text: string, name: 'id' | 'wrap' | 'long' = 'wrap') =>
  Object.entries(JSON.parse(text) as Kept).flatMap(([day, keys]) => (keys[name] === undefined ? [] : [Number(day)]))

describe('the local keys', () => {
  test('hold today and tomorrow, 32 random bytes each, as the Worker reads them', () => {
    const keys = JSON.parse(keysFile(path, NOON)) as Kept
    expect(Object.keys(keys)).toEqual(['20779', '20780'])
    const all = Object.values(keys).flatMap(({ id, wrap, long }) => [id, wrap, long])
    expect(new Set(all).size).toBe(6)
    for (const key of all) expect(Buffer.from(key ?? '', 'base64url')).toHaveLength(32)
  })

  test('stay the same within a day, and only their owner may read them', () => {
    const first = keysFile(path, NOON)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(keysFile(path, NOON + 3600)).toBe(first)
    expect(readFileSync(path, 'utf8')).toBe(first)
  })

  test('tomorrow’s key is the one that was written the day before', () => {
    const before = JSON.parse(keysFile(path, NOON)) as Record<string, unknown>
    const after = JSON.parse(keysFile(path, NOON + DAY)) as Record<string, unknown>
    expect(after['20780']).toEqual(before['20780'])
    expect(days(JSON.stringify(after))).toEqual([20_779, 20_780, 20_781])
  })

  test('a key dies two days after its day has ended, to the second', () => {
    keysFile(path, NOON)
    const dies = 20_780 * DAY + 2 * DAY
    expect(days(keysFile(path, dies - 1))).toContain(20_779)
    const after = keysFile(path, dies)
    expect([days(after, 'id'), days(after, 'wrap')].flat()).not.toContain(20_779)
    expect(readFileSync(path, 'utf8')).toBe(after)
  })

  test('a long key dies four days after its day has ended, to the second, and then nothing of that day is left', () => {
    keysFile(path, NOON)
    const dies = 20_780 * DAY + 4 * DAY
    expect(days(keysFile(path, dies - 1), 'long')).toContain(20_779)
    expect(keysFile(path, dies)).not.toContain('20779')
  })

  test('fit the 1,024 bytes of one secret of the platform, however long it runs', () => {
    for (let day = 0; day < 12; day += 1) expect(keysFile(path, NOON + day * DAY).length).toBeLessThanOrEqual(1024)
  })

  test('of an older version get their long key now, and keep the others', () => {
    const before = JSON.parse(keysFile(path, NOON)) as Kept
    const old = Object.fromEntries(Object.entries(before).map(([day, { id, wrap }]) => [day, { id, wrap }]))
    writeFileSync(path, JSON.stringify(old))
    const after = JSON.parse(keysFile(path, NOON)) as Kept
    expect(after['20779']).toMatchObject(old['20779'] ?? {})
    expect(after['20779']?.long).toHaveLength(43)
  })

  test.each(['', '{', '[]', '{"20779":{"id":"short","wrap":"x"}}'])('begin anew when the file says "%s"', (text) => {
    keysFile(path, NOON)
    writeFileSync(path, text)
    expect(days(keysFile(path, NOON))).toEqual([20_779, 20_780])
  })

  test('whatever the clock does: today and tomorrow are there, and nothing past its limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 * DAY }), { minLength: 1, maxLength: 20 }), (moments) => {
        let keys: ReturnType<typeof turn> = {}
        for (const moment of moments) {
          const now = NOON + moment
          keys = turn(keys, now)
          const today = Math.floor(now / DAY)
          expect(Object.keys(keys).map(Number)).toEqual(expect.arrayContaining([today, today + 1]))
          for (const [day, { wrap }] of Object.entries(keys)) {
            expect((Number(day) + 1) * DAY + (wrap === undefined ? 4 : 2) * DAY).toBeGreaterThan(now)
            expect(Number(day)).toBeLessThanOrEqual(today + 1)
          }
        }
      }),
    )
  })

  test('SECURITY 3.3: a key outlives every row sealed under it, however late the row was touched again', () => {
    const moments = fc.integer({ min: 0, max: DAY - 1 })
    const mornings = fc.integer({ min: 0, max: LONGEST_SECONDS })
    const hidings = fc.constantFrom<Hiding>('five', 'quarter', 'hour', 'never')
    fc.assert(
      fc.property(moments, mornings, hidings, (sealed, touched, hiding) => {
        const keys = turn({}, 20_779 * DAY + sealed)
        // On the next day a row is still found under its old name, and may be touched there, while this much of the day is not over.
        const expiry = Math.max(expiryOf(20_779 * DAY + sealed, hiding), expiryOf(20_780 * DAY + touched, hiding))
        expect(turn(keys, expiry)['20779']?.wrap).toBe(keys['20779']?.wrap)
      }),
    )
  })
})
