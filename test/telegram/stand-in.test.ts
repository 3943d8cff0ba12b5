import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from './bot.ts'
import { StandIn } from './stand-in.ts'

let telegram: StandIn
beforeEach(async () => {
  telegram = await StandIn.start()
  await telegram.person({ id: 7 }).starts()
})
afterEach(() => telegram.close())

const ok = { chat_id: 7, text: 'hello' }
const button = (fields: object) => ({ ...ok, reply_markup: { inline_keyboard: [[{ text: 'a', ...fields }]] } })
const many = (n: number) => Array.from({ length: n }, (_, at) => ({ text: `${at}`, callback_data: `${at}` }))
const command = (name: string, description = 'd') => ({ commands: [{ command: name, description }] })
const venue = { chat_id: 7, latitude: 50.4, longitude: 30.5, title: 'Aid', address: 'Kyiv' }

/** Title, method, parameters, Telegram's answer (none: it lets the call pass), where the fault is. */
const BAD: [string, string, object, string | undefined, string][] = [
  ['a misspelt optional field', 'sendMessage', { ...ok, disable_notifications: true }, undefined, 'disable_notifications'],
  ['a field of years ago', 'sendMessage', { ...ok, disable_web_page_preview: true }, undefined, 'disable_web_page_preview'],
  ['a misspelt text', 'sendMessage', { chat_id: 7, txt: 'hello' }, 'message text is empty', 'txt'],
  ['no text', 'sendMessage', { chat_id: 7 }, 'message text is empty', 'text'],
  ['no chat', 'sendMessage', { text: 'hello' }, 'chat_id is empty', 'chat_id'],
  ['a text of spaces', 'sendMessage', { chat_id: 7, text: ' \n ' }, 'message text is empty', 'text'],
  ['a text that is all markup', 'sendMessage', { ...ok, text: '<b></b>', parse_mode: 'HTML' }, 'message text is empty', 'text'],
  ['a longitude in quotes', 'sendVenue', { ...venue, longitude: '30.5' }, undefined, 'longitude'],
  ['a longitude in words', 'sendVenue', { ...venue, longitude: 'east' }, 'invalid parameter "longitude" specified', 'longitude'],
  ['a latitude off the globe', 'sendLocation', { chat_id: 7, latitude: 91, longitude: 0 }, 'wrong latitude specified', 'latitude'],
  ['a venue without a title', 'sendVenue', { ...venue, title: '' }, 'VENUE_TITLE_INVALID', 'title'],
  ['4,097 characters', 'sendMessage', { ...ok, text: 'a'.repeat(4097) }, 'message is too long', 'text'],
  ['2,049 emoji, which count twice', 'sendMessage', { ...ok, text: '😀'.repeat(2049) }, 'message is too long', 'text'],
  ['65 bytes of data', 'sendMessage', button({ callback_data: 'a'.repeat(65) }), 'BUTTON_DATA_INVALID', 'callback_data'],
  ['33 letters of two bytes', 'sendMessage', button({ callback_data: 'ї'.repeat(33) }), 'BUTTON_DATA_INVALID', 'callback_data'],
  ['empty data', 'sendMessage', button({ callback_data: '' }), 'BUTTON_DATA_INVALID', 'callback_data'],
  ['two uses of a button', 'sendMessage', button({ callback_data: 'a', url: 'https://a.example' }), undefined, 'inline_keyboard.0.0'],
  ['a button without a use', 'sendMessage', button({}), 'Text buttons are unallowed in the inline keyboard', 'inline_keyboard.0.0'],
  ['a misspelt button', 'sendMessage', button({ callback: 'a' }), undefined, 'inline_keyboard.0.0.callback'],
  ['a telephone behind a button', 'sendMessage', button({ url: 'tel:112' }), "button URL 'tel:112' is invalid", '0.0.url'],
  ['an address without https', 'sendMessage', button({ url: 'a.example/x' }), undefined, '0.0.url'],
  ['a script behind a button', 'sendMessage', button({ url: 'javascript:alert(1)' }), 'Unsupported URL protocol', '0.0.url'],
  [
    '101 buttons',
    'sendMessage',
    { ...ok, reply_markup: { inline_keyboard: many(101).map((one) => [one]) } },
    'REPLY_MARKUP_TOO_LONG',
    'keyb',
  ],
  ['9 buttons in a row', 'sendMessage', { ...ok, reply_markup: { inline_keyboard: [many(9)] } }, undefined, 'inline_keyboard.0'],
  ['an unclosed tag', 'sendMessage', { ...ok, text: '<b>x', parse_mode: 'HTML' }, 'end tag corresponding to start tag "b"', 'text'],
  ['tags that cross', 'sendMessage', { ...ok, text: '<b><i>x</b></i>', parse_mode: 'HTML' }, 'expected "</i>", found "</b>"', 'text'],
  ['a tag Telegram has not', 'sendMessage', { ...ok, text: '<p>x</p>', parse_mode: 'HTML' }, 'Unsupported start tag "p"', 'text'],
  ['a bare <', 'sendMessage', { ...ok, text: '5 < 6', parse_mode: 'HTML' }, "can't parse entities", 'text'],
  ['a bare &', 'sendMessage', { ...ok, text: 'you & me', parse_mode: 'HTML' }, undefined, 'text'],
  ['a telephone as a link', 'sendMessage', { ...ok, text: '<a href="tel:112">112</a>', parse_mode: 'HTML' }, undefined, 'text'],
  ['an unknown parse mode', 'sendMessage', { ...ok, parse_mode: 'html5' }, 'parse_mode', 'parse_mode'],
  ['an id that is not whole', 'deleteMessage', { chat_id: 7, message_id: 1.5 }, undefined, 'message_id'],
  [
    '101 messages to delete',
    'deleteMessages',
    { chat_id: 7, message_ids: many(101).map((_, n) => n) },
    'too many message ident',
    'message_ids',
  ],
  ['no messages to delete', 'deleteMessages', { chat_id: 7, message_ids: [] }, 'message identifiers are not specified', 'message_ids'],
  ['an answer of 201 characters', 'answerCallbackQuery', { callback_query_id: '1', text: 'a'.repeat(201) }, 'MESSAGE_TOO_LONG', 'text'],
  ['a command in capitals', 'setMyCommands', command('Help'), 'BOT_COMMAND_INVALID', 'commands.0.command'],
  ['a command of 33 letters', 'setMyCommands', command('a'.repeat(33)), 'BOT_COMMAND_INVALID', 'commands.0.command'],
  ['a command undescribed', 'setMyCommands', command('help', ''), 'BOT_COMMAND_DESCRIPTION_INVALID', 'commands.0.description'],
  ['a description of 257', 'setMyCommands', command('help', 'a'.repeat(257)), 'BOT_COMMAND_DESCRIPTION_INVALID', 'commands.0.desc'],
  ['101 commands', 'setMyCommands', { commands: many(101).map((_, n) => command(`c${n}`).commands[0]) }, 'TOO_MUCH', 'commands'],
  ['a language of three letters', 'setMyCommands', { ...command('help'), language_code: 'ukr' }, 'language code', 'language_code'],
  ['a name of 65', 'setMyName', { name: 'a'.repeat(65) }, 'too long', 'name'],
  ['a description of 513', 'setMyDescription', { description: 'a'.repeat(513) }, 'too long', 'description'],
  ['a short description of 121', 'setMyShortDescription', { short_description: 'a'.repeat(121) }, 'too long', 'short_description'],
  ['a secret with a dot', 'setWebhook', { url: 'https://a.example', secret_token: 'a.b' }, 'unallowed characters', 'secret_token'],
  ['a secret of 257', 'setWebhook', { url: 'https://a.example', secret_token: 'a'.repeat(257) }, 'too long', 'secret_token'],
  ['no secret', 'setWebhook', { url: 'https://a.example' }, undefined, 'secret_token'],
  ['a webhook without TLS', 'setWebhook', { url: 'http://a.example', secret_token: 'a' }, 'An HTTPS URL must be', 'url'],
  [
    'updates that do not exist',
    'setWebhook',
    { url: 'https://a.example', secret_token: 'a', allowed_updates: ['msg'] },
    '',
    'allowed_updates.0',
  ],
  ['parameters where none are', 'getMe', { chat_id: 7 }, undefined, 'chat_id'],
]

