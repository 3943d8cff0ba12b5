/**
 * A counsellor takes a talk: a new epoch's secret, sealed to the visitor and signed by the shift.
 *
 * Layout: `version (1) ‖ suite (1) ‖ case (16) ‖ epoch (4) ‖ shift (16) ‖ box (113) ‖ signature (64)`.
 *
 * The server cannot make one (it has no shift's signing key), nor can who stole that key alone (the epoch is salted with what was in the
 * boxes).
 */
import { type Bytes, equal, random, readU32, u32 } from '../bytes.ts'
import { type EpochKeys, epochKeys } from './epoch.ts'
import { lp } from './kdf.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { sign, verify } from './sign.ts'
import { type BoxKeys, openBox, sealTo } from './suite.ts'
import { BOX_BYTES, CASE_BYTES, read, SHIFT_BYTES, SIGNATURE_BYTES, write } from './wire.ts'

type Named = { caseId: Bytes; epoch: number; shiftId: Bytes }

const boxInfo = ({ caseId, epoch, shiftId }: Named): Bytes => lp('h1 accept', caseId, epoch, shiftId)
const signedBytes = ({ caseId, epoch, shiftId }: Named, visitor: Bytes, box: Bytes): Bytes =>
  lp('h1 accept sig', caseId, epoch, shiftId, visitor, box.slice(0, 65), box.slice(65))

/** `salt`: `next` of a peek, or of the epoch before. `epoch`: one more than the talk's last, from 1. */
export type Accepting = Named & { visitor: Bytes; salt: Bytes; signWith: CryptoKey }

export async function makeAccept({ visitor, salt, signWith, ...named }: Accepting): Promise<Opened<{ bytes: Bytes; keys: EpochKeys }>> {
  const secret = random(32)
  const box = await sealTo(visitor, secret, boxInfo(named))
  if (!box.ok) return box
  const signature = await sign(signWith, signedBytes(named, visitor, box.value))
  const keys = await epochKeys(secret, salt, named.caseId, named.epoch)
  return opened({ bytes: write(named.caseId, u32(named.epoch), named.shiftId, box.value, signature), keys })
}

export type Accept = Named & { box: Bytes; signature: Bytes }

/** The visitor looks who it is from, to find that shift's certificate; nothing is believed yet. */
export function readAccept(bytes: Uint8Array): Opened<Accept> {
  const layout = { caseId: CASE_BYTES, epoch: 4, shiftId: SHIFT_BYTES, box: BOX_BYTES, signature: SIGNATURE_BYTES }
  const pieces = read(bytes, layout)
  return pieces.ok ? opened({ ...pieces.value, epoch: readU32(pieces.value.epoch) }) : pieces
}

/** Whether the shift of `sigPub` made this accept for this visitor's key: also what the server looks at before it stores one. */
export const isSignedBy = (sigPub: Bytes, accept: Accept, visitor: Bytes): Promise<boolean> =>
  verify(sigPub, signedBytes(accept, visitor, accept.box), accept.signature)

/** `sigPub`: from a certificate that was verified. `after`: the talk's last epoch, 0 before the first. */
export type Awaiting = { caseId: Bytes; visitor: BoxKeys; salt: Bytes; sigPub: Bytes; after: number }

export async function openAccept(accept: Accept, { caseId, visitor, salt, sigPub, after }: Awaiting): Promise<Opened<EpochKeys>> {
  if (!equal(accept.caseId, caseId)) return refuse('other-talk')
  if (accept.epoch <= after) return refuse('replayed')
  if (!(await isSignedBy(sigPub, accept, visitor.publicBytes))) return refuse('forged')
  const secret = await openBox(visitor, accept.box, boxInfo(accept))
  return secret.ok ? opened(await epochKeys(secret.value, salt, caseId, accept.epoch)) : secret
}
