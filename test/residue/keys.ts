/** What opens, names or carries a talk, as far as anybody but the two pages can know it: what passed over the wire, what the other end holds, what comes from her code. */
import { fromBase64url } from '../../crypto/bytes.ts'
import { codeKeys, readCode } from '../../crypto/talk/code.ts'
import { ORG } from '../crypto/talk/people.ts'
import type { Desk } from '../worker/talk/ends.ts'
import type { Passed } from './front.ts'

export type Secret = { name: string; bytes: Uint8Array }

/** Shorter texts in an ask are words of the protocol. */
const LEAST_TEXT = 11

/** Longer things lie on a disk in pieces, if at all. */
const PIECE = 48
const PIECES = 4

/** Every text of bytes in an ask, and what named who opened a line. */
export function passedSecrets(passed: Passed[]): Secret[] {
  return passed.flatMap(({ path, sent, status }) => {
    if (status === 101) return cut(path, sent.split(',').at(-1)?.trim() ?? '')
    if (!sent.startsWith('{')) return []
    const found: Secret[] = []
    JSON.parse(sent, (name, value) => {
      if (typeof value === 'string') found.push(...cut(name, value))
      return value
    })
    return found
  })
}

function cut(name: string, text: string): Secret[] {
  const bytes = text.length < LEAST_TEXT ? null : fromBase64url(text)
  if (bytes === null) return []
  const step = Math.max(PIECE, Math.floor(bytes.length / PIECES))
  return Array.from({ length: Math.ceil(bytes.length / step) }, (_, n) => bytes.slice(n * step, n * step + PIECE)).flatMap((piece) =>
    piece.length < 8 || piece.every((byte) => byte === 0) ? [] : [{ name, bytes: piece }],
  )
}

/** What both ends derived alike, and the frames that carried what she said. */
export function endSecrets({ caseId, visitor, epochKeys, frames }: Desk): Secret[] {
  if (epochKeys === null) throw new Error('nothing was accepted')
  const { toCounsellor, toVisitor, next } = epochKeys
  return [
    ...Object.entries({ caseId, visitor, toCounsellor, toVisitor, next }).map(([name, bytes]) => ({ name, bytes })),
    // After what names talk and message, which is much alike in all.
    ...frames.flatMap(({ kind, payload }) => (kind === 'message' ? [{ name: 'frame', bytes: payload.slice(-PIECE) }] : [])),
  ]
}

export async function codeSecrets(code: string): Promise<Secret[]> {
  const { locator, auth, capsule, box } = await codeKeys(readCode(code) ?? '', ORG)
  return Object.entries({ locator, auth, capsule, box }).map(([name, bytes]) => ({ name, bytes }))
}
