/** A screen as one message: its buttons signed for one chat. */

import { common } from '../books.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { writeData } from './data.ts'
import type { Keyboard } from './outbox.ts'
import { languages } from './reply.ts'
import { draw } from './screen.ts'
import type { Shown } from './shown.ts'

export type Message = { text: string; keyboard: Keyboard }

export async function messageOf(shown: Shown, key: CryptoKey, chat: number, now: EpochSeconds): Promise<Message> {
  const { text, rows } = draw(shown, languages, new Date(now * 1000))
  const button = async ({ label, ...data }: (typeof rows)[number][number]) => ({
    text: label,
    callback_data: await writeData(key, chat, common.codes, data),
  })
  return { text, keyboard: await Promise.all(rows.map((row) => Promise.all(row.map(button)))) }
}
