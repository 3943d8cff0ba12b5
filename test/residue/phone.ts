/** One phone: a browser of its own, the internet around it, leaky pages visited beside our service, and copies of everything on its disk. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, Trace } from '../../schema/residue.ts'
import { type Chromium, openChromium, prepare, reopenChromium } from './chromium.ts'
import { CONTROLS, type Control, type Controls, LEAKY, makeControls } from './control/site.ts'
import { visitControl } from './control/visit.ts'
import { type Front, openFront, type Passed, type Site } from './front.ts'
import type { Marker } from './scanner/forms.ts'
import { type Hit, scan, snapshot } from './scanner/scan.ts'
import { nothingSeen, type Seen } from './seen.ts'

export type Look = {
  hits: Hit[]
  found: Partial<Record<Trace, string[]>>
  /** How many markers of ours were looked for. */
  sought: number
  /** Where the copy lies, until the next look. */
  copy: string
}

export type Phone = {
  url: string
  host: string
  app: App
  /** Everything the browser writes: profile, home, temporary files. */
  disk: string
  front: Front
  seen: Seen
  browser: Chromium
  /** Opens a leaky page nobody has seen before, and closes it. */
  leak(): Promise<void>
  /** Waits until everything the leaky pages left can be read on the disk, and with it whatever of ours was to be written before. */
  settle(): Promise<void>
  /**
   * Copies the disk and reads it.
   *
   * @param but  what the leaky pages left and browsers may have cleared or not yet written
   * @throws when anything else of them is not found: such a scan proves nothing
   */
  look(but?: Control[]): Look
  /** Opens the browser with the tabs it had, waits until the page is there if ours is among them, and closes it. @returns what went to our service meanwhile */
  reopen(ours: boolean): Promise<Passed[]>
  close(): Promise<void>
}

/** Written half a minute late, or when the browser is closed. */
export const LATE: Control[] = ['cookie']

/** Cleared when the browser is opened again. */
export const CLEARED: Control[] = ['session-storage']

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 500))

/** What every first page loads; the table of places comes later, if at all. */
const files = (passed: Passed[]): Set<string> => new Set(passed.map(({ path }) => path).filter((path) => /\.(js|css|json)$/.test(path)))

/** @param service  where the built Worker runs */
export async function takePhone(service: string, app: App): Promise<Phone> {
  const folder = mkdtempSync(join(tmpdir(), 'phone-'))
  const [disk, copy] = [join(folder, 'disk'), join(folder, 'copy')]
  const host = `v${randomBytes(8).toString('hex')}.test`
  const leaky: Controls[] = []
  const others: Record<string, Site> = {}
  const front = await openFront({ host, service, others })
  prepare(disk, app === 'web' ? 'on' : { offExcept: `https://[*.]${LEAKY}` })
  const browser = await openChromium(disk, front)
  const seen = nothingSeen(host)
  const read = (markers: Marker[], but: Control[]): { hits: Hit[]; unseen: string[] } => {
    snapshot(disk, copy)
    const all = scan(copy, [...markers, ...leaky.flatMap((one) => one.markers)])
    const unseen = leaky.flatMap((one) =>
      CONTROLS.filter((name) => !but.includes(name) && !all.some(({ id }) => id === `${one.host} ${name}`)),
    )
    return { hits: all.filter((hit) => hit.class !== 'control'), unseen }
  }
  return {
    url: `https://${host}/`,
    host,
    app,
    disk,
    front,
    seen,
    browser,
    async leak() {
      const controls = makeControls()
      leaky.push(controls)
      others[controls.host] = controls.site
      await visitControl(await browser.tab(), controls)
    },
    async settle() {
      while (read([], LATE).unseen.length > 0) await pause()
    },
    look(but = []) {
      const markers = seen.markers(front.passed)
      const { hits, unseen } = read(markers, but)
      if (leaky.length === 0 || unseen.length > 0)
        throw new Error(`This scan proves nothing: what a leaky page left was not found (${unseen.join(', ') || 'none was visited'})`)
      const found: Look['found'] = {}
      for (const hit of hits) {
        const files = (found[hit.class as Trace] ??= [])
        if (!files.includes(hit.file)) files.push(hit.file)
      }
      return { hits, found, sought: markers.length, copy }
    },
    async reopen(ours) {
      const before = front.passed.length
      const since = () => front.passed.slice(before)
      // A whole page with everything it loads: while it comes in, its address stands in the cache, until the page says it must not be kept.
      const whole = ours && app === 'web' ? [...files(front.passed)] : []
      const again = await reopenChromium(disk, front)
      try {
        while (!whole.every((path) => files(since()).has(path))) await pause()
      } catch (error) {
        await again.kill()
        throw error
      }
      await again.quit()
      return since()
    },
    async close() {
      await browser.kill().catch(() => {})
      await front.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
