/** What each method does to the world. The fields were checked before; these refuse only what the state forbids. */
import { isDeepStrictEqual } from 'node:util'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { MethodName } from '../../scripts/bot-schema.ts'
import { readText } from './rules.ts'
import type { Params } from './schema.ts'
import { badRequest, DELETE_MS, Refusal, type Room, type Stored, shown, TAP_MS, type World } from './world.ts'

export type Method = (world: World, params: Params) => unknown

function replyTo(room: Room, params: Params): Pick<Stored, 'replyTo'> | undefined {
  const reply = params.reply_parameters as { message_id?: number; allow_sending_without_reply?: boolean } | undefined
  if (!reply) return undefined
  const found = room.messages.get(reply.message_id ?? 0)
  if (found && !found.deleted) return { replyTo: found }
  if (reply.allow_sending_without_reply) return undefined
  throw badRequest('message to be replied not found')
}

function send(world: World, params: Params, fields: Partial<Stored>): unknown {
  const room = world.openRoom(params.chat_id)
  const markup = params.reply_markup as Record<string, unknown> | undefined
  const stored = world.put(room, world.me, {
    ...fields,
    ...replyTo(room, params),
    ...(markup && 'inline_keyboard' in markup ? { markup: markup as unknown as InlineKeyboardMarkup } : {}),
    silent: params.disable_notification === true,
    protected: params.protect_content === true,
    previewOff: (params.link_preview_options as { is_disabled?: boolean } | undefined)?.is_disabled === true,
  })
  if (markup && ('keyboard' in markup || 'remove_keyboard' in markup)) world.keyboards.set(room, markup.keyboard ? markup : undefined)
  return shown(stored)
}

/** The bot's own message that an edit means. */
function editable(world: World, params: Params): Stored {
  if (params.inline_message_id !== undefined) throw new Refusal(501, 'Not Implemented: inline messages')
  const stored = world.openRoom(params.chat_id).messages.get(Number(params.message_id))
  if (!stored || stored.deleted) throw badRequest('message to edit not found')
  if (stored.from.id !== world.me.id) throw badRequest("message can't be edited")
  return stored
}

function edit(
  world: World,
  stored: Stored,
  change: Omit<Partial<Stored>, 'markup'> & { markup: InlineKeyboardMarkup | undefined },
): unknown {
  const { markup, ...rest } = change
  const next = { text: stored.text, entities: stored.entities, ...rest, rows: markup?.inline_keyboard ?? [] }
  const before = { text: stored.text, entities: stored.entities, rows: stored.markup?.inline_keyboard ?? [] }
  const { text, entities, rows } = next
  if (isDeepStrictEqual({ text, entities, rows }, before))
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  Object.assign(stored, rest, { editedAt: world.clock.now() })
  if (rows.length && markup) stored.markup = markup
  else delete stored.markup
  return shown(stored)
}

function remove(world: World, room: Room, ids: number[], skipMissing: boolean): true {
  const found = ids.map((id) => room.messages.get(id)).filter((stored) => stored && !stored.deleted) as Stored[]
  if (!skipMissing && !found.length) throw badRequest('message to delete not found')
  for (const stored of found) {
    if (room.chat.type !== 'private' && stored.from.id !== world.me.id) throw badRequest("message can't be deleted")
    if (world.clock.now() - stored.at >= DELETE_MS) throw badRequest("message can't be deleted for everyone")
  }
  for (const stored of found) stored.deleted = true
  return true
}

function answerCallbackQuery(world: World, params: Params): true {
  const tap = world.taps.get(String(params.callback_query_id))
  if (!tap || tap.answer || world.clock.now() - tap.at > TAP_MS)
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  const { text, show_alert, url } = params as { text?: string; show_alert?: boolean; url?: string }
  tap.answer = { ...(text ? { text } : {}), ...(show_alert ? { show_alert } : {}), ...(url ? { url } : {}) }
  return true
}

export const METHODS: Partial<Record<MethodName, Method>> = {
  getMe: (world) => ({
    ...world.me,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  }),
  sendMessage: (world, params) => send(world, params, readText('sendMessage', params).read),
  sendLocation: (world, params) => {
    const { latitude, longitude, horizontal_accuracy } = params
    return send(world, params, { extra: { location: { latitude, longitude, ...(horizontal_accuracy ? { horizontal_accuracy } : {}) } } })
  },
  sendVenue: (world, params) => {
    const { latitude, longitude, title, address } = params
    const location = { latitude, longitude }
    return send(world, params, { extra: { venue: { location, title, address }, location } })
  },
  editMessageText: (world, params) => {
    const stored = editable(world, params)
    if (!stored.text) throw badRequest('there is no text in the message to edit')
    const off = params.link_preview_options as { is_disabled?: boolean } | undefined
    return edit(world, stored, {
      ...readText('editMessageText', params).read,
      ...(off ? { previewOff: off.is_disabled === true } : {}),
      markup: params.reply_markup as InlineKeyboardMarkup | undefined,
    })
  },
  editMessageReplyMarkup: (world, params) =>
    edit(world, editable(world, params), { markup: params.reply_markup as InlineKeyboardMarkup | undefined }),
  deleteMessage: (world, params) => remove(world, world.room(params.chat_id), [Number(params.message_id)], false),
  deleteMessages: (world, params) => remove(world, world.room(params.chat_id), params.message_ids as number[], true),
  answerCallbackQuery,
  sendChatAction: (world, params) => {
    const { chat } = world.openRoom(params.chat_id)
    world.actions.push({ chat: chat.id, action: String(params.action), at: world.clock.now() })
    return true
  },
  leaveChat: (world, params) => {
    const room = world.openRoom(params.chat_id)
    if (room.chat.type === 'private') throw badRequest("chat member status can't be changed in private chats")
    room.bot = 'left'
    return true
  },
}
