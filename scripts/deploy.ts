/**
 * `npm run deploy [-- --dry-run]`: puts this version online. Each step says what it does; the first that cannot be done stops
 * with what to do about it. A dry run changes nothing and needs neither login nor network.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { readOrganisation } from './content/organisation.ts'
import { ContentError } from './content/read.ts'
import { dayKeys, missingSecrets } from './deploy/keys.ts'
import { createdId, databaseId, listedId, NO_DATABASE, type Wrangler, withDatabaseId, wranglerAt } from './deploy/wrangler.ts'
import { doctor } from './doctor.ts'
import { program } from './groups.ts'

const DATABASE = 'stezhka'

/** Cannot go on; the message says what to do. */
class Stop extends Error {}

type Run = { root: string; dry: boolean; wrangler: Wrangler }

const say = (text: string): void => console.log(text)

/** The address visitors will use: the first one of the organisation's own. */
function address(run: Run): URL | null {
  const organisation = readOrganisation(run.root)
  say(`✓ organisation.toml: ${organisation.name}, for ${organisation.countries.join(', ')} in ${organisation.languages.join(', ')}.`)
  const [site] = organisation.site
  if (site === undefined) {
    const remedy =
      'organisation.toml names no site yet. Write the address people will use, a domain of your Cloudflare account: site = ["https://…"].'
    if (!run.dry) throw new Stop(remedy)
    say(`! ${remedy} A real run stops here.`)
    return null
  }
  if (!URL.canParse(site) || new URL(site).protocol !== 'https:')
    throw new Stop(`"${site}" under "site" in organisation.toml should be an address that begins with https://.`)
  say(`✓ It will answer at ${new URL(site).origin}.`)
  return new URL(site)
}

async function content(): Promise<void> {
  const { code, output } = await program('npm', ['run', '-s', 'check:content'])
  if (code !== 0) throw new Stop(`The content has faults, so it does not go out (npm run check:content):\n${tail(output)}`)
  say('✓ The content check finds no error.')
}

function login({ dry, wrangler }: Run): string {
  if (dry) return '– Would check that you are signed in at Cloudflare.'
  const { code, out } = wrangler('whoami', '--json')
  if (code !== 0) throw new Stop('You are not signed in at Cloudflare. Run: npx wrangler login')
  const email = /"email":\s*"([^"]+)"/.exec(out)?.[1]
  return `✓ Signed in at Cloudflare${email === undefined ? '' : ` as ${email}`}.`
}

/** The database is found by its name or created, in the European Union, and its id written into `wrangler.toml`. */
function database({ root, dry, wrangler }: Run): string {
  const file = join(root, 'wrangler.toml')
  const config = readFileSync(file, 'utf8')
  const id = databaseId(config)
  if (id === null)
    throw new Stop('wrangler.toml has no line database_id = "…" under [[d1_databases]]. Put it back: git checkout -- wrangler.toml')
  if (id !== NO_DATABASE) return `✓ The database is ${id}.`
  if (dry) return `– Would create the database "${DATABASE}" in the European Union and write its id into wrangler.toml.`
  const listed = listedId(wrangler('d1', 'list', '--json').out, DATABASE)
  const made = listed ?? create(wrangler)
  writeFileSync(file, withDatabaseId(config, made))
  return `✓ The database "${DATABASE}" ${listed === null ? 'was created in the European Union' : 'was found in your account'}; its id ${made} now stands in wrangler.toml. Keep that change.`
}

function create(wrangler: Wrangler): string {
  const { code, out, error } = wrangler('d1', 'create', DATABASE, '--jurisdiction', 'eu')
  const id = createdId(out)
  if (code !== 0 || id === null) throw new Stop(`The database could not be created. Cloudflare says:\n${tail(error || out)}`)
  return id
}

function migrate({ dry, wrangler }: Run): string {
  if (dry) return '– Would bring the tables of the database up to date (schema/migrations).'
  const { code, out, error } = wrangler('d1', 'migrations', 'apply', DATABASE, '--remote')
  if (code !== 0)
    throw new Stop(`The tables could not be brought up to date; nothing was deployed. Cloudflare says:\n${tail(error || out)}`)
  return '✓ The tables of the database are up to date.'
}

function upload({ root, dry, wrangler }: Run, site: URL | null): string {
  if (dry) return `– Would upload it and let it answer at ${site?.origin ?? 'the address in organisation.toml'}.`
  // The desk has a host of its own, and may not be reached on the visitors'.
  const desk = readOrganisation(root).talk?.desk
  const hosts = [site?.host ?? '', ...(desk === undefined ? [] : [new URL(desk).host])]
  const { code, out, error } = wrangler('deploy', ...hosts.flatMap((host) => ['--domain', host]))
  if (code !== 0) throw new Stop(`It could not be uploaded. Cloudflare says:\n${tail(error || out)}`)
  return '✓ Uploaded.'
}

/** The last lines hold the reason. */
const tail = (text: string): string =>
  text
    .trim()
    .split('\n')
    .slice(-12)
    .map((line) => `    ${line}`)
    .join('\n')

/** A new address takes a while to be known; a fault is believed only when it stays. */
async function examine({ dry }: Run, site: URL | null): Promise<void> {
  if (dry || site === null) {
    say('– Would examine it from outside (npm run doctor).')
    return
  }
  for (let tries = 1; !(await doctor(site.origin)); tries++) {
    if (tries === 4)
      throw new Stop(
        `It is online, but not as it should be; the lines above say what to do. Look again with: npm run doctor -- ${site.origin}`,
      )
    say('Looking again in 15 seconds …')
    await setTimeout(15_000)
  }
}

export async function deploy(run: Run): Promise<void> {
  const site = address(run)
  await content()
  say(login(run))
  say(database(run))
  const { bot: bots, talk } = readOrganisation(run.root)
  const bot = bots.length > 0
  const keyed = bot || (talk !== undefined && talk.roots.length > 0)
  say(keyed ? dayKeys(run.root, run.dry, run.wrangler) : '– organisation.toml names neither bot nor talk, so only the pages go online.')
  // Not remembered: the next local start or test builds its own.
  await build(run.root, { production: true })
  say('✓ Built and bundled.')
  say(migrate(run))
  say(upload(run, site))
  if (bot && !run.dry) for (const line of missingSecrets(run.wrangler)) say(line)
  await examine(run, site)
  say(run.dry ? '\nNothing was changed.' : '\nDone.')
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } })
  const root = process.cwd()
  try {
    await deploy({ root, dry: values['dry-run'], wrangler: wranglerAt(root) })
  } catch (error) {
    if (!(error instanceof Stop || error instanceof ContentError)) throw error
    console.error(`✗ ${error.message}`)
    process.exitCode = 1
  }
}
