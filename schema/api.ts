/**
 * What is asked and answered around a sealed talk: visitor ↔ server (`POST /t`, JSON), desk ↔ server (`POST /api` on the desk's own host).
 * Bytes are base64url without padding. Parsed here, at the border; past it the types are trusted. What travels over the open line of a
 * talk stands in `line.ts`, what is written inside a sealed message in `said.ts`. How it hangs together: `docs/talk.md`.
 *
 * Every ask names itself in `ask`. Every answer is `{ ok: true, … }` or `{ ok: false, reason }`, with status 200: nothing about a talk
 * shows in an address or a status.
 */
import * as v from 'valibot'
import { LANGUAGES } from './terms.ts'

/** Both the asks of a visitor and, as a WebSocket, her line. */
export const VISITOR_PATH = '/t'
/** The asks of a desk. */
export const DESK_PATH = '/api'
/** A desk's line of one talk. */
export const DESK_LINE_PATH = '/line'

/** base64url of exactly so many bytes. */
const bytes = (...lengths: number[]) => {
  const texts = lengths.map((length) => Math.ceil((length * 4) / 3))
  return v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]*$/),
    v.check((text) => texts.includes(text.length)),
  )
}
const blob = (most: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(Math.ceil((most * 4) / 3)))
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))

/** Which talk, on the wire: `caseTag(caseId)`. */
const Tag = bytes(16)
/** 32 random bytes of the visitor's page: who has them may act in this talk. Only a hash is kept. */
const Pass = bytes(32)
/** `crypto/talk/request.ts`. */
const RequestBytes = bytes(1515, 3051)
/** `crypto/talk/accept.ts`. */
const AcceptBytes = bytes(215)
const TransferBytes = bytes(151)
const CloseBytes = bytes(23, 87)
const CapsuleBytes = bytes(8226)
const ReplyBytes = bytes(2131, 8275)
/** Frames of the line as `line.ts` writes them, for who has no WebSocket. */
const Frames = v.pipe(v.array(blob(8300)), v.maxLength(16))

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

const hers = { tag: Tag, pass: Pass }

/** Who is there. Answer: `People`. */
const AskPeople = v.strictObject({ ask: v.literal('people') })

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

export const VisitorAsk = v.variant('ask', [AskPeople, AskOpen, AskReseal, AskExchange, AskLeave, AskKeep, AskReturn, AskDrop, AskReplies])
export type VisitorAsk = v.InferOutput<typeof VisitorAsk>

/** `waiting`: how many ask for a person now, in steps (0, 1, 2, 3, 5, 10, 20 and more). `roster` null: nobody can be believed, show lines. */
export type People = {
  ok: true
  now: number
  roster: v.InferOutput<typeof SignedRoster> | null
  shifts: OnShift[]
  waiting: number
  /** Only from a local server: what to believe there instead of what the build says. */
  trust?: TrustText
}

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

export type VisitorAnswer = People | TalkState | Exchanged | Returned | Replies | Done | VisitorRefusal

/**
 * A WebSocket cannot carry headers of ours and nothing about a talk may stand in an address, so who asks is said as a subprotocol:
 * `new WebSocket(url, [LINE_PROTOCOL, ticket])`. Visitor's ticket: base64url of `tag (16) ‖ pass (32) ‖ device (8)`.
 * Desk's: base64url of `tag (16) ‖ shift (16) ‖ time (4) ‖ nonce (16) ‖ signature (64)`, signed as a call `GET /line` with the tag
 * (base64url) as body.
 */
export const LINE_PROTOCOL = 's1'

// --- desk → server ----------------------------------------------------------------------------------------------------------------------

/** Unsigned, and checked by what they carry. */
const DeskRoster = v.strictObject({ ask: v.literal('roster') })

/** With a one-time link: the public key of a new passkey (SubjectPublicKeyInfo). It counts once a roster names it. */
const DeskEnrol = v.strictObject({
  ask: v.literal('enrol'),
  invitation: blob(600),
  signature: bytes(64),
  passkey: blob(120),
})

/** Begins a shift: the certificate and what the passkey answered. */
const DeskStart = v.strictObject({ ask: v.literal('start'), shift: SignedShift })

/** A newer roster, signed by the roots: nothing else is needed to publish it. */
const DeskPublish = v.strictObject({ ask: v.literal('publish'), roster: SignedRoster })

