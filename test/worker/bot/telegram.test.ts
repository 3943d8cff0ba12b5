/** The calls of every test beside this file are judged when it ends; that this bites is shown here. */
import { describe, expect, it } from 'vitest'
import { outbox } from '../../../worker/bot/outbox.ts'
import { chat, her, openHouse } from './house.ts'
import { assertGoodCalls, ROOT, TOKEN } from './telegram.ts'

openHouse()

const call = (method: string, body: object) => fetch(`${ROOT}/bot${TOKEN}/${method}`, { method: 'POST', body: JSON.stringify(body) })
const out = () => outbox(TOKEN, ROOT, async () => {})
const button = (callback_data: string, text = 'Далі') => [[{ text, callback_data }]]

describe('a call that Telegram does not document', () => {
  it.each([
    ['markup left open', () => out().send(chat, '<b>Слово', button('a')), "rule sendMessage text: Can't find end tag"],
    ['a bare ampersand', () => out().send(chat, 'так & ні', button('a')), 'rule sendMessage text: a bare & at byte offset 7'],
    ['a text too long', () => out().edit(chat, 1, 'а'.repeat(4097), button('a')), 'rule editMessageText text: 1 to 4,096'],
    ['button data too long', () => out().send(chat, 'Слово', button('ї'.repeat(33))), 'callback_data: 1 to 64 bytes, not 66'],
    ['a button without words', () => out().send(chat, 'Слово', button('a', '')), 'a button needs words'],
    ['a message number that is none', () => out().edit(chat, 1.5, 'Слово', button('a')), 'schema editMessageText message_id'],
    ['no message to remove', () => call('deleteMessages', { chat_id: chat, message_ids: [] }), 'rule deleteMessages message_ids'],
    [
      'a field nobody knows',
      () => call('sendMessage', { chat_id: chat, text: 'a', silent: true }),
      'schema sendMessage silent: no such field',
    ],
    ['a method nobody knows', () => call('sendMessages', {}), 'method sendMessages: the Bot API has no such method'],
  ])('fails the test: %s', async (_what, make, words) => {
    await make()
    await expect(assertGoodCalls()).rejects.toThrow(words)
  })

  it('is found among good ones', async () => {
    await her.type('/start')
    await out().send(chat + 1, 'Слово', button(''))
    await her.tap('Так. Це про мене')
    await expect(assertGoodCalls()).rejects.toThrow(/^1 bad call:\nrule sendMessage reply_markup.inline_keyboard.0.0.callback_data/)
  })
})
