/** The pure parts of the visitor's talk: what is sent again and when, what stands on the screen, words that turn it harmless, codes as words. */
import { createChallenge, type Payload, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64url, fromUtf8, random, utf8 } from '../../crypto/bytes.ts'
import { newCode } from '../../crypto/talk/code.ts'
import { Conversation } from '../../crypto/talk/conversation.ts'
import { epochKeys } from '../../crypto/talk/epoch.ts'
import { LONGEST_INTAKE } from '../../crypto/talk/request.ts'
import { cyrillic } from '../../guide/uzbek.ts'
import en from '../../locales/en/talk.json'
import kk from '../../locales/kk/talk.json'
import ky from '../../locales/ky/talk.json'
import ru from '../../locales/ru/talk.json'
import tg from '../../locales/tg/talk.json'
import tk from '../../locales/tk/talk.json'
import uk from '../../locales/uk/talk.json'
import uz from '../../locales/uz/talk.json'
import { digitsOf, readTyped, wordsOf } from '../../pwa/visitor/talk/code-words.ts'
import { isWord } from '../../pwa/visitor/talk/duress.ts'
import { Entries } from '../../pwa/visitor/talk/sealed/entries.ts'
import { written } from '../../pwa/visitor/talk/sealed/first-words.ts'
import { Messages } from '../../pwa/visitor/talk/sealed/messages.ts'
import { FAILED_MS, Outbox } from '../../pwa/visitor/talk/sealed/outbox.ts'
import { solve } from '../../pwa/visitor/talk/sealed/proof.ts'
import { readSaid } from '../../pwa/visitor/talk/sealed/said.ts'
import { readSaid as readByTheSchema, readFirstWords } from '../../schema/said.ts'

const inCyrillic = { codeWords: cyrillic(uz.codeWords) }
const TABLES = { uk, ru, en, kk, ky, uz, 'uz-cyrl': inCyrillic, tg, tk }
const LISTS = Object.values(TABLES).map(({ codeWords }) => codeWords)

/** As somebody types who is in a hurry, on another's phone: letters large and small, spaces forgotten and too many, apostrophes. */
const hurried = fc.array(fc.constantFrom('', '', '', ' ', '  ', ', ', '’', "'", 'ʼ', '-'), { minLength: 90, maxLength: 90 })
const slips = (words: readonly string[], between: readonly string[]): string =>
  [...words.join(' ')].map((letter, at) => (letter === ' ' ? '' : at % 3 === 0 ? letter.toUpperCase() : letter) + between[at]).join('')

const code = fc.stringMatching(/^[0-9]{16}$/)

describe.each(Object.entries(TABLES))('the words of a code in %s', (_language, { codeWords }) => {
  const list = codeWords.split(' ')

  it('are a hundred, each its own, none longer than a hand writes', () => {
    expect(list).toHaveLength(100)
    expect(new Set(list).size).toBe(100)
    for (const word of list) expect(word).toMatch(/^\p{Ll}{2,9}$/u)
  })

  it('lead back to the digits, however they are typed', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const code = newCode()
      expect(readTyped(digitsOf(code), [codeWords])).toEqual([code])
      expect(readTyped(wordsOf(code, codeWords).join(' '), [codeWords])).toEqual([code])
      expect(readTyped(` ${wordsOf(code, codeWords).join(', ').toUpperCase()}.`, [codeWords])).toEqual([code])
    }
  })

  it('lead back whatever the language of the page, with slips of case, spaces and apostrophes', () => {
    fc.assert(
      fc.property(code, hurried, fc.shuffledSubarray(LISTS, { minLength: LISTS.length }), (digits, between, lists) => {
        const found = readTyped(slips(wordsOf(digits, codeWords), between), lists)
        expect(found).toContain(digits)
        expect(found.length).toBeLessThanOrEqual(3)
        expect(readTyped(slips(wordsOf(digits, codeWords), between), [codeWords, ...lists])[0]).toBe(digits)
      }),
    )
  })

  it('are the same as a numbered list, and without the marks that a keyboard may lack', () => {
    const [digits] = fc.sample(code, 1)
    const words = wordsOf(digits ?? '', codeWords)
    const numbered = words.map((word, at) => `${at + 1}. ${word}`).join('\n')
    const bare = words.join(' ').normalize('NFD').replace(/\p{M}/gu, '')
    for (const typed of [numbered, bare]) expect(readTyped(typed, [codeWords])).toEqual([digits])
  })

  it('can be parted in one way only, spaces or not', () => {
    // Sardinas and Patterson: what is left over of one word behind another never becomes a word by itself.
    const plain = list.map((word) => word.normalize('NFD').replace(/\p{M}/gu, ''))
    const rest = (ones: readonly string[], others: readonly string[]) =>
      ones.flatMap((one) => others.flatMap((other) => (other.startsWith(one) && other !== one ? [other.slice(one.length)] : [])))
    const left = new Set(rest(plain, plain))
    // A set grows while it is walked through.
    for (const one of left) for (const next of [...rest([one], plain), ...rest(plain, [one])]) left.add(next)
    expect(plain.filter((word) => left.has(word))).toEqual([])
  })

  it('are nothing when one is missing or another', () => {
    const words = wordsOf(newCode(), codeWords)
    expect(readTyped(words.slice(1).join(' '), [codeWords])).toEqual([])
    expect(readTyped([...words.slice(1), 'x'].join(' '), [codeWords])).toEqual([])
  })
})

