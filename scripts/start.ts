/** `npm start`: builds what has changed, migrates the local database, serves, and says where. */
import { createServer } from 'node:net'
import { fresh, remember } from './build/fresh.ts'
import { build } from './build.ts'
import { ContentError } from './content/read.ts'
import { PortBusy, serveLocal } from './serve/local.ts'

const root = process.cwd()
const port = Number(process.env.PORT ?? 8787)

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
if (!(await portIsFree())) sayAndExit(busy)

try {
  if (!fresh(root)) {
    console.log('Building …')
    await build(root)
    remember(root)
  }
  const server = await serveLocal({ root, port, data: process.env.DATA_DIR ?? '.data' })
  console.log(`\nReady.\n  Web app and plain pages   ${server.url}\n  (without JavaScript the same address works too)\n\nStop with Ctrl+C.`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      void server.stop().finally(() => process.exit(0))
    })
} catch (error) {
  if (error instanceof PortBusy) sayAndExit(busy)
  if (error instanceof ContentError) sayAndExit('A content file cannot be read, so nothing was started:', `  ${error.message}`)
  throw error
}
