/**
 * The key keeper of a deployed bot: each hour it sees that today's and tomorrow's keys are there and that none is kept past its limit.
 * It runs from an alarm and holds nothing but that. `npm start` and one's own server keep the keys in a file instead (`scripts/bot/keys.ts`).
 */
import { DurableObject } from 'cloudflare:workers'
import { turned } from '../../crypto/keeping.ts'
import { writeSecret } from './secrets-store.ts'

/** The secret's name in the store; `wrangler.toml` binds it as `DAY_KEYS`. */
export const SECRET_NAME = 'stezhka-day-keys'

const EVERY_MS = 60 * 60 * 1000
const API_ROOT = 'https://api.cloudflare.com/client/v4'

export type KeeperEnv = {
  DAY_KEYS?: SecretsStoreSecret
  /** May write the account's Secrets Store; a secret of the Worker. */
  KEEPER_TOKEN?: string
  /** `<account id>/<store id>`. */
  KEEPER_STORE?: string
  /** Another server that speaks the platform's interface, for tests. */
  CLOUDFLARE_API_ROOT?: string
}

export class KeyKeeper extends DurableObject<Env & KeeperEnv> {
  /** What was written last: the store takes a while to show it, and today's keys must not be made twice. */
  #written: string | undefined

  /** Looks at the keys now, unless the next look is already set. */
  async wake(): Promise<void> {
    if (this.#store() !== null && (await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now())
  }

  /** What fails is tried again the next time: tomorrow's keys are written a day before anybody needs them. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + EVERY_MS)
    await this.#keep().catch(() => {})
  }

  async #keep(): Promise<void> {
    const [store, secret] = [this.#store(), this.env.DAY_KEYS]
    if (store === null || secret === undefined) return
    // A store that cannot be read is not written either: that would destroy keys in use.
    const before = this.#written ?? (await secret.get())
    const now = turned(before, Math.floor(Date.now() / 1000))
    if (now !== before) await writeSecret(store, SECRET_NAME, now)
    this.#written = now
  }

  #store() {
    const { KEEPER_TOKEN: token, KEEPER_STORE: path, CLOUDFLARE_API_ROOT: root = API_ROOT } = this.env
    const [, account, store] = /^([0-9a-f]{32})\/([0-9a-f]{32})$/.exec(path ?? '') ?? []
    return token && account && store ? { token, account, store, root } : null
  }
}
