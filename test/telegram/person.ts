/** A person with the app in hand: writes, taps, sends things, blocks; and sees what is on the screen now. */
import type { BotCommand, Message, MessageEntity, Update, User } from 'grammy/types'
import type { Delivered, Delivery } from './delivery.ts'
import { photo, sticker, voice } from './media.ts'
import { commandsFor } from './settings.ts'
import { type Room, type Stored, shown, type Tap, type World } from './world.ts'

export type SeenButton = { label: string; data?: string; url?: string }
/** One message as the person sees it. */
export type Seen = {
  id: number
  mine: boolean
  text: string
  entities: MessageEntity[]
  buttons: SeenButton[][]
  /** Came without a sound. */
  silent: boolean
  /** Cannot be forwarded or saved. */
  protected: boolean
  /** A link in it is shown with a preview. */
  preview: boolean
  edited: boolean
  /** `location`, `venue`, `photo` and so on. */
  extra: Record<string, unknown>
}
/** What a tap came to: the words that popped up, the page that opened. */
export type Tapped = { delivered?: Delivered; answered: boolean; popup?: string; alert: boolean; opened?: string }
export type Where = { world: World; delivery: Delivery; room: Room; user: User; pace: number }

export class Person {
  user: User
  #where: Where

  constructor(where: Where) {
    this.#where = where
    this.user = where.user
  }