/** A root asks who has enrolled since the last roster. Answer: `Enrolled`. */
const DeskEnrolled = v.strictObject({ ask: v.literal('enrolled'), time: count, signature: bytes(64) })

/** Signed by the shift, each with `Authorization: Shift <shift>.<time>.<nonce>.<signature>` (`crypto/talk/desk-call.ts`). */
const DeskLook = v.strictObject({ ask: v.literal('look') })

/** The request of one who waits, to try its boxes. Counted: so many an hour, each talk once. Answer: `Peeked`. */
const DeskPeek = v.strictObject({ ask: v.literal('peek'), tag: Tag })

/** Takes a talk. Exactly one desk is told `ok`; the same accept again is `ok` too. */
const DeskAccept = v.strictObject({ ask: v.literal('accept'), tag: Tag, rev: count, accept: AcceptBytes })

const DeskExchange = v.strictObject({ ask: v.literal('exchange'), tag: Tag, frames: Frames })

/** Hands a talk to another shift, which then finds it in its list; until it accepts, this one goes on. */
const DeskTransfer = v.strictObject({ ask: v.literal('transfer'), tag: Tag, transfer: TransferBytes })

const DeskClose = v.strictObject({ ask: v.literal('close'), tag: Tag, close: CloseBytes })

/** A break: no new talk meanwhile. */
const DeskBreak = v.strictObject({ ask: v.literal('break'), on: v.boolean() })

/** Leaves a sealed answer where the visitor's code leads. */
const DeskReply = v.strictObject({ ask: v.literal('reply'), box: bytes(16), reply: ReplyBytes })

/** Ends the shift. Talks it still has wait again as soon as their visitors' pages seal them anew. */
const DeskEnd = v.strictObject({ ask: v.literal('end') })

export const OpenDeskAsk = v.variant('ask', [DeskRoster, DeskEnrol, DeskStart, DeskPublish, DeskEnrolled])
export type OpenDeskAsk = v.InferOutput<typeof OpenDeskAsk>

export const SignedDeskAsk = v.variant('ask', [
  DeskLook,
  DeskPeek,
  DeskAccept,
  DeskExchange,
  DeskTransfer,
  DeskClose,
  DeskBreak,
  DeskReply,
  DeskEnd,
])
export type SignedDeskAsk = v.InferOutput<typeof SignedDeskAsk>

/** One who waits, as the list shows her: language, wish and minutes; what she wrote only a peek shows. `handed`: by a transfer to this shift. */
export type Waiting = {
  tag: string
  rev: number
  epoch: number
  state: 'waiting' | 'handed'
  language: (typeof LANGUAGES)[number]
  wish: Wish
  /** Whole minutes. */
  minutes: number
  /** This shift has looked at it already. */
  peeked: boolean
}

/** `peer`: whether her page is there; see `line.ts`. */
export type Mine = { tag: string; rev: number; epoch: number; state: 'joined' | 'handed' }

/** What the desk shows about the counsellor, not about visitors. `breakDue`: so long at work that a break should be offered. */
export type Pace = { state: 'free' | 'full' | 'break'; peeksLeft: number; placesLeft: number; breakDue: boolean; endsAt: number }

/** Oldest first. `colleagues`: to whom a talk may be handed. */
export type Looked = { ok: true; now: number; waiting: Waiting[]; mine: Mine[]; pace: Pace; colleagues: OnShift[] }

/** `transfer`: the frame by which it was handed to this shift, if it was. */
export type Peeked = { ok: true; request: string; rev: number; epoch: number; transfer: string | null }

export type Enrolled = { ok: true; enrolled: { sid: string; passkey: string }[] }

/** `trust`: only from a local server, as for visitors. */
export type RosterAnswer = { ok: true; now: number; roster: v.InferOutput<typeof SignedRoster> | null; trust?: TrustText }

/**
 * `signed-out`: the shift ended, was revoked, or the call is not signed by it. `limit`: as many talks, or looks, as one may have.
 * `on-break`: end the break first. The others as for visitors.
 */
export type DeskRefusal = {
  ok: false
  reason:
    | 'shape'
    | 'signed-out'
    | 'gone'
    | 'changed'
    | 'limit'
    | 'on-break'
    | 'forged'
    | 'used'
    | 'not-now'
    | 'unknown-person'
    | 'unavailable'
}

export type DeskAnswer = Looked | Peeked | Exchanged | Enrolled | RosterAnswer | Done | DeskRefusal
