/** The roots of this machine, as `npm start` tells them. Reached only where `LOCAL` is true, so that the production build drops it. */
import type { TrustText } from '../../schema/api.ts'

/** @returns null for what is no trust; undefined where nothing was told */
export function localTrust(env: { TALK_TRUST?: string }): TrustText | null | undefined {
  if (!env.TALK_TRUST) return undefined
  try {
    return JSON.parse(env.TALK_TRUST) as TrustText
  } catch {
    return null
  }
}
