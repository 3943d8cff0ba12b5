/**
 * One counsellor's part of a talk. Its root comes from a secret that only this counsellor sealed to the visitor, salted with `next` of the
 * epoch before: who knew the talk before cannot read on, who reads on cannot read what was before.
 */
import type { Bytes } from '../bytes.ts'
import { kdf } from './kdf.ts'

/** `toCounsellor` and `toVisitor` begin the two chains; `next` is what a transfer hands on. 32 bytes each. */
export type EpochKeys = { epoch: number; toCounsellor: Bytes; toVisitor: Bytes; next: Bytes }

export async function epochKeys(secret: Bytes, salt: Bytes, caseId: Bytes, epoch: number): Promise<EpochKeys> {
  const root = await kdf(secret, salt, `h1 epoch ${epoch}`)
  const [toCounsellor, toVisitor, next] = await Promise.all([
    kdf(root, caseId, 'h1 v2c'),
    kdf(root, caseId, 'h1 c2v'),
    kdf(root, caseId, 'h1 next'),
  ])
  root.fill(0)
  return { epoch, toCounsellor, toVisitor, next }
}

/** Overwrites what this program holds of an epoch. */
export function forget({ toCounsellor, toVisitor, next }: EpochKeys): void {
  for (const key of [toCounsellor, toVisitor, next]) key.fill(0)
}
