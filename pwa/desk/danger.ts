/**
 * Danger in her words, found on this page: nothing of them leaves it. What reads the counsellor's languages is fetched whole when a shift
 * begins, so that nothing is told by when it comes. It is a hint and no more: until it is there, and whenever it fails, nothing is marked.
 */
import { type Knows, OWN, readAsIn } from '../../guide/understand/taught.ts'
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
export type Sources = { reader(): Promise<Reader>; model(knows: Knows): Promise<string> }

/** The desk's own files, checked by the integrity the build wrote into the desk. */
export const filesOf = ({ script, models }: DeskReading): Sources => ({
  reader: () => bring<Reader>('understand', script),
  model: async (knows) => textOf((JSON.parse(await textOf(models)) as Record<Knows, Asset>)[knows]),
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
  readonly #loading = new Map<Knows, Promise<void>>()
  readonly #opened = new Map<Knows, (text: string, language: Language) => Crisis>()

  /** @param first  the organisation's first country */
  constructor(first: Country, sources: Sources) {
    this.#first = first
    this.#sources = sources
  }

  /** What reads these languages, and English, which anybody may fall into. What failed to come is asked for again with the next talk. */
  async load(languages: readonly Language[]): Promise<void> {
    await Promise.all((['EN', ...languages.map((language) => readAsIn(this.#first, language))] as const).map((knows) => this.#load(knows)))
  }

  /** Every country's file knows Russian alike, so which country is meant nobody can tell: whatever is there reads it. */
  readonly of: CrisisOf = (text, language) => {
    const country = readAsIn(this.#first, language)
    const own = language.startsWith(OWN[country]) ? this.#opened.get(country) : undefined
    for (const read of own ? [own, this.#opened.get('EN')] : this.#opened.values())
      try {
        const crisis = read?.(text, language) ?? 'none'
        if (crisis !== 'none') return crisis
      } catch {
        // Nothing is marked.
      }
    return null
  }

  #load(knows: Knows): Promise<void> {
    const loading =
      this.#loading.get(knows) ??
      // Without it the desk works as well; only its hints are missing.
      this.#open(knows).catch(() => void this.#loading.delete(knows))
    this.#loading.set(knows, loading)
    return loading
  }

  async #open(knows: Knows): Promise<void> {
    this.#reader ??= this.#sources.reader()
    const reader = await this.#reader.catch((error) => {
      this.#reader = null
      throw error
    })
    const model = reader.openModel(await this.#sources.model(knows))
    const country = knows === 'EN' ? this.#first : knows
    this.#opened.set(knows, (text, language) => {
      const setting = { language, country }
      const isMeant = knows !== 'EN' || reader.isEnglish(model, text, setting)
      return isMeant ? reader.understand(model, text, setting).crisis : 'none'
    })
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
