/** The limits of the Bot API that its types cannot say: lengths, bytes, "exactly one of", names, markup. Each cites Telegram's own words. */
import type { MessageEntity } from 'grammy/types'
import { parseHtml, trim } from './html.ts'
import type { Params, Problem } from './schema.ts'

/** A broken rule; `answer` is Telegram's description when it refuses the call, and missing when it lets the call pass. */
export type Broken = Problem & { answer?: string }
/** What a text becomes once its markup is read. */
export type Read = { text: string; entities: MessageEntity[] }
type Button = Record<string, unknown> & { text?: unknown }

// Bot API: InlineKeyboardButton, "exactly one of the fields other than text, icon_custom_emoji_id and style must be used"
const LOOKS = new Set(['text', 'icon_custom_emoji_id', 'style'])
const bytes = (text: string) => new TextEncoder().encode(text).length
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text of a call with its markup read; or what is wrong with it. Lengths are UTF-16 code units after reading, as the Bot API counts. */
export function readText(method: string, params: Params): { read: Read; broken: Broken[] } {
  const field = 'caption' in params ? 'caption' : 'text'
  const raw = params[field]
  const broken: Broken[] = []
  const add = (remedy: string, answer?: string) => broken.push({ field, remedy, ...(answer ? { answer } : {}) })
  let read: Read = { text: '', entities: [] }
  if (typeof raw === 'string' && params.parse_mode === 'HTML') {
    const parsed = parseHtml(raw)
    if ('error' in parsed) add(`${parsed.error}: close every tag in order, escape < > &`, `can't parse entities: ${parsed.error}`)
    else read = parsed
    if ('careless' in parsed) for (const remedy of parsed.careless) add(remedy)
  } else if (typeof raw === 'string') {
    if (params.parse_mode) broken.push({ field: 'parse_mode', remedy: 'only HTML is understood here, and only HTML is used' })
    const given = params[field === 'text' ? 'entities' : 'caption_entities']
    read = trim(raw, Array.isArray(given) ? (given as MessageEntity[]) : [])
  }
  if (broken.some(({ answer }) => answer)) return { read, broken }
  if (field === 'caption') {
    if (read.text.length > 1024) add('at most 1,024 characters after parsing', 'message caption is too long')
  } else if (!read.text) add('1 to 4,096 characters: it is empty', 'message text is empty')
  else if (read.text.length > 4096)
    add('1 to 4,096 characters after parsing', method === 'editMessageText' ? 'MESSAGE_TOO_LONG' : 'message is too long')
  return { read, broken }
}

/** Why Telegram refuses an address; '' when it would guess at it, undefined when it is good. */
function badUrl(url: string): string | undefined {
  const [, scheme, separator] = /^([a-z][a-z0-9+.-]*)(:\/\/|:)/i.exec(url) ?? []
  if (separator === '://' && !/^(https?|tg)$/i.test(scheme ?? '')) return 'Unsupported URL protocol'
  if (separator === ':' && !scheme?.includes('.'))
    return /^[a-z]+:[+\d]/i.test(url) ? 'Wrong port number specified in the URL' : 'Unsupported URL protocol'
  if (/\s/.test(url) || !URL.canParse(separator === '://' ? url : `http://${url}`)) return 'Wrong HTTP URL'
  return separator === '://' ? undefined : ''
}

export function markupRules(markup: unknown): Broken[] {
  if (!isRecord(markup)) return []
  const broken: Broken[] = []
  const rows = markup.inline_keyboard ?? markup.keyboard
  if (!Array.isArray(rows)) return broken
  const inline = 'inline_keyboard' in markup
  const where = `reply_markup.${inline ? 'inline_keyboard' : 'keyboard'}`
  if (rows.flat().length > 100) broken.push({ field: where, remedy: 'at most 100 buttons', answer: 'REPLY_MARKUP_TOO_LONG' })
  rows.forEach((row: unknown, r) => {
    if (!Array.isArray(row)) return
    if (row.length > 8) broken.push({ field: `${where}.${r}`, remedy: 'at most 8 buttons in a row' })
    row.forEach((button: Button, b) => {
      for (const wrong of inline && isRecord(button) ? buttonRules(button) : [])
        broken.push({ ...wrong, field: [where, r, b, wrong.field].filter((part) => part !== '').join('.') })
    })
  })
  return broken
}

function buttonRules(button: Button): Broken[] {
  const broken: Broken[] = []
  const uses = Object.keys(button).filter((key) => !LOOKS.has(key))
  if (!button.text) broken.push({ field: 'text', remedy: 'a button needs words', answer: 'BUTTON_TEXT_INVALID' })
  if (uses.length === 0) {
    const answer = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    broken.push({ field: '', remedy: 'one of url, callback_data, … is needed', answer })
  }
  if (uses.length > 1) broken.push({ field: '', remedy: `exactly one of ${uses.join(', ')}: Telegram takes one and drops the rest` })
  const { callback_data: data, url } = button
  if (typeof data === 'string' && (data === '' || bytes(data) > 64))
    broken.push({ field: 'callback_data', remedy: `1 to 64 bytes, not ${bytes(data)}`, answer: 'BUTTON_DATA_INVALID' })
  const why = typeof url === 'string' ? badUrl(url) : undefined
  if (why !== undefined) {
    const answer = why ? { answer: `inline keyboard button URL '${url}' is invalid: ${why}` } : {}
    broken.push({ field: 'url', remedy: 'only http, https and tg addresses: write a phone number into the text', ...answer })
  }
  return broken
}

