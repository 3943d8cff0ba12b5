/** One talk as the desk holds it, against a visitor's end made of the same keys: danger words, the agreed word, duress, failures. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bytes, random, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { closeByVisitor } from '../../crypto/talk/close.ts'
import { Conversation } from '../../crypto/talk/conversation.ts'
import { epochKeys } from '../../crypto/talk/epoch.ts'
import { caseTag } from '../../crypto/talk/request.ts'
import { newSigningKeys } from '../../crypto/talk/sign.ts'
import { newBoxKeys } from '../../crypto/talk/suite.ts'
import type { CrisisOf } from '../../pwa/desk/danger.ts'
import { PLACE_MS } from '../../pwa/desk/gaps.ts'
import type { Socket } from '../../pwa/desk/line.ts'
import type { Shift } from '../../pwa/desk/shift.ts'
import { Talk } from '../../pwa/desk/talk.ts'
import type { SignedDeskAsk } from '../../schema/desk-api.ts'
import { CODES, readFrame, writeFrame, writeKept, writeRefused, writeState } from '../../schema/line.ts'
import { type FirstWords, readSaid, type Said, write } from '../../schema/said.ts'

const FIRST: FirstWords = { v: 1, language: 'uk', wish: 'any', text: 'перші', again: false, before: [] }

class Wire implements Socket {
  binaryType: BinaryType = 'blob'
  readyState = 1
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly frames: Bytes[] = []
  send(data: unknown): void {
    if (typeof data !== 'string') this.frames.push(data as Bytes)
  }
  close(): void {
    this.readyState = 3
  }
}

let wire: Wire
let asks: SignedDeskAsk[]
let she: Conversation
let talk: Talk
let tag: Bytes

async function open(first: Partial<FirstWords> = {}, crisisOf: CrisisOf = () => null): Promise<void> {
  const [caseId, secret, salt] = [random(16), random(32), random(32)]
  tag = await caseTag(caseId)
  const keys = await epochKeys(secret, salt, caseId, 1)
  she = new Conversation('visitor', caseId, tag, await epochKeys(secret, salt, caseId, 1))
  ;[wire, asks] = [new Wire(), []]
  const shift = { signing: await newSigningKeys(), box: await newBoxKeys(), shiftId: random(16) } as unknown as Shift
  const server = {
    connect: async () => wire,
    call: async (ask: SignedDeskAsk) => {
      asks.push(ask)
      return ask.ask === 'exchange' ? ({ ok: false, reason: 'gone' } as const) : ({ ok: true } as const)
    },
  }
  const accepted = { tag, caseId, visitor: random(65), language: 'uk', first: { ...FIRST, ...first }, keys } as const
  talk = new Talk(accepted, shift, server, () => {}, crisisOf)
  await until(() => wire.onopen !== null)
  wire.onopen?.()
}

async function until(what: () => boolean): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) {
    if (what()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it never came')
}

const give = (frame: Bytes): void => wire.onmessage?.({ data: frame.buffer })

async function says(said: Said): Promise<void> {
  const sealed = await she.seal(write(said))
  if (!sealed.ok) throw new Error(sealed.error.reason)
  give(writeFrame('message', sealed.value.frame))
}

/** What she has heard, each once. */
async function heard(): Promise<(Said | null)[]> {
  const said: (Said | null)[] = []
  for (const bytes of wire.frames) {
    const frame = readFrame(bytes)
    const opened = frame?.kind === 'message' ? await she.open(frame.payload) : null
    if (opened?.ok) said.push(readSaid(opened.value.text))
  }
  return said
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))

afterEach(() => {
  talk.forget()
  vi.useRealTimers()
})

