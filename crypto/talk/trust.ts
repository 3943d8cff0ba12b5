/** What a build believes, from the text that stands in it. */
import { fromBase64url } from '../bytes.ts'
import type { Trust } from './roster.ts'
import { PUBLIC_BYTES } from './wire.ts'

export type TrustText = { org: string; roots: readonly string[]; needed: number; floor: number }

/** A root that is none is left out: then too few can sign, and nobody is believed. */
export const trustFrom = ({ org, roots, needed, floor }: TrustText): Trust => ({
  org,
  roots: roots.map(fromBase64url).filter((root) => root?.length === PUBLIC_BYTES) as Trust['roots'],
  needed,
  floor,
})
