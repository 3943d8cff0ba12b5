/** Routes, cron and configuration: the only file that knows every part. */
import { Hono } from 'hono'
import { DESK_LINE_PATH, DESK_PATH, VISITOR_PATH } from '../schema/paths.ts'
import { common, manifest } from './books.ts'
import { type BotEnv, botConfig } from './bot/config.ts'
import { WEBHOOK_PATH, webhook } from './bot/webhook.ts'
import { deskAsks, deskLine } from './desk/desk.ts'
import { deskPage } from './desk/page.ts'
import { isDesk, type TalkEnv, talkConfig } from './handoff/config.ts'
import { asset, DESK_FILE } from './http/assets.ts'
import { headers } from './http/headers.ts'
import type { KeeperEnv } from './keys/keeper.ts'
import { firstPage, nextPage } from './pages/pages.ts'
import { visitorAsks } from './talk/asks.ts'
import { visitorLine } from './talk/socket.ts'

export { ChatLine } from './bot/line.ts'
export { TalkLine } from './handoff/line.ts'
export { KeyKeeper } from './keys/keeper.ts'
export { Sweeper } from './sweeper.ts'

type Bindings = Env & BotEnv & KeeperEnv & TalkEnv

/** The desk's host: nothing of a visitor's page is there, and on the visitor's nothing of the desk. */
const desk = new Hono<{ Bindings: Bindings }>()

desk.use(headers(manifest.desk.later))

desk.post(DESK_PATH, ({ req, env }) => deskAsks(req.raw, talkOf(env), env.LINES, now()))

desk.get(DESK_LINE_PATH, ({ req, env }) => deskLine(req.raw, talkOf(env), env.LINES, now()))

desk.get('/', () => deskPage())

desk.get('*', async (context) => (await asset(context.env.ASSETS, context.req.raw, DESK_FILE)) ?? context.body(null, 404))

desk.all('*', (context) => context.body(null, 404))

const app = new Hono<{ Bindings: Bindings }>()

app.use(headers(manifest.later))

app.post(VISITOR_PATH, ({ req, env }) => visitorAsks(req.raw, talkOf(env), env.LINES, now()))

/** Without a ticket it is an address like any other. */
app.get(VISITOR_PATH, ({ req, env }, next) =>
  req.header('Upgrade') === undefined ? next() : visitorLine(req.raw, talkOf(env), env.LINES, now()),
)

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

const now = (): number => Math.floor(Date.now() / 1000)

const talkOf = (env: Bindings) => talkConfig(env, common.talk)

export default {
  fetch: (request, env, context) => (isDesk(env, common.talk, request.url) ? desk : app).fetch(request, env, context),
  async scheduled(_controller, env) {
    await Promise.all([env.SWEEPER.getByName('sweeper').wake(), env.KEEPER.getByName('keeper').wake()])
  },
} satisfies ExportedHandler<Bindings>
