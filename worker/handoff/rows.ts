/** Names and outer seals of the talk's rows, under the keys of the days. Without a day's keys its rows are gone, and everything goes on without them. */
import { type Bytes, fromUtf8, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { DAY_SECONDS, type Day, type DayKeys, dayOf, type KeyRing, type Life } from '../../crypto/keyring.ts'
import { seal, unseal } from '../../crypto/seal.ts'
import { macKey, tag } from '../../crypto/tag.ts'
import type { EpochSeconds } from '../store/no-answer.ts'

/** A row's name under one day's key. */
export type Name = { tag: Bytes; day: Day }

/** On how many days before today a row of this class may have been named. */
const BEFORE: Record<Life, number> = { short: 1, long: 3 }

/** Imported once a day, and gone with the ring. */
const idKeys = new WeakMap<DayKeys, Promise<CryptoKey>>()

export class Rows {
  readonly #ring: KeyRing

  constructor(ring: KeyRing) {
    this.#ring = ring
  }

  /**
   * What a row may be called: today's name first, then those of the days before whose keys still live.
   *
   * @param purpose  so that the same text is never named alike in two tables
   * @returns null when there are no keys for today: nothing can be kept
   */
  async names(purpose: string, text: string | Bytes, now: EpochSeconds, life: Life = 'short'): Promise<[Name, ...Name[]] | null> {
    const days = Array.from({ length: 1 + BEFORE[life] }, (_none, ago) => dayOf(now) - ago)
    const found = await Promise.all(days.map((day) => this.#name(purpose, text, day, life)))
    const [today, ...before] = found
    return today ? [today, ...before.filter((name) => name !== null)] : null
  }

  async seal(table: string, { tag: name, day }: Name, value: unknown, life: Life = 'short'): Promise<Bytes> {
    const keys = await this.#ring.keysFor(day, life)
    if (!keys) throw new Error('a day without keys')
    return seal(keys.wrap, { table, tag: name, day }, value instanceof Uint8Array ? value : utf8(JSON.stringify(value)))
  }

  /** @returns null for what this day's key did not seal, or when the key is gone */
  async openBytes(table: string, { tag: name, day }: Name, sealed: Bytes, life: Life = 'short'): Promise<Bytes | null> {
    const keys = await this.#ring.keysFor(day, life)
    return keys && unseal(keys.wrap, { table, tag: name, day }, sealed)
  }

  /** A value that `seal` was given. */
  async open<T>(table: string, name: Name, sealed: Bytes, life: Life = 'short'): Promise<T | null> {
    const bytes = await this.openBytes(table, name, sealed, life)
    const text = bytes && fromUtf8(bytes)
    return text === null ? null : (JSON.parse(text) as T)
  }

  /** Of a row that was found without its name: the days its key may be of are tried. */
  async openAny<T>(
    table: string,
    tagged: Bytes,
    sealed: Bytes,
    now: EpochSeconds,
    life: Life = 'short',
  ): Promise<{ name: Name; value: T } | null> {
    for (let ago = 0; ago <= BEFORE[life]; ago += 1) {
      const name = { tag: tagged, day: dayOf(now - ago * DAY_SECONDS) }
      const value = await this.open<T>(table, name, sealed, life)
      if (value !== null) return { name, value }
    }
    return null
  }

  async #name(purpose: string, text: string | Bytes, day: Day, life: Life): Promise<Name | null> {
    const keys = await this.#ring.keysFor(day, life)
    if (!keys) return null
    const key = idKeys.get(keys) ?? macKey(keys.id)
    idKeys.set(keys, key)
    return { tag: await tag(await key, purpose, typeof text === 'string' ? text : toBase64url(text)), day }
  }
}
