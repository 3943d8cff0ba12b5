/**
 * A full Chromium for the browser tests: the one named, the system's, the test library's own, else Debian's, installed here
 * where that is allowed. Never the headless shell: it has no history to look at. When there is none the run fails and says the
 * one command; a browser test is never skipped.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/** What the test library switches off, because the last such list counts; and the two pages that each new window loads for its address bar: a fifth of the work of a window. */
export const OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
]

/** Nothing is looked up outside; no first-run page stands in the way. */
const FLAGS = [
  `--disable-features=${OFF.join()}`,
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const USUAL: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap((folder) =>
    folder === undefined ? [] : [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Chromium/Application/chrome.exe')],
  ),
}

const PACKAGES = ['chromium', 'fonts-noto-core']

/** No Chromium anywhere; the message is the one command that brings it. */
export class NoBrowser extends Error {}

type Known = {
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  /** The test library's own, whether it is there or not. */
  library: string
  runs: (path: string) => boolean
  /** @returns whether Debian's packages are now installed */
  install: () => boolean
}

/** @throws NoBrowser */
export function findBrowser(known: Known = here()): string {
  const { env, platform, library, runs, install } = known
  if (env.CHROMIUM_PATH) {
    if (runs(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH
    throw new NoBrowser(
      `CHROMIUM_PATH says "${env.CHROMIUM_PATH}", and no program is there. Name a Chromium, or unset it:  unset CHROMIUM_PATH`,
    )
  }
  const system = () => {
    const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
    return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...(USUAL[platform] ?? [])].find(runs)
  }
  const found = system() ?? (isShell(library) || !runs(library) ? undefined : library)
  if (found !== undefined) return found
  const installed = platform === 'linux' && install() ? system() : undefined
  if (installed !== undefined) return installed
  throw new NoBrowser(`The browser tests need Chromium, and none was found. Run:  ${command(platform)}`)
}

const isShell = (path: string): boolean => /headless[-_]shell/i.test(path)

const command = (platform: NodeJS.Platform): string =>
  platform === 'linux' ? `sudo apt-get install -y ${PACKAGES.join(' ')}` : 'npx playwright-core install chromium --no-shell'

function here(): Known {
  return { env: process.env, platform: process.platform, library: libraryPath(), runs, install: installDebian }
}

function libraryPath(): string {
  try {
    return chromium.executablePath()
  } catch {
    return ''
  }
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** As root, or with a `sudo` that asks for no password; otherwise nothing is tried. */
function installDebian(): boolean {
  if (!existsSync('/usr/bin/apt-get')) return false
  const root = process.getuid?.() === 0
  if (!root && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return false
  console.error('Installing Chromium for the browser tests …')
  const run = (...words: string[]) => {
    const [program = '', ...rest] = root ? words : ['sudo', '-n', ...words]
    execFileSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  try {
    run('apt-get', 'update')
    run('apt-get', 'install', '-y', '--no-install-recommends', ...PACKAGES)
    return true
  } catch {
    return false
  }
}

/** @throws NoBrowser */
export function launch({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), ...options, args: [...FLAGS, ...args] })
}

if (import.meta.main) {
  try {
    console.log(findBrowser())
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
