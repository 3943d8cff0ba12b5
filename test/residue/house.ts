/** Our service in the real runtime, for the visits of one file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import type { App } from '../../schema/residue.ts'
import { type Local, serveLocal, type Vars } from '../../scripts/serve/local.ts'
import { type Phone, takePhone } from './phone.ts'
import type { Kind, Running } from './tab.ts'

export const ROOT = join(import.meta.dirname, '../..')

const organisation = parse(readFileSync(join(ROOT, 'organisation.toml'), 'utf8')) as {
  neutral_name: string
  exit: { UA: { url: string }[] }
}

/** The title of every page of ours. */
export const NEUTRAL_NAME = organisation.neutral_name

/** Where the exit leads. */
export const EXITS = organisation.exit.UA.map(({ url }) => new URL(url).host)

export type House = {
  url: string
  server: Local
  /** @param host  where it is to be found, if not under a name of its own */
  withPhone<B extends Running>(app: App, kind: Kind<B>, use: (phone: Phone<B>) => Promise<void>, host?: string): Promise<void>
  close(): Promise<void>
}

/** @param vars  what the Worker is told besides `wrangler.toml` */
export async function openHouse(vars: Vars = {}): Promise<House> {
  const data = mkdtempSync(join(tmpdir(), 'residue-'))
  const service = await serveLocal({ root: ROOT, port: 0, data, vars })
  return {
    url: service.url,
    server: service,
    async withPhone(app, kind, use, host) {
      const phone = await takePhone(service.url, app, kind, host === undefined ? {} : { host })
      try {
        await use(phone)
      } finally {
        await phone.close()
      }
    },
    async close() {
      await service.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
