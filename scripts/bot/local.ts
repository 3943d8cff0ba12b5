/** The bot of `npm start`: one to talk to on a page of this machine, and, when there is a token, the real one. */
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { readOrganisation } from '../content/organisation.ts'
import { type Local, serveLocal } from '../serve/local.ts'
import { type BotApi, call, isWrongToken, WRONG_TOKEN } from './api.ts'
import { keysFile } from './keys.ts'
import { type Page, servePage } from './page.ts'
import { poll } from './poll.ts'
import { changes, wanted } from './publish.ts'
import { ALLOWED_UPDATES, isSecret, readSettings, WEBHOOK_PATH } from './settings.ts'
import { openTelegram, type Telegram } from './telegram.ts'

const HOUR_MS = 60 * 60 * 1000
const TOKEN = `110201543:${randomBytes(24).toString('base64url')}`

/** What a Worker needs to be this bot. The keys are read anew each time, and turned when a day has passed. */
type Vars = () => Record<string, string>

export function varsOf(api: BotApi, secret: string, keys: string): Vars {
  return () => ({
    BOT_TOKEN: api.token,
    BOT_SECRET: secret,
    BOT_KEYS: keysFile(keys, Math.floor(Date.now() / 1000)),
    TG_API_ROOT: api.root,
  })
}

/** Gives the Worker the new keys when a day has passed. */
function keepKeys(server: Local, vars: Vars): () => void {
  let last = vars().BOT_KEYS
  const timer = setInterval(() => {
    const now = vars()
    if (now.BOT_KEYS !== last) void server.setVars(now)
    last = now.BOT_KEYS
  }, HOUR_MS).unref()
  return () => clearInterval(timer)
}

const freshSecret = (): string => randomBytes(48).toString('base64url')

/** The page's bot. It begins before the Worker, which has to know its address, and is connected once that runs. */
export type PageBot = { vars: Vars; connect(server: Local, port: number): Promise<Page>; stop(): Promise<void> }

export async function pageBot(root: string, data: string): Promise<PageBot> {
  const telegram = await openTelegram(TOKEN)
  const secret = freshSecret()
  const vars = varsOf(telegram.api, secret, resolve(root, data, 'keys.json'))
  let stopKeys = () => {}
  let page: Page | undefined
  return {
    vars,
    connect: async (server, port) => {
      const plan = wanted(root, readOrganisation(root))
      await introduce(telegram, plan, secret, new URL(WEBHOOK_PATH, server.url).href)
      stopKeys = keepKeys(server, vars)
      const description = Object.fromEntries(plan.faces.map((face) => [face.language, face.description]))
      page = await servePage(telegram, { name: plan.faces[0]?.name ?? '', description }, port)
      return page
    },
    stop: async () => {
      stopKeys()
      await page?.close()
      await telegram.close()
    },
  }
}

/** Name, commands and webhook are set as `npm run bot -- publish` would set them, and are the first thing the log would show. */
async function introduce(telegram: Telegram, plan: ReturnType<typeof wanted>, secret: string, url: string): Promise<void> {
  const webhook = { url, max_connections: 20, allowed_updates: [...ALLOWED_UPDATES] }
  for (const { method, params } of await changes(telegram.api, { ...plan, webhook }, secret)) await call(telegram.api, method, params)
  telegram.clear()
}

export type RealBot = { name: string; stop(): Promise<void> }

/**
 * The bot of the token in `.dev.vars`, in a runtime and with a database of its own: what strangers write never meets the page's.
 *
 * @returns null when there is no token, or when it cannot be used; then `say` was told why
 */
export async function realBot(root: string, data: string, say: (line: string) => void): Promise<RealBot | null> {
  const { api, secret: given } = readSettings(root)
  if (api === null) return null
  const me = await call<{ username: string }>(api, 'getMe', {}, AbortSignal.timeout(5000)).catch(() => null)
  if (me !== null && !me.ok && isWrongToken(me)) {
    say(`Telegram bot: ${WRONG_TOKEN}`)
    return null
  }
  const secret = given !== null && isSecret(given) ? given : freshSecret()
  const folder = join(data, 'telegram')
  const vars = varsOf(api, secret, resolve(root, folder, 'keys.json'))
  const server = await serveLocal({ root, port: 0, data: folder, vars: vars() })
  const stopKeys = keepKeys(server, vars)
  const stopping = new AbortController()
  const polling = poll({
    api,
    secret,
    webhook: new URL(WEBHOOK_PATH, server.url).href,
    say: (line) => say(`Telegram bot: ${line}`),
    signal: stopping.signal,
  })
  return {
    name: me?.ok ? `@${me.result.username}` : 'the bot of BOT_TOKEN',
    stop: async () => {
      stopKeys()
      stopping.abort()
      await polling
      await server.stop()
    },
  }
}
