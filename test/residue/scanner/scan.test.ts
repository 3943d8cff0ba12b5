/** The scanner finds what was planted, however it is packed: otherwise "nothing was found" would mean nothing. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  chromiumCache,
  firefoxCache,
  journal,
  levelLog,
  levelTable,
  PAD,
  packed,
  sessionFile,
  snappyStream,
  snappyWithCopy,
  sqlite,
  writeAheadLog,
} from './containers.ts'
import { forms, type Marker } from './forms.ts'
import { scan, snapshot } from './scan.ts'
import { seeker } from './seek.ts'
import { unsnappy } from './snappy.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scan-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, bytes: Buffer | string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), bytes)
}

/** 24 characters, as LZ4's and LevelDB's plants need. */
const random = (): string => `Mk${randomBytes(11).toString('hex')}`

const marker = (value: string | Buffer, more: Partial<Marker> = {}): Marker => ({ id: 'planted', class: 'screen', value, ...more })

const ids = (markers: Marker[]): string[] => [...new Set(scan(folder, markers).map(({ id }) => id))]

const SENTENCE = 'Поліція може виписати терміновий припис «на строк до 10 днів» & більше.'

test.each<[where: string, file: string, plant: (text: string) => Buffer | string]>([
  ['plain text', 'notes.txt', (text) => PAD + text],
  ['UTF-16', 'Session_1', (text) => Buffer.from(`x${PAD}${text}`, 'utf16le')],
  ['UTF-16, big endian', 'u16', (text) => Buffer.from(PAD + text, 'utf16le').swap16()],
  ['UTF-16 at an odd place', 'Session_2', (text) => Buffer.concat([Buffer.from('x'), Buffer.from(text, 'utf16le')])],
  ['hexadecimal digits', 'hex', (text) => Buffer.from(text).toString('hex')],
  ['an address', 'address', (text) => `https://page.test/?q=${encodeURIComponent(text)}`],
  ['a form that was sent', 'form', (text) => new URLSearchParams({ q: text }).toString()],
  ['JSON', 'Preferences', (text) => JSON.stringify({ text })],
  ['JSON with escapes', 'escaped', (text) => text.replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)],
  ...([0, 1, 2] as const).map((phase): [string, string, (text: string) => string] => [
    `base64, ${phase} bytes later`,
    'b64',
    (text) => Buffer.from(`${'x'.repeat(phase)}${text}tail`).toString('base64'),
  ]),
  ['HTML', 'page.html', (text) => `<p>${text.replaceAll('&', '&amp;')}</p>`],
  ['a gzip file', 'file.gz', (text) => packed.gzip(PAD + text)],
  ['gzip in the middle of a file', 'blob', (text) => Buffer.concat([Buffer.from('junk'), packed.gzip(PAD + text), Buffer.from('junk')])],
  ['a Brotli file', 'file', (text) => packed.brotli(PAD + text)],
  ['a Zstandard file', 'file', (text) => packed.zstd(PAD + text)],
  ...(['gzip', 'brotli', 'zstd'] as const).flatMap((kind): [string, string, (text: string) => Buffer][] => [
    [`Chromium’s cache, ${kind}`, 'Cache_Data/0a_0', (text) => chromiumCache(packed[kind](PAD + text))],
    [`Firefox’s cache, ${kind}`, 'cache2/entries/0A', (text) => firefoxCache(packed[kind](PAD + text))],
  ]),
])('E9: a sentence of the guide and random letters are found in %s', (_where, file, plant) => {
  for (const text of [random(), SENTENCE]) {
    put(file, plant(text))
    expect(ids([marker(text)])).toEqual(['planted'])
    expect(ids([marker(`${text.slice(0, -3)}zzz`)])).toEqual([])
  }
})

test.each<[where: string, file: string, plant: (text: string) => Buffer]>([
  ['a LevelDB log where a block’s end cuts it', 'leveldb/000003.log', levelLog],
  ['a LevelDB table with shared key prefixes, Snappy', 'leveldb/000005.ldb', (text) => levelTable(text, 'snappy')],
  ['a LevelDB table with shared key prefixes, Zstandard', 'leveldb/000005.ldb', (text) => levelTable(text, 'zstd')],
  ['a compressed IndexedDB value', 'blob/1', (text) => Buffer.concat([Buffer.from('xx\xff\x11\x02', 'latin1'), snappyWithCopy(text)])],
  [
    'a row of a database of Firefox',
    'storage/default/page/idb/1.sqlite',
    (text) => Buffer.concat([Buffer.alloc(777, 1), snappyWithCopy(text), Buffer.alloc(99)]),
  ],
  ['a Snappy stream', 'morgue/1.final', (text) => snappyStream(Buffer.from(PAD + text))],
  ['SQLite, run over into the next page', 'History', sqlite],
  ['SQLite’s write-ahead log, from frame to frame', 'cookies.sqlite-wal', writeAheadLog],
  ['SQLite’s rollback journal, from page to page', 'History-journal', journal],
  ['a session file of Firefox, as a match', 'sessionstore.jsonlz4', sessionFile],
])('E9: a marker is found in %s, where plain search does not see it', (_where, file, plant) => {
  const text = random()
  const bytes = plant(text)
  expect(bytes.includes(text)).toBe(false)
  put(file, bytes)
  expect(ids([marker(text)])).toEqual(['planted'])
})

