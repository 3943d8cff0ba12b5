/** What is remembered of a chat while it is used, and how it is sealed into its row and read back. */
import { type Bytes, utf8 } from '../../crypto/bytes.ts'
import { DAY_SECONDS, type DayKeys, dayOf, type KeyRing } from '../../crypto/keyring.ts'
import { type RowName, seal, unseal } from '../../crypto/seal.ts'
import { macKey, tag } from '../../crypto/tag.ts'
import type { Language } from '../../schema/terms.ts'
import type { Row, Tags, Write } from '../store/chat.ts'
import { type Hiding, LONGEST_SECONDS } from '../store/hiding.ts'
import type { EpochSeconds } from '../store/no-answer.ts'

export type Session = {
  chat: number
  language: Language
  /** Where she stands, as `guide/position.ts` writes it. */
  position: string
  /** The one message that is edited in place; null while there is none. */
  live: number | null
  /** Messages that should be gone and are not yet. */
  leftover: number[]
  /** When it hides itself; null while that is not known here: her row keeps what she chose. Not sealed, see `store/hiding.ts`. */
  hiding: Hiding | null
}

/** More ids than this are not worth keeping: they are removed in one call. */
const MAX_LEFTOVER = 100

const TABLE = 'chat'

/** The chats' rows under the keys of two days. Without a day's keys its rows are gone, and the bot goes on without them. */
export class Vault {
  readonly #ring: KeyRing

  constructor(ring: KeyRing) {
    this.#ring = ring
  }

  /** @returns null when there are no keys for today */
  async tagsOf(chat: number, now: EpochSeconds): Promise<Tags | null> {
    const [today, yesterday] = await this.#keys(now)
    if (!today) return null
    // Yesterday's rows are gone, or moved to today, once this much of the day is over.
    const young = now % DAY_SECONDS <= LONGEST_SECONDS
    return [await tagOf(today, chat), young && yesterday ? await tagOf(yesterday, chat) : NO_TAG]
  }

  async put(session: Session, tags: Tags, now: EpochSeconds, leftoverChanged: boolean): Promise<Write | undefined> {
    const [today] = await this.#keys(now)
    if (!today) return undefined
    const { leftover, hiding, ...rest } = session
    const row = { table: TABLE, tag: tags[0] as Bytes, day: dayOf(now) }
    const instead = tags[1] === NO_TAG ? null : tags[1]
    // What yesterday's row holds cannot come along: it is sealed under yesterday's key.
    const anew = leftoverChanged || (instead !== null && leftover.length > 0)
    return {
      kind: 'put',
      tag: tags[0],
      session: await seal(today.wrap, row, utf8(JSON.stringify(rest))),
      leftover: anew ? await seal(today.wrap, leftoverName(row), utf8(JSON.stringify(leftover.slice(-MAX_LEFTOVER)))) : null,
      hiding,
      instead,
    }
  }

  /** @returns null for a row that these days' keys do not open */
  async open(row: Row, now: EpochSeconds): Promise<Session | null> {
    for (const [ago, keys] of (await this.#keys(now)).entries()) {
      if (!keys) continue
      const name = { table: TABLE, tag: row.tag as Bytes, day: dayOf(now) - ago }
      const plain = await unseal(keys.wrap, name, row.session)
      if (plain === null) continue
      const ids = row.leftover && (await unseal(keys.wrap, leftoverName(name), row.leftover))
      const sealed = JSON.parse(text(plain)) as Omit<Session, 'leftover' | 'hiding'>
      return { ...sealed, leftover: ids ? (JSON.parse(text(ids)) as number[]) : [], hiding: row.hiding }
    }
    return null
  }

  #keys(now: EpochSeconds): Promise<(DayKeys | null)[]> {
    return Promise.all([this.#ring.keysFor(dayOf(now)), this.#ring.keysFor(dayOf(now - DAY_SECONDS))])
  }
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const leftoverName = (row: RowName): RowName => ({ ...row, table: `${TABLE}.leftover` })

/** No row has it. */
const NO_TAG = new Uint8Array(1)

/** Imported once a day, and gone with the ring. */
const idKeys = new WeakMap<DayKeys, CryptoKey>()

async function tagOf(keys: DayKeys, chat: number): Promise<Bytes> {
  const key = idKeys.get(keys) ?? (await macKey(keys.id))
  idKeys.set(keys, key)
  return tag(key, 'tg', String(chat))
}
