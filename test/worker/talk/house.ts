/** An organisation with its roots, keys and desk, in the runtime of the tests. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach } from 'vitest'
import { random, toBase64url } from '../../../crypto/bytes.ts'
import { dayOf } from '../../../crypto/keyring.ts'
import type { SigningKeys } from '../../../crypto/talk/sign.ts'
import type { VisitorAnswer, VisitorAsk } from '../../../schema/api.ts'
import type { DeskAnswer } from '../../../schema/desk-api.ts'
import { CODES } from '../../../schema/line.ts'
import worker from '../../../worker/index.ts'
import { newRoot, ORG, type Person, person, rosterText, signRoster } from '../../crypto/talk/people.ts'
import { Desk, deskSays, must, NOW, useDoor, Visitor } from './ends.ts'

export const DESK = 'https://desk.stezhka.example'
export const SITE = 'https://stezhka.example'
const key = () => toBase64url(random(32))
const today = dayOf(NOW())
const DAYS = [today - 4, today - 3, today - 2, today - 1, today, today + 1]
export const KEYS = JSON.stringify(Object.fromEntries(DAYS.map((day) => [day, { id: key(), wrap: key(), long: key() }])))

export const root: SigningKeys = await newRoot()
const TRUST = JSON.stringify({ org: ORG, roots: [toBase64url(root.publicBytes)], needed: 1, floor: 1 })
export const SETTINGS = { BOT_KEYS: KEYS, DESK_ORIGIN: DESK, TALK_TRUST: TRUST }

/** For every test of a file. */
export function openHouse(): void {
  beforeEach(() => {
    Object.assign(env, SETTINGS)
    useDoor({ desk: DESK, site: SITE, post: (url, body, headers) => postAt(url, body, headers), socket: socketAt })
  })
  afterEach(() => {
    for (const name of Object.keys(SETTINGS)) delete (env as unknown as Record<string, unknown>)[name]
  })
}

type More = Partial<Record<string, unknown>>

/** One request through the front door. */
export async function fetchAt(url: string, init: RequestInit = {}, more: More = {}): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request(url, init) as Request<unknown, IncomingRequestCfProperties>
  const answer = await worker.fetch(request, { ...env, ...more } as never, context)
  await waitOnExecutionContext(context)
  return answer
}

export const postAt = (url: string, body: unknown, headers: Record<string, string> = {}, more: More = {}): Promise<Response> =>
  fetchAt(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers }, more)

export const visitorSays = async (ask: VisitorAsk | object, headers = {}, more: More = {}): Promise<VisitorAnswer> =>
  (await postAt(`${SITE}/t`, ask, headers, more)).json()

async function socketAt(url: string, protocols: string[]) {
  const answer = await fetchAt(url, { headers: { Upgrade: 'websocket', 'Sec-WebSocket-Protocol': protocols.join(', ') } })
  const socket = answer.webSocket
  if (!socket) return answer.status
  socket.accept()
  socket.binaryType = 'arraybuffer'
  return socket as never
}

export async function publishRoster(people: readonly Person[], more: Record<string, unknown> = {}): Promise<DeskAnswer> {
  const dates = { notBefore: NOW() - 60, notAfter: NOW() + 20 * 24 * 3600 }
  const signed = await signRoster(rosterText(people, { ...dates, deskOrigin: DESK, rpId: 'desk.stezhka.example', ...more }), [root])
  const roster = { bytes: toBase64url(signed.bytes), signatures: signed.signatures.map(toBase64url) }
  return deskSays({ ask: 'publish', roster })
}

/** Higher with every roster, in whatever order files run. */
let seq = NOW() % 1_000_000_000
export const nextSeq = (): number => {
  seq += 1
  return seq
}

/** Several counsellors, all in one roster and on shift. */
export async function desksOf(count: number, more: Record<string, unknown> = {}): Promise<{ desks: Desk[]; people: Person[] }> {
  const people = await Promise.all(Array.from({ length: count }, (_none, at) => person(`c-${at + 1}`)))
  const published = await publishRoster(people, { seq: nextSeq(), ...more })
  if (!published.ok) throw new Error(published.reason)
  const desks: Desk[] = []
  for (const who of people) desks.push(await Desk.start(who, { rosterSeq: seq }))
  return { desks, people }
}

export { CODES, Desk, deskSays, must, NOW, ORG, person, Visitor }

/** A talk that a counsellor has accepted, both ends by exchange. */
export async function joined(count = 1): Promise<{ she: Visitor; desk: Desk; desks: Desk[]; people: Person[] }> {
  const { desks, people } = await desksOf(count)
  const desk = desks[0] as Desk
  const she = new Visitor()
  await she.open(desks)
  await desk.accept(toBase64url(she.tag))
  await she.poll()
  if (!she.talk) throw new Error('not joined')
  return { she, desk, desks, people }
}

/** Waits for what goes on after an answer. @throws when it never comes */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await what()) return
    await scheduler.wait(10)
  }
  throw new Error('it never came')
}
