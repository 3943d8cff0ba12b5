/** Ways a visit ends, and what is on the disk from then on. */
import type { Circumstance, Leaving, Moment, Residue } from '../../schema/residue.ts'
import type { Control } from './control/site.ts'
import type { Passed } from './front.ts'
import type { Look, Phone } from './phone.ts'
import type { Row } from './tab.ts'

/** All ways but the one for fingers, which is the driver's own. */
export async function leave(phone: Phone, how: Exclude<Leaving, 'two-fingers'>): Promise<void> {
  const tab = phone.browser.first
  if (how === 'link') await tab.press('a.exit')
  if (how === 'shift') for (let n = 0; n < 3; n += 1) await tab.key('Shift')
  if (how === 'tab-closed') {
    await phone.browser.tab()
    await tab.close()
  }
  if (how === 'browser-closed') await phone.browser.quit()
  if (how === 'killed') await phone.browser.kill()
  if (how === 'link' || how === 'shift') await left(phone)
}

export const left = ({ browser, host }: Phone): Promise<void> => browser.first.until((ours) => location.host !== ours, host)

/** Ways a shift at the desk ends for whoever passes by: nothing on the screen, the shift over, and no power. */
export type DeskLeaving = 'locked' | 'shift-ended' | 'killed'

/** Where our page is still open when the browser is closed. */
const STAYS: (Leaving | DeskLeaving)[] = ['browser-closed', 'locked', 'shift-ended']

export type After = { moment: Moment; look: Look; history: Row[] | null }

/** Copies of the disk from the moment she is gone. On the way the browser is closed, opened again, which asks us for `again`, and closed. */
export async function aftermath(
  phone: Phone,
  how: Leaving | DeskLeaving,
  circumstance: Circumstance,
): Promise<{ after: After[]; again: Passed[] }> {
  const after: After[] = []
  // The history is written a few seconds late; from the next copy on it must be there.
  const { late, cleared } = phone.kind
  const take = (moment: Moment, but: Control[]) => {
    const look = phone.look(but)
    after.push({ moment, look, history: moment === 'at-once' || how === 'killed' ? null : phone.kind.history(look.copy) })
  }
  if (how !== 'browser-closed' && how !== 'killed') {
    take('at-once', late)
    await phone.leak()
    await phone.settle()
    take('later', late)
    await phone.browser.quit()
  }
  take('closed', how === 'killed' ? late : [])
  // A tab that waits for another site, and never got its answer, is still ours to the browser.
  const again = await phone.reopen(STAYS.includes(how) || circumstance === 'no-answer')
  take('reopened', [...cleared, ...late])
  return { after, again }
}

export const asData = (phone: Phone, leaving: Leaving, circumstance: Circumstance, after: After[]): Residue[] =>
  after.map(({ moment, look }) => ({
    browser: phone.kind.name,
    app: phone.app,
    leaving,
    circumstance,
    moment,
    found: look.found,
    sought: look.sought,
  }))
