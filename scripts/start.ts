/** `npm start`: builds what has changed, migrates the local database, serves, and says where. */
import { createServer } from 'node:net'
import { pageBot, realBot } from './bot/local.ts'
import { fresh } from './build/fresh.ts'
import { build } from './build.ts'
import { ContentError } from './content/read.ts'
import { localDesk } from './roster/local.ts'
import { PortBusy, serveLocal } from './serve/local.ts'

const root = process.cwd()
const port = Number(process.env.PORT ?? 8787)
const botPort = Number(process.env.BOT_PORT ?? 8788)
const data = process.env.DATA_DIR ?? '.data'

function sayAndExit(...lines: string[]): never {
  for (const line of lines) console.error(line)
  process.exit(1)
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18))
  sayAndExit(
    `Node ${process.versions.node} is too old for this step. "npm start" brings its own on Linux x64; elsewhere install Node 22.18 or newer.`,
  )

const busy = `Port ${port} is taken by another program, perhaps by this one in another window. Stop that one, or choose another port:  PORT=8788 npm start`

/** Asked before building, so that the answer comes at once. */
async function portIsFree(): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

if (!Number.isInteger(port) || port < 1 || port > 65535) sayAndExit(`PORT should be a number from 1 to 65535, not "${process.env.PORT}".`)
if (!Number.isInteger(botPort) || botPort < 1 || botPort > 65535)
  sayAndExit(`BOT_PORT should be a number from 1 to 65535, not "${process.env.BOT_PORT}".`)
if (!(await portIsFree())) sayAndExit(busy)

try {
  if (!fresh(root)) {
    console.log('Building …')
    await build(root)
  }
  const bot = await pageBot(root, data)
  const desk = await localDesk(root, data, port)
  const server = await serveLocal({ root, port, data, vars: { ...bot.vars(), ...desk.vars } })
  const page = await bot.connect(server, botPort)
  const invitation = await desk.connect(server)
  const real = await realBot(root, data, console.log)
  const lines = [
    '\nReady.',
    `  Web app and plain pages   ${server.url}`,
    '  (without JavaScript the same address works too)',
    `  Talk to the bot           ${page.url}`,
    '  (a page that plays Telegram: no token, no account)',
    `  The counsellors’ desk     ${desk.origin}`,
    `  Become a counsellor here  ${invitation}`,
    '  (a link for one person, once; it makes a passkey)',
  ]
  if (page.port !== botPort) lines.push(`  (port ${botPort} was taken; BOT_PORT=… chooses another)`)
  if (real !== null) lines.push(`  The bot in Telegram       ${real.name}, as long as this runs`)
  console.log([...lines, '\nStop with Ctrl+C.'].join('\n'))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      void Promise.allSettled([real?.stop(), desk.stop(), bot.stop(), server.stop()]).finally(() => process.exit(0))
    })
} catch (error) {
  if (error instanceof PortBusy) sayAndExit(busy)
  if (error instanceof ContentError) sayAndExit('A content file cannot be read, so nothing was started:', `  ${error.message}`)
  throw error
}
