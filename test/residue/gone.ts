/** What must hold from the moment she is gone. */
import { expect } from 'vitest'
import type { Circumstance, Leaving, Residue } from '../../schema/residue.ts'
import { forbidden, told } from './allow.ts'
import { ORDINARY } from './front.ts'
import { EXITS, NEUTRAL_NAME } from './house.ts'
import { aftermath, asData } from './leaving.ts'
import type { Phone } from './phone.ts'

/** @returns what was found, for whoever tells people what remains */
export async function gone(phone: Phone, leaving: Leaving, circumstance: Circumstance = 'none'): Promise<Residue[]> {
  const { seen, host, url } = phone
  // Nothing counts as absent that was not there: sentences read, words typed, the guide received.
  expect(seen.count('screen')).toBeGreaterThan(10)
  // Our neutral name, the other site's title or name, the calendar of the exit without network; and the bare host where a page could not be opened again.
  const month = new Date().toLocaleDateString('uk', { month: 'long', year: 'numeric' })
  const titles = [NEUTRAL_NAME, ORDINARY, ...EXITS, month, host]
  const { after, again } = await aftermath(phone, leaving, circumstance)
  for (const { moment, look, history } of after) {
    expect(look.sought, moment).toBeGreaterThan(400)
    expect(told(forbidden(look.hits, phone.kind.name)), moment).toEqual([])
    const ours = history?.filter((row) => row.url.includes(host))
    expect(ours?.map((row) => row.url) ?? [url], `${moment}: one row, no path`).toEqual([url])
    for (const { title } of ours ?? []) expect(titles, moment).toContain(title)
  }
  // A browser that opens its tabs again asks for the first page at most: it no longer knows what was sent.
  expect(again.map(({ sent }) => sent).filter((sent) => sent !== '')).toEqual([])
  expect(after.flatMap(({ history }) => history ?? []).some((row) => row.url === url) || leaving === 'killed').toBe(true)
  return asData(phone, leaving, circumstance, after)
}
