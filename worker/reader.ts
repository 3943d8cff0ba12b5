/** What reads somebody's own words. Its net lies among the Worker's files and is opened once, when somebody first writes; without it the weights read alone. */

import type { InOrder } from '../guide/understand/model.ts'
import { inOrder, openNet } from '../guide/understand/net.ts'
import { BESIDE, readAsIn } from '../guide/understand/taught.ts'
import { tongueOf } from '../guide/understand/tongue.ts'
import { isEnglish, type Model, type Setting } from '../guide/understand/understand.ts'
import type { Country } from '../schema/terms.ts'
import { isBuilt, manifest, modelOf } from './books.ts'

/** She is not kept waiting for it longer than this. */
const NET_MS = 1500
/** Opened ones only: what one request waits for, another cannot. */
const nets = new Map<Country, InOrder>()

async function fetchNet(files: Fetcher, path: string): Promise<InOrder | null> {
  try {
    const stored = await files.fetch(`https://files${path}`, { signal: AbortSignal.timeout(NET_MS) })
    return stored.ok ? inOrder(openNet(await stored.text())) : null
  } catch {
    return null
  }
}

async function netOf(files: Fetcher, country: Country): Promise<InOrder | null> {
  const path = manifest.nets[country]
  if (path === undefined) return null
  const net = nets.get(country) ?? (await fetchNet(files, path))
  // What did not come is asked for again.
  if (net !== null) nets.set(country, net)
  return net
}

/** English has a file of its own. @param files  where the nets lie */
export async function readerOf(files: Fetcher, text: string, { country, language }: Setting): Promise<Model> {
  const asIn = readAsIn(country, language)
  const own = isBuilt(asIn) ? asIn : country
  if (isEnglish(modelOf(own), text, { language })) return modelOf('EN')
  const other = tongueOf(text, false, language) === 'russian' ? BESIDE[own] : undefined
  if (other === undefined || !isBuilt(other)) return withNet(files, own)
  const [model, beside] = await Promise.all([withNet(files, own), withNet(files, other)])
  return { ...model, beside }
}

async function withNet(files: Fetcher, country: Country): Promise<Model> {
  const net = await netOf(files, country)
  return net === null ? modelOf(country) : { ...modelOf(country), net }
}
