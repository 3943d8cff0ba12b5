/** `docs/what-remains.md`, made from what the residue tests found: what is said there of the disk was measured, or it is not said. */
import type { App, Circumstance, Leaving, Moment, Residue, Trace } from '../../schema/residue.ts'

/** One look at a disk, without the names of files, which are others each time. */
export type Look = Omit<Residue, 'found'> & { found: Trace[] }

/** In the order they are told. */
const TRACES: Record<Trace, string> = {
  host: 'the address',
  title: 'the neutral title',
  file: 'names of script files',
  app: 'pieces of our files',
  code: 'which screens she opened',
  key: 'keys of a talk',
  typed: 'what she typed',
  screen: 'sentences she read',
}

/** These tell that the site was opened, and nothing of what was done there. */
const QUIET: Trace[] = ['host', 'title', 'file']

const LEAVING: Record<Leaving, string> = {
  link: 'the exit',
  shift: 'Shift three times',
  'two-fingers': 'two fingers, tapped twice',
  'tab-closed': 'no exit: the tab was closed',
  'browser-closed': 'no exit: the browser was closed',
  killed: 'no exit: the phone went dead',
}

const CIRCUMSTANCE: Record<Circumstance, string> = {
  none: '',
  talk: 'a talk with a counsellor',
  'five-visits': 'five visits in a row',
  offline: 'without network',
  'second-tab': 'a second tab open',
  'no-answer': 'the neutral site did not answer',
}

const MOMENT: Record<Moment, string> = {
  'at-once': 'at once',
  later: 'after a while',
  closed: 'after the browser was closed',
  reopened: 'after it was opened again',
  'raw-disk': 'on the whole disk, deleted parts included',
}

const BROWSER: Record<Residue['browser'], string> = { chromium: 'Chromium', firefox: 'Firefox' }

const inOrder = <K extends string>(words: Record<K, string>, all: K[]): K[] =>
  (Object.keys(words) as K[]).filter((one) => all.includes(one))

const foundIn = (looks: Look[]): Trace[] =>
  inOrder(
    TRACES,
    looks.flatMap(({ found }) => found),
  )

const isTelling = (trace: Trace): boolean => !QUIET.includes(trace)

const said = (traces: Trace[]): string => traces.map((trace) => TRACES[trace]).join(', ')

/** What one way to end a visit left, whenever it was looked for. */
function cell(looks: Look[]): string {
  if (looks.length === 0) return 'not measured'
  const found = foundIn(looks)
  const told = found.map((trace) => (isTelling(trace) ? `**${TRACES[trace]}**` : TRACES[trace]))
  return told.length === 0 ? 'nothing' : told.join(', ')
}

function table(looks: Look[]): string {
  const rows = inOrder(
    LEAVING,
    looks.map(({ leaving }) => leaving),
  ).flatMap((leaving) =>
    inOrder(
      CIRCUMSTANCE,
      looks.filter((look) => look.leaving === leaving).map(({ circumstance }) => circumstance),
    ).map((circumstance) => {
      const own = looks.filter((look) => look.leaving === leaving && look.circumstance === circumstance)
      const of = (app: App) => cell(own.filter((look) => look.app === app))
      const name = [LEAVING[leaving], CIRCUMSTANCE[circumstance]].filter((part) => part !== '').join('; ')
      return `| ${name} | ${of('web')} | ${of('plain')} |`
    }),
  )
  return ['| how the visit ended | with JavaScript | without JavaScript |', '|---|---|---|', ...rows].join('\n')
}

const EXITS: Leaving[] = ['link', 'shift', 'two-fingers']

