/**
 * How the bot looks to whoever opens its chat, and where Telegram sends its updates: what it should be, what it is now, and the
 * calls that lead from one to the other. Names, descriptions and commands can be read over a shoulder, so none may tell.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tellingWord } from '../../guide/check/telling.ts'
import type { Organisation } from '../../schema/content.ts'
import { ContentError } from '../content/read.ts'
import { type Answer, type BotApi, call } from './api.ts'
import { ALLOWED_UPDATES, WEBHOOK_PATH } from './settings.ts'

/** Bot API: setMyName 0–64, setMyDescription 0–512, setMyShortDescription 0–120 characters; a command's description 1–256. */
const LIMITS = { name: 64, description: 512, short_description: 120, command: 256 } as const
/** Commands that the menu shows, in order, and under which key `bot.json` says what they do. The others work typed. */
const MENU = { start: 'commandStart', menu: 'commandMenu', language: 'commandLanguage', stop: 'commandStop' } as const
// SECURITY: few enough that a small database keeps up.
const MAX_CONNECTIONS = 20

type Command = { command: string; description: string }
/** `language` is '' for everybody whose language is none of ours. */
export type Face = { language: string; name: string; description: string; short_description: string; commands: Command[] }
export type Webhook = { url: string; max_connections: number; allowed_updates: string[] }
export type Wanted = { faces: Face[]; webhook: Webhook | null }

/** One difference: what it is, how it reads now and next, and the call that makes it so. */
export type Change = { what: string; now: string; next: string; method: string; params: Record<string, unknown> }

/** Telegram said no; the message says to what. */
export class Refused extends Error {
  readonly answer: Exclude<Answer<unknown>, { ok: true }>
  constructor(method: string, answer: Exclude<Answer<unknown>, { ok: true }>) {
    super(`${method}: ${answer.code} ${answer.description}`)
    this.answer = answer
  }
}

type BotWords = Partial<Record<(typeof MENU)[keyof typeof MENU] | 'about' | 'aboutShort', string>>

/** @throws ContentError */
function wordsOf(root: string, language: string): BotWords {
  const name = `locales/${language}/bot.json`
  if (!existsSync(join(root, name))) return {}
  try {
    return JSON.parse(readFileSync(join(root, name), 'utf8')) as BotWords
  } catch {
    throw new ContentError(`${name} is no JSON: check quotes, commas and brackets.`)
  }
}

// Bot API: language_code is a two-letter ISO 639-1 code; another script of a language has none.
const isOfTelegram = (language: string): boolean => /^[a-z]{2}$/.test(language)

/** What the chat should show, from `organisation.toml` and `locales/<language>/bot.json`; a language that lags shows the default one's. */
export function wanted(root: string, organisation: Organisation): Wanted {
  const { languages, default_language: first, neutral_name, site } = organisation
  const faceOf = (language: string, shown: string): Face => {
    const words = { ...wordsOf(root, first), ...wordsOf(root, shown) }
    return {
      language,
      name: neutral_name,
      description: words.about ?? '',
      short_description: words.aboutShort ?? '',
      commands: Object.entries(MENU).flatMap(([command, key]) => (words[key] ? [{ command, description: words[key] }] : [])),
    }
  }
  const [address] = site
  return {
    faces: [faceOf('', first), ...languages.filter(isOfTelegram).map((language) => faceOf(language, language))],
    webhook:
      address === undefined
        ? null
        : { url: `${new URL(address).origin}${WEBHOOK_PATH}`, max_connections: MAX_CONNECTIONS, allowed_updates: [...ALLOWED_UPDATES] },
  }
}

/** Sentences for what must not be published: words that tell, texts that Telegram would refuse, commands without words. */
export function faultsOf({ faces, webhook }: Wanted, username: string): string[] {
  const faults: string[] = []
  const look = (where: string, text: string, most: number) => {
    const word = tellingWord(text)
    if (word !== null)
      faults.push(`${where} holds "${word}", which others may read. Choose a word that says nothing of what this is about.`)
    if (text.length > most) faults.push(`${where} has ${text.length} characters; Telegram takes ${most}.`)
  }
  for (const { language, name, description, short_description, commands } of faces) {
    const at = language || 'all other languages'
    look(`The name (${at})`, name, LIMITS.name)
    look(`The description (${at})`, description, LIMITS.description)
    look(`The short description (${at})`, short_description, LIMITS.short_description)
    for (const { command, description: text } of commands) look(`/${command} (${at})`, `${command} ${text}`, LIMITS.command)
    const missing = Object.keys(MENU).filter((command) => !commands.some((one) => one.command === command))
    if (missing.length > 0) faults.push(`${at}: locales/*/bot.json has no words for ${missing.map((one) => `/${one}`).join(', ')}.`)
  }
  look('The bot’s username', username, 32)
  if (webhook !== null) look('The webhook’s address', webhook.url, 2048)
  return faults
}

/** @throws Refused, Unreachable */
export async function ask<T>(api: BotApi, method: string, params: object = {}): Promise<T> {
  const answer = await call<T>(api, method, params, AbortSignal.timeout(30_000))
  if (!answer.ok) throw new Refused(method, answer)
  return answer.result
}

export type WebhookNow = {
  url: string
  max_connections?: number
  allowed_updates?: string[]
  pending_update_count?: number
  last_error_message?: string
}

/** What differs between how it is and how it should be, in the order in which it is set. @throws Refused, Unreachable */
export async function changes(api: BotApi, { faces, webhook }: Wanted, secret: string): Promise<Change[]> {
  const list: Change[] = []
  for (const face of faces) for (const change of await faceChanges(api, face)) list.push(change)
  if (webhook === null) return list
  const now = await ask<WebhookNow>(api, 'getWebhookInfo')
  list.push({
    what: 'webhook',
    now: now.url === '' ? '' : webhookLine(now),
    // Telegram never shows the secret again, so whether it is still ours cannot be known.
    next: `${webhookLine(webhook)}, secret set anew`,
    method: 'setWebhook',
    params: { ...webhook, secret_token: secret },
  })
  return list
}

const webhookLine = ({ url, max_connections, allowed_updates = [] }: WebhookNow): string =>
  `${url}, up to ${max_connections ?? 40} at once, ${allowed_updates.length === 0 ? 'all kinds of updates' : allowed_updates.join(' ')}`

async function faceChanges(api: BotApi, face: Face): Promise<Change[]> {
  const where = face.language === '' ? {} : { language_code: face.language }
  const label = face.language === '' ? 'everyone else' : face.language
  const now = {
    name: (await ask<{ name: string }>(api, 'getMyName', where)).name,
    description: (await ask<{ description: string }>(api, 'getMyDescription', where)).description,
    short_description: (await ask<{ short_description: string }>(api, 'getMyShortDescription', where)).short_description,
    commands: await ask<Command[]>(api, 'getMyCommands', where),
  }
  const list: Change[] = []
  const texts = { name: 'setMyName', description: 'setMyDescription', short_description: 'setMyShortDescription' } as const
  for (const [field, method] of Object.entries(texts) as [keyof typeof texts, string][])
    if (now[field] !== face[field])
      list.push({
        what: `${field.replace('_', ' ')} (${label})`,
        now: now[field],
        next: face[field],
        method,
        params: { [field]: face[field], ...where },
      })
  const line = (commands: Command[]) => commands.map(({ command, description }) => `/${command} ${description}`).join(' · ')
  if (line(now.commands) !== line(face.commands))
    list.push({
      what: `commands (${label})`,
      now: line(now.commands),
      next: line(face.commands),
      method: 'setMyCommands',
      params: { commands: face.commands, ...where },
    })
  return list
}
