import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Service } from '../../schema/content.ts'
import { readContent } from '../../scripts/content/read.ts'
import { localRows, noAnswersOf, readRemote } from '../../scripts/directory/counts.ts'
import { type Due, due, type NoAnswer } from '../../scripts/directory/due.ts'
import { callSheet } from '../../scripts/directory/sheet.ts'
import { isDay, signedText } from '../../scripts/directory/sign.ts'
import { directory } from '../../scripts/directory.ts'
import { ROOT } from '../guide/real.ts'

const TODAY = '2026-11-22'
const NOW = new Date(`${TODAY}T12:00:00`)
const real = readContent(ROOT).services

/** A real record with some fields changed. */
const record = (id: string, parts: Partial<Service> = {}): Service => {
  const found = real.find((one) => one.id === 'ua-mykolaiv-family-line') as Service
  return {
    ...found,
    id,
    areas: ['UA18'],
    phones: [{ number: '+380501112233', note: null, show: true }],
    channels: [],
    contact_via: [],
    publish: 'yes',
    verified: null,
    ...parts,
  }
}
const verified = (on: string): Service['verified'] => ({ on, by: 'duty', how: 'rang', source: null })
const list = (services: Service[], noAnswer: NoAnswer[] = [], today = TODAY): Due[] => due(services, noAnswer, ['line'], today)
const ids = (all: Due[]) => all.map(({ id, why }) => `${id}: ${why}`)

describe('due: whom to ring', () => {
  test('S5: what did not answer first, then national lines never confirmed, then due again, then local', () => {
    const services = [
      record('local'),
      record('local-again', { verified: verified('2026-01-01') }),
      record('national', { areas: ['UA'] }),
      record('silent'),
      record('silent-more', { areas: ['UA'] }),
      record('hidden', { publish: 'no' }),
    ]
    const noAnswer = [
      { id: 'silent', on: '2026-11-20', times: 2 },
      { id: 'silent-more', on: '2026-11-20', times: 1 },
      { id: 'silent-more', on: '2026-11-21', times: 4 },
    ]
    expect(ids(list(services, noAnswer))).toEqual([
      'silent-more: did-not-answer',
      'silent: did-not-answer',
      'national: national-never',
      'local-again: due-again',
      'local: local-never',
      'hidden: not-shown',
    ])
    expect(list(services, noAnswer).map(({ times }) => times)).toEqual([5, 2, 0, 0, 0, 0])
  })

  test.each([
    ['UA', '2026-08-24', []],
    ['UA', '2026-08-23', ['one: due-again']],
    ['UA18', '2026-05-26', []],
    ['UA18', '2026-05-25', ['one: due-again']],
  ])('S1: a service of %s confirmed on %s is due on 2026-11-22: %j', (area, on, expected) => {
    expect(ids(list([record('one', { areas: [area], verified: verified(on) })]))).toEqual(expected)
  })

  test('S5: ringing answers what was said before it, not what was said after', () => {
    const one = record('one', { verified: verified('2026-11-10') })
    expect(list([one], [{ id: 'one', on: '2026-11-10', times: 9 }])).toEqual([])
    expect(list([one], [{ id: 'one', on: '2026-11-11', times: 1 }])).toMatchObject([{ why: 'did-not-answer', times: 1 }])
  })

  test('the lines that others rely on come first among national ones', () => {
    const areas = ['UA']
    expect(
      list([record('a', { areas }), record('b', { areas }), record('line', { areas }), record('c', { contact_via: ['b'] })]).map(
        ({ id }) => id,
      ),
    ).toEqual(['line', 'b', 'a', 'c'])
  })

  test('S2: of a place that must not be known only the line is told', () => {
    const secret = record('shelter', {
      place_confidential: true,
      address: 'MARKER street',
      phones: [{ number: '+380509998877', note: 'MARKER', show: false }],
      contact_via: ['line'],
    })
    const sheet = callSheet(list([secret, record('line', { areas: ['UA'], phones: [{ number: '1547', note: null, show: true }] })]), TODAY)
    expect(sheet).toContain('15-47')
    expect(sheet).not.toMatch(/MARKER|998 ?88 ?77|9998877/)
  })

  test('a number that is not to be shown is on the sheet, marked', () => {
    const sheet = callSheet(list([record('one', { phones: [{ number: '+380501112233', note: null, show: false }] })]), TODAY)
    expect(sheet).toMatch(/\+380 50 111 22 33 {2}\[not shown to visitors\]/)
  })

  test('nobody is sent to ring an emergency number only to check it', () => {
    const sheet = callSheet(list([record('one', { phones: [{ number: '102', note: null, show: true }] })]), TODAY)
    expect(sheet).toContain('write, do not ring: 102')
    expect(sheet).toContain('--how wrote')
  })

  test('the real sheet names every service once, and asks every question', async () => {
    const { out, exit } = await directory(ROOT, ['due', '--today', TODAY, '--json'], NOW)
    const sheet = JSON.parse(out) as Due[]
    expect(exit).toBe(0)
    expect(new Set(sheet.map(({ id }) => id)).size).toBe(sheet.length)
    for (const one of sheet)
      expect(one.ask.map(({ about }) => about)).toEqual([
        'answers',
        'hours',
        'free',
        'anonymous',
        'languages',
        'serves',
        'write',
        'tells-police',
      ])
  })
})

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'directory-'))
  mkdirSync(join(root, 'guide/content/services'), { recursive: true })
  for (const id of ['ua-1547', 'ua-lastrada-116123', 'ua-ua18-shelter-1'])
    cpSync(join(ROOT, `guide/content/services/${id}.yaml`), join(root, `guide/content/services/${id}.yaml`))
})
afterEach(() => rmSync(root, { recursive: true }))

