/** Floods, puzzles and broken input: refused without an exception, and real visitors come through. */
import { env } from 'cloudflare:workers'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { random, toBase64url } from '../../../crypto/bytes.ts'
import type { KeyRing } from '../../../crypto/keyring.ts'
import { ringFromJson } from '../../../crypto/keyring.ts'
import { MOST_WAITING } from '../../../worker/handoff/handoff.ts'
import { isSolved, puzzle } from '../../../worker/handoff/puzzle.ts'
import { Rows } from '../../../worker/handoff/rows.ts'
import { DESK, type Desk, desksOf, fetchAt, joined, KEYS, NOW, openHouse, postAt, SITE, Visitor, visitorSays } from './house.ts'

openHouse()

/** So many waiting rows, as if so many had asked. */
async function crowd(count: number): Promise<void> {
  const put = env.DB.prepare('INSERT INTO talk (tag, state, version, holder, sealed, expires_at) VALUES (?1, 1, 1, NULL, ?2, ?3)')
  await env.DB.batch(Array.from({ length: count }, () => put.bind(random(16), random(40), NOW() + 600)))
}

type Puzzle = Awaited<ReturnType<typeof puzzle>>

async function solved(challenge: Puzzle): Promise<string> {
  const solution = await solveChallenge({ challenge: challenge as never, deriveKey })
  return toBase64url(new TextEncoder().encode(JSON.stringify({ challenge, solution })))
}

describe('REL-16: a puzzle', () => {
  it('is asked only while many wait; its solution lets one ask through, once', async () => {
    const { desks } = await desksOf(1)
    expect(await new Visitor().open(desks)).toMatchObject({ ok: true })
    await crowd(20)
    const [she, other] = [new Visitor(), new Visitor()]
    const ask = async (who: Visitor, proof?: string) => {
      const { bytes } = await who.seal(desks, 'раз')
      return visitorSays({ ask: 'open', ...who.hers, request: toBase64url(bytes), language: 'uk', wish: 'any', ...(proof && { proof }) })
    }
    const refused = await ask(she)
    if (refused.ok || refused.reason !== 'prove') throw new Error('no puzzle')
    const proof = await solved(refused.challenge)
    expect(await ask(she, proof)).toMatchObject({ ok: true, state: 'waiting' })
    expect(await ask(other, proof)).toMatchObject({ ok: false, reason: 'prove' })
  })

  it('is not fooled: another day’s, another’s, a bent or an invented one', async () => {
    const rows = new Rows(ringFromJson(KEYS) as KeyRing)
    const made = (await puzzle(rows, NOW())) as NonNullable<Puzzle>
    const proof = await solved(made)
    const foreign = await solved(await puzzle(new Rows({ keysFor: async () => ({ id: random(32), wrap: random(32) }) }), NOW()))
    const late = await solved(await puzzle(rows, NOW() - 16 * 60))
    const unsolved = toBase64url(
      new TextEncoder().encode(JSON.stringify({ challenge: made, solution: { counter: 1, derivedKey: '00'.repeat(32) } })),
    )
    for (const bad of [foreign, late, unsolved, '', 'AAAA', proof.slice(0, -8), `${proof}AAAA`])
      expect(await isSolved(env.DB, rows, bad, NOW())).toBe(false)
    expect((await env.DB.prepare('SELECT * FROM used').all()).results).toEqual([])
    expect(await isSolved(env.DB, rows, proof, NOW())).toBe(true)
    expect(await isSolved(env.DB, rows, proof, NOW())).toBe(false)
  })
})

