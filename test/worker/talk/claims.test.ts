/** Two counsellors claim one visitor in the same moment, again and again: against the real store, with both accepts made beforehand. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { toBase64url } from '../../../crypto/bytes.ts'
import { makeAccept, readAccept } from '../../../crypto/talk/accept.ts'
import type { Prepared } from './ends.ts'
import { Desk, desksOf, must, openHouse, Visitor, visitorSays } from './house.ts'

openHouse()

/** `npm run nightly` asks for a thousand. */
const TIMES = Number(env.CLAIMS || 200)
/** So many talks go on beside each other; a counsellor may have no more. */
const BESIDE = 3

/** Whose accept her page believed. */
const winnerOf = (she: Visitor): string => {
  const frame = she.frames.findLast(({ kind }) => kind === 'accept')
  return toBase64url(must(readAccept(frame?.payload ?? new Uint8Array(0))).shiftId)
}

async function seen(desk: Desk, tag: string): Promise<Prepared> {
  const prepared = await desk.prepare(tag)
  if ('ok' in prepared) throw new Error(JSON.stringify(prepared))
  return prepared
}

/** Another accept of the same request. */
async function made({ keys }: Desk, of: Prepared, epoch: number): Promise<Prepared> {
  const { caseId, visitor, salt } = of
  const accept = must(await makeAccept({ caseId, epoch, shiftId: keys.shiftId, visitor, salt, signWith: keys.signing.privateKey }))
  return { ...of, rev: epoch, epoch, accept: toBase64url(accept.bytes), epochKeys: accept.keys }
}

/** One visitor, who asks anew after each claim. @returns how often exactly one won, and was the one she hears */
async function claims(of: readonly Desk[], times: number): Promise<number> {
  const [one, other] = of.map(({ keys }) => new Desk(keys)) as [Desk, Desk]
  const she = new Visitor()
  const { bytes, next } = await she.seal(of, 'допоможіть')
  const request = toBase64url(bytes)
  const asked = { ...she.hers, request }
  await visitorSays({ ask: 'open', ...asked, language: 'uk', wish: 'any' })
  const tag = toBase64url(she.tag)
  const looks = [await seen(one, tag), await seen(other, tag)] as const
  for (let turn = 1; turn <= times; turn += 1) {
    she.salt = next.slice()
    const [mine, theirs] = [await made(one, looks[0], turn), await made(other, looks[1], turn)]
    // Each is first in its turn.
    const both = [() => one.claim(mine), () => other.claim(theirs)]
    const answers = await Promise.all((turn % 2 === 0 ? both : both.toReversed()).map((claim) => claim()))
    if (turn % 2 !== 0) answers.reverse()
    const winners = answers.flatMap(({ ok }, at) => (ok ? [at] : []))
    expect(winners, `time ${turn}`).toHaveLength(1)
    const winner = [one, other][winners[0] as number] as Desk
    expect(answers[1 - (winners[0] as number)]).toEqual({ ok: false, reason: 'changed' })
    await she.poll()
    expect([she.epoch, winnerOf(she)]).toEqual([turn, toBase64url(winner.keys.shiftId)])
    if (turn < times) expect(await visitorSays({ ask: 'reseal', ...asked, from: 'any', rev: turn + 1 })).toMatchObject({ ok: true })
    else {
      await winner.say('я з вами')
      await she.poll()
      expect(she.heard).toEqual(['я з вами'])
    }
  }
  return times
}

describe('REL-12: two who claim at once', () => {
  it(`of ${TIMES} times, exactly one is told yes each time, and it is the one she hears`, { timeout: TIMES * 1000 }, async () => {
    const { desks } = await desksOf(2)
    const each = Array.from({ length: BESIDE }, (_none, at) => Math.floor((TIMES + at) / BESIDE))
    const done = await Promise.all(each.map((times) => claims(desks, times)))
    expect(done.reduce((sum, times) => sum + times, 0)).toBe(TIMES)
  })
})
