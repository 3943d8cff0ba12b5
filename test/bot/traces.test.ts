/** What stays behind: nothing of hers in the database's files and in what the Worker says; and what Telegram lets a bot remove. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type House, openHouse } from './house.ts'

const HOUR_MS = 60 * 60 * 1000

let house: House
const said: string[] = []
const streams = [process.stdout, process.stderr].map((stream) =>
  vi.spyOn(stream, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0),
)
const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation((...words: unknown[]) => void said.push(words.join(' '))),
)

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  await house.close()
  for (const spy of [...streams, ...consoles]) spy.mockRestore()
})
afterEach(() => house.clean())

/** A word in the ways it may lie in a file. Base64 of three alignments, without the ends that its neighbours change. */
function shapes(word: string): Buffer[] {
  const plain = Buffer.from(word)
  const wide = Buffer.from(word, 'utf16le')
  const based = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .replace(/=+$/, '')
    return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -1))
  })
  return [
    plain,
    wide,
    Buffer.from(wide).swap16(),
    ...based,
    Buffer.from(plain.toString('hex')),
    Buffer.from(plain.toString('hex').toUpperCase()),
  ]
}

/** A chat's number, also as SQLite keeps it. */
function numberShapes(id: number): Buffer[] {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(id))
  const [six, little] = [bytes.subarray(2), Buffer.from(bytes).reverse().subarray(0, 6)]
  return [...shapes(String(id)), six, little]
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** @returns the files and markers that were found */
function found(folder: string, markers: Record<string, Buffer[]>): string[] {
  return filesIn(folder).flatMap((file) => {
    const bytes = readFileSync(file)
    return Object.entries(markers).flatMap(([name, all]) => (all.some((shape) => bytes.includes(shape)) ? [`${name} in ${file}`] : []))
  })
}

describe('D4, DB-1: nothing of hers is written down', () => {
  const ID = 281_474_976_123_457
  const MARKERS: Record<string, Buffer[]> = {
    name: shapes('Plantedname7431'),
    'family name': shapes('Plantedfamily7431'),
    username: shapes('planted_user_7431'),
    words: shapes('Plantedwords7431'),
    'words in Cyrillic': shapes('Захованеслово'),
    phone: shapes('380997431743'),
    place: shapes('Бердичів'),
    'place code': shapes('UA1802003'),
    step: shapes('services-psychological'),
    id: numberShapes(ID),
  }

  it('after a visit with typed words, a place, a contact, an edit, an outage and a stop, running and stopped', async () => {
    const who = { first_name: 'Plantedname7431', last_name: 'Plantedfamily7431', username: 'planted_user_7431' }
    const her = await house.visit({ id: ID, ...who })
    await her.take('for-me')
    await her.type('Plantedwords7431 Захованеслово')
    await her.take('services')
    await her.take('psychological')
    await her.type('Бердичів')
    await her.person.sendsContact('+380997431743', 'Plantedname7431')
    await her.person.sendsPhoto('Plantedwords7431')
    await house.still()
    house.telegram.fail('editMessageText', { how: { status: 502 } })
    house.telegram.fail('editMessageText', { how: { status: 400, description: 'Bad Request: Plantedwords7431' }, at: 2 })
    await her.person.sends('Plantedwords7431')
    await house.telegram.until(() => house.telegram.api.calls.filter(({ outage }) => outage).length === 2, 10_000)
    await house.still()
    expect(found(house.data, MARKERS)).toEqual([])
    await her.type('стоп')
    await house.restart()
    expect(found(house.data, MARKERS)).toEqual([])
    const spoken = Buffer.from(said.join('\n'))
    expect(Object.entries(MARKERS).flatMap(([name, all]) => (all.some((shape) => spoken.includes(shape)) ? [name] : []))).toEqual([])
  })

  it('and would be found if it were: the searched folder holds the rows, and the search sees', () => {
    expect(filesIn(house.data).some((file) => file.includes('.sqlite') && readFileSync(file).includes('seen_update'))).toBe(true)
    for (const all of Object.values(MARKERS)) for (const shape of all) expect(shape.length).toBeGreaterThanOrEqual(6)
    const [text = '', whole] = ['Plantedwords7431', (words: string) => Buffer.from(`xx${words}yy`)]
    for (const form of [
      whole(text),
      Buffer.from(`ab${text}`, 'utf16le'),
      Buffer.from(whole(text).toString('base64')),
      Buffer.from(Buffer.from(`x${text}y`).toString('base64')),
      Buffer.from(whole(text).toString('hex')),
    ])
      expect(MARKERS.words?.some((shape) => form.includes(shape))).toBe(true)
  })
})

describe('D7: tidy this chat', () => {
  it.each([
    [47, 'goes'],
    [49, 'stays, and she is told what is left to do by hand'],
  ])('after %i hours a word of hers that could not be removed before %s', async (hours, _what) => {
    const her = await house.visit()
    await house.sticks(her, 'слово')
    house.telegram.clock.advance(hours * HOUR_MS)
    const { data = '' } =
      her.person
        .last()
        .buttons.flat()
        .find(({ data: one }) => one?.slice(3, 5) === '-c') ?? {}
    await her.person.taps(data)
    await house.still()
    const tidy = her.person
      .last()
      .buttons.flat()
      .find(({ data: one }) => one?.slice(3, 5) === '-t')
    await her.person.taps(tidy?.data ?? '')
    await house.still()
    if (hours > 48) house.telegram.forgive(/can't be deleted for everyone/)
    const left = her.person.screen()
    expect(left.filter(({ mine }) => mine)).toHaveLength(hours > 48 ? 1 : 0)
    expect(left.filter(({ mine }) => !mine)).toHaveLength(1)
    expect(her.person.last().text).toContain('48')
  })

  it('hidden at 47 hours it is gone', async () => {
    const her = await house.visit()
    house.telegram.clock.advance(47 * HOUR_MS)
    await her.ask('-h')
    expect(her.person.screen()).toEqual([])
  })

  it('hidden at 49 hours, when Telegram removes it no more, it becomes the safe screen', async () => {
    const her = await house.visit()
    await her.take('for-me')
    house.telegram.clock.advance(49 * HOUR_MS)
    await her.ask('-h')
    house.telegram.forgive(/can't be deleted for everyone/)
    expect(await her.look()).toMatchObject({ step: 'safe-screen', language: 'uk' })
  })

  it('what is too old does not keep a fresh word of hers in the chat', async () => {
    const her = await house.visit()
    house.telegram.clock.advance(49 * HOUR_MS)
    await her.take('for-me')
    await her.person.sends('/hide')
    await house.still()
    house.telegram.forgive(/can't be deleted for everyone/)
    expect(her.person.screen().filter(({ mine }) => mine)).toEqual([])
    expect(her.at().step).toBe('safe-screen')
  })
})
