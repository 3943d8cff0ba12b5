/** Token and secret: from the environment, else from `.dev.vars`, which is never committed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { type BotApi, TELEGRAM } from './api.ts'

export type Settings = { api: BotApi | null; secret: string | null }

/** What Telegram sends us, and nothing else: others never reach the Worker. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** Where the Worker takes them. */
export const WEBHOOK_PATH = '/u'

export function readSettings(root: string, env: NodeJS.ProcessEnv = process.env): Settings {
  const file = join(root, '.dev.vars')
  const vars: NodeJS.Dict<string> = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...env }
  const token = vars.BOT_TOKEN?.trim()
  const secret = vars.BOT_SECRET?.trim()
  return {
    api: token ? { token, root: (vars.TG_API_ROOT?.trim() || TELEGRAM).replace(/\/+$/, '') } : null,
    secret: secret || null,
  }
}

// Bot API, setWebhook: secret_token is 1–256 characters of A-Z, a-z, 0-9, _ and -; ours is long enough not to be guessed.
export const isSecret = (secret: string): boolean => /^[A-Za-z0-9_-]{32,256}$/.test(secret)
