/** A Firefox as people have it: its own profile, none of the settings that make browsers easy to test, driven from outside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Front } from '../front.ts'
import { readHistory } from '../history.ts'
import { type Kind, PATIENCE_MS, type Running, type Tab } from '../tab.ts'
import { type Bidi, connectBidi } from './bidi.ts'
import { closeWindow } from './marionette.ts'
import { openTunnel, type Tunnel } from './tunnel.ts'

const NAMES = ['firefox-esr', 'firefox']

/** @throws when there is none; the message says what to do */
function findFirefox(): string {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(existsSync)
  if (found === undefined) throw new Error('These tests need Firefox. Run:  sudo apt-get install -y firefox-esr')
  return found
}

const SETTINGS: Record<string, string | number | boolean> = {
  // Settings the driver would make by itself: among them that no session is kept.
  'remote.prefs.recommended': false,
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'marionette.port': 0,
  'intl.accept_languages': 'uk-UA, uk',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.proxy.type': 1,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.http': '127.0.0.1',
  'services.settings.server': 'data:,',
  'toolkit.telemetry.server': '',
}

function prepare(disk: string): void {
  for (const name of ['profile', 'home', 'tmp']) mkdirSync(join(disk, name), { recursive: true })
}

type Started = { profile: string; child: ChildProcess; ended: Promise<unknown>; bidi: Bidi; tunnel: Tunnel }

/** @param restore  opens the tabs it had */
async function start(folder: string, front: Front, restore: boolean): Promise<Started> {
  const tunnel = await openTunnel(front.port)
  const [home, profile] = [join(folder, 'home'), join(folder, 'profile')]
  const settings = {
    ...SETTINGS,
    'network.proxy.ssl_port': tunnel.port,
    'network.proxy.http_port': tunnel.port,
    'browser.startup.page': restore ? 3 : 0,
  }
  const lines = Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
  writeFileSync(join(profile, 'user.js'), `${lines.join('\n')}\n`)
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, TMPDIR: join(folder, 'tmp'), MOZ_CRASHREPORTER_DISABLE: '1' }
  const flags = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', '--marionette']
  const child = spawn(findFirefox(), flags, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  const bidi = await connectBidi(`${await addressOf(child)}/session`)
  await bidi.send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } })
  return { profile, child, ended, bidi, tunnel }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
      const match = /WebDriver BiDi listening on (ws:\S+)/.exec(said)
      if (match?.[1]) found(match[1])
    })
    child.once('exit', () => fail(new Error(`the browser did not start:\n${said}`)))
  })
}

const kill = ({ child }: Started): void => {
  if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
}

async function end(started: Started): Promise<void> {
  await started.ended
  started.bidi.close()
  started.tunnel.close()
}

const running = (started: Started): Pick<Running, 'quit' | 'kill'> => ({
  async quit() {
    await closeWindow(started.profile)
    await end(started)
  },
  async kill() {
    kill(started)
    await end(started)
  },
})

async function open(folder: string, front: Front): Promise<Running> {
  const started = await start(folder, front, false)
  const { bidi } = started
  const { contexts } = await bidi.send<{ contexts: { context: string }[] }>('browsingContext.getTree', { maxDepth: 0 })
  return {
    ...running(started),
    first: tabOf(bidi, contexts[0]?.context ?? ''),
    tab: async () => tabOf(bidi, (await bidi.send<{ context: string }>('browsingContext.create', { type: 'tab' })).context),
  }
}

/** What came back before the driver was there to accept our certificate shows a warning instead of its page. */
async function loadAgain(bidi: Bidi): Promise<void> {
  const { contexts } = await bidi.send<{ contexts: { context: string }[] }>('browsingContext.getTree', { maxDepth: 0 })
  for (const { context } of contexts) await bidi.send('browsingContext.reload', { context, wait: 'none' }).catch(() => {})
}

const KEYS = { Shift: '\uE008', Enter: '\uE007' }

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 50))

type Evaluated = { type: string; result?: { value?: string }; exceptionDetails?: { text: string } }

function tabOf(bidi: Bidi, context: string): Tab {
  /** In a room of its own, so that it works where the page's scripts do not, and the page cannot change what it uses. */
  const evaluate = async <T>(inPage: unknown, given: unknown): Promise<T> => {
    const said = await bidi.send<Evaluated>('script.evaluate', {
      expression: `Promise.resolve((${inPage})(${JSON.stringify(given) ?? ''})).then((value) => JSON.stringify(value) ?? 'null')`,
      target: { context, sandbox: 'test' },
      awaitPromise: true,
    })
    if (said.exceptionDetails) throw new Error(said.exceptionDetails.text)
    return JSON.parse(said.result?.value ?? 'null') as T
  }
  const keys = (values: string[]) =>
    bidi.send('input.performActions', {
      context,
      actions: [
        {
          type: 'key',
          id: 'keys',
          actions: values.flatMap((value) => [
            { type: 'keyDown', value },
            { type: 'keyUp', value },
          ]),
        },
      ],
    })
  const tab: Tab = {
    open: async (url) => void (await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })),
    async press(selector) {
      // Where it will be when the finger comes down: everything loaded, scrolled to, and no longer moving.
      await tab.until(async (sought) => {
        const element = document.querySelector(sought)
        if (element === null || document.readyState !== 'complete') return false
        element.scrollIntoView({ block: 'center', behavior: 'instant' })
        const at = () => JSON.stringify(element.getBoundingClientRect())
        const before = at()
        await new Promise((done) => setTimeout(done, 100))
        return at() === before
      }, selector)
      const { x, y } = await evaluate<{ x: number; y: number }>((sought: string) => {
        const { left, top, width, height } = (document.querySelector(sought) as Element).getBoundingClientRect()
        return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) }
      }, selector)
      const actions = [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]
      await bidi.send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
    },
    type: async (text) => void (await keys([...text])),
    key: async (name) => void (await keys([KEYS[name]])),
    read: (inPage, given) => evaluate(inPage, given),
    async until(inPage, given) {
      // While one page goes and another comes there is nothing to ask.
      const end = Date.now() + PATIENCE_MS
      while (!(await evaluate<boolean>(inPage, given).catch(() => false))) {
        if (Date.now() > end) throw new Error(`never so: ${inPage} (${JSON.stringify(given)})`)
        await pause()
      }
    },
    close: async () => void (await bidi.send('browsingContext.close', { context })),
  }
  return tab
}

export const FIREFOX: Kind = {
  name: 'firefox',
  prepare,
  open,
  reopen: async (disk, front) => {
    const started = await start(disk, front, true)
    await loadAgain(started.bidi)
    return running(started)
  },
  // Scripts can only be switched off for all sites, the leaky ones too. A page whose scripts never come is a plain page as well.
  loses: (app) => (app === 'plain' ? /\.js$/ : null),
  history: (copy) => readHistory(join(copy, 'profile/places.sqlite'), 'moz_places'),
  late: [],
  cleared: [],
}
