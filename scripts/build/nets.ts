/** The nets that read words in their order: too large for the Worker's own script, they lie among its files, in a folder that nobody is served. */
import type { Manifest } from '../../schema/manifest.ts'
import type { Compiled } from '../content/all.ts'
import { putIn } from './served.ts'

const FOLDER = 'n'

export function buildNets(root: string, { countries }: Compiled): Manifest['nets'] {
  const put = putIn(root, FOLDER, { compressed: false })
  return Object.fromEntries(countries.flatMap(({ code, net }) => (net === null ? [] : [[code, put(net, 'txt')]])))
}
