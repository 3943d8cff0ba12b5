/**
 * Danger in her words, found on this page: nothing of them leaves it. What reads them is fetched whole when a shift begins, so that nothing
 * is told by when it comes. It is a hint and no more: until it is there, and whenever it fails, nothing is marked.
 */
import type { Crisis, Model } from '../../guide/understand/understand.ts'
import type { DeskReading } from '../../schema/manifest.ts'
import type { FirstWords } from '../../schema/said.ts'
import type { Country, Language } from '../../schema/terms.ts'
import { bring } from '../bring.ts'
import type { Reader } from '../understand.ts'

export type Danger = Exclude<Crisis, 'none'>

/** Which danger these words speak of, if any. Never throws. */
export type CrisisOf = (text: string, language: Language) => Danger | null

/** Where the two parts come from; each may fail. */
export type Sources = { reader(): Promise<Reader>; model(): Promise<string> }

/** The desk's own files, checked by the integrity the build wrote into the desk. */
export const filesOf = ({ script, model }: Pick<DeskReading, 'script' | 'model'>): Sources => ({
  reader: () => bring<Reader>('understand', script),
  async model() {
    const answer = await fetch(model.src, { integrity: model.integrity, credentials: 'omit', cache: 'no-store' })
    if (!answer.ok) throw new Error('not loaded')
    return answer.text()
  },
})

export class DangerWords {
  readonly #country: Country
  readonly #sources: Sources
  #opened: { reader: Reader; model: Model } | null = null
  #loading: Promise<void> | null = null

  constructor(country: Country, sources: Sources) {
    this.#country = country
    this.#sources = sources
  }

  /** What failed to come is asked for again with the next talk. */
  load(): Promise<void> {
    if (this.#opened !== null) return Promise.resolve()
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  readonly of: CrisisOf = (text, language) => {
    if (this.#opened === null) return null
    const { reader, model } = this.#opened
    try {
      const { crisis } = reader.understand(model, text, { language, country: this.#country })
      return crisis === 'none' ? null : crisis
    } catch {
      return null
    }
  }

  async #load(): Promise<void> {
    try {
      const [reader, packed] = await Promise.all([this.#sources.reader(), this.#sources.model()])
      this.#opened = { reader, model: reader.openModel(packed) }
    } catch {
      // Without it the desk works as well; only its hints are missing.
    }
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
