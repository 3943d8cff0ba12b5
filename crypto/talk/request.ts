/**
 * A visitor asks for a person: her first words, and the key to them in eight boxes.
 *
 * Layout: `version (1) ‖ suite (1) ‖ case (16) ‖ visitor's key (65) ‖ 8 × box (113) ‖ first words, sealed (528 or 2,064)`.
 *
 * There are always eight boxes, in random order and without a name on them; what is left over is sealed to keys that nobody has. So
 * neither the server nor its database can tell how many counsellors are asked, or who. Each of them tries all eight.
 */
import { type Bytes, fromUtf8, join, random, utf8 } from '../bytes.ts'
import { openOnce, sealOnce } from './gcm.ts'
import { KEY_AND_NONCE, kdf, lp } from './kdf.ts'
import { pad, unpad } from './padding.ts'
import { type Opened, opened, refuse } from './refusal.ts'
import { type BoxKeys, newBoxKeys, openBox, sealTo } from './suite.ts'
import { BOX_BYTES, CASE_BYTES, PUBLIC_BYTES, read, write } from './wire.ts'

export const BOXES = 8
const SECRET_BYTES = 32
const INTAKE_SIZES = [528, 2064]
/** First words may be this long, in bytes of UTF-8. */
export const LONGEST_INTAKE = 2044

/** Whom a box is for: the shift's name and its key, both from a certificate that was verified. */
export type Addressee = { shiftId: Bytes; kemPub: Bytes }

const boxInfo = (org: string, caseId: Bytes, shiftId: Bytes): Bytes => lp('h1 request', org, caseId, shiftId)
const intakeKey = (secret: Bytes, caseId: Bytes): Promise<Bytes> => kdf(secret, caseId, 'h1 intake', KEY_AND_NONCE)
const intakeAad = (caseId: Bytes, visitor: Bytes): Bytes => lp('h1 intake', caseId, visitor)
/** What the first epoch is salted with: only who opened a box knows it. */
const firstNext = (secret: Bytes, caseId: Bytes): Promise<Bytes> => kdf(secret, caseId, 'h1 next')

export type Ask = { org: string; caseId: Bytes; visitor: BoxKeys; words: string; to: readonly Addressee[] }

/**
 * @param ask.to  one to eight; a page that knows more chooses
 * @returns the request, and `next`, which the visitor keeps for the first accept
 */
export async function makeRequest({ org, caseId, visitor, words, to }: Ask): Promise<Opened<{ bytes: Bytes; next: Bytes }>> {
  if (to.length === 0 || to.length > BOXES) throw new RangeError('one to eight addressees')
  const text = utf8(words)
  const padded = text.length > LONGEST_INTAKE ? null : pad(text)
  if (padded === null) return refuse('shape')
  const secret = random(SECRET_BYTES)
  const boxes: Bytes[] = []
  for (const { shiftId, kemPub } of to) {
    const box = await sealTo(kemPub, secret, boxInfo(org, caseId, shiftId), visitor.publicBytes)
    if (!box.ok) return box
    boxes.push(box.value)
  }
  while (boxes.length < BOXES) {
    const nobody = await newBoxKeys()
    const box = await sealTo(nobody.publicBytes, random(SECRET_BYTES), boxInfo(org, caseId, random(16)), visitor.publicBytes)
    if (box.ok) boxes.push(box.value)
  }
  const intake = await sealOnce(await intakeKey(secret, caseId), intakeAad(caseId, visitor.publicBytes), padded)
  const bytes = write(caseId, visitor.publicBytes, ...shuffled(boxes), intake)
  return opened({ bytes, next: await firstNext(secret, caseId) })
}

export type Request = { caseId: Bytes; visitor: Bytes; boxes: Bytes; intake: Bytes }

/** What the server may check of a request: its layout. */
export const readRequest = (bytes: Uint8Array): Opened<Request> =>
  read(bytes, { caseId: CASE_BYTES, visitor: PUBLIC_BYTES, boxes: BOXES * BOX_BYTES, intake: INTAKE_SIZES })

export type Peeked = { words: string; next: Bytes; caseId: Bytes; visitor: Bytes }

/** A counsellor looks whether a request is meant for this shift, and reads it. */
export async function peek(bytes: Uint8Array, org: string, shiftId: Bytes, keys: BoxKeys): Promise<Opened<Peeked>> {
  const request = readRequest(bytes)
  if (!request.ok) return request
  const { caseId, visitor, boxes, intake } = request.value
  for (let at = 0; at < boxes.length; at += BOX_BYTES) {
    const box = await openBox(keys, boxes.slice(at, at + BOX_BYTES), boxInfo(org, caseId, shiftId), visitor)
    if (!box.ok) continue
    const padded = await openOnce(await intakeKey(box.value, caseId), intakeAad(caseId, visitor), intake)
    const text = padded.ok ? unpad(padded.value) : padded
    if (!text.ok) return text
    const words = fromUtf8(text.value)
    return words === null ? refuse('shape') : opened({ words, next: await firstNext(box.value, caseId), caseId, visitor })
  }
  return refuse('not-for-me')
}

/** A talk's name on the wire, from its id: what frames carry, and no key depends on. */
export const caseTag = (caseId: Bytes): Promise<Bytes> => kdf(caseId, join(), 'h1 tag', CASE_BYTES)

/** Fisher and Yates, with bytes nobody can foresee. Eight boxes: a byte modulo at most 8 is skewed by under 2 %, which tells nothing. */
function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list]
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = (random(1)[0] ?? 0) % (last + 1)
    ;[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T]
  }
  return mixed
}