describe('counts', () => {
  const DAY = 24 * 60 * 60
  const now = NOW.getTime() / 1000
  /** A row counted on this day expires at the end of the 90th day after it. */
  const expiry = (on: string) => Date.parse(`${on}T00:00Z`) / 1000 + 91 * DAY

  test('S5: without a local database there are none', () => {
    expect(localRows(root, () => expect.unreachable())).toEqual([])
  })

  test('S5: read from the local database by service and day; what has expired or has no service is left out', () => {
    mkdirSync(join(root, '.data/v3/d1'), { recursive: true })
    const db = new DatabaseSync(join(root, '.data/v3/d1/a.sqlite'))
    db.exec(readFileSync(join(ROOT, 'schema/migrations', '0001_no_answer.sql'), 'utf8'))
    const insert = db.prepare('INSERT INTO no_answer VALUES (?, ?, ?)')
    for (const row of [
      [7, 3, expiry('2026-11-20')],
      [7, 9, expiry('2026-08-01')],
      [99, 1, expiry('2026-11-20')],
    ] as const)
      insert.run(...row)
    db.close()
    new DatabaseSync(join(root, '.data/v3/d1/other.sqlite')).close()
    expect(
      noAnswersOf(
        localRows(root, () => expect.unreachable()),
        { 'ua-1547': 7 },
        now,
      ),
    ).toEqual([{ id: 'ua-1547', on: '2026-11-20', times: 3 }])
  })

  test('a file that is no database is told, not thrown', () => {
    mkdirSync(join(root, '.data'))
    writeFileSync(join(root, '.data/broken.sqlite'), 'this is not a database, whatever its name says')
    const unread: string[] = []
    expect(localRows(root, (file) => unread.push(file))).toEqual([])
    expect(unread).toEqual(['broken.sqlite'])
  })

  test('what wrangler prints of the deployed one', () => {
    expect(readRemote('[{"results":[{"service":7,"times":2,"expires_at":1}],"success":true,"meta":{}}]')).toEqual([
      { service: 7, times: 2, expires_at: 1 },
    ])
    expect(() => readRemote('{"error":"not signed in"}')).toThrow()
  })
})