describe('H11: a flood', () => {
  it('from one network is slowed down, while another is not', async () => {
    const { desks } = await desksOf(1)
    const answers: string[] = []
    for (let n = 0; n < 32; n += 1) {
      const answer = await new Visitor().open(desks, 'x', 'any', { 'CF-Connecting-IP': '203.0.113.9' })
      answers.push(answer.ok ? 'ok' : answer.reason)
    }
    expect(answers.at(-1)).toBe('slow-down')
    expect(answers.filter((answer) => answer === 'slow-down')).toHaveLength(2)
    await env.DB.prepare('DELETE FROM talk').run()
    expect(await new Visitor().open(desks, 'x', 'any', { 'CF-Connecting-IP': '203.0.114.9' })).toMatchObject({ ok: true })
  })

  it('never fills the queue beyond its cap, and says so', async () => {
    const { desks } = await desksOf(1)
    await crowd(MOST_WAITING)
    const she = new Visitor()
    const { bytes } = await she.seal(desks, 'раз')
    const rows = new Rows(ringFromJson(KEYS) as KeyRing)
    const proof = await solved(await puzzle(rows, NOW()))
    const ask = { ask: 'open', ...she.hers, request: toBase64url(bytes), language: 'uk', wish: 'any', proof }
    expect(await visitorSays(ask)).toEqual({ ok: false, reason: 'full' })
  })
})

describe('REL-13: broken input', () => {
  const ENDS = [`${SITE}/t`, `${DESK}/api`]

  it('is "shape", whatever it is, at both ends, and never an error', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const odd = [
      '',
      '{',
      'null',
      '5',
      '[]',
      '"\ud800"',
      deep,
      JSON.stringify({ ask: 'nothing' }),
      JSON.stringify({ ask: ['people'] }),
      'a'.repeat(200_000),
    ]
    for (const url of ENDS)
      for (const body of odd) {
        const answer = await postAt(url, body)
        expect([answer.status, await answer.json()], `${url} ${body.slice(0, 20)}`).toEqual([200, { ok: false, reason: 'shape' }])
      }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ENDS), fc.oneof(fc.json(), fc.string({ unit: 'binary' })), async (url, body) => {
        expect(await (await postAt(url, body)).json()).toEqual({ ok: false, reason: 'shape' })
      }),
      { numRuns: 60 },
    )
  })

  it('fields of the wrong length, kind or number are refused before anything is looked up', async () => {
    const she = new Visitor()
    const { desks } = await desksOf(1)
    const { bytes } = await she.seal(desks, 'раз')
    const good = { ask: 'open', ...she.hers, request: toBase64url(bytes), language: 'uk', wish: 'any' }
    const bad = [
      { tag: 'short' },
      { pass: 5 },
      { request: toBase64url(bytes.slice(1)) },
      { language: 'xx' },
      { wish: 'boss' },
      { more: 1 },
      { request: toBase64url(bytes.map((byte, at) => (at === 0 ? 2 : byte))) },
      { tag: toBase64url(random(16)) },
    ]
    for (const change of bad)
      expect(await visitorSays({ ...good, ...change }), JSON.stringify(change).slice(0, 30)).toEqual({ ok: false, reason: 'shape' })
    expect((await env.DB.prepare('SELECT * FROM talk').all()).results).toEqual([])
  })

  it('frames of nonsense are passed over, on the line and by exchange, and the talk goes on', async () => {
    const { she, desk } = await joined()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 700 }), { minLength: 1, maxLength: 8 }), async (frames) => {
        const answers = await she.exchange(frames.map((bytes) => new Uint8Array(bytes)).filter(([kind]) => kind !== 5))
        expect(Array.isArray(answers)).toBe(true)
      }),
      { numRuns: 25 },
    )
    await she.say('далі')
    await desk.poll()
    expect(desk.heard).toEqual(['далі'])
  })

  it('a line asked for in any other way is not there', async () => {
    const { desks } = await desksOf(1)
    const odd = [
      '',
      's1',
      's2, AAAA',
      `s1, ${toBase64url(random(56))}`,
      `s1, ${toBase64url(random(116))}`,
      `s1, ${'A'.repeat(4000)}`,
      's1, ä',
    ]
    for (const url of [`${SITE}/t`, `${DESK}/line`])
      for (const protocol of odd) {
        const headers = { Upgrade: 'websocket', ...(protocol && { 'Sec-WebSocket-Protocol': encodeURI(protocol) }) }
        expect((await fetchAt(url, { headers })).status, `${url} ${protocol.slice(0, 12)}`).toBe(404)
      }
    expect(await (desks[0] as Desk).openLine(random(16))).toBe(404)
  })
})
