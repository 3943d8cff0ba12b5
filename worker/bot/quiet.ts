/** Hides the live message of chats that have been quiet, and drops their rows. */
import { dropQuiet, quietChats, type Row } from '../store/chat.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import type { Outbox } from './outbox.ts'
import type { Vault } from './session.ts'

/** Telegram takes about 30 calls a second from a bot. */
const AT_ONCE = 25
const ROUNDS = 8

type Surroundings = { db: D1Database; vault: Vault; out: Pick<Outbox, 'remove'>; now: EpochSeconds }

/** What could not be hidden now is found again the next time, until its row has expired. */
export async function hideQuiet(surroundings: Surroundings): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await quietChats(surroundings.db, surroundings.now, AT_ONCE)
    const hidden = await Promise.all(rows.map((row) => hide(surroundings, row)))
    if (rows.length < AT_ONCE || hidden.includes(false)) return
  }
}

async function hide({ db, vault, out, now }: Surroundings, row: Row): Promise<boolean> {
  const session = await vault.open(row, now)
  const messages = session === null ? [] : [...session.leftover, ...(session.live === null ? [] : [session.live])]
  if (session !== null && messages.length > 0) {
    const removed = await out.remove(session.chat, messages)
    if (!removed.ok && removed.reason === 'failed') return false
  }
  await dropQuiet(db, row, now)
  return true
}
