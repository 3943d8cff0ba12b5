/**
 * Talking with a person, sealed: loaded when she asks for one. Which screen stands, and what its buttons do; the screens are in `screens/`,
 * keys and line in `sealed/`. All of it is memory: the exit closes the line and lets go.
 */
import './talk.css'
import { TALK_STEP } from '../../../guide/engine.ts'
import type { Page } from '../core.ts'
import { isWord } from './duress.ts'
import { type Scene, type Screen, t } from './scene.ts'
import { type Asked, ask } from './screens/ask.ts'
import { before } from './screens/before.ts'
import { code } from './screens/code.ts'
import { comeback, refound } from './screens/comeback.ts'
import { confirm } from './screens/confirm.ts'
import { conversation } from './screens/conversation.ts'
import { kept } from './screens/nobody.ts'
import { over } from './screens/over.ts'
import { waiting } from './screens/waiting.ts'
import type { NotBegun } from './sealed/asking.ts'
import { drop, type Found, find, type Kept, keep, REQUEST_HOURS } from './sealed/capsule.ts'
import { codeKeys } from './sealed/keys.ts'
import { NOBODY, type Present, whoIsThere } from './sealed/people.ts'
import { Talk } from './sealed/talk.ts'
import { strip } from './strip.ts'

/** What this part brings to the page. */
export type Person = {
  show(scene: Scene): void
  /** She reads another screen. @param mention  whether it may be told there that somebody is asked for */
  elsewhere(mention: boolean, page: Page): void
}

let scene: Scene | null = null
let talk: Talk | null = null
let present: Present | null | undefined
let asked: Asked | null = null
/** The screen over that of the talk: a code, a question. */
let above: (() => Screen) | null = null
let now: { name: string; screen: Screen } | null = null
/** Whether the bar may speak where she is. */
let mention = false

const root = () => document.getElementById('screen') as HTMLElement

/** @param name  a screen of the same name that stands already is only refreshed */
function put(name: string, make: (scene: Scene) => Screen): void {
  if (!scene) return
  if (now?.name !== name) now = { name, screen: make(scene) }
  else now.screen.refresh?.()
  const { nodes } = now.screen
  if (root().firstChild === nodes[0]) return
  root().replaceChildren(...nodes)
  scrollTo(0, 0)
  document.getElementById('title')?.focus({ preventScroll: true })
  now.screen.refresh?.()
}

/** Every way on leads here: the screen that fits how it stands. */
function draw(): void {
  if (!scene || scene.at.step !== TALK_STEP || root().dataset.step !== TALK_STEP) return
  strip(null, () => {})
  if (talk) talk.shown = above === null && talk.stage === 'joined'
  if (above) put('over', above)
  else if (!talk) put('before', (s) => before(s, present, { yes: () => askFor(null), code: typeCode, again: () => void look() }))
  else if (talk.stage === 'waiting')
    put('waiting', (s) => waiting(s, talk as Talk, { read: () => press('back') || press('home'), takeBack }))
  else if (talk.stage === 'joined')
    put('talk', (s) => conversation(s, talk as Talk, { typed, duress, code: makeCode, another: askAnother, finish: askFinish }))
  else put('ended', (s) => over(s, talk?.end ?? 'gone', anew))
}

function to(screen: (() => Screen) | null): void {
  above = screen
  now = null
  draw()
}

/** @returns whether the bar offers it */
function press(choice: string): boolean {
  const button = document.querySelector<HTMLElement>(`.bar [data-choice=${choice}]`)
  button?.click()
  return button !== null
}

async function look(): Promise<void> {
  present = undefined
  to(null)
  present = await whoIsThere()
  if (!talk && !above) to(null)
}

function changed(of: Talk): void {
  if (of !== talk) return
  if (scene?.at.step === TALK_STEP && root().dataset.step === TALK_STEP) draw()
  else if (mention && scene) strip(meanwhile(scene, of), () => scene?.page.go(TALK_STEP))
  else strip(null, () => {})
}

const unread = (of: Talk): boolean => {
  const last = of.entries.list.findLast(({ mine }) => !mine)
  return last !== undefined && last.key > read
}
let read = -1

function meanwhile(s: Scene, of: Talk): string {
  if (of.stage === 'over') return t(s, 'strip.over')
  if (of.stage === 'waiting') return t(s, 'strip.waiting')
  return t(s, unread(of) ? 'strip.new' : 'strip.joined')
}

function begin(made: Talk): Talk {
  talk = made
  read = -1
  return made
}

function askFor(trouble: string | null): void {
  const people = present ?? NOBODY
  to(() => ask(scene as Scene, people, asked, trouble, { send: (what) => void send(what), keep: keepRequest, back: () => to(null) }))
}

const TROUBLE: Record<NotBegun, string> = {
  shape: 'trouble.old',
  gone: 'trouble.again',
  changed: 'trouble.again',
  nobody: 'trouble.nobody',
  full: 'trouble.full',
  unavailable: 'trouble.again',
  'slow-down': 'trouble.slow',
  prove: 'trouble.full',
  'no-answer': 'unreachable',
}

