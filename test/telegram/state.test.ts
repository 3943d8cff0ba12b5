import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from './bot.ts'
import type { Person } from './person.ts'
import { StandIn } from './stand-in.ts'

const HOUR = 3_600_000
let telegram: StandIn
let olena: Person
const sent = async (fields: object = {}) =>
  ((await call(telegram, 'sendMessage', { chat_id: 7, text: 'hello', ...fields })).result as { message_id: number }).message_id
const say = async (method: string, params: object) => (await call(telegram, method, params)).description

beforeEach(async () => {
  telegram = await StandIn.start()
  olena = telegram.person({ id: 7, language_code: 'uk' })
  await olena.starts()
})
afterEach(() => telegram.close())

describe('messages', () => {
  it('an unknown chat is not found, nor a person who never pressed Start', async () => {
    telegram.person({ id: 8 })
    expect(await say('sendMessage', { chat_id: 999, text: 'a' })).toBe('Bad Request: chat not found')
    expect(await say('sendMessage', { chat_id: 8, text: 'a' })).toBe('Bad Request: chat not found')
    expect(() => telegram.assertClean()).toThrow('chat not found')
  })
  it('an edit changes what is on the screen, and the same again is refused', async () => {
    const message_id = await sent()
    expect(await call(telegram, 'editMessageText', { chat_id: 7, message_id, text: 'bye' })).toMatchObject({ ok: true })
    expect(olena.last()).toMatchObject({ text: 'bye', edited: true })
    expect(await say('editMessageText', { chat_id: 7, message_id, text: 'bye' })).toMatch(/^Bad Request: message is not modified: /)
    expect(telegram.forgive(/not modified/)).toHaveLength(1)
    telegram.assertClean()
  })
  it('an edit without a keyboard takes the old one away', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] }
    const message_id = await sent({ reply_markup })
    expect(await say('editMessageReplyMarkup', { chat_id: 7, message_id, reply_markup })).toContain('not modified')
    await call(telegram, 'editMessageText', { chat_id: 7, message_id, text: 'bye' })
    expect(olena.last().buttons).toEqual([])
  })
  it('what is gone, or somebody else wrote, cannot be edited', async () => {
    const message_id = await sent()
    await call(telegram, 'deleteMessage', { chat_id: 7, message_id })
    expect(await say('editMessageText', { chat_id: 7, message_id, text: 'a' })).toBe('Bad Request: message to edit not found')
    const [hers] = olena.screen()
    expect(await say('editMessageText', { chat_id: 7, message_id: hers?.id, text: 'a' })).toBe("Bad Request: message can't be edited")
    expect(await say('deleteMessage', { chat_id: 7, message_id })).toBe('Bad Request: message to delete not found')
  })
  it('a message can be deleted until it is 48 hours old, hers too', async () => {
    const message_id = await sent()
    telegram.clock.advance(48 * HOUR - 1)
    const [hers] = olena.screen()
    expect(await call(telegram, 'deleteMessage', { chat_id: 7, message_id: hers?.id })).toMatchObject({ result: true })
    expect(await call(telegram, 'deleteMessages', { chat_id: 7, message_ids: [message_id, 5] })).toMatchObject({ ok: true })
    expect(olena.screen()).toEqual([])
    const late = await sent()
    telegram.clock.advance(48 * HOUR)
    expect(await say('deleteMessage', { chat_id: 7, message_id: late })).toBe("Bad Request: message can't be deleted for everyone")
    expect(() => telegram.assertClean()).toThrow("can't be deleted for everyone")
  })
  it('a reply to nothing is refused', async () => {
    expect(await say('sendMessage', { chat_id: 7, text: 'a', reply_parameters: { message_id: 1 } })).toContain('to be replied not found')
  })
  it('who blocked the bot is not reached, and that is not the fault of the bot', async () => {
    await olena.blocks()
    expect(await call(telegram, 'sendMessage', { chat_id: 7, text: 'a' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    expect(() => olena.sends('hello')).toThrow('unblock it first')
    await olena.unblocks()
    expect(await sent()).toBeGreaterThan(0)
    telegram.assertClean()
  })
  it('a group that kicked the bot, or that it left, is closed', async () => {
    const family = telegram.group({ id: -5 })
    await family.addsBot(olena)
    expect(await call(telegram, 'sendMessage', { chat_id: -5, text: 'a' })).toMatchObject({ ok: true })
    await family.kicksBot(olena)
    expect(await say('sendMessage', { chat_id: -5, text: 'a' })).toBe('Forbidden: bot was kicked from the group chat')
    telegram.assertClean()
    await family.addsBot(olena)
    expect(await call(telegram, 'leaveChat', { chat_id: -5 })).toMatchObject({ result: true })
    expect(await say('sendMessage', { chat_id: -5, text: 'a' })).toBe('Forbidden: bot is not a member of the group chat')
    expect(await say('leaveChat', { chat_id: 7 })).toContain('private chats')
  })
})

describe('taps', () => {
  const OLD = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
  const keyboard = { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] }
  const tapped = async () => {
    await sent({ reply_markup: keyboard })
    await olena.taps('Go')
    return telegram.unanswered().at(-1)?.query.id
  }
  it('are answered once', async () => {
    const callback_query_id = await tapped()
    expect(await call(telegram, 'answerCallbackQuery', { callback_query_id })).toMatchObject({ result: true })
    expect(telegram.unanswered()).toEqual([])
    expect(await say('answerCallbackQuery', { callback_query_id })).toBe(OLD)
    expect(() => telegram.assertClean()).toThrow('answerCallbackQuery')
  })
  it('are forgotten after 15 s', async () => {
    const callback_query_id = await tapped()
    telegram.clock.advance(15_001)
    expect(await say('answerCallbackQuery', { callback_query_id })).toBe(OLD)
    expect(telegram.unanswered()).toHaveLength(1)
  })
  it('of nobody are refused', async () => expect(await say('answerCallbackQuery', { callback_query_id: '1' })).toBe(OLD))
})

describe('the bot itself', () => {
  it('commands are kept by scope and language, and she sees hers', async () => {
    const set = (command: string, rest = {}) => call(telegram, 'setMyCommands', { commands: [{ command, description: 'd' }], ...rest })
    await set('help')
    expect(olena.menu()).toMatchObject([{ command: 'help' }])
    await set('dopomoha', { language_code: 'uk' })
    expect(olena.menu()).toMatchObject([{ command: 'dopomoha' }])
    await set('stop', { scope: { type: 'all_private_chats' } })
    expect(olena.menu()).toMatchObject([{ command: 'stop' }])
    expect(await call(telegram, 'getMyCommands', { language_code: 'ru' })).toMatchObject({ result: [] })
    telegram.assertClean()
  })
  it('names and descriptions fall back to those of all languages', async () => {
    await call(telegram, 'setMyName', { name: 'Stezhka' })
    await call(telegram, 'setMyShortDescription', { short_description: 'Стежка', language_code: 'uk' })
    expect(await call(telegram, 'getMyName', { language_code: 'uk' })).toMatchObject({ result: { name: 'Stezhka' } })
    expect((await call(telegram, 'getMyShortDescription', { language_code: 'uk' })).result).toEqual({ short_description: 'Стежка' })
    expect((await call(telegram, 'getMyDescription')).result).toEqual({ description: '' })
    expect((await call(telegram, 'setChatMenuButton', { chat_id: 7, menu_button: { type: 'commands' } })).result).toBe(true)
    telegram.assertClean()
  })
})
