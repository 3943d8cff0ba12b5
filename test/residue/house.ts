/** Our service in the real runtime, for the visits of one file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import type { App } from '../../schema/residue.ts'
import { fresh, remember } from '../../scripts/build/fresh.ts'
import { build } from '../../scripts/build.ts'
import { serveLocal } from '../../scripts/serve/local.ts'
import { type Phone, takePhone } from './phone.ts'
import type { Kind, Running } from './tab.ts'

const ROOT = join(import.meta.dirname, '../..')

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
  withPhone<B extends Running>(app: App, kind: Kind<B>, use: (phone: Phone<B>) => Promise<void>): Promise<void>
  close(): Promise<void>
}

export async function openHouse(): Promise<House> {
  if (!fresh(ROOT)) {
    await build(ROOT)
    remember(ROOT)
  }
  const data = mkdtempSync(join(tmpdir(), 'residue-'))
  const service = await serveLocal({ root: ROOT, port: 0, data })
  return {
    url: service.url,
    async withPhone(app, kind, use) {
      const phone = await takePhone(service.url, app, kind)
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
