/** Not only the files: every block of the disk, after all files of the browser were deleted. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App, Leaving, Residue, Trace } from '../../../schema/residue.ts'
import { told } from '../allow.ts'
import { CHROMIUM } from '../chromium/chromium.ts'
import { CONTROLS } from '../control/site.ts'
import { type House, openHouse } from '../house.ts'
import { leave } from '../leaving.ts'
import { takePhone } from '../phone.ts'
import { record } from '../record.ts'
import { beginTyping, visit } from '../visit.ts'
import { mountDisk } from './image.ts'

let house: House
const results: Residue[] = []

beforeAll(async () => {
  house = await openHouse()
})

afterAll(async () => {
  record('raw-disk', results)
  await house.close()
})

/** What any block may hold: that this address was opened, and the names of our files. */
const ADDRESS = ['host', 'title', 'file']

test.each<[App, 'link' | 'killed']>([
  ['web', 'link'],
  ['web', 'killed'],
  ['plain', 'link'],
  ['plain', 'killed'],
])('RES-7, E9: on the raw disk a whole visit to the %s pages, ended by %s, leaves the address and nothing else', async (app, leaving) => {
  const at = mkdtempSync(join(tmpdir(), 'raw-'))
  const disk = mountDisk(at)
  try {
    const phone = await takePhone(house.url, app, CHROMIUM, { at: disk.folder })
    try {
      await phone.leak()
      await visit(phone.browser.first, phone.url, phone.seen, app)
      await beginTyping(phone.browser.first, phone.seen)
      await phone.settle()
      await leave(phone, leaving)
      if (leaving === 'link') await phone.browser.quit()
    } finally {
      await phone.close()
    }
    const [ours, leaky] = [phone.seen.markers(phone.front.passed), phone.leaky()]
    disk.unmount()
    const hits = disk.search([...ours, ...leaky])
    // The leaky page's files are deleted, and everything of it is still there: this is what the search can see.
    const names = new Set(hits.filter((hit) => hit.class === 'control').map(({ id }) => id.split(' ')[1]))
    const late = leaving === 'killed' ? CHROMIUM.late : []
    expect(CONTROLS.filter((name) => !names.has(name) && !late.includes(name))).toEqual([])
    const left = hits.filter((hit) => hit.class !== 'control')
    expect(told(left.filter((hit) => !ADDRESS.includes(hit.class)))).toEqual([])
    const found = Object.fromEntries(left.map((hit) => [hit.class as Trace, ['any block']]))
    results.push({
      browser: 'chromium',
      app,
      leaving: leaving as Leaving,
      circumstance: 'none',
      moment: 'raw-disk',
      found,
      sought: ours.length,
    })
  } finally {
    disk.unmount()
    rmSync(at, { recursive: true, force: true })
  }
})
