/**
 * What is wrong with the content, file by file, with the step and the remedy.
 *
 * Pure: it reads no file and has no clock. Parsing is done before (`schema/content.ts`); each rule lives in `guide/check/`.
 */

import { openAtlas } from './check/atlas.ts'
import { checkCare } from './check/care.ts'
import { checkCodes } from './check/codes.ts'
import { checkDirectory } from './check/directory.ts'
import { checkFacts } from './check/facts.ts'
import type { Finding } from './check/finding.ts'
import { checkGraph } from './check/graph.ts'
import { checkHelp } from './check/help.ts'
import { checkNumbers } from './check/numbers.ts'
import { checkPhrases } from './check/phrases.ts'
import { checkReading } from './check/reading.ts'
import { checkReferences } from './check/references.ts'
import { checkSecretPlaces } from './check/secret-places.ts'
import { checkSizes } from './check/sizes.ts'
import { checkTables } from './check/tables.ts'
import { checkPublicStrings, type PublicString } from './check/telling.ts'
import { checkWords } from './check/words.ts'
import type { Content } from './content.ts'

export type { Finding } from './check/finding.ts'

export type CheckOptions = {
  /** `2026-11-22` */
  today: string
  /** Whatever else others may read: titles, addresses, manifest, commands, the organisation's neutral name. */
  publicStrings?: PublicString[]
}

export function checkContent(content: Content, { today, publicStrings = [] }: CheckOptions): Finding[] {
  const atlas = openAtlas(content)
  const found = [
    ...checkGraph(atlas),
    ...checkHelp(atlas),
    ...checkReferences(atlas),
    ...checkWords(atlas),
    ...checkNumbers(atlas),
    ...checkTables(atlas),
    ...checkPhrases(atlas),
    ...checkReading(atlas),
    ...checkFacts(atlas, today),
    ...checkCare(atlas),
    ...checkDirectory(atlas, today),
    ...checkSecretPlaces(atlas),
    ...checkSizes(atlas),
    ...checkCodes(atlas),
    ...checkPublicStrings(publicStrings),
  ]
  return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()]
}
