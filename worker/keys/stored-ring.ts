/** The keys of the days where a deployed Worker has them: one secret of the account's Secrets Store, which no version of the Worker keeps a copy of. */
import { type Day, type DayKeys, type KeyRing, type Life, ringFromJson } from '../../crypto/keyring.ts'

/** A key that the keeper destroyed is forgotten here too within this time. */
const REMEMBERED_MS = 60 * 1000

/** A secret that cannot be read is a day without keys: its rows are gone, and the bot goes on without them. */
export function storedRing(secret: Pick<SecretsStoreSecret, 'get'>, clock: () => number = Date.now): KeyRing {
  let last: { ring: Promise<KeyRing | null>; at: number } | undefined
  const read = async (): Promise<KeyRing | null> => ringFromJson(await secret.get())
  return {
    async keysFor(day: Day, life?: Life): Promise<DayKeys | null> {
      if (last === undefined || clock() - last.at >= REMEMBERED_MS) last = { ring: read(), at: clock() }
      const asked = last
      try {
        return (await (await asked.ring)?.keysFor(day, life)) ?? null
      } catch {
        if (last === asked) last = undefined // asked again the next time
        return null
      }
    },
  }
}
