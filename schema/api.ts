/**
 * What a visitor's page asks around a sealed talk and the server answers (`POST /t`, JSON), and what a desk (`desk-api.ts`) reads as she
 * does: who is on shift, and whom to believe. Parsed here, at the border; past it the types are trusted. What travels over the open line
 * of a talk stands in `line.ts`, what is written inside a sealed message in `said.ts`. How it hangs together: `docs/talk.md`.
 *
 * Every ask names itself in `ask`. Every answer is `{ ok: true, … }` or `{ ok: false, reason }`, with status 200: nothing about a talk
 * shows in an address or a status.
 */
import * as v from 'valibot'
import type { TalkHours } from './content.ts'
import { blob, bytes, count, Frames, Tag } from './pieces.ts'
import { LANGUAGES } from './terms.ts'

export const WISHES = ['any', 'woman', 'man'] as const
export type Wish = (typeof WISHES)[number]

/** How long a capsule is kept: her choice. */
export const CAPSULE_HOURS = [1, 24, 72] as const

// --- what both sides read ---------------------------------------------------------------------------------------------------------------

/** `crypto/talk/roster.ts`: the JSON as it was signed, and signatures of different roots. */
export const SignedRoster = v.object({ bytes: blob(60_000), signatures: v.pipe(v.array(bytes(64)), v.maxLength(4)) })

/** `crypto/talk/shift.ts`. Public. */
export const SignedShift = v.object({
  certificate: blob(1200),
  authenticatorData: blob(1024),
  clientData: blob(2048),
  signature: blob(80),
})
export type SignedShift = v.InferOutput<typeof SignedShift>

/**
 * `free`: takes a new talk now. `full`: has as many as one may have. `break`: takes nobody meanwhile. A visitor seals to those that are
 * free, speak her language and fit her wish (all from the roster), at most eight, and to `full` ones when nobody is free.
 */
export type OnShift = SignedShift & { state: 'free' | 'full' | 'break' }

/**
 * Proof of work, only asked for when `reason` was `prove`: a challenge of `altcha-lib`, solved by its `solveChallenge` with
 * `altcha-lib/algorithms/web/pbkdf2`. `proof` is base64url of the JSON `{ challenge, solution }`.
 */
export type Challenge = { parameters: Record<string, unknown>; signature?: string }
const Proof = v.optional(blob(2000))

/**
 * `gone`: no such talk, or not hers, or it ended: nothing tells which. `changed`: somebody was quicker; look at the talk and decide anew.
 * `nobody`: no one on shift, so nothing was kept. `full`: the queue is. `slow-down`: too many tries from this network; `seconds` to wait.
 * `prove`: send the same again with `proof`. `shape`: this is no ask we know; an old page should be loaded anew.
 */
export type VisitorRefusal =
  | { ok: false; reason: 'shape' | 'gone' | 'changed' | 'nobody' | 'full' | 'unavailable' }
  | { ok: false; reason: 'slow-down'; seconds: number }
  | { ok: false; reason: 'prove'; challenge: Challenge }

// --- visitor → server -------------------------------------------------------------------------------------------------------------------

/** 32 random bytes of the visitor's page: who has them may act in this talk. Only a hash is kept. */
const Pass = bytes(32)
/** `crypto/talk/request.ts`. */
const RequestBytes = bytes(1515, 3051)
const CapsuleBytes = bytes(8226)

const hers = { tag: Tag, pass: Pass }

/** Who is there. Answer: `People`. */
const AskPeople = v.strictObject({ ask: v.literal('people') })

/** How many asked earlier and still wait. Answer: `Ahead`; `gone` unless hers waits. */
const AskAhead = v.strictObject({ ask: v.literal('ahead'), ...hers })

/** Asks for a person. The same ask twice is one talk. Answer: `TalkState`. */
const AskOpen = v.strictObject({
  ask: v.literal('open'),
  ...hers,
  request: RequestBytes,
  language: v.picklist(LANGUAGES),
  wish: v.picklist(WISHES),
  proof: Proof,
})