type Rule = (params: Params) => Broken[]
const length = (field: string, most: number, answer: string, least = 0): Rule => {
  return ({ [field]: value }) =>
    typeof value === 'string' && (value.length > most || value.length < least)
      ? [{ field, remedy: `${least} to ${most.toLocaleString('en')} characters, not ${value.length}`, answer }]
      : []
}
const between = (field: string, least: number, most: number, answer?: string): Rule => {
  return ({ [field]: value }) =>
    typeof value === 'number' && (value < least || value > most)
      ? [{ field, remedy: `${least} to ${most}, not ${value}`, ...(answer ? { answer } : {}) }]
      : []
}
/** ISO 639-1, or empty for everyone else. */
const language: Rule = ({ language_code: code }) =>
  code === undefined || code === '' || /^[a-z]{2}$/.test(String(code))
    ? []
    : [{ field: 'language_code', remedy: 'two letters of ISO 639-1', answer: 'invalid language code specified' }]

const commands: Rule = ({ commands: list }) => {
  if (!Array.isArray(list)) return []
  const broken: Broken[] = []
  if (list.length > 100) broken.push({ field: 'commands', remedy: 'at most 100', answer: 'BOT_COMMANDS_TOO_MUCH' })
  list.forEach(({ command, description }, n) => {
    if (!/^[a-z0-9_]{1,32}$/.test(String(command)))
      broken.push({ field: `commands.${n}.command`, remedy: '1 to 32 of a-z, 0-9 and _', answer: 'BOT_COMMAND_INVALID' })
    if (typeof description === 'string' && (description.length < 1 || description.length > 256))
      broken.push({ field: `commands.${n}.description`, remedy: '1 to 256 characters', answer: 'BOT_COMMAND_DESCRIPTION_INVALID' })
  })
  return broken
}

const ids: Rule = ({ message_ids: list }) => {
  if (!Array.isArray(list)) return []
  if (list.length === 0) return [{ field: 'message_ids', remedy: '1 to 100 ids', answer: 'message identifiers are not specified' }]
  if (list.length > 100) return [{ field: 'message_ids', remedy: '1 to 100 ids', answer: 'too many message identifiers specified' }]
  return []
}

const webhook: Rule = ({ url, secret_token: secret, max_connections: most }) => {
  const broken: Broken[] = between('max_connections', 1, 100)({ max_connections: most })
  const local = typeof url === 'string' && /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url)
  if (typeof url === 'string' && url && !local && !/^https:\/\//.test(url))
    broken.push({ field: 'url', remedy: 'https', answer: 'bad webhook: An HTTPS URL must be provided for webhook' })
  if (secret === undefined && url) broken.push({ field: 'secret_token', remedy: 'without one anybody can write to the bot: set it' })
  else if (secret && !/^[A-Za-z0-9_-]*$/.test(String(secret)))
    broken.push({ field: 'secret_token', remedy: 'only A-Z, a-z, 0-9, _ and -', answer: 'secret token contains unallowed characters' })
  else if (String(secret ?? '').length > 256)
    broken.push({ field: 'secret_token', remedy: '1 to 256 characters', answer: 'secret token is too long' })
  return broken
}

const place: Rule[] = [
  between('latitude', -90, 90, 'wrong latitude specified'),
  between('longitude', -180, 180, 'wrong longitude specified'),
  between('horizontal_accuracy', 0, 1500, 'wrong horizontal accuracy specified'),
]

const RULES: Record<string, Rule[]> = {
  setWebhook: [webhook],
  getUpdates: [between('limit', 1, 100), between('timeout', 0, 300)],
  deleteMessages: [ids],
  answerCallbackQuery: [length('text', 200, 'MESSAGE_TOO_LONG')],
  setMyCommands: [commands, language],
  getMyCommands: [language],
  setMyName: [length('name', 64, 'bot name is too long'), language],
  getMyName: [language],
  setMyDescription: [length('description', 512, 'bot description is too long'), language],
  getMyDescription: [language],
  setMyShortDescription: [length('short_description', 120, 'bot short description is too long'), language],
  getMyShortDescription: [language],
  sendLocation: place,
  sendVenue: [...place, length('title', 256, 'VENUE_TITLE_INVALID', 1), length('address', 256, 'VENUE_ADDRESS_INVALID', 1)],
}

export const rulesOf = (method: string, params: Params): Broken[] => [
  ...(RULES[method] ?? []).flatMap((rule) => rule(params)),
  ...markupRules(params.reply_markup),
]

/** What Telegram says to a call whose fields have the wrong shape; undefined when it would shrug. */
export function shapeAnswer(method: string, params: Params, { field, remedy }: Problem): string | undefined {
  if (remedy.startsWith('no such field') || remedy.startsWith('takes no')) return undefined
  if (field === 'text' && remedy.startsWith('is required')) return method === 'answerCallbackQuery' ? undefined : 'message text is empty'
  if (field === 'chat_id' && remedy.startsWith('is required')) return 'chat_id is empty'
  if (field === 'message_id' && remedy.startsWith('is required')) return 'message identifier is not specified'
  const value = params[field]
  // Telegram reads numbers in quotes too; the bot should not rely on it.
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return undefined
  if (field.startsWith('reply_markup.') && remedy.startsWith('is required'))
    return 'can\'t parse inline keyboard button: Field "text" is required'
  return `invalid parameter "${field}" specified`
}