describe('a bad call is refused as Telegram would, and never forgotten', () => {
  it.each(BAD)('%s', async (_title, method, params, answer, field) => {
    const { ok: passed, description = '', error_code } = await call(telegram, method, params)
    if (answer !== undefined) expect({ passed, error_code, description }).toMatchObject({ passed: false, error_code: 400 })
    if (answer) expect(description).toContain(answer)
    if (answer === undefined && method !== 'deleteMessage') expect(passed).toBe(true)
    expect(telegram.faults.map((fault) => fault.field).join(' ')).toContain(field)
    expect(() => telegram.assertClean()).toThrow(method)
  })
})

describe('what Telegram allows passes without a fault', () => {
  it.each([
    ['the longest text', 'sendMessage', { ...ok, text: 'a'.repeat(4096) }],
    ['4,096 letters inside tags', 'sendMessage', { ...ok, text: `<b>${'a'.repeat(4096)}</b>`, parse_mode: 'HTML' }],
    ['64 bytes of data', 'sendMessage', button({ callback_data: 'ї'.repeat(32) })],
    ['a link behind a button', 'sendMessage', button({ url: 'https://a.example/x' })],
    ['a chat behind a button', 'sendMessage', button({ url: 'tg://resolve?domain=a' })],
    ['8 in a row, 100 in all', 'sendMessage', { ...ok, reply_markup: { inline_keyboard: [many(8), ...many(92).map((one) => [one])] } }],
    ['markup', 'sendMessage', { ...ok, text: '<b>a <i>b</i></b> &amp; <a href="https://a.example">c</a>', parse_mode: 'HTML' }],
    ['a quiet, unprotected place', 'sendVenue', { ...venue, disable_notification: true, protect_content: true }],
    ['typing', 'sendChatAction', { chat_id: 7, action: 'typing' }],
  ])('%s', async (_title, method, params) => {
    expect(await call(telegram, method, params)).toMatchObject({ ok: true })
    telegram.assertClean()
  })

  it('a form and a query are read as JSON is', async () => {
    const body = new URLSearchParams({ chat_id: '7', text: '12', reply_markup: '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}' })
    await fetch(`${telegram.root}/bot${telegram.token}/sendMessage`, { method: 'POST', body })
    const form = new FormData()
    for (const [name, value] of body) form.set(name, value)
    await fetch(`${telegram.root}/bot${telegram.token}/sendMessage`, { method: 'POST', body: form })
    await fetch(`${telegram.root}/bot${telegram.token}/sendMessage?chat_id=7&text=12`)
    telegram.assertClean()
    expect(telegram.calls('sendMessage').map(({ params }) => [params.chat_id, params.text])).toEqual(Array(3).fill([7, '12']))
  })
})

