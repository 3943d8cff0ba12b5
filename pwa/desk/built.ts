/** What the build writes into the desk: whom it believes, and where what reads words lies. A local build asks its own server instead. */
import type { BuiltTalk, TrustText } from '../../schema/api.ts'
import type { DeskReading } from '../../schema/manifest.ts'

declare const TALK: BuiltTalk | null
declare const LOCAL: boolean
declare const READING: DeskReading

/** @param local  what a local server says of itself; a production build does not listen */
export const trustText = (local: TrustText | undefined): TrustText | null => (LOCAL && local) || (TALK?.trust ?? null)

export const reading = (): DeskReading => READING