function inShort(looks: Look[]): string {
  const [exits, others] = [looks.filter(({ leaving }) => EXITS.includes(leaving)), looks.filter(({ leaving }) => !EXITS.includes(leaving))]
  const sentence = (which: string, some: Look[]): string => {
    if (some.length === 0) return `${which}: not measured.`
    const [telling, quiet] = [foundIn(some).filter(isTelling), foundIn(some).filter((trace) => !isTelling(trace))]
    const rest = `Found: ${said(quiet) || 'nothing else'}.`
    return telling.length === 0
      ? `${which}: nothing she read, typed or chose was found (looks at a disk: ${some.length}). ${rest}`
      : `${which}: **${said(telling)}** could be read in some looks at a disk; the tables say after which visits. ${rest}`
  }
  return `- ${sentence('After an exit', exits)}\n- ${sentence('Without any exit', others)}`
}

function onThePhone(looks: Look[]): string {
  return inOrder(
    BROWSER,
    looks.map(({ browser }) => browser),
  )
    .map((browser) => {
      const own = looks.filter((look) => look.browser === browser)
      const moments = inOrder(
        MOMENT,
        own.map(({ moment }) => moment),
      ).map((moment) => MOMENT[moment])
      const sought = Math.max(...own.map((look) => look.sought))
      return `### ${BROWSER[browser]} on a computer

Looked for up to ${sought} sentences, typed words, codes and pieces of files of the visit, ${moments.join(', ')}.

${table(own)}`
    })
    .join('\n\n')
}

export const page = (looks: Look[]): string => `# What remains after a visit

For the staff of an organisation that offers this guide, and for advisers of survivors. What is said of the disk was measured by the residue tests; \`npm run remains\`
makes this page from their result, \`docs/what-remains.json\`. Do not edit it by hand.

## In short

${inShort(looks)}
- The exit hides what is on the screen and what the browser would show again. It cannot hide that this address was opened, nor stop a program that watches the phone.
- A private window leaves less: most browsers forget the address too when it is closed.
- If somebody checks the phone, a phone that nobody at home can reach (a friend's, a library's) is safer than any exit.

## On the phone

${onThePhone(looks)}

Names of script files are letters and digits that tell the version of the site, not what was read. The address and the title stand in the browser's own lists (history, often visited pages, open tabs). The address says nothing of violence only if the organisation chose it so. One
row can be taken out of the history by hand; an empty history is noticed sooner than a missing row.

Also left, and not by us: a number she rang (call list, bill), a message she wrote, words her keyboard learned, a screenshot, pictures of open apps that the phone keeps.

## On the network

Who runs the Wi-Fi, the mobile network or a watching program on the router sees that this address was asked for, when, and how long the answers were. What stands on the pages cannot be read there. Their lengths do not tell which
was read: with JavaScript the whole guide comes at once; without it every page has one length. Seen are: the language, with or without JavaScript, how many screens (without), that a place was looked for and how
long its typed name is, that a service was told not to have answered, that a counsellor was asked for and when something was written there.

The provider that carries the site (Cloudflare) sees the visitor's network address while a request lasts, and could read what is sent without JavaScript. Nothing of it is logged by us.

## In accounts

- A browser that is signed in (Google, Apple, Mozilla) copies the history to the other devices of that account, and to whoever knows its password. No exit reaches these.
- Telegram keeps its own copies of a chat with the bot; see what "hide" and "tidy" remove on the bot's own screens.
- Phone bills and family accounts list calls, and in some families places.

## With us

Counts of "did not answer" by service and day; no account, no cookie, no network address, no log. Whatever else is stored, of a chat with the bot or a talk with a counsellor, is sealed and
expires: \`schema/storage.md\`. A talk nobody but the two can read.

## Not measured

- Android, its Chrome and in-app browsers; iPhone and iPad; Samsung Internet; the browser inside Telegram. They are built from the same parts, and may keep more: pictures of open apps, copies in a backup.
- Keyboards that learn, voice assistants, programs that watch (stalkerware), management of a work or school phone.
- Copies of the history on other devices, caches of names in the phone and the router, logs of the provider.
- A disk under examination with tools dearer than ours: only what the tables say was looked at.

Before a launch somebody has to look at real phones, and write the result beside this list.
`
