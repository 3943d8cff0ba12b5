/** `npm run bench -- <name>`: measures one thing against the least it could cost. Nothing here passes or fails. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const BENCHES = {
  places: 'the search for places, beside `includes` over the same names',
  bot: 'the bot, beside a minimal grammY webhook bot in the same runtime   [--json] [--seconds 5] [--rounds 3] [--chats 5000]',
  talk: 'a sealed message from desk to visitor, beside an echo and the same talk unsealed; 50 talks at once   [--json] [--messages 500] [--long]',
  exit: 'our exit, beside GOV.UK’s and a plain link in the same browser   [--json] [--rounds 9]',
  understand: 'free text to topics, beside MiniSearch and a keyword list over the same phrases   [--json] [--no-times]',
}

const [name = '', ...more] = process.argv.slice(2)
if (!Object.hasOwn(BENCHES, name)) {
  console.error('npm run bench -- <name>\n')
  for (const [one, what] of Object.entries(BENCHES)) console.error(`  ${one.padEnd(10)} ${what}`)
  process.exit(2)
}
const { status } = spawnSync(process.execPath, [resolve('bench', `${name}.ts`), ...more], { stdio: 'inherit' })
process.exit(status ?? 1)
