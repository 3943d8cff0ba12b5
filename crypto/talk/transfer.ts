/**
 * A counsellor hands a talk on: only `next` of the epoch, sealed to the other shift, which then accepts the epoch after it.
 *
 * Layout: `version (1) ‖ suite (1) ‖ tag (16) ‖ epoch (4) ‖ to shift (16) ‖ box (113)`.
 */
import { type Bytes, readU32, u32 } from '../bytes.ts'
import { lp } from './kdf.ts'
import { type Opened, opened } from './refusal.ts'
import type { Addressee } from './request.ts'
import { type BoxKeys, openBox, sealTo } from './suite.ts'
import { BOX_BYTES, CASE_BYTES, read, SHIFT_BYTES, write } from './wire.ts'

type Handed = { caseId: Bytes; epoch: number }

const info = ({ caseId, epoch }: Handed, to: Bytes): Bytes => lp('h1 transfer', caseId, epoch, to)

/** @param visitor  her key's 65 bytes, bound in: `next` serves no other talk */
export async function makeTransfer(of: Handed & { tag: Bytes; next: Bytes; visitor: Bytes }, to: Addressee): Promise<Opened<Bytes>> {
  const box = await sealTo(to.kemPub, of.next, info(of, to.shiftId), of.visitor)
  return box.ok ? opened(write(of.tag, u32(of.epoch), to.shiftId, box.value)) : box
}

export type Transfer = { tag: Bytes; epoch: number; to: Bytes; box: Bytes }

export function readTransfer(bytes: Uint8Array): Opened<Transfer> {
  const pieces = read(bytes, { tag: CASE_BYTES, epoch: 4, to: SHIFT_BYTES, box: BOX_BYTES })
  return pieces.ok ? opened({ ...pieces.value, epoch: readU32(pieces.value.epoch) }) : pieces
}

/** @returns the salt of the next accept */
export const openTransfer = (transfer: Transfer, caseId: Bytes, visitor: Bytes, keys: BoxKeys): Promise<Opened<Bytes>> =>
  openBox(keys, transfer.box, info({ caseId, epoch: transfer.epoch }, transfer.to), visitor)
