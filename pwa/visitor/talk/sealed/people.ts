/** Who is on shift, as far as it can be believed: roots of the build, roster, passkey. Whom the server only claims is not there. */
import { bytesOf } from '../../../../crypto/bytes.ts'
import type { OnShift, People, TrustText, Wish } from '../../../../schema/api.ts'
import type { TalkHours } from '../../../../schema/content.ts'
import type { Language } from '../../../../schema/terms.ts'
import { openRoster, openShift, type Shift, trustFrom } from './keys.ts'
import { ask } from './server.ts'

export type Counsellor = Shift & { state: OnShift['state'] }

/** `now`: epoch seconds of the server; `hours`: when people answer, as published. */
export type Present = { org: string; counsellors: Counsellor[]; waiting: number; now: number; hours: TalkHours[] }

/** Before the server has answered. */
export const NOBODY: Present = { org: '', counsellors: [], waiting: 0, now: 0, hours: [] }

/** More boxes than these no request has. */
const MOST = 8

const trustOf = (people: People): TrustText | undefined => (LOCAL ? people.trust : undefined) ?? TALK?.trust

/** @returns null when the server cannot be reached; nobody, when nobody can be believed */
export async function whoIsThere(): Promise<Present | null> {
  const people = await ask<People>({ ask: 'people' })
  if (!people.ok) return null
  const trust = trustOf(people)
  const nobody = { ...NOBODY, org: trust?.org ?? '', now: people.now, hours: people.hours }
  if (!trust || !people.roster) return nobody
  // A clock that is wrong may never prolong anything.
  const now = Math.max(Math.floor(Date.now() / 1000), people.now)
  const signed = { bytes: bytesOf(people.roster.bytes), signatures: people.roster.signatures.map(bytesOf) }
  const roster = await openRoster(signed, trustFrom(trust), now)
  if (!roster.ok) return nobody
  const checked = await Promise.all(
    people.shifts.map(async ({ state, certificate, authenticatorData, clientData, signature }) => {
      const assertion = { authenticatorData: bytesOf(authenticatorData), clientData: bytesOf(clientData), signature: bytesOf(signature) }
      const shift = await openShift({ certificate: bytesOf(certificate), assertion }, roster.value, now)
      return shift.ok ? [{ ...shift.value, state }] : []
    }),
  )
  return { ...nobody, counsellors: checked.flat(), waiting: people.waiting }
}

/** Who speaks her language and fits her wish, in a pause or not. */
export const fitting = (counsellors: readonly Counsellor[], language: Language, wish: Wish): Counsellor[] =>
  counsellors.filter(({ person }) => person.langs.includes(language) && (wish === 'any' || person.as === wish))

/** To whom a request is sealed: who is free; when nobody is, who has as many as one may have. */
export function addressees(counsellors: readonly Counsellor[], language: Language, wish: Wish): Counsellor[] {
  const able = fitting(counsellors, language, wish)
  const free = able.filter(({ state }) => state === 'free')
  return (free.length > 0 ? free : able.filter(({ state }) => state === 'full')).slice(0, MOST)
}
