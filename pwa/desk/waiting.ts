/** One who waits: reading her first words, and taking her talk. What is read here counts as a look; nothing of it is kept after the shift. */
import { type Bytes, bytesOf, toBase64url } from '../../crypto/bytes.ts'
import { makeAccept } from '../../crypto/talk/accept.ts'
import { peek, readRequest } from '../../crypto/talk/request.ts'
import { openTransfer, readTransfer } from '../../crypto/talk/transfer.ts'
import type { Peeked, SignedDeskAsk, Waiting } from '../../schema/desk-api.ts'
import { type FirstWords, readFirstWords } from '../../schema/said.ts'
import { type Answer, insist } from './server.ts'
import type { Shift } from './shift.ts'
import type { Accepted } from './talk.ts'

type Call = (ask: SignedDeskAsk) => Promise<Answer>

/** `first`: null when a colleague hands it on, or when her page writes in a way this desk does not know. */
export type Read = { tag: string; rev: number; epoch: number; caseId: Bytes; visitor: Bytes; salt: Bytes; first: FirstWords | null }

/**
 * `not-sealed-to-me`: her page did so before this shift began; it seals anew by itself within half a minute. `gone`: somebody has it, or
 * she left. `limit`: as many looks or talks as there may be. The others as the server says them.
 */
export type No = 'not-sealed-to-me' | 'gone' | 'limit' | 'on-break' | 'offline' | 'signed-out' | 'broken'

type Got<T> = { ok: true; value: T } | { ok: false; why: No }

const no = (why: No): { ok: false; why: No } => ({ ok: false, why })

const WHY: Record<string, No> = {
  limit: 'limit',
  'on-break': 'on-break',
  'signed-out': 'signed-out',
  offline: 'offline',
  unavailable: 'offline',
}
const whyOf = (answer: Answer & { ok: false }): No => WHY[answer.reason] ?? 'gone'

export async function look(call: Call, tag: string, shift: Shift): Promise<Got<Read>> {
  const answer = await insist(() => call({ ask: 'peek', tag }))
  if (!answer.ok) return no(whyOf(answer))
  return 'request' in answer ? open(answer, tag, shift) : no('broken')
}

async function open({ request: text, rev, epoch, transfer }: Peeked, tag: string, shift: Shift): Promise<Got<Read>> {
  const bytes = bytesOf(text)
  const request = readRequest(bytes)
  if (!request.ok) return no('broken')
  const { caseId, visitor } = request.value
  const at = { tag, rev, epoch, caseId, visitor }
  if (transfer !== null) {
    const frame = readTransfer(bytesOf(transfer))
    const salt = frame.ok ? await openTransfer(frame.value, caseId, visitor, shift.box) : frame
    return salt.ok ? { ok: true, value: { ...at, salt: salt.value, first: null } } : no('broken')
  }
  const seen = await peek(bytes, shift.roster.org, shift.shiftId, shift.box)
  if (!seen.ok) return no(seen.error.reason === 'not-for-me' ? 'not-sealed-to-me' : 'broken')
  return { ok: true, value: { ...at, salt: seen.value.next, first: readFirstWords(seen.value.words) } }
}

/** Exactly one desk gets it. A request that was sealed anew meanwhile is read again, once. */
export async function take(call: Call, who: Pick<Waiting, 'tag' | 'language'>, known: Read | null, shift: Shift): Promise<Got<Accepted>> {
  let read = known
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (read === null) {
      const looked = await look(call, who.tag, shift)
      if (!looked.ok) return looked
      read = looked.value
    }
    const { caseId, visitor, salt, rev, first } = read
    const epoch = read.epoch + 1
    const made = await makeAccept({ caseId, visitor, salt, epoch, shiftId: shift.shiftId, signWith: shift.signing.privateKey })
    if (!made.ok) return no('broken')
    const accept = toBase64url(made.value.bytes)
    const answer = await insist(() => call({ ask: 'accept', tag: who.tag, rev, accept }))
    if (answer.ok)
      return { ok: true, value: { tag: bytesOf(who.tag), caseId, visitor, language: who.language, first, keys: made.value.keys } }
    if (answer.reason !== 'changed') return no(whyOf(answer))
    read = null
  }
  return no('gone')
}
