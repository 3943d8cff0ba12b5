/** Small bots for the stand-in's own tests. */
import { Bot, GrammyError, webhookCallback } from 'grammy'
import type { Answer } from './api.ts'
import type { Options } from './stand-in.ts'
import { StandIn } from './stand-in.ts'

const OFF = { is_disabled: true }
const SCREEN = (n: number) => ({
  text: `<b>Screen ${n}</b>`,
  rest: {
    parse_mode: 'HTML' as const,
    link_preview_options: OFF,
    reply_markup: { inline_keyboard: [[{ text: 'Next', callback_data: `next:${n + 1}` }], [{ text: 'Exit', callback_data: 'exit' }]] },
  },
})

/** One live screen, edited in place; Exit deletes it. */
export function screenBot(telegram: StandIn): Bot {
  const me = { can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false }
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.root }, botInfo: { ...telegram.world.me, ...me } as never })
  bot.command('start', async (ctx) => {
    const { text, rest } = SCREEN(1)
    await ctx.reply(text, { ...rest, disable_notification: true })
  })
  bot.callbackQuery(/^next:(\d+)$/, async (ctx) => {
    await ctx.answerCallbackQuery({ text: 'ok' })
    const { text, rest } = SCREEN(Number(ctx.match[1]))
    await ctx.editMessageText(text, rest).catch((error: unknown) => {
      if (!(error instanceof GrammyError)) throw error
    })
  })
  bot.callbackQuery('exit', async (ctx) => {
    await ctx.answerCallbackQuery()
    await ctx.deleteMessage()
  })
  bot.on('message:text', (ctx) => ctx.reply(`heard ${ctx.message.text}`))
  return bot
}

/** A stand-in with a bot behind its webhook, in one process and without a second port. */
export async function hooked(options: Options & { make?: (telegram: StandIn) => Bot } = {}): Promise<StandIn> {
  let answer: (request: Request) => Promise<Response> = async () => new Response(null, { status: 500 })
  const telegram = await StandIn.start({ post: (request) => answer(request), ...options })
  const bot = (options.make ?? screenBot)(telegram)
  const handle = webhookCallback(bot, 'cloudflare-mod', { secretToken: 'a-secret' })
  answer = (request) => handle(request).catch(() => new Response(null, { status: 500 }))
  telegram.hook({ url: 'https://bot.example/hook', secret: 'a-secret' })
  return telegram
}

/** One call as any client would make it. */
export async function call(telegram: StandIn, method: string, params: object = {}, token = telegram.token): Promise<Answer> {
  const response = await fetch(`${telegram.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return (await response.json()) as Answer
}
