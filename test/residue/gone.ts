/** What must hold from the moment she is gone. */
import { expect } from 'vitest'
import type { Circumstance, Leaving, Residue } from '../../schema/residue.ts'
import { forbidden, told } from './allow.ts'
import { ORDINARY } from './front.ts'
import { EXITS, NEUTRAL_NAME } from './house.ts'
import { type After, aftermath, asData, type DeskLeaving } from './leaving.ts'
import type { Phone } from './phone.ts'

/** @returns what was found, for whoever tells people what remains */
export async function gone(phone: Phone, leaving: Leaving, circumstance: Circumstance = 'none'): Promise<Residue[]> {
  // Our neutral name, the other site's title or name, the calendar of the exit without network; and the bare host where a page could not be opened again.
  const month = new Date().toLocaleDateString('uk', { month: 'long', year: 'numeric' })
  const titles = [NEUTRAL_NAME, ORDINARY, ...EXITS, month, phone.host]
  return asData(phone, leaving, circumstance, await clean(phone, leaving, { titles, least: 400, circumstance }))
}

type Expected = {
  /** Those our row of the history may have. */
  titles: string[]
  /** So many markers were looked for, and more. */
  least: number
  circumstance?: Circumstance
}

export async function clean(
  phone: Phone,
  how: Leaving | DeskLeaving,
  { titles, least, circumstance = 'none' }: Expected,
): Promise<After[]> {
  const { seen, host, url } = phone
  // Nothing counts as absent that was not there: sentences read, words typed, the guide received.
  expect(seen.count('screen')).toBeGreaterThan(10)
  const { after, again } = await aftermath(phone, how, circumstance)
  for (const { moment, look, history } of after) {
    expect(look.sought, moment).toBeGreaterThan(least)
    expect(told(forbidden(look.hits, phone.kind.name)), moment).toEqual([])
    const ours = history?.filter((row) => row.url.includes(host))
    expect(ours?.map((row) => row.url) ?? [url], `${moment}: one row, no path`).toEqual([url])
    for (const { title } of ours ?? []) expect(titles, moment).toContain(title)
  }
  // A browser that opens its tabs again asks for the first page at most: it no longer knows what was sent.
  expect(again.map(({ sent }) => sent).filter((sent) => sent !== '')).toEqual([])
  expect(after.flatMap(({ history }) => history ?? []).some((row) => row.url === url) || how === 'killed').toBe(true)
  return after
}
