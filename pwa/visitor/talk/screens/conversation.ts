/** The talk itself. What she has typed leaves this page when she sends it, and not before. */
import { button, form, h, UNKEPT } from '../dom.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import type { Talk } from '../sealed/talk.ts'
import { type Drawn, message } from './message.ts'
import { title } from './title.ts'

/** The other page away for so long: she is offered another person. */
const AWAY_MS = 45_000

export type Conversing = {
  /** @returns whether it may be sent: the duress word never is */
  typed(text: string): boolean
  duress(): void
  code(): void
  another(): void
  finish(): void
}

export function conversation(scene: Scene, talk: Talk, { typed, duress, code, another, finish }: Conversing): Screen {
  const how = h('p', { class: 'state', role: 'status' })
  const list = h('ol', { class: 'said' })
  const log = h('div', { role: 'log', 'aria-live': 'polite', 'aria-label': t(scene, 'talkTitle') }, list)
  const drawn = new Map<number, Drawn>()
  const text = h('textarea', { ...UNKEPT, rows: '3', maxlength: '3500', 'aria-label': t(scene, 'writeHere') })
  const send = () => {
    const said = text.value.trim()
    if (said === '') return
    text.value = ''
    if (typed(said)) talk.say({ kind: 'text', text: said })
    text.focus()
  }
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
  })
  const write = form(send, text, h('button', { class: 'main' }, t(scene, 'send')))
  write.className = 'write'
  const offerCode = button(t(scene, 'offerCode'), code)
  const away = h('div', { class: 'notice' }, h('p', {}, t(scene, 'awayLong')), button(t(scene, 'another'), another))
  const resting = h(
    'div',
    { class: 'notice' },
    h('p', {}, t(scene, 'pausedText')),
    button(t(scene, 'pauseEnd'), () => talk.pause(false), 'main'),
  )
  const more = h(
    'details',
    { class: 'more' },
    h('summary', {}, t(scene, 'moreTalk')),
    button(t(scene, 'pause'), () => talk.pause(true)),
    button(t(scene, 'codeMake'), code),
    button(t(scene, 'another'), another),
    button(t(scene, 'removeAll'), () => talk.remove('all')),
    button(t(scene, 'finish'), finish),
  )
  // The word itself is the button: to anybody else it is an ordinary one.
  const word = talk.duressWord === '' ? null : button(talk.duressWord, duress, 'quiet')
  const body = h('div', {}, log, away, write, offerCode, word, more)

  const refresh = () => {
    const state = stateOf(scene, talk)
    if (how.textContent !== state) how.textContent = state
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 240
    let added = false
    const keys = new Set(talk.entries.list.map(({ key }) => key))
    for (const [key, { element }] of drawn)
      if (!keys.has(key)) {
        element.remove()
        drawn.delete(key)
      }
    for (const entry of talk.entries.list) {
      const known = drawn.get(entry.key)
      if (known) known.refresh()
      else {
        const one = message(scene, talk, entry, typed)
        drawn.set(entry.key, one)
        list.append(one.element)
        added = true
      }
    }
    const isAway = talk.awaySince !== null && Date.now() - talk.awaySince > AWAY_MS
    away.hidden = !isAway || talk.paused
    offerCode.hidden = talk.hasCode || !talk.entries.list.some(({ mine }) => mine)
    resting.hidden = !talk.paused
    body.hidden = talk.paused
    if (added && atEnd && talk.shown) write.scrollIntoView({ block: 'end' })
    if (talk.shown && !talk.paused && !document.hidden) talk.sawAll()
  }
  refresh()
  return { refresh, nodes: [title(t(scene, 'talkTitle')), how, resting, body] }
}

function stateOf(scene: Scene, talk: Talk): string {
  if (talk.lost) return t(scene, 'lost')
  const as = talk.person?.as
  const who = t(scene, as ? `with.${as}` : 'with')
  if (talk.theyPause) return `${who} ${t(scene, 'theyPause')}`
  return talk.peer === 'away' ? `${who} ${t(scene, 'theyAway')}` : who
}
