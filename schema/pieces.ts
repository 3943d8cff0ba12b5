/** What asks are made of: bytes of a known length as base64url without padding, counts, and what both a visitor and a desk name in theirs. */
import * as v from 'valibot'

/** base64url of exactly so many bytes. */
export const bytes = (...lengths: number[]) => {
  const texts = lengths.map((length) => Math.ceil((length * 4) / 3))
  return v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]*$/),
    v.check((text) => texts.includes(text.length)),
  )
}
export const blob = (most: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(Math.ceil((most * 4) / 3)))
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))

/** Which talk, on the wire: `caseTag(caseId)`. */
export const Tag = bytes(16)
/** Frames of the line as `line.ts` writes them, for who has no WebSocket. */
export const Frames = v.pipe(v.array(blob(8300)), v.maxLength(16))