describe('sign', () => {
  const text = (id: string) => readFileSync(join(root, `guide/content/services/${id}.yaml`), 'utf8')
  const sign = (...args: string[]) => directory(root, ['sign', ...args], NOW)

  test('S1: writes the confirmation and changes nothing else, comments and quotes included', async () => {
    const before = text('ua-1547')
    const { exit, out } = await sign('ua-1547', '--by', 'Oksana, "duty" officer', '--how', 'rang', '--note', 'answered in a minute')
    const after = text('ua-1547')
    expect([exit, out]).toEqual([0, expect.stringContaining('ua-1547.yaml')])
    expect(parse(after).verified).toEqual({ on: TODAY, by: 'Oksana, "duty" officer', how: 'rang', source: 'answered in a minute' })
    expect(after.replace(/^verified: .*$/m, 'verified: null')).toBe(before)
    expect(after).toContain('# address from a third-party list')
  })

  test('S1: a later confirmation takes the place of an earlier one, in whatever form it stands', () => {
    const earlier = 'verified:\n  on: "2026-01-01"\n  by: "x"\n  how: wrote\n  source: null\n'
    const signature = { on: TODAY, by: 'y', how: 'rang', note: null } as const
    const once = signedText(text('ua-1547').replace('verified: null\n', `${earlier}# the end\n`), signature)
    expect(once.ok && once.value).toMatch(/\nverified: \{ on: "2026-11-22", by: "y", how: rang, source: null \}\n# the end\n$/)
    const twice = signedText(once.ok ? once.value : '', { ...signature, by: 'z' })
    expect(twice.ok && parse(twice.value).verified.by).toBe('z')
  })

  test.each([
    [['ua-1574', '--by', 'x', '--how', 'rang'], 'near ones: ua-1547'],
    [['lastrada', '--by', 'x', '--how', 'rang'], 'near ones: ua-lastrada-116123'],
    [['../../codes', '--by', 'x', '--how', 'rang'], 'there is no service'],
    [['ua-1547', '--by', 'x', '--how', 'rang', '--on', '2026-11-23'], 'has not come yet'],
    [['ua-1547', '--by', 'x', '--how', 'rang', '--on', '22.11.2026'], 'is not a day'],
    [['ua-1547', '--by', 'x', '--how', 'rang', '--on', '2026-02-30'], 'is not a day'],
    [['ua-1547', '--how', 'rang'], '--by'],
    [['ua-1547', '--by', ' ', '--how', 'rang'], '--by'],
    [['ua-1547', '--by', 'x'], '--how rang'],
    [['ua-1547', '--by', 'x', '--how', 'guessed'], '--how rang'],
    [['ua-1547', 'ua-527', '--by', 'x', '--how', 'rang'], 'one id'],
    [['ua-1547', '--who', 'x'], '--by'],
    [['ua-ua18-shelter-1', '--by', 'x', '--how', 'rang', '--note', 'street'], 'must not be known'],
    [[], 'which service'],
  ])('%j is refused in one sentence, and nothing is written', async (args, sentence) => {
    const before = ['ua-1547', 'ua-lastrada-116123', 'ua-ua18-shelter-1'].map(text)
    const { exit, out, errors } = await sign(...args)
    expect([exit, out]).toEqual([2, ''])
    expect(errors.join('\n').split('\n')).toEqual([expect.stringContaining(sentence)])
    expect(['ua-1547', 'ua-lastrada-116123', 'ua-ua18-shelter-1'].map(text)).toEqual(before)
  })
})

test('without a command there is a short help; an unknown one is refused', async () => {
  expect(await directory(root, [], NOW)).toMatchObject({ exit: 0, out: expect.stringContaining('sign <id>') })
  expect(await directory(root, ['ring'], NOW)).toMatchObject({ exit: 2, out: '' })
  expect(await directory(root, ['due', '--today', '2026-13-01'], NOW)).toMatchObject({ exit: 2, out: '' })
})

test('a day is one that exists', () => {
  expect(['2026-11-22', '2028-02-29', '2026-02-29', '2026-11', '', '2026-11-22T00:00Z'].map(isDay)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
