/** The Secrets Store that holds the bot's daily keys: found or made by `npm run deploy`, and bound in `wrangler.toml`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Wrangler } from './wrangler.ts'

/** As the key keeper names it (`worker/keys/keeper.ts`). */
const SECRET = 'stezhka-day-keys'

/** What the Worker is told apart from `wrangler.toml`; each is typed once into `npx wrangler secret put`. */
const SECRETS = {
  BOT_TOKEN: 'the token from @BotFather',
  BOT_SECRET: 'the BOT_SECRET of your .dev.vars',
  KEEPER_TOKEN: 'an API token of Cloudflare that may write Secrets Store, and nothing else',
}

const ID = /\b[0-9a-f]{32}\b/

export const isBound = (config: string): boolean => /^\s*binding\s*=\s*"DAY_KEYS"/m.test(config)

export const bound = (config: string, account: string, store: string): string => `${config.trimEnd()}

[vars]
KEEPER_STORE = "${account}/${store}"

[[secrets_store_secrets]]
binding = "DAY_KEYS"
store_id = "${store}"
secret_name = "${SECRET}"
`

/** One line for whoever deploys. A fault stops only the bot: the pages go online all the same. */
export function dayKeys(root: string, dry: boolean, wrangler: Wrangler): string {
  const file = join(root, 'wrangler.toml')
  const config = readFileSync(file, 'utf8')
  if (isBound(config)) return '✓ The bot’s daily keys have their place in the Secrets Store.'
  if (dry) return '– Would find or create a Secrets Store for the bot’s daily keys and bind it in wrangler.toml.'
  const account = accountId(wrangler('whoami', '--json').out)
  const store = storeId(wrangler)
  if (account === null || store === null || !hasSecret(wrangler, store))
    return '! There is no Secrets Store for the bot’s daily keys, so the bot will not answer. You need the role "Secrets Store Admin"; then deploy again. The pages go online all the same.'
  writeFileSync(file, bound(config, account, store))
  return `✓ The bot’s daily keys will be kept in the Secrets Store ${store}; wrangler.toml names it now. Keep that change.`
}

/** What the Worker still has to be told before the bot answers; a line each. */
export function missingSecrets(wrangler: Wrangler): string[] {
  const { out } = wrangler('secret', 'list')
  const missing = Object.entries(SECRETS).filter(([name]) => !out.includes(`"${name}"`))
  if (missing.length === 0) return ['→ The bot has what it needs. Name, commands and webhook: npm run bot -- publish']
  return missing.map(([name, what]) => `! The bot does not answer yet: npx wrangler secret put ${name}    (${what})`)
}

/** @returns null when whoever signed in has several accounts: a person should choose */
export function accountId(out: string): string | null {
  const ids = [...new Set([...out.matchAll(/"(?:account_?[iI]d|id)":\s*"([0-9a-f]{32})"/g)].map(([, id]) => id))]
  return ids.length === 1 ? (ids[0] ?? null) : null
}

function storeId(wrangler: Wrangler): string | null {
  const listed = ID.exec(wrangler('secrets-store', 'store', 'list', '--remote').out)?.[0]
  return listed ?? ID.exec(wrangler('secrets-store', 'store', 'create', 'stezhka', '--remote').out)?.[0] ?? null
}

/** The secret begins empty; the keeper writes the first keys. */
function hasSecret(wrangler: Wrangler, store: string): boolean {
  if (wrangler('secrets-store', 'secret', 'list', store, '--remote', '--per-page', '100').out.includes(SECRET)) return true
  return (
    wrangler('secrets-store', 'secret', 'create', store, '--name', SECRET, '--value', '{}', '--scopes', 'workers', '--remote').code === 0
  )
}
