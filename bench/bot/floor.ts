/**
 * The floor: the least a webhook bot on Hono and grammY does. One read and one write in the store, two calls of the Bot API,
 * nothing sealed, nothing signed, nothing in order, nothing claimed.
 */
import { Bot, webhookCallback } from 'grammy'
import { Hono } from 'hono'

type FloorEnv = { DB: D1Database; BOT_TOKEN: string; BOT_SECRET: string; TG_API_ROOT: string }

const ME = { id: 1, is_bot: true as const, first_name: 'floor', username: 'floor_bot' }

const KEYBOARD = { inline_keyboard: [1, 2, 3, 4].map((n) => [{ text: `Choice ${n}`, callback_data: `choice-${n}` }]) }

async function visit(db: D1Database, chat: number): Promise<string> {
  const row = await db.prepare('SELECT visits FROM chats WHERE id = ?1').bind(chat).first<{ visits: number }>()
  await db.prepare('INSERT INTO chats (id, visits) VALUES (?1, 1) ON CONFLICT (id) DO UPDATE SET visits = visits + 1').bind(chat).run()
  return `This is your visit number ${(row?.visits ?? 0) + 1}. What would you like to do?`
}

function hookOf({ DB, BOT_TOKEN, BOT_SECRET, TG_API_ROOT }: FloorEnv) {
  const bot = new Bot(BOT_TOKEN, { botInfo: ME as never, client: { apiRoot: TG_API_ROOT } })
  // Words: answered, and removed, as ours are.
  bot.on('message:text', async (context) => {
    const text = await visit(DB, context.chat.id)
    await Promise.all([context.reply(text, { reply_markup: KEYBOARD }), context.deleteMessage()])
  })
  bot.on('callback_query:data', async (context) => {
    const chat = context.chat?.id ?? 0
    const text = await visit(DB, chat)
    await Promise.all([context.answerCallbackQuery(), context.editMessageText(text, { reply_markup: KEYBOARD })])
  })
  return webhookCallback(bot, 'cloudflare-mod', { secretToken: BOT_SECRET })
}

let hook: ReturnType<typeof hookOf> | undefined

const app = new Hono<{ Bindings: FloorEnv }>()

app.post('/u', (context) => {
  hook ??= hookOf(context.env)
  return hook(context.req.raw)
})

export default app