it('words of a code that stand in two lists with other numbers mean both, those of her own language first', () => {
  const [first, second] = [inCyrillic.codeWords, tg.codeWords].map((list) => list.split(' ')) as [string[], string[]]
  const shared = first.filter((word) => second.includes(word) && second.indexOf(word) !== first.indexOf(word))
  const typed = shared.slice(0, 8)
  const as = (list: string[]) => typed.map((word) => String(list.indexOf(word)).padStart(2, '0')).join('')
  expect(readTyped(typed.join(' '), LISTS).toSorted()).toEqual([as(first), as(second)].toSorted())
  expect(readTyped(typed.join(' '), [tg.codeWords, ...LISTS])[0]).toBe(as(second))
})

describe('the word that turns her side harmless', () => {
  it('counts in any case, with marks and spaces around it', () => {
    for (const typed of ['борщ', ' Борщ! ', '«БОРЩ»', 'борщ...']) expect(isWord(typed, 'Борщ')).toBe(true)
  })

  it('is no other word, and none when none was chosen', () => {
    for (const typed of ['борщі', 'варю борщ', '']) expect(isWord(typed, 'борщ')).toBe(false)
    for (const typed of ['', ' ', '!']) expect(isWord(typed, ' !')).toBe(false)
  })
})

describe('what was not acknowledged', () => {
  const parcel = (n: number, epoch = 1) => ({ epoch, n, frame: Uint8Array.of(n), text: `${n}` })

  it('goes again with each new line, in order and to the byte, until it arrived', () => {
    const box = new Outbox()
    for (const n of [0, 1, 2]) box.add(parcel(n), 0)
    box.kept(1, 0)
    expect(box.all(1).map(({ frame }) => frame[0])).toEqual([0, 1, 2])
    box.arrived(1, 1)
    expect(box.all(2).map(({ n }) => n)).toEqual([2])
    box.arrived(2, 9)
    expect(box.size).toBe(1)
  })

  it('is sent again by itself only while it does not lie in the mailbox', () => {
    const box = new Outbox()
    for (const n of [0, 1]) box.add(parcel(n), 0)
    box.kept(1, 0)
    expect(box.due(3999)).toEqual([])
    expect(box.due(4000).map(({ n }) => n)).toEqual([1])
    expect(box.due(4001)).toEqual([])
    expect(box.failed(FAILED_MS - 1)).toEqual([])
    expect(box.failed(FAILED_MS).map(({ n }) => n)).toEqual([1])
    expect(box.again(1, 1, FAILED_MS)?.n).toBe(1)
    expect(box.failed(FAILED_MS + 1)).toEqual([])
  })
})

describe('what stands on the screen', () => {
  const text = (said: string) => ({ kind: 'text' as const, text: said })

  it('a mark never goes back, but a failed message may yet arrive', () => {
    const entries = new Entries()
    entries.add({ mine: true, epoch: 1, n: 0, said: text('a'), mark: 'sending' })
    const mark = () => entries.list[0]?.mark
    entries.mark(1, 0, 'failed')
    expect(mark()).toBe('failed')
    entries.mark(1, 0, 'sent')
    entries.markUpTo(1, 5, 'there')
    entries.mark(1, 0, 'sent')
    entries.mark(1, 0, 'failed')
    expect(mark()).toBe('there')
    entries.markUpTo(1, 0, 'seen')
    entries.markUpTo(2, 0, 'there')
    expect(mark()).toBe('seen')
  })

  it('each side removes only its own', () => {
    const entries = new Entries()
    for (const mine of [true, false]) for (const n of [0, 1]) entries.add({ mine, epoch: 1, n, said: text(`${mine} ${n}`), mark: 'sent' })
    entries.remove(false, { epoch: 1, n: 0 })
    expect(entries.words().map((one) => one.text)).toEqual(['true 0', 'true 1', 'false 1'])
    entries.remove(true, 'all')
    expect(entries.words()).toEqual([{ mine: false, text: 'false 1' }])
  })
})