/**
 * The request sealed anew under the next `rev`. `from: waiting`: others came on shift; if somebody accepted meanwhile it is `changed`, and
 * the accept counts. `from: any`: her counsellor is gone or she wants another; the talk waits again whoever had it. Repeat the same bytes
 * until it is answered: `ok` says that this request counts, `changed` that the one before does, or another page's; the line's `rev` tells.
 */
const AskReseal = v.strictObject({
  ask: v.literal('reseal'),
  ...hers,
  from: v.picklist(['waiting', 'any']),
  rev: count,
  request: RequestBytes,
})

/** The line for who has no WebSocket: gives frames, takes what came. `device`: random bytes of this page. Answer: `Exchanged`. */
const AskExchange = v.strictObject({ ask: v.literal('exchange'), ...hers, device: bytes(8), frames: Frames })

/** Ends the talk for good, its capsule included when `locator` and `auth` are given. Always answered `ok`. */
const AskLeave = v.strictObject({ ask: v.literal('leave'), ...hers, locator: v.optional(bytes(16)), auth: v.optional(bytes(32)) })

/** Keeps a capsule, or writes it anew. `talk` ties it to a talk: when that ends, the capsule goes too. */
const AskKeep = v.strictObject({
  ask: v.literal('keep'),
  locator: bytes(16),
  auth: bytes(32),
  capsule: CapsuleBytes,
  hours: v.picklist(CAPSULE_HOURS),
  talk: v.optional(v.strictObject(hers)),
})

/**
 * Comes back with a code. `by`: 16 random bytes, the same when this is repeated because no answer came. Answer: `Returned`. Whoever read
 * it first has it; it is gone after `drop`, or ten minutes later.
 */
const AskReturn = v.strictObject({ ask: v.literal('return'), locator: bytes(16), auth: bytes(32), by: bytes(16), proof: Proof })

/** Removes a capsule: after it was read, or because she says so. Always answered `ok`. */
const AskDrop = v.strictObject({ ask: v.literal('drop'), locator: bytes(16), auth: bytes(32) })

/** What a counsellor left for her; `box` and the key that opens it come from the code. Answer: `Replies`. */
const AskReplies = v.strictObject({ ask: v.literal('replies'), box: bytes(16) })

export const VisitorAsk = v.variant('ask', [
  AskPeople,
  AskAhead,
  AskOpen,
  AskReseal,
  AskExchange,
  AskLeave,
  AskKeep,
  AskReturn,
  AskDrop,
  AskReplies,
])
export type VisitorAsk = v.InferOutput<typeof VisitorAsk>

/** `waiting`: how many ask for a person now, in steps (0, 1, 2, 3, 5, 10, 20 and more). `roster` null: nobody can be believed, show lines. */
export type People = {
  ok: true
  now: number
  roster: v.InferOutput<typeof SignedRoster> | null
  shifts: OnShift[]
  waiting: number
  /** When people answer, as the organisation publishes it; empty: not known. */
  hours: TalkHours[]
  /** Only from a local server: what to believe there instead of what the build says. */
  trust?: TrustText
}

/** In the order in which desks see those that wait. */
export type Ahead = { ok: true; ahead: number }

/** What a build believes, as it stands in the build: roots are base64url of 65 bytes. `crypto/talk/trust.ts` reads it. */
export type TrustText = { org: string; roots: string[]; needed: number; floor: number }

/** As the build knows it from `organisation.toml`; `TALK` in the scripts of page and desk. `desk`: the desk's origin. */
export type BuiltTalk = { trust: TrustText; desk: string }

/** `rev`: which request counts, from 1. `epoch`: 0 until the first accept. `accept`: base64url, while `joined`. */
export type TalkState = {
  ok: true
  state: 'waiting' | 'joined' | 'handed'
  rev: number
  epoch: number
  accept: string | null
}

export type Exchanged = { ok: true; frames: string[] }

/** Always of one length. `capsule` is all `A` when there is none for this code: unknown, expired, ended, wrong, read before. */
export type Returned = { ok: true; found: 0 | 1; capsule: string }

export type Replies = { ok: true; replies: string[] }

export type Done = { ok: true }

export type VisitorAnswer = People | Ahead | TalkState | Exchanged | Returned | Replies | Done | VisitorRefusal
