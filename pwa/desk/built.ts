/** What the build writes into the desk: whom it believes. A local build asks its own server instead. */
import type { BuiltTalk, TrustText } from '../../schema/api.ts'

declare const TALK: BuiltTalk | null
declare const LOCAL: boolean

/** @param local  what a local server says of itself; a production build does not listen */
export const trustText = (local: TrustText | undefined): TrustText | null => (LOCAL && local) || (TALK?.trust ?? null)
