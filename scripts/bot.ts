/**
 * `npm run bot -- publish [--yes]` gives the bot its name, words and webhook; without `--yes` it only shows what would change.
 * `npm run bot -- status` says how it is now. What is to be set stands in `bot/publish.ts`.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type BotApi, isWrongToken, Unreachable, WRONG_TOKEN } from './bot/api.ts'
import { ask, type Change, changes, faultsOf, Refused, type WebhookNow, wanted } from './bot/publish.ts'
import { isSecret, readSettings, type Settings } from './bot/settings.ts'
import { readOrganisation } from './content/organisation.ts'
import { ContentError } from './content/read.ts'

const HELP = `The Telegram bot: its name, words and webhook.

  npm run bot -- status            how the bot is now, and whether Telegram can reach it
  npm run bot -- publish           shows what would change; changes nothing
  npm run bot -- publish --yes     sets it

BOT_TOKEN (from @BotFather) and BOT_SECRET come from the environment or from .dev.vars. The Worker needs the same two:
  npx wrangler secret put BOT_TOKEN    and    npx wrangler secret put BOT_SECRET
`

/** What a command leaves: text for stdout, sentences for stderr, and how it ended. */
export type Outcome = { out: string; errors: string[]; exit: 0 | 1 | 2 }

const refuse = (...errors: string[]): Outcome => ({ out: '', errors, exit: 1 })

const NO_TOKEN = 'There is no BOT_TOKEN. Write the token from @BotFather into .dev.vars as BOT_TOKEN=…, or set it in the environment.'
const NO_SECRET =
  'There is no BOT_SECRET, without which anybody could speak as Telegram. Make one and give it to the Worker too:  openssl rand -hex 32'
const WEAK_SECRET = 'BOT_SECRET should be 32 to 256 of the characters A–Z, a–z, 0–9, "_" and "-". Make one:  openssl rand -hex 32'

/** @throws ContentError when `organisation.toml` cannot be read */
export async function bot(root: string, argv: string[], settings: Settings = readSettings(root)): Promise<Outcome> {
  const [command, ...rest] = argv
  if (command === undefined || command === 'help' || command === '--help') return { out: HELP, errors: [], exit: 0 }
  if (command !== 'publish' && command !== 'status')
    return { out: '', errors: [`bot: "${command}" is not a command; possible: publish, status.`], exit: 2 }
  const yes = command === 'publish' ? readYes(rest) : rest.length === 0 ? false : null
  if (yes === null) return { out: '', errors: [`bot: "${argv.join(' ')}" is not understood; possible: publish [--yes], status.`], exit: 2 }
  if (settings.api === null) return refuse(NO_TOKEN)
  try {
    return command === 'status' ? await status(settings.api) : await publish(root, settings.api, settings.secret, yes)
  } catch (error) {
    if (error instanceof Unreachable) return refuse(error.message)
    if (!(error instanceof Refused)) throw error
    return refuse(isWrongToken(error.answer) ? WRONG_TOKEN : `Telegram refused ${error.message}`)
  }
}

function readYes(args: string[]): boolean | null {
  try {
    return parseArgs({ args, options: { yes: { type: 'boolean', default: false } }, strict: true }).values.yes
  } catch {
    return null
  }
}

type Me = { first_name: string; username: string; can_join_groups?: boolean }

async function status(api: BotApi): Promise<Outcome> {
  const me = await ask<Me>(api, 'getMe')
  const hook = await ask<WebhookNow>(api, 'getWebhookInfo')
  const commands = await ask<{ command: string }[]>(api, 'getMyCommands')
  const lines = [`@${me.username}, "${me.first_name}"`]
  lines.push(hook.url === '' ? 'webhook    none: Telegram keeps the updates for whoever asks (npm start does)' : `webhook    ${hook.url}`)
  lines.push(`waiting    ${hook.pending_update_count ?? 0} updates`)
  if (hook.last_error_message) lines.push(`last fault ${hook.last_error_message}`)
  lines.push(`commands   ${commands.length === 0 ? 'none' : commands.map(({ command }) => `/${command}`).join(' ')}`)
  if (me.can_join_groups) lines.push('groups     it can be added to groups (it leaves them). In @BotFather: /setjoingroups → Disable.')
  return { out: `${lines.join('\n')}\n`, errors: [], exit: 0 }
}

async function publish(root: string, api: BotApi, secret: string | null, yes: boolean): Promise<Outcome> {
  if (secret === null) return refuse(NO_SECRET)
  if (!isSecret(secret)) return refuse(WEAK_SECRET)
  const plan = wanted(root, readOrganisation(root))
  const me = await ask<Me>(api, 'getMe')
  const faults = faultsOf(plan, me.username)
  if (faults.length > 0) return refuse(...faults, 'Nothing was changed.')
  const list = await changes(api, plan, secret)
  const noSite =
    plan.webhook === null
      ? ['organisation.toml names no site yet, so the webhook is left as it is. Write it under "site", then run this again.']
      : []
  const out = [`@${me.username}\n`, ...list.map(shown), list.length === 0 ? 'Everything is as it should be.\n' : '']
  if (!yes || list.length === 0)
    return {
      out: `${out.join('\n')}${list.length === 0 ? '' : 'Nothing was changed. To do it:  npm run bot -- publish --yes\n'}`,
      errors: noSite,
      exit: 0,
    }
  for (const change of list) await set(api, change)
  return { out: `${out.join('\n')}Done. Clients show new names and commands after some minutes.\n`, errors: noSite, exit: 0 }
}

/** Names may be changed only now and then; what Telegram asks to wait is waited, unless it is long. */
async function set(api: BotApi, { method, params }: Change): Promise<void> {
  try {
    await ask(api, method, params)
  } catch (error) {
    if (!(error instanceof Refused) || error.answer.code !== 429 || error.answer.retryAfter > 60) throw error
    await sleep(error.answer.retryAfter * 1000)
    await ask(api, method, params)
  }
}

const shown = ({ what, now, next }: Change): string => `  ${what}\n    - ${oneLine(now)}\n    + ${oneLine(next)}\n`

const oneLine = (text: string): string => (text === '' ? '(nothing)' : text.replaceAll('\n', ' ⏎ '))

if (import.meta.main) {
  try {
    const { out, errors, exit } = await bot(process.cwd(), process.argv.slice(2))
    process.stdout.write(out)
    for (const error of errors) console.error(error)
    process.exitCode = exit
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
