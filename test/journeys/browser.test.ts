/** Which Chromium the journeys run in, and what is said when there is none. */
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBrowser, NoBrowser, OFF } from '../../scripts/browser.ts'

type Known = NonNullable<Parameters<typeof findBrowser>[0]>

const LIBRARY = join('/home', 'library', 'chrome')

const known = (there: string[], more: Partial<Known> = {}): Known => ({
  env: { PATH: ['/usr/local/bin', '/usr/bin'].join(process.platform === 'win32' ? ';' : ':') },
  platform: 'linux',
  library: LIBRARY,
  runs: (path) => there.includes(path),
  install: () => false,
  ...more,
})

const system = join('/usr/bin', 'chromium')

test('the Chromium named goes before the system’s, that before the library’s', () => {
  expect(findBrowser(known(['/mine', system, LIBRARY], { env: { CHROMIUM_PATH: '/mine', PATH: '/usr/bin' } }))).toBe('/mine')
  expect(findBrowser(known([system, LIBRARY]))).toBe(system)
  expect(findBrowser(known([LIBRARY]))).toBe(LIBRARY)
})

test('a Chromium named that is not there is said, not passed over', () => {
  expect(() => findBrowser(known([system], { env: { CHROMIUM_PATH: '/mine', PATH: '/usr/bin' } }))).toThrow('CHROMIUM_PATH')
})

test('the headless shell is never taken: it has no history', () => {
  const shell = '/home/library/chromium_headless_shell-1/headless_shell'
  expect(() => findBrowser(known([shell], { library: shell }))).toThrow(NoBrowser)
})

test('where none is, Debian’s is installed if that is allowed', () => {
  const there: string[] = []
  const install = () => there.push(system) > 0
  expect(findBrowser(known(there, { install }))).toBe(system)
})

test.each([
  ['linux', 'sudo apt-get install -y chromium fonts-noto-core'],
  ['darwin', 'npx playwright-core install chromium --no-shell'],
] as const)('where none can be had on %s, the run fails with the one command', (platform, command) => {
  expect(() => findBrowser(known([], { platform }))).toThrow(command)
})

test('whatever the test library switches off in Chromium is off here too, though its list is replaced', async () => {
  // A program that is no browser: what it was asked stands in the complaint.
  const complaint = await chromium.launch({ executablePath: process.execPath }).then(
    () => '',
    (error: Error) => error.message,
  )
  const library = /--disable-features=(\S+)/.exec(complaint)?.[1]?.split(',') ?? []
  expect(library).toContain('HttpsUpgrades')
  expect(OFF).toEqual(expect.arrayContaining(library))
})
