/** Routes, cron and configuration: the only file that knows every part. */
import { Hono } from 'hono'
import { type BotEnv, botConfig } from './bot/config.ts'
import { WEBHOOK_PATH, webhook } from './bot/webhook.ts'
import { asset } from './http/assets.ts'
import { headers } from './http/headers.ts'
import type { KeeperEnv } from './keys/keeper.ts'
import { firstPage, nextPage } from './pages/pages.ts'

export { ChatLine } from './bot/line.ts'
export { KeyKeeper } from './keys/keeper.ts'
export { Sweeper } from './sweeper.ts'

const app = new Hono<{ Bindings: Env & BotEnv & KeeperEnv }>()

app.use(headers)

app.get('/', (context) => firstPage(context.req.raw))

app.post('/', (context) => nextPage(context.req.raw, context.env))

/** The bot's, and an address like any other while there is no bot. */
app.post(WEBHOOK_PATH, async (context, next) => {
  const config = await botConfig(context.env)
  if (!config.ok) return next()
  return webhook(context.req.raw, config.value, context.env.CHATS, (work) => context.executionCtx.waitUntil(work))
})

/** One address: whatever else is asked for is either a file of the page or the page itself. */
app.get('*', async (context) => (await asset(context.env.ASSETS, context.req.raw)) ?? context.redirect('/', 303))

app.all('*', (context) => context.redirect('/', 303))

/** Nobody is shown an error: the first screen has a number on it. */
app.onError((_error, context) => firstPage(context.req.raw))

export default {
  fetch: app.fetch,
  async scheduled(_controller, env) {
    await Promise.all([env.SWEEPER.getByName('sweeper').wake(), env.KEEPER.getByName('keeper').wake()])
  },
} satisfies ExportedHandler<Env>
