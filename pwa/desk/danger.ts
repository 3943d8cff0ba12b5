/**
 * Danger in her words, found on this page: nothing of them leaves it. What reads the counsellor's languages is fetched whole when a shift
 * begins, so that nothing is told by when it comes. It is a hint and no more: until it is there, and whenever it fails, nothing is marked.
 */
import { OWN, readAsIn } from '../../guide/understand/taught.ts'
import type { Crisis } from '../../guide/understand/understand.ts'
import type { Asset, DeskReading } from '../../schema/manifest.ts'
import type { FirstWords } from '../../schema/said.ts'
import type { Country, Language } from '../../schema/terms.ts'
import { bring } from '../bring.ts'
import type { Reader } from '../understand.ts'

export type Danger = Exclude<Crisis, 'none'>

/** Which danger these words speak of, if any. Never throws. */
export type CrisisOf = (text: string, language: Language) => Danger | null

/** Where the parts come from; each may fail. */
export type Sources = { reader(): Promise<Reader>; model(country: Country): Promise<string> }

/** The desk's own files, checked by the integrity the build wrote into the desk. */
export const filesOf = ({ script, models }: DeskReading): Sources => ({
  reader: () => bring<Reader>('understand', script),
  model: async (country) => textOf((JSON.parse(await textOf(models)) as Record<Country, Asset>)[country]),
})

async function textOf({ src, integrity }: Asset): Promise<string> {
  const answer = await fetch(src, { integrity, credentials: 'omit', cache: 'no-store' })
  if (!answer.ok) throw new Error('not loaded')
  return answer.text()
}

export class DangerWords {
  readonly #first: Country
  readonly #sources: Sources
  #reader: Promise<Reader> | null = null
  readonly #loading = new Map<Country, Promise<void>>()
  readonly #opened = new Map<Country, (text: string, language: Language) => Crisis>()

  /** @param first  the organisation's first country */
  constructor(first: Country, sources: Sources) {
    this.#first = first
    this.#sources = sources
  }

  /** What reads these languages. What failed to come is asked for again with the next talk. */
  async load(languages: readonly Language[]): Promise<void> {
    await Promise.all(languages.map((language) => this.#load(readAsIn(this.#first, language))))
  }

  /** Every file knows Russian and English alike, so which country is meant nobody can tell: whatever is there reads those. */
  readonly of: CrisisOf = (text, language) => {
    const country = readAsIn(this.#first, language)
    const own = language.startsWith(OWN[country]) ? this.#opened.get(country) : undefined
    for (const read of own ? [own] : this.#opened.values())
      try {
        const crisis = read(text, language)
        if (crisis !== 'none') return crisis
      } catch {
        // Nothing is marked.
      }
    return null
  }

  #load(country: Country): Promise<void> {
    const loading =
      this.#loading.get(country) ??
      // Without it the desk works as well; only its hints are missing.
      this.#open(country).catch(() => void this.#loading.delete(country))
    this.#loading.set(country, loading)
    return loading
  }

  async #open(country: Country): Promise<void> {
    this.#reader ??= this.#sources.reader()
    const reader = await this.#reader.catch((error) => {
      this.#reader = null
      throw error
    })
    const model = reader.openModel(await this.#sources.model(country))
    this.#opened.set(country, (text, language) => reader.understand(model, text, { language, country }).crisis)
  }
}

/** In what she wrote before anybody was there, and what she lets the next one read of it. */
export function dangerInFirst({ text, before, language }: FirstWords, crisisOf: CrisisOf): Danger | null {
  for (const words of [text, ...before.filter(({ mine }) => mine).map((one) => one.text)]) {
    const danger = crisisOf(words, language)
    if (danger !== null) return danger
  }
  return null
}
