/** Begins the desk in its page: takes an invitation out of the address, draws, and listens for keys and signs of life. */
import { render } from 'preact'
import { reading } from './built.ts'
import { DangerWords, filesOf } from './danger.ts'
import { Desk, wanting } from './desk.ts'
import './desk.css'
import { actionOf, isField, type KeyAction } from './keys.ts'
import { App } from './ui/app.tsx'
import { order } from './ui/list.tsx'
import { open, type View } from './ui/view.ts'
import { openWords, tongue, tongueFor } from './words.ts'

const called = document.title

/** A link works once, but it should not stand in the bar where somebody may read it. The browser's history has it already: see `docs/talk.md`. */
function takeInvitation(): string {
  const { hash } = location
  if (hash !== '') location.replace('#')
  return hash
}

const hash = takeInvitation()
openWords(tongueFor(navigator.languages))
document.documentElement.lang = tongue()

let isDrawing = false
/** Many changes in one turn are one drawing. */
function draw(): void {
  if (isDrawing) return
  isDrawing = true
  queueMicrotask(() => {
    isDrawing = false
    const count = wanting(desk)
    document.title = count === 0 ? called : `(${count}) ${called}`
    render(<App desk={desk} view={view} />, root)
  })
}

const root = document.getElementById('desk') as HTMLElement
const view: View = { window: null, hasKeys: true, draw }
const desk = new Desk(hash, called, draw, new DangerWords(reading().country, filesOf(reading())))
draw()

function walk(by: 1 | -1): void {
  const all = order(desk)
  const at = all.findIndex(({ tag }) => tag === desk.picked?.tag)
  const next = all[at < 0 ? (by === 1 ? 0 : all.length - 1) : at + by]
  if (next) desk.pick(next)
}

const ACTIONS: Record<KeyAction, () => void> = {
  help: () => open(view, 'help'),
  next: () => walk(1),
  previous: () => walk(-1),
  reply: () => document.getElementById('reply')?.focus(),
  end: () => desk.talk?.canWrite && open(view, 'end'),
  accept: () => desk.picked?.kind === 'waiting' && void desk.accept(desk.picked.tag),
  transfer: () => desk.talk?.canWrite && desk.talk.handing?.step !== 'asked' && open(view, 'hand'),
  leave: () => isField(document.activeElement) && (document.activeElement as HTMLElement).blur(),
}

addEventListener('keydown', (event) => {
  desk.touched()
  // A window has keys of its own: Escape closes it.
  if (desk.phase !== 'on' || view.window !== null) return
  const action = actionOf(event, isField(document.activeElement), view.hasKeys)
  if (action === null) return
  if (action !== 'leave') event.preventDefault()
  ACTIONS[action]()
})

addEventListener('hashchange', () => {
  const taken = takeInvitation()
  if (taken !== '') desk.invite(taken)
})

for (const sign of ['pointerdown', 'pointermove', 'wheel', 'touchstart'] as const)
  addEventListener(sign, () => desk.touched(), { passive: true })

document.addEventListener('visibilitychange', () => desk.lookedAtTalk())

// Closing the page lets go of the keys: whoever does it by mistake may still stay.
addEventListener('beforeunload', (event) => {
  if (desk.talks.some(({ state }) => state === 'open')) event.preventDefault()
})

addEventListener('pagehide', ({ persisted }) => {
  if (!persisted) desk.leaving()
})