describe('a talk', () => {
  it('shows danger that the desk was taught to find, in her words only; without that, none', async () => {
    await open({ text: 'він мене вб’є' }, (text) => (text.includes('вб’є') ? 'danger' : null))
    expect(talk.firstDanger).toBe('danger')
    await says({ kind: 'text', text: 'він мене вб’є' })
    await talk.say({ kind: 'text', text: 'вб’є?' })
    await until(() => talk.entries.length === 2)
    expect(talk.entries.find(({ mine }) => !mine)?.danger).toBe('danger')
    expect(talk.entries.find(({ mine }) => mine)?.danger).toBeNull()
    talk.forget()
    await open()
    await says({ kind: 'text', text: 'він мене вб’є' })
    await until(() => talk.entries.length === 1)
    expect(talk.entries[0]?.danger).toBeNull()
  })

  it('asks for the agreed word after ten silent minutes, and not again once it was asked', async () => {
    await open()
    await says({ kind: 'text', text: 'одне' })
    await until(() => talk.entries.length === 1)
    expect(talk.isWordDue).toBe(false)
    vi.setSystemTime(Date.now() + 11 * 60_000)
    await says({ kind: 'text', text: 'друге' })
    await until(() => talk.isWordDue)
    vi.setSystemTime(Date.now() + 1)
    await talk.say({ kind: 'ask-word' })
    expect(talk.isWordDue).toBe(false)
  })

  it('asks at once when she comes from elsewhere, and after she was away for more than a minute', async () => {
    await open({ again: true })
    expect(talk.isWordDue).toBe(true)
    talk.forget()
    await open()
    const here = { state: 'joined', rev: 1, epoch: 1 } as const
    give(writeState({ ...here, peer: 'away' }))
    await until(() => talk.peer === 'away')
    vi.setSystemTime(Date.now() + 61_000)
    give(writeState({ ...here, peer: 'here' }))
    await until(() => talk.isWordDue)
  })

  it('says that the counsellor is away for a moment, and that she or he is back; whoever writes is back', async () => {
    await open()
    await talk.rest(true)
    expect(talk.isResting).toBe(true)
    await talk.rest(false)
    await talk.rest(true)
    talk.draft = 'я знову тут'
    await talk.sendDraft()
    expect(talk.isResting).toBe(false)
    const pause = (on: boolean): Said => ({ kind: 'pause', on })
    expect(await heard()).toEqual([pause(true), pause(false), pause(true), pause(false), { kind: 'text', text: 'я знову тут' }])
  })

  it('believes the last of her pauses, in whatever order they come', async () => {
    await open()
    const [on, off] = [await she.seal(write({ kind: 'pause', on: true })), await she.seal(write({ kind: 'pause', on: false }))]
    if (!on.ok || !off.ok) throw new Error('not sealed')
    for (const { value } of [off, on]) give(writeFrame('message', value.frame))
    await says({ kind: 'text', text: 'я тут' })
    await until(() => talk.entries.length === 1)
    expect(talk.isPaused).toBe(false)
  })

  it('sends nothing more once the word for danger came, not even what was waiting for the line', async () => {
    await open()
    wire.onclose?.({ code: 1006 })
    await talk.say({ kind: 'text', text: 'на дорозі' })
    await says({ kind: 'duress' })
    await until(() => talk.isDuress)
    expect(await talk.say({ kind: 'text', text: 'пізно' })).toBe(false)
    await until(() => wire.onopen !== null)
    wire.onopen?.()
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(await heard()).toEqual([])
  })

  it('after the word for danger it takes no place any more once nobody was there for ten minutes; it is not ended, and no other talk is set aside', async () => {
    const away = () => give(writeState({ state: 'joined', rev: 1, epoch: 1, peer: 'away' }))
    const asked = () => asks.filter(({ ask }) => ask === 'aside').length
    const later = async (ms: number) => {
      vi.setSystemTime(Date.now() + ms)
      await new Promise((resolve) => setTimeout(resolve, 600))
    }
    await open()
    away()
    await until(() => talk.peer === 'away')
    await later(PLACE_MS + 1000)
    expect([asked(), talk.isAside]).toEqual([0, false])
    talk.forget()
    await open()
    await says({ kind: 'duress' })
    await until(() => talk.isDuress)
    await later(PLACE_MS)
    expect(asked()).toBe(0)
    away()
    await until(() => talk.peer === 'away')
    await later(PLACE_MS - 1000)
    expect(asked()).toBe(0)
    await later(1000)
    await until(() => talk.isAside)
    await later(PLACE_MS)
    expect([asked(), talk.state]).toEqual([1, 'open'])
    expect(asks.some(({ ask }) => ask === 'close')).toBe(false)
  })

  it('sends again what nobody kept, the same bytes; what is kept is not sent twice', async () => {
    await open()
    await talk.say({ kind: 'text', text: 'раз' })
    give(writeRefused('unavailable', { direction: 1, epoch: 1, n: 0 }))
    await new Promise((resolve) => setTimeout(resolve, 100))
    vi.setSystemTime(Date.now() + 2000)
    const messages = () => wire.frames.filter((frame) => readFrame(frame)?.kind === 'message')
    await until(() => messages().length === 2)
    expect(toBase64url(messages()[0] ?? utf8(''))).toBe(toBase64url(messages()[1] ?? utf8('!')))
    give(writeKept({ direction: 1, epoch: 1, n: 0 }))
    await until(() => talk.entries[0]?.mark === 'sent')
    vi.setSystemTime(Date.now() + 20_000)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(messages()).toHaveLength(2)
  })

  it('knows "left" from "asked anew", and marks what could not go any more', async () => {
    await open()
    give(writeFrame('close', closeByVisitor(tag, 1)))
    await until(() => talk.state === 'left')
    talk.forget()
    await open()
    await talk.say({ kind: 'text', text: 'марно' })
    give(writeState({ state: 'gone', peer: 'none', rev: 0, epoch: 0 }))
    await until(() => talk.state === 'moved')
    expect(talk.entries[0]?.mark).toBe('failed')
    talk.forget()
    await open()
    wire.onclose?.({ code: CODES.left })
    await until(() => talk.state === 'left')
  })

  it('takes a closing that carries no counsellor’s signature for hers, and a forged one for nothing', async () => {
    await open()
    const forged = new Uint8Array([...closeByVisitor(tag, 1), ...random(64)])
    forged[24 - 2] = 0
    give(writeFrame('close', forged))
    await says({ kind: 'text', text: 'далі' })
    await until(() => talk.entries.length === 1)
    expect(talk.state).toBe('open')
  })

  it('keeps nothing once it is let go of', async () => {
    await open()
    await says({ kind: 'text', text: 'таємне' })
    await until(() => talk.entries.length === 1)
    talk.draft = 'чернетка'
    talk.forget()
    expect([talk.entries, talk.draft]).toEqual([[], ''])
    expect(await talk.say({ kind: 'text', text: 'ще' })).toBe(false)
    expect(asks).toEqual([])
  })
})
