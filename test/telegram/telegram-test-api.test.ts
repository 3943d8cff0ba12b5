/** A smoke test against a Telegram nobody here wrote, the npm package `telegram-test-api`. It validates nothing: rules are in `stand-in.ts`. */
import { Bot } from 'grammy'
import TelegramServer from 'telegram-test-api'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freePort } from '../free-port.ts'

const TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
/** The package answers `getUpdates` at once, so the bot would ask without a break. */
const BREAK_MS = 20
let server: TelegramServer
let bot: Bot

beforeEach(async () => {
  server = new TelegramServer({ host: '127.0.0.1', port: await freePort() })
  await server.start()
  bot = new Bot(TOKEN, { client: { apiRoot: server.config.apiURL } })
  bot.api.config.use(async (call, method, ...rest) => {
    if (method === 'getUpdates') await new Promise((resolve) => setTimeout(resolve, BREAK_MS))
    return call(method, ...rest)
  })
})
afterEach(async () => {
  await bot.stop()
  await server.stop()
})

it('a grammY bot answers a command, then a tap', async () => {
  bot.command('start', (ctx) => ctx.reply('Hello', { reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] } }))
  bot.callbackQuery('go', async (ctx) => {
    await ctx.answerCallbackQuery()
    await ctx.reply('Gone')
  })
  void bot.start()
  const client = server.getClient(TOKEN, { timeout: 3000, interval: 20 })
  await client.sendCommand(client.makeCommand('/start'))
  const hello = (await client.getUpdates()).result[0]?.message
  expect(hello).toMatchObject({ text: 'Hello', reply_markup: { inline_keyboard: [[{ callback_data: 'go' }]] } })
  await client.sendCallback(client.makeCallbackQuery('go', { message: { message_id: 1 } as never }))
  expect((await client.getUpdates()).result[0]?.message).toMatchObject({ text: 'Gone' })
})
