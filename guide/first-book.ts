/** What the first view carries inside its HTML for the web app to start from. */

import type { Asset, CountryAssets, TalkAssets } from '../schema/manifest.ts'
import type { Country } from '../schema/terms.ts'
import type { Guide, House, Words } from './guide.ts'
import type { Line } from './view.ts'

/** What reads her own words: of the page's languages, and of English. */
export type OwnWords = { script: Asset; model: string; english: string }
export type { TalkAssets }

export type FirstBook = {
  country: Country
  guide: Guide
  words: Pick<Words, 'language' | 'steps' | 'choices' | 'ui' | 'cards'>
  house: House
  lines: Record<string, Line>
  more: Asset
  files: CountryAssets
  /** The same of every country, for who picks another one. */
  elsewhere: string
}
