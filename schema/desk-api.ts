/**
 * What a desk asks and the server answers (`POST /api` on the desk's own host, JSON): first what may be asked before a shift, then what only
 * a shift may, each call signed by it. Asks and answers have the form of a visitor's (`api.ts`).
 */
import * as v from 'valibot'
import { type Done, type Exchanged, type OnShift, SignedRoster, SignedShift, type TrustText, type Wish } from './api.ts'
import { blob, bytes, count, Frames, Tag } from './pieces.ts'
import type { LANGUAGES } from './terms.ts'

/** `crypto/talk/accept.ts`. */
const AcceptBytes = bytes(215)
const TransferBytes = bytes(151)
const CloseBytes = bytes(23, 87)
const ReplyBytes = bytes(2131, 8275)

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

/**
 * After the word for danger, when nobody has been at her end for ten minutes: the talk takes no place any more, and is otherwise left alone.
 * `changed`: the server heard her page not long ago.
 */
const DeskAside = v.strictObject({ ask: v.literal('aside'), tag: Tag })

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
  DeskAside,
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
