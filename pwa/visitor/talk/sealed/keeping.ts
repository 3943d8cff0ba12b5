/** Keeping a talk under her code: soon after each step, as it stands by then, until it is over. */
import { type Code, type Kept, keep } from './capsule.ts'

const KEEP_MS = 1200

export class Keeping {
  code: Code | null = null

  readonly #kept: () => Kept
  #soon: ReturnType<typeof setTimeout> | undefined

  constructor(kept: () => Kept) {
    this.#kept = kept
  }

  /** @returns whether it is kept, and will be */
  async under(code: Code): Promise<boolean> {
    this.code = code
    if (await keep(code, this.#kept())) return true
    this.code = null
    return false
  }

  soon(): void {
    if (!this.code) return
    clearTimeout(this.#soon)
    this.#soon = setTimeout(() => {
      if (this.code) void keep(this.code, this.#kept())
    }, KEEP_MS)
  }

  stop(): void {
    clearTimeout(this.#soon)
    this.code = null
  }
}
