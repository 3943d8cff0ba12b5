/** Hides the live message of chats that have been quiet, and drops their rows. One that Telegram does not remove becomes the safe screen. */
import { dropQuiet, quietChats, type Row } from '../store/chat.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { messageOf } from './message.ts'
import type { Outbox } from './outbox.ts'
import { emptied, standOf } from './reply.ts'
import type { Session, Vault } from './session.ts'

/** Telegram takes about 30 calls a second from a bot. */
const AT_ONCE = 25
const ROUNDS = 8

type Surroundings = { db: D1Database; key: CryptoKey; vault: Vault; out: Pick<Outbox, 'remove' | 'edit'>; now: EpochSeconds }

/** What could not be hidden now is found again the next time, until its row has expired. */
export async function hideQuiet(surroundings: Surroundings): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await quietChats(surroundings.db, surroundings.now, AT_ONCE)
    const hidden = await Promise.all(rows.map((row) => hide(surroundings, row)))
    if (rows.length < AT_ONCE || hidden.includes(false)) return
  }
}

async function hide(surroundings: Surroundings, row: Row): Promise<boolean> {
  const { db, vault, now } = surroundings
  const session = await vault.open(row, now)
  if (session !== null && !(await hideMessages(surroundings, session))) return false
  await dropQuiet(db, row, now)
  return true
}

/** @returns false when it may go the next time */
async function hideMessages({ key, out, now }: Surroundings, session: Session): Promise<boolean> {
  const { chat, live, leftover } = session
  const messages = live === null ? leftover : [...leftover, live]
  if (messages.length === 0) return true
  const removed = await out.remove(chat, messages)
  if (removed.ok || removed.reason !== 'refused' || live === null) return removed.ok || removed.reason !== 'failed'
  // Too old to be removed, but not to be emptied.
  const { text, keyboard } = await messageOf(emptied(standOf(session)), key, chat, now)
  const edited = await out.edit(chat, live, text, keyboard)
  return edited.ok || edited.reason !== 'failed'
}
