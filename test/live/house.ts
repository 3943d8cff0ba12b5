/** The built Worker as it is served, with an organisation of its own: counsellors with real keys, visitors, and talks between them over the network. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { toBase64url } from '../../crypto/bytes.ts'
import { turn } from '../../crypto/keeping.ts'
import { type Local, serveLocal } from '../../scripts/serve/local.ts'
import { newRoot, ORG, type Person, person, rosterText, signRoster } from '../crypto/talk/people.ts'
import { freePort } from '../free-port.ts'
import { Desk, deskSays, NOW, type Socket, useDoor, Visitor } from '../worker/talk/ends.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** A counsellor may have so many talks. */
const TALKS_EACH = 3

export type Pair = { she: Visitor; desk: Desk }

export type TalkHouse = {
  /** Folder of everything the server leaves on this machine. */
  data: string
  site: string
  server: Local
  /** These people begin a new shift, each of them in the newest roster. */
  comes(...sids: string[]): Promise<Desk[]>
  /** So many talks, each accepted and without a line yet; three a counsellor. */
  joined(count: number): Promise<Pair[]>
  /** The whole Worker ends and begins again, on the same address and database: nothing it held in memory is left, and every line breaks. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** A WebSocket as a browser opens one; refused ones are 404 to everybody. */
const socket = (url: string, protocols: string[]): Promise<Socket | number> =>
  new Promise((done) => {
    const line = new WebSocket(url.replace('http', 'ws'), protocols)
    line.binaryType = 'arraybuffer'
    line.addEventListener('open', () => done(line as unknown as Socket))
    line.addEventListener('error', () => done(404))
  })

export const post = (url: string, body: string, headers: Record<string, string>) => fetch(url, { method: 'POST', body, headers })

export async function openTalkHouse(): Promise<TalkHouse> {
  const data = mkdtempSync(join(tmpdir(), 'talk-'))
  const root = await newRoot()
  const port = await freePort()
  // Two names of this machine, since the desk has a host of its own.
  const [site, deskOrigin] = [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
  const trust = { org: ORG, roots: [toBase64url(root.publicBytes)], needed: 1, floor: 1 }
  const vars = { BOT_KEYS: JSON.stringify(turn({}, NOW())), DESK_ORIGIN: deskOrigin, TALK_TRUST: JSON.stringify(trust) }
  const server = await serveLocal({ root: ROOT, port, data, vars })
  useDoor({ desk: deskOrigin, site, post, socket })
  const people = new Map<string, Person>()
  let seq = 0
  const comes = async (...sids: string[]): Promise<Desk[]> => {
    for (const sid of sids) if (!people.has(sid)) people.set(sid, await person(sid))
    seq += 1
    const dates = { notBefore: NOW() - 60, notAfter: NOW() + 24 * 3600 }
    const signed = await signRoster(rosterText([...people.values()], { ...dates, seq, deskOrigin, rpId: 'localhost' }), [root])
    const roster = { bytes: toBase64url(signed.bytes), signatures: signed.signatures.map(toBase64url) }
    const published = await deskSays({ ask: 'publish', roster })
    if (!published.ok) throw new Error(published.reason)
    const desks: Desk[] = []
    for (const sid of sids) desks.push(await Desk.start(people.get(sid) as Person, { rosterSeq: seq }))
    return desks
  }
  return {
    ...{ data, site, server, comes },
    async joined(count) {
      const desks = await comes(...Array.from({ length: Math.ceil(count / TALKS_EACH) }, (_none, at) => `c-${at + 1}`))
      const pairs: Pair[] = []
      for (let at = 0; at < count; at += 1) {
        const desk = new Desk((desks[Math.floor(at / TALKS_EACH)] as Desk).keys)
        const she = new Visitor()
        // Each from a network of her own: many from one are slowed down.
        const asked = await she.open([desk], 'допоможіть', 'any', { 'CF-Connecting-IP': `198.51.${at % 256}.7` })
        if (!asked.ok) throw new Error(asked.reason)
        const { answer } = await desk.accept(toBase64url(she.tag))
        if (!answer.ok) throw new Error(answer.reason)
        await she.poll()
        pairs.push({ she, desk })
      }
      return pairs
    },
    restart: () => server.setVars({}),
    async close() {
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** @throws when it never comes */
export async function until(what: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  for (const end = performance.now() + ms; !(await what()); await pause(10)) if (performance.now() > end) throw new Error('it never came')
}