  /** The same person in another chat. */
  in(group: { room: Room }): Person {
    return new Person({ ...this.#where, room: group.room })
  }

  sends = (text: string): Promise<Delivered> => this.#message({ text, entities: commandsIn(text) })
  starts = (payload = ''): Promise<Delivered> => {
    if (!/^[A-Za-z0-9_-]{0,64}$/.test(payload)) throw new Error(`Telegram opens no link with the start parameter "${payload}"`)
    return this.#message({ text: payload ? `/start ${payload}` : '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] })
  }
  sendsPhoto = (caption?: string): Promise<Delivered> => this.#message({ extra: { photo: photo(), ...(caption ? { caption } : {}) } })
  sendsVoice = (seconds = 3): Promise<Delivered> => this.#message({ extra: { voice: voice(seconds) } })
  sendsSticker = (emoji = '👍'): Promise<Delivered> => this.#message({ extra: { sticker: sticker(emoji) } })
  sendsLocation = (latitude: number, longitude: number): Promise<Delivered> =>
    this.#message({ extra: { location: { latitude, longitude } } })
  sendsContact = (phone_number: string, first_name = this.user.first_name): Promise<Delivered> =>
    this.#message({ extra: { contact: { phone_number, first_name, user_id: this.user.id } } })
  /** Anything else a message may hold, in the words of the Bot API. */
  sendsOther = ({ text = '', entities = [], ...extra }: Partial<Message.TextMessage & Message>): Promise<Delivered> =>
    this.#message({ text, entities, extra: extra as Record<string, unknown> })

  edits(id: number, text: string): Promise<Delivered> {
    const { world, room } = this.#where
    const stored = room.messages.get(id)
    if (!stored || stored.deleted || stored.from.id !== this.user.id)
      throw new Error(`message ${id} is not ${this.user.first_name}'s to edit`)
    Object.assign(stored, { text, entities: commandsIn(text), editedAt: world.clock.now() })
    return this.#update({ edited_message: shown(stored) } as Partial<Update>)
  }

  /**
   * Presses a button, by its words or its data, on the newest message that has it, or on message `on`.
   * `stale`: the button is no longer there, but an old screen still shows it; then `button` is the data.
   */
  async taps(button: string, { on, stale = false }: { on?: number; stale?: boolean } = {}): Promise<Tapped> {
    const { world, room } = this.#where
    const fits = (shownButton: SeenButton) => shownButton.label === button || shownButton.data === button
    const seen = this.screen().filter(({ id }) => on === undefined || id === on)
    const message = seen.findLast(({ buttons }) => buttons.flat().some(fits))
    const found = message?.buttons.flat().find(fits)
    if (found?.url) return { answered: true, alert: false, opened: found.url }
    const data = found?.data ?? (stale ? button : undefined)
    if (data === undefined) throw new Error(`no button "${button}" on the screen:\n${this.drawn()}`)
    const stored = room.messages.get(message?.id ?? on ?? 0)
    const from = this.user
    const inaccessible = { chat: room.chat, message_id: on ?? 0, date: 0 as const }
    const query = {
      id: world.tapId(),
      from,
      message: stored && !stored.deleted ? shown(stored) : inaccessible,
      chat_instance: String(room.chat.id * 7 + 1),
      data,
    } as Tap['query']
    this.#where.world.clock.advance(this.#where.pace)
    const tap: Tap = { query, at: world.clock.now() }
    world.taps.set(query.id, tap)
    const delivered = await this.#update({ callback_query: query }, 0)
    const { text, show_alert = false, url } = tap.answer ?? {}
    const answered = tap.answer !== undefined
    return { delivered, answered, alert: show_alert, ...(text ? { popup: text } : {}), ...(url ? { opened: url } : {}) }
  }

  blocks = (): Promise<Delivered> => this.#turns('blocked')
  unblocks = (): Promise<Delivered> => this.#turns('member')

  /** All that is in the chat now, oldest first. */
  screen(): Seen[] {
    const there = [...this.#where.room.messages.values()].filter(({ deleted }) => !deleted)
    return there.map((stored) => seenBy(this.user, stored))
  }
  /** The newest message of the bot. */
  last(): Seen {
    const found = this.screen().findLast(({ mine }) => !mine)
    if (!found) throw new Error(`the bot wrote nothing to ${this.user.first_name}`)
    return found
  }
  /** The screen as text, for error messages. */
  drawn(): string {
    const rows = ({ buttons }: Seen) => buttons.map((row) => `\n  ${row.map(({ label }) => `[${label}]`).join(' ')}`).join('')
    const line = (seen: Seen) => `${seen.mine ? '>' : '<'} ${seen.text || Object.keys(seen.extra).join(', ')}${rows(seen)}`
    return this.screen().map(line).join('\n')
  }
  /** What the menu of commands offers in this person's language. */
  menu = (): BotCommand[] => commandsFor(this.#where.world, this.#where.room.chat, this.user.language_code)

  #message(fields: Partial<Stored>): Promise<Delivered> {
    const { world, room, pace } = this.#where
    if (room.bot === 'blocked') throw new Error(`${this.user.first_name} blocked the bot: unblock it first`)
    if (room.bot === 'new' && room.chat.type === 'private') room.bot = 'member'
    world.clock.advance(pace)
    const stored = world.put(room, this.user, fields)
    // Bots in groups see commands only, unless told otherwise.
    if (room.chat.type !== 'private' && !fields.entities?.length) return Promise.resolve({ statuses: [], taken: false, by: 'nobody' })
    return this.#update({ message: shown(stored) } as Partial<Update>, 0)
  }

  #turns(to: 'blocked' | 'member'): Promise<Delivered> {
    const { world, room } = this.#where
    if (room.chat.type !== 'private') throw new Error('a group does not block a bot, it kicks it')
    const status = (bot: Room['bot']) => ({
      user: world.me,
      ...(bot === 'blocked' ? { status: 'kicked', until_date: 0 } : { status: 'member' }),
    })
    const change = {
      chat: room.chat,
      from: this.user,
      date: world.clock.seconds(),
      old_chat_member: status(room.bot),
      new_chat_member: status(to),
    }
    room.bot = to
    return this.#update({ my_chat_member: change } as Partial<Update>)
  }

  #update(update: Partial<Update>, pace = this.#where.pace): Promise<Delivered> {
    const { world, delivery } = this.#where
    world.clock.advance(pace)
    return delivery.deliver({ update_id: world.updateId(), ...update } as Update)
  }
}

const commandsIn = (text: string): MessageEntity[] =>
  [...text.matchAll(/(?<=^|\s)\/\w{1,32}(@\w+)?/g)].map(({ index, 0: { length } }) => ({ type: 'bot_command', offset: index, length }))

function seenBy(user: User, stored: Stored): Seen {
  const { id, from, text, entities, markup, silent, previewOff, editedAt, extra } = stored
  const link = entities.some(({ type }) => type === 'text_link' || type === 'url') || /https?:\/\/|\bt\.me\//.test(text)
  const buttons = (markup?.inline_keyboard ?? []).map((row) =>
    row.map((button) => ({
      label: button.text,
      ...('callback_data' in button ? { data: button.callback_data } : {}),
      ...('url' in button ? { url: button.url } : {}),
    })),
  )
  const edited = editedAt !== undefined
  return {
    id,
    mine: from.id === user.id,
    text,
    entities,
    buttons,
    silent,
    protected: stored.protected,
    preview: link && !previewOff,
    edited,
    extra,
  }
}