async function send(what: Asked): Promise<void> {
  asked = what
  present = (await whoIsThere()) ?? present
  const made = begin(new Talk(present?.org ?? '', what.first, what.duress, changed))
  to(null)
  const why = await made.begin(present ?? NOBODY)
  if (talk !== made) return
  if (why === null) asked = null
  else {
    talk = null
    askFor(t(scene as Scene, TROUBLE[why]))
  }
  draw()
}

/** Nobody on shift: it waits under her own code, and goes out with one tap when she comes back. */
function keepRequest(what: Asked): void {
  asked = what
  const request: Kept = {
    v: 1,
    talk: null,
    first: what.first,
    duress: what.duress,
    words: what.first.text ? [{ mine: true, text: what.first.text }] : [],
  }
  const org = present?.org ?? ''
  to(() =>
    code(scene as Scene, {
      hours: REQUEST_HOURS,
      keep: async (digits, hours) => keep({ keys: await codeKeys(digits, org), hours, org }, request),
      done: () => {
        asked = null
        to(() => kept(scene as Scene, present ?? NOBODY, () => leaveTo('home')))
      },
      back: () => askFor(null),
    }),
  )
}

function leaveTo(choice: string): void {
  above = null
  now = null
  press(choice)
}

function makeCode(): void {
  const org = present?.org ?? ''
  to(() =>
    code(scene as Scene, {
      keep: async (digits, hours) => (await talk?.keepUnder({ keys: await codeKeys(digits, org), hours, org })) ?? false,
      done: () => to(null),
      back: () => to(null),
    }),
  )
}

/** Without a network a code is found nowhere, whatever its words. */
async function codeLists(): Promise<string[]> {
  try {
    return (await (await fetch(scene?.book.talk?.codes ?? '', { credentials: 'omit', cache: 'no-store' })).json()) as string[]
  } catch {
    return []
  }
}

function typeCode(): void {
  const org = present?.org ?? ''
  to(() =>
    comeback(scene as Scene, {
      lists: codeLists,
      find: (digits) => find(digits, org),
      found: (found) => showFound(found, null),
      back: () => to(null),
    }),
  )
}

function showFound(found: Found, trouble: string | null): void {
  to(() =>
    refound(scene as Scene, found, trouble, {
      goOn: (tell) => void goOn(found, tell),
      drop: () => {
        void drop(found.code)
        to(null)
      },
    }),
  )
}

async function goOn(found: Found, tell: boolean): Promise<void> {
  const here = await whoIsThere()
  const words = found.kept.words
  const first = { ...found.kept.first, before: tell ? words : [], again: found.kept.talk !== null }
  const made = begin(Talk.from({ ...found, kept: { ...found.kept, first } }, changed))
  to(null)
  const why = here === null ? 'no-answer' : await (found.kept.talk ? made.resume(here) : made.begin(here))
  if (talk !== made) return
  if (why !== null) {
    talk = null
    // Reading it took it away: it is written anew, and the code still leads there.
    void keep(found.code, found.kept)
    showFound(found, t(scene as Scene, TROUBLE[why]))
  }
  draw()
}

function askAnother(): void {
  const go = (tell: boolean) => () => {
    to(null)
    void talk?.another(tell).then((why) => {
      if (why !== null && scene) to(() => confirm(scene as Scene, 'another', TROUBLE[why], [['backToTalk', () => to(null)]]))
      else draw()
    })
  }
  to(() =>
    confirm(scene as Scene, 'another', 'anotherText', [
      ['anotherTelling', go(true)],
      ['anotherSilent', go(false)],
      ['backToTalk', () => to(null)],
    ]),
  )
}

function askFinish(): void {
  const finish = () => {
    void talk?.finish()
    to(null)
  }
  to(() =>
    confirm(scene as Scene, 'finish', 'finishText', [
      ['finishYes', finish],
      ['backToTalk', () => to(null)],
    ]),
  )
}

function takeBack(): void {
  const was = talk
  anew()
  void was?.finish()
}

function anew(): void {
  talk = null
  asked = null
  void look()
}

const typed = (text: string): boolean => {
  if (!talk || !isWord(text, talk.duressWord)) return true
  duress()
  return false
}

/** In this very moment the screen is another: the one of a break, which tells nothing, with no way back to this. */
function duress(): void {
  const was = talk
  talk = null
  above = null
  now = null
  asked = null
  strip(null, () => {})
  press('stop')
  void was?.duress()
}

document.addEventListener('leave', () => {
  talk?.leave()
  talk = null
  above = null
  now = null
  asked = null
  scene = null
})

// Seen is only what stands on the screen while she looks.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && talk) changed(talk)
})

const person: Person = {
  show(next) {
    const isOther = scene?.words.language !== next.words.language || scene.book !== next.book
    scene = next
    if (isOther) now = null
    if (!talk && !above && now === null) void look()
    else draw()
  },
  elsewhere(may, page) {
    mention = may
    if (talk) {
      talk.shown = false
      read = talk.entries.list.at(-1)?.key ?? -1
      // A talk that ended and was seen to have ended is done.
      if (talk.stage === 'over') talk = null
    }
    if (scene) scene = { ...scene, page, at: { ...scene.at, step: '' } }
    if (talk) changed(talk)
    else {
      strip(null, () => {})
      above = null
      now = null
    }
  },
}

document.dispatchEvent(new CustomEvent('talk', { detail: person }))
