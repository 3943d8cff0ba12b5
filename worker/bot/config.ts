/** What the bot needs from its surroundings, and a sentence for whoever runs it when something is missing. */
import { utf8 } from '../../crypto/bytes.ts'
import { type KeyRing, ringFromJson } from '../../crypto/keyring.ts'
import { macKey } from '../../crypto/tag.ts'
import { fail, ok, type Result } from '../../schema/result.ts'
import { storedRing } from '../keys/stored-ring.ts'

/** Secrets of the Worker: none stands in a file of the repository. */
export type BotEnv = {
  /** From BotFather: `123456:AA…`. */
  BOT_TOKEN?: string
  /** What Telegram sends with each update; Bot API: 1–256 of `A-Za-z0-9_-`, here 32 at least. */
  BOT_SECRET?: string
  /** Keys of the days, where a file keeps them (`npm start`); see `crypto/keyring.ts`. */
  BOT_KEYS?: string
  /** Keys of the days, where the key keeper does. */
  DAY_KEYS?: SecretsStoreSecret
  /** Another server that speaks the Bot API, such as one's own or a stand-in. */
  TG_API_ROOT?: string
}

export type BotConfig = {
  token: string
  secret: string
  ring: KeyRing
  /** Names updates and picks the line of a chat; signs buttons. Lives as long as the secret, so that old buttons work on. */
  key: CryptoKey
  apiRoot: string | undefined
}

export type ConfigError = { reason: 'no-token' | 'no-secret' | 'weak-secret' | 'no-keys' | 'bad-root' }

export const CONFIG_HELP: Record<ConfigError['reason'], string> = {
  'no-token': 'BOT_TOKEN is not set, so there is no bot. Ask BotFather for a token and keep it as a secret of the Worker.',
  'no-secret': 'BOT_SECRET is not set: without it anybody could speak as Telegram, so the bot does not start.',
  'weak-secret': 'BOT_SECRET should be 32 to 256 of the characters A–Z, a–z, 0–9, "_" and "-".',
  'no-keys':
    'There are neither BOT_KEYS with keys of some day nor the secret DAY_KEYS, so nothing could be sealed and the bot does not start.',
  'bad-root': 'TG_API_ROOT should be an address that begins with https:// (or http://, for a server on this machine).',
}

const NAMES = ['BOT_TOKEN', 'BOT_SECRET', 'BOT_KEYS', 'TG_API_ROOT'] as const

/** What was made of the surroundings the last time: they hardly ever change while a Worker runs. */
let last: { of: BotEnv; made: Result<BotConfig, ConfigError> } | undefined

export async function botConfig(env: BotEnv): Promise<Result<BotConfig, ConfigError>> {
  if (last && NAMES.every((name) => last?.of[name] === env[name])) return last.made
  const of = Object.fromEntries(NAMES.map((name) => [name, env[name]]))
  const made = await make(env)
  last = { of, made }
  return made
}

async function make(env: BotEnv): Promise<Result<BotConfig, ConfigError>> {
  const { BOT_TOKEN: token, BOT_SECRET: secret, BOT_KEYS: keys, DAY_KEYS: stored, TG_API_ROOT: apiRoot } = env
  if (!token) return fail({ reason: 'no-token' })
  if (!secret) return fail({ reason: 'no-secret' })
  if (!/^[A-Za-z0-9_-]{32,256}$/.test(secret)) return fail({ reason: 'weak-secret' })
  const ring = keys === undefined && stored !== undefined ? storedRing(stored) : ringFromJson(keys ?? '')
  if (ring === null) return fail({ reason: 'no-keys' })
  if (apiRoot && !/^https?:\/\/\S+$/.test(apiRoot)) return fail({ reason: 'bad-root' })
  return ok({ token, secret, ring, key: await macKey(utf8(secret)), apiRoot: apiRoot || undefined })
}