it('of two pauses of the other side the later said counts, in whatever order they come; another counsellor is not on one', async () => {
  const [caseId, tag] = [random(16), random(16)]
  const keysOf = (epoch: number) => epochKeys(new Uint8Array(32), new Uint8Array(32), caseId, epoch)
  const hers = new Messages(
    new Entries(),
    () => {},
    () => {},
  )
  const theirs = new Conversation('counsellor', caseId, tag, await keysOf(1))
  await hers.join(new Conversation('visitor', caseId, tag, await keysOf(1)))
  const pause = async (on: boolean) => {
    const sealed = await theirs.seal(JSON.stringify({ kind: 'pause', on }))
    if (!sealed.ok) throw new Error(sealed.error.reason)
    return sealed.value.frame
  }
  const [away, back] = [await pause(true), await pause(false)]
  await hers.open(back)
  await hers.open(away)
  expect(hers.theyPause).toBe(false)
  await hers.open(await pause(true))
  expect(hers.theyPause).toBe(true)
  await hers.join(new Conversation('visitor', caseId, tag, await keysOf(2)))
  expect(hers.theyPause).toBe(false)
})

describe('what comes in a message', () => {
  const SAID = [
    { kind: 'text', text: 'a' },
    { kind: 'question', text: 'a', answers: 'yes-no' },
    { kind: 'question', text: 'a', answers: ['1', '2', '3', '4'] },
    { kind: 'remove', which: 'all' },
    { kind: 'remove', which: { epoch: 1, n: 2 } },
    { kind: 'seen', epoch: 1, n: 2 },
    { kind: 'ask-word' },
    { kind: 'pause', on: true },
    { kind: 'may-hand' },
    { kind: 'writing' },
  ]

  it.each(SAID)('%j is read as the schema reads it', (said) => {
    expect(readSaid(JSON.stringify(said))).toEqual(readByTheSchema(JSON.stringify(said)))
    expect(readSaid(JSON.stringify(said))).toEqual(said)
  })

  it('anything else is nothing this page can show, and nothing throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readSaid(text)).toBeNull()
      }),
    )
    for (const said of [
      { kind: 'text' },
      { kind: 'question', text: 'a', answers: ['1'] },
      { kind: 'remove', which: 1 },
      { kind: 'toString' },
    ])
      expect(readSaid(JSON.stringify(said))).toBeNull()
  })
})

describe('the first words', () => {
  it('always fit a request, and keep the newest of what was said before', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 600, unit: 'grapheme' }),
        fc.array(fc.string({ maxLength: 300 }), { maxLength: 20 }),
        (text, before) => {
          const cut = text.slice(0, 600)
          const first = {
            v: 1,
            language: 'uk',
            wish: 'any',
            text: cut,
            word: 'ромашка',
            again: true,
            before: before.map((one) => ({ mine: true, text: one })),
          } as const
          const json = written({ ...first, before: [...first.before] })
          expect(utf8(json).length).toBeLessThanOrEqual(LONGEST_INTAKE)
          const read = readFirstWords(json)
          expect(read?.word).toBe('ромашка')
          const kept = read?.before ?? []
          expect(kept).toEqual(kept.length === 0 ? [] : first.before.slice(-kept.length))
        },
      ),
    )
  })
})

describe('proof of work', () => {
  it('is what the server takes', { timeout: 30_000 }, async () => {
    const secrets = { hmacSignatureSecret: 'secret', hmacKeySignatureSecret: 'secret key' }
    const made = await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 100, counter: 37, deriveKey, ...secrets })
    const proof = await solve({ parameters: { ...made.parameters }, ...(made.signature && { signature: made.signature }) })
    const { challenge, solution } = JSON.parse(fromUtf8(fromBase64url(proof ?? '') as never) ?? '') as Payload
    expect(await verifySolution({ challenge, solution, deriveKey, ...secrets })).toMatchObject({ verified: true })
  })
})
