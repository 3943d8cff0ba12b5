/** Where the keys of the days are: a file (`npm start`, one's own server) or the account's Secrets Store. */
import { type KeyRing, ringFromJson } from '../../crypto/keyring.ts'
import { storedRing } from './stored-ring.ts'

export type RingEnv = {
  /** Keys of the days, where a file keeps them; see `crypto/keyring.ts`. */
  BOT_KEYS?: string
  /** Keys of the days, where the key keeper does. */
  DAY_KEYS?: SecretsStoreSecret
}

/** What was made the last time: keys hardly ever change while a Worker runs, and the Secrets Store is asked once a minute. */
let last: { keys: string | undefined; ring: KeyRing | null } | undefined

/** @returns null when there are none, so that nothing could be sealed */
export function ringOf({ BOT_KEYS: keys, DAY_KEYS: stored }: RingEnv): KeyRing | null {
  if (last === undefined || last.keys !== keys || last.ring === null)
    last = { keys, ring: keys === undefined && stored !== undefined ? storedRing(stored) : ringFromJson(keys ?? '') }
  return last.ring
}
