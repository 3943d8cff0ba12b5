/** What the residue tests find on the disk after a visit: written by them as `dist/residue/<test>.json`, read by whoever tells people what remains. */

/** The web app, or plain pages with JavaScript off in the browser's settings. */
export type App = 'web' | 'plain'

/** How the visit ended: three ways to leave that we offer, and three without any: the tab closed, the browser closed with the page open, the phone dead. */
export type Leaving = 'link' | 'shift' | 'two-fingers' | 'tab-closed' | 'browser-closed' | 'killed'

/** What else was so while she left. `talk`: in the middle of a talk with a counsellor. */
export type Circumstance = 'none' | 'talk' | 'five-visits' | 'offline' | 'second-tab' | 'no-answer'

/** When the disk was copied: the browser still running, at once and after everything a page writes late was written; after it was closed; after it was opened again. */
export type Moment = 'at-once' | 'later' | 'closed' | 'reopened' | 'raw-disk'

/** `screen`: sentences she read. `typed`: what she typed. `code`: where in the guide she was, names of files that only some visits load among it. `key`: what opens or names a talk, the return code among it. `app`: our scripts, styles, texts. `file`: names of those that every visit loads. `host`, `title`: our address, and the neutral title. */
export type Trace = 'screen' | 'typed' | 'code' | 'key' | 'app' | 'file' | 'host' | 'title'

export type Residue = {
  browser: 'chromium' | 'firefox'
  app: App
  leaving: Leaving
  circumstance: Circumstance
  moment: Moment
  /** What was found, with the files it was found in; a class that is not here was looked for and not found. */
  found: Partial<Record<Trace, string[]>>
  /** How many sentences, codes and pieces of files were looked for. */
  sought: number
}