describe('addresses', () => {
  it('a wrong token is unauthorized, no token is not found', async () => {
    expect(await call(telegram, 'getMe', {}, '110201543:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toMatchObject({ error_code: 401 })
    expect(await call(telegram, 'getMe', {}, 'nothing')).toMatchObject({ error_code: 404, description: 'Not Found' })
    expect(telegram.forgive('token')).toHaveLength(2)
    telegram.assertClean()
  })
  it('a method the Bot API lacks is not found, one the stand-in lacks is loud', async () => {
    expect(await call(telegram, 'sendMesage', ok)).toMatchObject({ error_code: 404 })
    expect(await call(telegram, 'sendDice', { chat_id: 7 })).toMatchObject({ error_code: 501 })
    expect(() => telegram.assertClean()).toThrow(/sendMesage.*no such method.*sendDice.*does not know/s)
  })
  it('a body that is not JSON is a bad request', async () => {
    const headers = { 'content-type': 'application/json' }
    const { status } = await fetch(`${telegram.root}/bot${telegram.token}/getMe`, { method: 'POST', headers, body: '{' })
    expect(status).toBe(400)
    telegram.forgive('schema')
  })
  it('forgiving what did not happen fails', () => {
    expect(() => telegram.forgive('rule')).toThrow('no fault like rule')
  })
})
