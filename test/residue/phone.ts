/** One phone: a browser of its own, the internet around it, leaky pages visited beside our service, and copies of everything on its disk. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, Trace } from '../../schema/residue.ts'
import { CONTROLS, type Control, type Controls, makeControls } from './control/site.ts'
import { visitControl } from './control/visit.ts'
import { type Front, openFront, type Passed, type Site } from './front.ts'
import type { Marker } from './scanner/forms.ts'
import { type Hit, scan, snapshot } from './scanner/scan.ts'
import { nothingSeen, type Seen } from './seen.ts'
import { type Kind, PATIENCE_MS, type Running } from './tab.ts'

export type Look = {
  hits: Hit[]
  found: Partial<Record<Trace, string[]>>
  /** How many markers of ours were looked for. */
  sought: number
  /** Where the copy lies, until the next look. */
  copy: string
}

export type Phone<B extends Running = Running> = {
  kind: Kind<B>
  url: string
  host: string
  app: App
  /** Everything the browser writes: profile, home, temporary files. */
  disk: string
  front: Front
  seen: Seen
  browser: B
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
  /** Everything the leaky pages left. */
  leaky(): Marker[]
  close(): Promise<void>
}

/** Reading a whole disk is the dearest thing a test does: it is not done more often than a browser writes. */
const BETWEEN_SCANS_MS = 4_000
const SOON_MS = 500
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** What every first page loads; the table of places comes later, if at all. */
const files = (passed: Passed[]): Set<string> => new Set(passed.map(({ path }) => path).filter((path) => /\.(js|css|json)$/.test(path)))

type Where = {
  /** A folder for everything of it, left empty; without, one is made and removed. */
  at?: string
  /** A name under which the service knows itself; without, one nobody has seen before. */
  host?: string
}

/** @param service  where the built Worker runs */
export async function takePhone<B extends Running>(service: string, app: App, kind: Kind<B>, where: Where = {}): Promise<Phone<B>> {
  const { at, host = `v${randomBytes(8).toString('hex')}.test` } = where
  const folder = at ?? mkdtempSync(join(tmpdir(), 'phone-'))
  const [disk, copy] = [join(folder, 'disk'), join(folder, 'copy')]
  const leaky: Controls[] = []
  const others: Record<string, Site> = {}
  const front = await openFront({ host, service, others, lost: kind.loses(app) })
  kind.prepare(disk, app)
  const browser = await kind.open(disk, front)
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
    kind,
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
      const end = Date.now() + PATIENCE_MS
      for (let { unseen } = read([], kind.late); unseen.length > 0; { unseen } = read([], kind.late)) {
        if (Date.now() > end) throw new Error(`The browser did not write what a leaky page left: ${unseen.join(', ')}`)
        await pause(BETWEEN_SCANS_MS)
      }
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
      await front.quiet()
      const before = front.passed.length
      const since = () => front.passed.slice(before)
      // A whole page with everything it loads: while it comes in, its address stands in the cache, until the page says it must not be kept.
      const whole = ours && app === 'web' ? [...files(front.passed)].filter((path) => seen.is('file', path)) : []
      const again = await kind.reopen(disk, front)
      try {
        const end = Date.now() + PATIENCE_MS
        while (!whole.every((path) => files(since()).has(path))) {
          if (Date.now() > end)
            throw new Error(
              `The page that was open did not come back: of ${whole.join(', ')} it asked for ${[...files(since())].join(', ')}`,
            )
          await pause(SOON_MS)
        }
      } catch (error) {
        await again.kill()
        throw error
      }
      await again.quit()
      return since()
    },
    leaky: () => leaky.flatMap((one) => one.markers),
    async close() {
      await browser.kill().catch(() => {})
      await front.close()
      for (const one of at === undefined ? [folder] : [disk, copy]) rmSync(one, { recursive: true, force: true })
    },
  }
}
