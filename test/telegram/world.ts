/** What Telegram remembers: chats, messages, people, unanswered taps, the webhook, the time. No rules about calls, no network. */
import type { CallbackQuery, Chat, InlineKeyboardMarkup, Message, MessageEntity, Update, User } from 'grammy/types'

/** Telegram's "no": the code and the words of its answer. `theirs` when a person or the network did it, not a careless bot. */
export class Refusal extends Error {
  code: number
  theirs: boolean
  parameters: { retry_after?: number } | undefined
  constructor(code: number, description: string, { theirs = false, retryAfter = 0 } = {}) {
    super(description)
    this.code = code
    this.theirs = theirs
    this.parameters = retryAfter ? { retry_after: retryAfter } : undefined
  }
}
export const badRequest = (description: string) => new Refusal(400, `Bad Request: ${description}`)

/** Stands still until moved, so that 48 hours pass in a test; or runs from `start` when `real`. Milliseconds. */
export class Clock {
  #start: number
  #from = performance.now()
  #real: boolean
  constructor(start = Date.UTC(2026, 0, 15, 12), real = false) {
    this.#start = start
    this.#real = real
  }
  now(): number {
    return this.#start + (this.#real ? performance.now() - this.#from : 0)
  }
  seconds(): number {
    return Math.floor(this.now() / 1000)
  }
  advance(ms: number): void {
    this.#start += ms
  }
}

export type Stored = {
  id: number
  chat: Room
  from: User
  /** Milliseconds, so that 48 hours are exact. */
  at: number
  editedAt?: number
  text: string
  entities: MessageEntity[]
  markup?: InlineKeyboardMarkup
  silent: boolean
  protected: boolean
  previewOff: boolean
  deleted: boolean
  replyTo?: Stored
  /** What is not text: `photo`, `location`, `venue` and so on, as the Bot API shows it. */
  extra: Record<string, unknown>
}

/** A private chat with one person, or a group. */
export type Room = {
  chat: Chat
  /** `new`: a person who never pressed Start; `blocked`, `kicked`: the bot may not write. */
  bot: 'new' | 'member' | 'blocked' | 'kicked' | 'left'
  messages: Map<number, Stored>
}

export type Tap = { query: CallbackQuery; at: number; answer?: { text?: string; show_alert?: boolean; url?: string } }

export type Webhook = {
  url: string
  secret?: string
  most: number
  lastError?: { date: number; message: string }
}

/** Bot API: a message can only be deleted if it was sent less than 48 hours ago. */
export const DELETE_MS = 48 * 3_600_000
/** Telegram forgets a tap it got no answer to. */
export const TAP_MS = 15_000
/** Not sent unless asked for by name. */
const UNASKED = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

export class World {
  clock: Clock
  me: User & { is_bot: true; username: string }
  rooms = new Map<number, Room>()
  taps = new Map<string, Tap>()
  webhook: Webhook | undefined
  allowed: string[] = []
  /** Waiting for `getUpdates`, or given up by the webhook. */
  pending: Update[] = []
  /** The keyboard under the writing field, by chat. */
  keyboards = new Map<Room, Record<string, unknown> | undefined>()
  actions: { chat: number; action: string; at: number }[] = []
  #ids = { message: 100, update: 700_000_000, tap: 4_000_000_000 }
  #waiting = new Set<() => void>()

  constructor(clock: Clock, me: World['me']) {
    this.clock = clock
    this.me = me
  }

  updateId = (): number => ++this.#ids.update
  tapId = (): string => String(++this.#ids.tap)

  wants(update: Update): boolean {
    const kind = Object.keys(update).find((key) => key !== 'update_id') ?? ''
    return this.allowed.length ? this.allowed.includes(kind) : !UNASKED.has(kind)
  }

  keep(update: Update): void {
    this.pending.push(update)
    for (const wake of this.#waiting) wake()
  }
  /** Resolves at the next kept update, or after `ms` real milliseconds. */
  async arrival(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    let wake = () => {}
    await new Promise<void>((resolve) => {
      wake = resolve
      this.#waiting.add(wake)
      timer = setTimeout(resolve, ms)
    })
    clearTimeout(timer)
    this.#waiting.delete(wake)
  }

  /** The chat a call means; refuses what Telegram refuses. */
  room(id: unknown): Room {
    const number = typeof id === 'string' && /^-?\d+$/.test(id) ? Number(id) : id
    const room =
      typeof number === 'number'
        ? this.rooms.get(number)
        : [...this.rooms.values()].find(({ chat }) => chat.type !== 'private' && 'username' in chat && `@${chat.username}` === id)
    if (!room || (room.bot === 'new' && room.chat.type !== 'private')) throw badRequest('chat not found')
    return room
  }

  /** As `room`, for calls that need the bot to be let in. */
  openRoom(id: unknown): Room {
    const room = this.room(id)
    const group = room.chat.type === 'supergroup' ? 'supergroup chat' : 'group chat'
    if (room.bot === 'new') throw badRequest('chat not found')
    if (room.bot === 'blocked') throw new Refusal(403, 'Forbidden: bot was blocked by the user', { theirs: true })
    if (room.bot === 'kicked') throw new Refusal(403, `Forbidden: bot was kicked from the ${group}`, { theirs: true })
    if (room.bot === 'left') throw new Refusal(403, `Forbidden: bot is not a member of the ${group}`)
    return room
  }

  put(room: Room, from: User, fields: Partial<Stored>): Stored {
    const stored: Stored = {
      id: ++this.#ids.message,
      chat: room,
      from,
      at: this.clock.now(),
      text: '',
      entities: [],
      silent: false,
      protected: false,
      previewOff: false,
      deleted: false,
      extra: {},
      ...fields,
    }
    room.messages.set(stored.id, stored)
    return stored
  }
}

/** A message as the Bot API shows it. */
export function shown(stored: Stored, withReply = true): Message {
  const { id, chat, from, at, editedAt, text, entities, markup, extra, replyTo } = stored
  return {
    message_id: id,
    from,
    chat: chat.chat,
    date: Math.floor(at / 1000),
    ...(editedAt === undefined ? {} : { edit_date: Math.floor(editedAt / 1000) }),
    ...(text ? { text } : {}),
    ...(entities.length ? { entities } : {}),
    ...(markup ? { reply_markup: markup } : {}),
    ...(stored.protected ? { has_protected_content: true } : {}),
    ...(stored.previewOff ? { link_preview_options: { is_disabled: true } } : {}),
    ...(replyTo && withReply && !replyTo.deleted ? { reply_to_message: shown(replyTo, false) } : {}),
    ...extra,
  } as unknown as Message
}
