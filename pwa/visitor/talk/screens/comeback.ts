/** Coming back with a code: what she finds there, and how to go on. */
import { readTyped } from '../code-words.ts'
import { button, field, form, h, UNKEPT } from '../dom.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import type { Found } from '../sealed/capsule.ts'
import { lines } from './lines.ts'
import { title } from './title.ts'

export type Typing = {
  /** The words of a code in every language there is. */
  lists(): Promise<string[]>
  find(code: string): Promise<Found | 'none' | number | null>
  found(found: Found): void
  back(): void
}

/** Each costs a try, and five wrong ones slow her down. */
const MOST_MEANINGS = 3

export function comeback(scene: Scene, { lists, find, found, back }: Typing): Screen {
  const typed = h('input', { ...UNKEPT, type: 'text', maxlength: '200' })
  const how = h('p', { class: 'state', role: 'alert' })
  // Fetched with the screen, whatever will be typed: when it comes tells nothing.
  const others = lists()
  let busy = false
  /** @returns undefined when it is no code */
  const findAny = async (text: string) => {
    let answer: Awaited<ReturnType<Typing['find']>> | undefined
    for (const digits of readTyped(text, [t(scene, 'codeWords'), ...(await others)]).slice(0, MOST_MEANINGS)) {
      answer = await find(digits)
      if (answer !== 'none') break
    }
    return answer
  }
  const look = async () => {
    if (busy) return
    busy = true
    how.textContent = t(scene, 'waiting')
    const answer = await findAny(typed.value)
    busy = false
    if (answer === undefined) how.textContent = t(scene, 'codeShape')
    else if (answer === null) how.textContent = t(scene, 'unreachable')
    else if (answer === 'none') how.textContent = t(scene, 'codeNone')
    else if (typeof answer === 'number') how.textContent = t(scene, 'slowDown', { count: Math.ceil(answer / 60) })
    else {
      typed.value = ''
      found(answer)
    }
  }
  return {
    nodes: [
      title(t(scene, 'comeTitle')),
      h('p', {}, t(scene, 'comeText')),
      form(() => void look(), field(t(scene, 'codeField'), typed), h('button', { class: 'main' }, t(scene, 'find'))),
      how,
      button(t(scene, 'back'), back),
      lines(scene),
    ],
  }
}

export type GoingOn = { goOn(tell: boolean): void; drop(): void }

/** @param trouble  why the last try did not go through */
export function refound(scene: Scene, { kept, replies }: Found, trouble: string | null, { goOn, drop }: GoingOn): Screen {
  const said = kept.words.map(({ mine, text }) =>
    h('li', { class: mine ? 'mine' : 'theirs' }, h('b', { class: 'who' }, t(scene, mine ? 'you' : 'counsellor')), h('p', {}, text)),
  )
  const left = replies.map((text) => h('li', { class: 'theirs' }, h('b', { class: 'who' }, t(scene, 'counsellor')), h('p', {}, text)))
  return {
    nodes: [
      title(t(scene, kept.talk ? 'refoundTitle' : 'requestTitle')),
      trouble ? h('p', { class: 'caution', role: 'alert' }, trouble) : h('span'),
      left.length > 0 ? h('p', {}, t(scene, 'leftForYou')) : h('span'),
      h('ol', { class: 'said' }, ...said, ...left),
      h(
        'div',
        { class: 'choices' },
        ...(kept.talk && kept.words.length > 0
          ? [button(t(scene, 'goOnTelling'), () => goOn(true), 'main'), button(t(scene, 'goOnSilent'), () => goOn(false))]
          : [button(t(scene, kept.talk ? 'goOn' : 'sendNow'), () => goOn(false), 'main')]),
        button(t(scene, 'dropAll'), drop),
      ),
      lines(scene),
    ],
  }
}
