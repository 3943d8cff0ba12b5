/** The methods about the bot itself: commands, names, menu button, and the two ways to get updates. */
import type { BotCommand, Update } from 'grammy/types'
import type { MethodName } from '../../scripts/bot-schema.ts'
import type { Method } from './methods.ts'
import type { Params } from './schema.ts'
import { badRequest, Refusal, type World } from './world.ts'

/** One real wait of `getUpdates` at most, whatever the bot asks for: a test should not sit for 30 s. */
const POLL_MS = 250

type Kept = {
  commands: Map<string, BotCommand[]>
  texts: Map<string, string>
  menus: Map<number, unknown>
  polls: number
}
const kept = new WeakMap<World, Kept>()
const of = (world: World): Kept => {
  let found = kept.get(world)
  if (!found) kept.set(world, (found = { commands: new Map(), texts: new Map(), menus: new Map(), polls: 0 }))
  return found
}

type Scope = { type: string; chat_id?: number | string; user_id?: number }
const commandKey = (scope: unknown, language: unknown) => {
  const { type, chat_id = '', user_id = '' } = (scope as Scope | undefined) ?? { type: 'default' }
  return [type, chat_id, user_id, language ?? ''].join(' ')
}

/** What a person sees under the menu button: the narrowest scope first, their language before all languages. */
export function commandsFor(world: World, chat: { id: number; type: string }, language: string | undefined): BotCommand[] {
  const wide = chat.type === 'private' ? 'all_private_chats' : 'all_group_chats'
  for (const scope of [{ type: 'chat', chat_id: chat.id }, { type: wide }, { type: 'default' }])
    for (const code of language ? [language.slice(0, 2), ''] : ['']) {
      const found = of(world).commands.get(commandKey(scope, code))
      if (found?.length) return found
    }
  return []
}

const text = (what: string): Record<string, Method> => {
  const name = what.replace(/(^|_)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase())
  const key = (params: Params, code = params.language_code ?? '') => `${what} ${code}`
  return {
    [`setMy${name}`]: (world, params) => {
      of(world).texts.set(key(params), String(params[what] ?? ''))
      return true
    },
    [`getMy${name}`]: (world, params) => {
      const { texts } = of(world)
      return { [what]: texts.get(key(params)) || texts.get(key(params, '')) || (what === 'name' ? world.me.first_name : '') }
    },
  }
}

async function getUpdates(world: World, params: Params): Promise<Update[]> {
  if (world.webhook) {
    const words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    throw new Refusal(409, `Conflict: ${words}`)
  }
  const { offset = 0, limit = 100, timeout = 0, allowed_updates } = params as Record<string, number> & { allowed_updates?: string[] }
  if (allowed_updates) world.allowed = allowed_updates
  const mine = ++of(world).polls
  if (offset > 0) world.pending = world.pending.filter(({ update_id }) => update_id >= offset)
  else if (offset < 0) world.pending = world.pending.slice(offset)
  if (!world.pending.length && timeout > 0) await world.arrival(Math.min(timeout * 1000, POLL_MS))
  if (mine !== of(world).polls) {
    const words = 'terminated by other getUpdates request; make sure that only one bot instance is running'
    throw new Refusal(409, `Conflict: ${words}`)
  }
  return world.pending.slice(0, limit)
}

export const SETTINGS: Partial<Record<MethodName, Method>> = {
  ...text('name'),
  ...text('description'),
  ...text('short_description'),
  setMyCommands: (world, { scope, language_code, commands }) => {
    of(world).commands.set(commandKey(scope, language_code), commands as BotCommand[])
    return true
  },
  deleteMyCommands: (world, { scope, language_code }) => {
    of(world).commands.delete(commandKey(scope, language_code))
    return true
  },
  getMyCommands: (world, { scope, language_code }) => of(world).commands.get(commandKey(scope, language_code)) ?? [],
  setChatMenuButton: (world, { chat_id, menu_button }) => {
    if (chat_id !== undefined && world.room(chat_id).chat.type !== 'private') throw badRequest('chat must be private')
    of(world).menus.set(Number(chat_id ?? 0), menu_button ?? { type: 'default' })
    return true
  },
  getChatMenuButton: (world, { chat_id }) => {
    const { menus } = of(world)
    return menus.get(Number(chat_id ?? 0)) ?? menus.get(0) ?? { type: 'commands' }
  },
  setWebhook: (world, params) => {
    const { url, secret_token, max_connections, allowed_updates, drop_pending_updates } = params
    if (drop_pending_updates) world.pending = []
    if (allowed_updates) world.allowed = allowed_updates as string[]
    world.webhook = url
      ? { url: String(url), most: Number(max_connections ?? 40), ...(secret_token ? { secret: String(secret_token) } : {}) }
      : undefined
    return true
  },
  deleteWebhook: (world, { drop_pending_updates }) => {
    if (drop_pending_updates) world.pending = []
    world.webhook = undefined
    return true
  },
  getWebhookInfo: (world) => ({
    url: world.webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: world.pending.length,
    ...(world.webhook ? { max_connections: world.webhook.most } : {}),
    ...(world.webhook?.lastError
      ? { last_error_date: world.webhook.lastError.date, last_error_message: world.webhook.lastError.message }
      : {}),
    ...(world.allowed.length ? { allowed_updates: world.allowed } : {}),
  }),
  getUpdates,
}