test('E9: names of files, folders and targets of links count', () => {
  const [file, inside, link] = [random(), random(), random()]
  put(`${file}.txt`, '')
  mkdirSync(join(folder, `https_${inside}_0.indexeddb`))
  symlinkSync(`/nowhere/${link}`, join(folder, 'link'))
  expect(ids([marker(file, { id: 'file' }), marker(inside, { id: 'folder' }), marker(link, { id: 'link' })]).sort()).toEqual([
    'file',
    'folder',
    'link',
  ])
})

test('E9: the bytes of a key are found, as they are and reversed', () => {
  const key = randomBytes(32)
  put('as-is', Buffer.concat([randomBytes(99), key]))
  put('reversed', Buffer.from(key).reverse())
  expect(scan(folder, [marker(key)]).map(({ form, file }) => [file, form])).toEqual([
    ['as-is', 'UTF-8'],
    ['reversed', 'reversed'],
  ])
})

test('E9: a host is found by the hashes browsers keep of it', () => {
  const wire = Buffer.from('\x04help\x07example\0', 'latin1')
  put('TransportSecurity', JSON.stringify({ sts: [{ host: createHash('sha256').update(wire).digest('base64') }] }))
  put('Site Characteristics', createHash('md5').update('https://help.example').digest())
  const hits = scan(folder, [marker('help.example', { host: true })])
  expect(hits.map(({ file, form }) => [file, form])).toEqual([
    ['Site Characteristics', 'md5(https://help.example)'],
    ['TransportSecurity', 'HSTS'],
  ])
})

test('E9: one pass finds every place of every marker, as a plain search does', () => {
  const piece = fc
    .string({ unit: fc.constantFrom('a', 'b', 'Ж', '\0'), minLength: 2, maxLength: 8 })
    .filter((s) => Buffer.byteLength(s) >= 4)
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.array(piece, { maxLength: 60 }), (sought, text) => {
      const bytes = Buffer.from(text.join(''))
      const patterns = sought.map((one) => Buffer.from(one))
      const found = patterns.map((): number[] => [])
      seeker(patterns)(bytes, (index, at) => found[index]?.push(at))
      const plain = patterns.map((one) => {
        const places: number[] = []
        for (let at = bytes.indexOf(one); at >= 0; at = bytes.indexOf(one, at + 1)) places.push(at)
        return places
      })
      expect(found).toEqual(plain)
    }),
  )
})

test('E9: no two forms of a marker are the same bytes, and none is short enough to match by chance', () => {
  for (const value of [random(), SENTENCE, randomBytes(16)]) {
    const bytes = forms(marker(value)).map((form) => form.bytes.toString('latin1'))
    expect(new Set(bytes).size).toBe(bytes.length)
    expect(Math.min(...bytes.map(({ length }) => length))).toBeGreaterThanOrEqual(6)
  }
})

test('bytes that only look like a container are searched as they are, and never break a scan', () => {
  for (const head of [
    'SQLite format 3\0',
    'mozLz40\0',
    '\x1f\x8b\x08',
    '\xff\x11\x02',
    '\x30\x5c\x72\xa7\x1b\x6d\xfb\xfc',
    '\x37\x7f\x06\x82',
  ]) {
    const text = random()
    put('broken', Buffer.concat([Buffer.from(head, 'latin1'), randomBytes(300), Buffer.from(text), randomBytes(300)]))
    put('broken.ldb', Buffer.concat([randomBytes(60), Buffer.from(text), Buffer.from('57fb808b247547db', 'hex')]))
    expect(scan(folder, [marker(text)]).map(({ file }) => file)).toEqual(['broken', 'broken.ldb'])
  }
  expect(() => unsnappy(Buffer.from([8, 0xff]))).toThrow(RangeError)
})

test('the copy of a folder has its files and folders, and neither links nor sockets', () => {
  put('Default/History', 'rows')
  symlinkSync('elsewhere', join(folder, 'SingletonLock'))
  const copy = `${folder}-copy`
  snapshot(folder, copy)
  const names = scan(copy, [marker('History'), marker('rows', { id: 'short' }), marker('SingletonLock', { id: 'lock' })])
  rmSync(copy, { recursive: true })
  expect(names.map(({ id, file }) => [id, file])).toEqual([['planted', 'Default/History']])
})
