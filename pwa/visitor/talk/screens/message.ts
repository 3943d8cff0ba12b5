/** One message of a talk, drawn once and brought up to date when its mark or its answer changes. */
import { button, form, h, UNKEPT } from '../dom.ts'
import { type Scene, t } from '../scene.ts'
import type { Entry } from '../sealed/entries.ts'
import type { Talk } from '../sealed/talk.ts'

export type Drawn = { element: HTMLElement; refresh(): void }

/** @param typed  her answer to "what is our word", before it is sent */
export function message(scene: Scene, talk: Talk, entry: Entry, typed: (text: string) => boolean): Drawn {
  const { mine, said } = entry
  const mark = h('span', { class: 'mark' })
  const answers = h('div', { class: 'answers' })
  const element = h(
    'li',
    { class: mine ? 'mine' : 'theirs' },
    h('b', { class: 'who' }, t(scene, mine ? 'you' : 'counsellor')),
    h('p', {}, textOf(scene, talk, entry)),
    answers,
    mine && h('div', { class: 'foot' }, mark, removal(scene, talk, entry)),
  )
  let shown = ''
  const refresh = () => {
    const state = `${entry.mark} ${entry.answered}`
    if (state === shown) return
    shown = state
    if (mine)
      mark.replaceChildren(
        entry.mark === 'failed' ? button(t(scene, 'mark.failed'), () => talk.again(entry), 'quiet') : t(scene, `mark.${entry.mark}`),
      )
    else if (said) answers.replaceChildren(...asked(scene, talk, entry, typed))
  }
  refresh()
  return { element, refresh }
}

function textOf(scene: Scene, talk: Talk, { said }: Entry): string {
  if (said === null) return t(scene, 'unreadable')
  if (said.kind === 'ask-word') return t(scene, 'askWord')
  if (said.kind === 'may-hand') return t(scene, 'mayHand')
  if (said.kind !== 'answer') return said.text
  const question = talk.entries.find(false, said.to.epoch, said.to.n)?.said
  return question?.kind === 'question' ? (answersOf(scene, question)[said.answer] ?? '') : ''
}

const answersOf = (scene: Scene, { answers }: { answers: 'yes-no' | string[] }): string[] =>
  answers === 'yes-no' ? [t(scene, 'yes'), t(scene, 'no')] : answers

function removal(scene: Scene, talk: Talk, { epoch, n }: Entry): HTMLElement {
  const remove = button(t(scene, 'remove'), () => talk.remove({ epoch, n }), 'quiet')
  return remove
}

/** What a question is answered with: one tap, or the word of the two. Once answered it only stands there. */
function asked(scene: Scene, talk: Talk, entry: Entry, typed: (text: string) => boolean): HTMLElement[] {
  const { said, answered } = entry
  if (said?.kind === 'question')
    return answersOf(scene, said).map((label, at) => {
      const one = button(label, () => talk.answer(entry, at))
      one.disabled = answered !== undefined
      one.setAttribute('aria-pressed', String(answered === at))
      return one
    })
  if (answered !== undefined) return []
  if (said?.kind === 'may-hand')
    return [true, false].map((yes) =>
      button(t(scene, yes ? 'yes' : 'no'), () => {
        entry.answered = yes ? 0 : 1
        talk.say({ kind: 'hand', yes })
      }),
    )
  if (said?.kind !== 'ask-word') return []
  const word = h('input', { ...UNKEPT, type: 'text', maxlength: '40', 'aria-label': t(scene, 'askWord') })
  const send = () => {
    const text = word.value
    word.value = ''
    if (text.trim() === '' || !typed(text)) return
    entry.answered = 0
    talk.say({ kind: 'word', text })
  }
  return [form(send, h('div', { class: 'row' }, word, h('button', {}, t(scene, 'send'))))]
}
