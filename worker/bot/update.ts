/**
 * What Telegram delivers, as one of a few things it may mean here. Anything may stand in an update; nothing of it throws, and
 * only what is needed goes further: no name, no username, no photo leaves this file.
 */
import { isStop } from '../../guide/stop.ts'

/** More than any place's name or word that leaves. */
const READ_CHARACTERS = 200

/** Bot API: callback_data is 1–64 bytes. */
const DATA_CHARACTERS = 64

type In = { update: number; chat: number }

export type Said =
  /** A button; `message` is the one it stands under. */
  | (In & { kind: 'tap'; callback: string; message: number; data: string })
  /** Typed words, commands among them. `tongue` is the language of her Telegram. */
  | (In & { kind: 'words'; message: number; text: string; tongue: string | null })
  /** A photo, a voice, a contact, a location: not asked for, not kept. */
  | (In & { kind: 'unasked'; message: number })
  /** She blocked the bot. */
  | (In & { kind: 'gone' })
  /** A group or a channel: not a place for this. */
  | (In & { kind: 'group' })

/** @returns null for whatever is of no concern here */
export function readUpdate(update: unknown): Said | null {
  const number = integer(field(update, 'update_id'))
  if (number === null) return null
  const message = field(update, 'message') ?? field(update, 'edited_message')
  if (isRecord(message)) return readMessage(number, message)
  const query = field(update, 'callback_query')
  if (isRecord(query)) return readTap(number, query)
  const post = field(update, 'channel_post') ?? field(update, 'edited_channel_post')
  if (isRecord(post)) return elsewhere(number, post)
  const member = field(update, 'my_chat_member')
  return isRecord(member) ? readMember(number, member) : null
}

function readMessage(update: number, message: Fields): Said | null {
  const id = integer(message.message_id)
  const chat = privateChat(message)
  if (chat === null || id === null) return elsewhere(update, message)
  if (field(message.from, 'is_bot') === true) return null
  const caption = words(message.caption)
  // Under a photo only the word that leaves is read.
  const text = words(message.text) ?? (caption !== null && isStop(caption) ? caption : null)
  if (text !== null) return { kind: 'words', update, chat, message: id, text, tongue: words(field(message.from, 'language_code')) }
  return UNASKED.some((content) => message[content] !== undefined) ? { kind: 'unasked', update, chat, message: id } : null
}

function readTap(update: number, query: Fields): Said | null {
  const message = isRecord(query.message) ? query.message : {}
  const [chat, id] = [privateChat(message), integer(message.message_id)]
  if (chat === null || id === null || typeof query.id !== 'string') return null
  const data = typeof query.data === 'string' ? query.data.slice(0, DATA_CHARACTERS) : ''
  return { kind: 'tap', update, chat, callback: query.id.slice(0, DATA_CHARACTERS), message: id, data }
}

function readMember(update: number, member: Fields): Said | null {
  const status = field(member.new_chat_member, 'status')
  const left = status === 'kicked' || status === 'left'
  const chat = privateChat(member)
  if (chat !== null) return left ? { kind: 'gone', update, chat } : null
  return left ? null : elsewhere(update, member)
}

function elsewhere(update: number, from: Fields): Said | null {
  const id = integer(field(from.chat, 'id'))
  const type = field(from.chat, 'type')
  return id !== null && (type === 'group' || type === 'supergroup' || type === 'channel') ? { kind: 'group', update, chat: id } : null
}

/** Everything a person may send that is not words; service notes, such as a changed timer, are not among them. */
const UNASKED = [
  'animation',
  'audio',
  'checklist',
  'contact',
  'dice',
  'document',
  'game',
  'location',
  'paid_media',
  'photo',
  'poll',
  'sticker',
  'story',
  'venue',
  'video',
  'video_note',
  'voice',
  'users_shared',
  'chat_shared',
  'web_app_data',
]

type Fields = Record<string, unknown>

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

const field = (value: unknown, name: string): unknown => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined)

const integer = (value: unknown): number | null => (Number.isSafeInteger(value) ? (value as number) : null)

const words = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, READ_CHARACTERS) : null

const privateChat = (from: Fields): number | null => (field(from.chat, 'type') === 'private' ? integer(field(from.chat, 'id')) : null)
