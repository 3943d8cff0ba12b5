/**
 * The end of a talk.
 *
 * Layout: `version (1) ‖ suite (1) ‖ tag (16) ‖ epoch (4) ‖ reason (1) ‖ signature (64, or none)`: a counsellor signs, so that the server
 * cannot end a talk in a counsellor's name; a visitor need not give a reason or prove anything to leave.
 */
import { type Bytes, readU32, u32 } from '../bytes.ts'
import { lp } from './kdf.ts'
import { type Opened, opened } from './refusal.ts'
import { sign, verify } from './sign.ts'
import { CASE_BYTES, read, SIGNATURE_BYTES, write } from './wire.ts'

const REASONS = ['ended', 'left', 'shift-over', 'abuse'] as const
export type CloseReason = (typeof REASONS)[number]

export type Close = { tag: Bytes; epoch: number; reason: CloseReason; signature: Bytes }

const signedBytes = (caseId: Bytes, epoch: number, reason: CloseReason): Bytes => lp('h1 close', caseId, epoch, reason)
const written = (tag: Bytes, epoch: number, reason: CloseReason, signature: Bytes): Bytes =>
  write(tag, u32(epoch), Uint8Array.of(REASONS.indexOf(reason)), signature)

export const closeByVisitor = (tag: Bytes, epoch: number): Bytes => written(tag, epoch, 'left', new Uint8Array(0))

type Closing = { caseId: Bytes; tag: Bytes; epoch: number; reason: CloseReason; signWith: CryptoKey }

export const closeByCounsellor = async ({ caseId, tag, epoch, reason, signWith }: Closing): Promise<Bytes> =>
  written(tag, epoch, reason, await sign(signWith, signedBytes(caseId, epoch, reason)))

export function readClose(bytes: Uint8Array): Opened<Close> {
  const pieces = read(bytes, { tag: CASE_BYTES, epoch: 4, reason: 1, signature: [0, SIGNATURE_BYTES] })
  if (!pieces.ok) return pieces
  const { tag, epoch, reason, signature } = pieces.value
  // A reason of a newer desk still ends the talk.
  return opened({ tag, epoch: readU32(epoch), reason: REASONS[reason[0] ?? 0] ?? 'ended', signature })
}

/** Whether the shift of `sigPub` really ended it. */
export const isClosedBy = (sigPub: Bytes, caseId: Bytes, { epoch, reason, signature }: Close): Promise<boolean> =>
  verify(sigPub, signedBytes(caseId, epoch, reason), signature)
