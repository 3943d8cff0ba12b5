/** What she finds again with her code, and keeping it. No key of the talk is in it: who comes back asks anew, with a new pair. */
import { type Bytes, bytesOf, random, toBase64url, utf8 } from '../../../../crypto/bytes.ts'
import type { CAPSULE_HOURS, Done, Replies, Returned } from '../../../../schema/api.ts'
import type { FirstWords } from '../../../../schema/said.ts'
import { type CodeKeys, codeKeys, LONGEST_CAPSULE, openCapsule, openReply, sealCapsule } from './keys.ts'
import { ask } from './server.ts'

export type Hours = (typeof CAPSULE_HOURS)[number]

/** A request that waits for a shift: as long as may be. */
export const REQUEST_HOURS: Hours = 72

export type Kept = {
  v: 1
  /** The talk, base64url; null for a request that waits until somebody is on shift. */
  talk: { caseId: string; pass: string; rev: number } | null
  first: FirstWords
  duress: string
  /** Of both, oldest first. */
  words: { mine: boolean; text: string }[]
}

/** A talk as this page knows it again. `rev`: which request counts. */
export type Known = { caseId: Bytes; pass: Bytes; rev: number }

export const keptOf = ({ caseId, pass, rev }: Known): Kept['talk'] => ({ caseId: toBase64url(caseId), pass: toBase64url(pass), rev })

export const knownOf = ({ caseId, pass, rev }: NonNullable<Kept['talk']>): Known => ({ caseId: bytesOf(caseId), pass: bytesOf(pass), rev })

export type Code = { keys: CodeKeys; hours: Hours; org: string }

/** As asks carry it. */
export const named = ({ keys }: Pick<Code, 'keys'>) => ({ locator: toBase64url(keys.locator), auth: toBase64url(keys.auth) })

export async function keep(code: Code, kept: Kept): Promise<boolean> {
  const sealed = await sealCapsule(code.keys.capsule, fitted(kept, code.hours))
  if (!sealed.ok) return false
  return (await ask<Done>({ ask: 'keep', ...named(code), capsule: toBase64url(sealed.value), hours: code.hours })).ok
}

/** How long she chose goes with it: it is kept so, too, after she came back. */
type Sealed = Kept & { hours: Hours }

/** The newest words, as many as fit. */
function fitted(kept: Kept, hours: Hours): string {
  for (let words = kept.words.slice(-20); ; words = words.slice(1)) {
    const text = JSON.stringify({ ...kept, words, hours } satisfies Sealed)
    if (words.length === 0 || utf8(text).length <= LONGEST_CAPSULE) return text
  }
}

export const drop = (code: Pick<Code, 'keys'>): Promise<unknown> => ask<Done>({ ask: 'drop', ...named(code) })

export type Found = { code: Code; kept: Kept; replies: string[] }

/** @returns `none` for every code that leads nowhere; seconds to wait after too many of them; null when no answer came */
export async function find(digits: string, org: string): Promise<Found | 'none' | number | null> {
  const keys = await codeKeys(digits, org)
  const returned = await tryTwice(named({ keys }))
  if (!returned.ok) return returned.reason === 'slow-down' ? returned.seconds : null
  if (returned.found === 0) return 'none'
  const opened = await openCapsule(keys.capsule, bytesOf(returned.capsule))
  const kept = opened.ok ? (JSON.parse(opened.value) as Sealed) : null
  if (kept?.v !== 1) return 'none'
  return { code: { keys, hours: kept.hours, org }, kept, replies: await repliesOf(keys, org) }
}

/** The same `by`, so that an answer lost on the way does not cost her the capsule. */
async function tryTwice(at: ReturnType<typeof named>) {
  const asked = { ask: 'return', ...at, by: toBase64url(random(16)) } as const
  const first = await ask<Returned>(asked)
  return !first.ok && first.reason === 'no-answer' ? ask<Returned>(asked) : first
}

async function repliesOf(keys: CodeKeys, org: string): Promise<string[]> {
  const found = await ask<Replies>({ ask: 'replies', box: toBase64url(keys.box) })
  if (!found.ok) return []
  const opened = await Promise.all(found.replies.map((reply) => openReply(keys.mailbox, org, bytesOf(reply))))
  return opened.flatMap((one) => (one.ok ? [one.value] : []))
}
