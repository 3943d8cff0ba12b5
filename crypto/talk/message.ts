/**
 * One message, and the acknowledgement of messages.
 *
 * Message: `version (1) ‖ suite (1) ‖ tag (16) ‖ epoch (4) ‖ direction (1) ‖ number (4) ‖ sealed (528, 2,064 or 8,208)`.
 * Ack: `version (1) ‖ suite (1) ‖ tag (16) ‖ epoch (4) ‖ direction (1) ‖ number (4)`: everything up to this number arrived.
 */
import { type Bytes, readU32, u32 } from '../bytes.ts'
import { KEY_AND_NONCE, kdf, lp } from './kdf.ts'
import { SEALED_SIZES } from './padding.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { CASE_BYTES, read, write } from './wire.ts'

/** Which way a message goes. The names are part of what is sealed; the numbers stand on the wire. */
export type Direction = 'v2c' | 'c2v'

const CODES: Record<Direction, number> = { v2c: 0, c2v: 1 }

const LAYOUT = { tag: CASE_BYTES, epoch: 4, direction: 1, n: 4 }

export type Numbered = { tag: Bytes; epoch: number; direction: Direction; n: number }

const head = ({ tag, epoch, direction, n }: Numbered): Bytes[] => [tag, u32(epoch), Uint8Array.of(CODES[direction]), u32(n)]

function numbered(pieces: Record<keyof typeof LAYOUT, Bytes>): Numbered | null {
  const code = pieces.direction[0]
  const direction = code === CODES.v2c ? 'v2c' : code === CODES.c2v ? 'c2v' : null
  return direction && { tag: pieces.tag, epoch: readU32(pieces.epoch), direction, n: readU32(pieces.n) }
}

export const writeMessage = (at: Numbered, sealed: Bytes): Bytes => write(...head(at), sealed)

export function readMessage(bytes: Uint8Array): Opened<Numbered & { sealed: Bytes }> {
  const pieces = read(bytes, { ...LAYOUT, sealed: SEALED_SIZES })
  if (!pieces.ok) return pieces
  const at = numbered(pieces.value)
  return at ? opened({ ...at, sealed: pieces.value.sealed }) : refuse('shape')
}

export const writeAck = (at: Numbered): Bytes => write(...head(at))

export function readAck(bytes: Uint8Array): Opened<Numbered> {
  const pieces = read(bytes, LAYOUT)
  if (!pieces.ok) return pieces
  const at = numbered(pieces.value)
  return at ? opened(at) : refuse('shape')
}

/** The key of one message, from the chain's key for it. */
export const messageKey = (key: Bytes, caseId: Bytes): Promise<Bytes> => kdf(key, caseId, 'h1 mk', KEY_AND_NONCE)

/** A message that was moved to another talk, epoch, direction or place does not open. */
export const messageAad = (caseId: Bytes, { epoch, direction, n }: Omit<Numbered, 'tag'>): Bytes =>
  lp('h1 msg', caseId, epoch, direction, n)
