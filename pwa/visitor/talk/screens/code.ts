/** The return code: shown once as a number and as words, typed once again, and only then used. */

import { digitsOf, readTyped, wordsOf } from '../code-words.ts'
import { button, field, form, h, UNKEPT } from '../dom.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import type { Hours } from '../sealed/capsule.ts'
import { newCode } from '../sealed/keys.ts'
import { title } from './title.ts'

/** @param hours  of a request that waits for a shift there is nothing to choose */
export type Coding = {
  hours?: Hours
  /** @returns whether it is kept */
  keep(code: string, hours: Hours): Promise<boolean>
  done(): void
  back(): void
}

const HOURS: Hours[] = [1, 24, 72]

export function code(scene: Scene, { hours, keep, done, back }: Coding): Screen {
  const digits = newCode()
  const list = t(scene, 'codeWords')
  const choice = h(
    'select',
    UNKEPT,
    ...HOURS.map((one) => h('option', { value: String(one), selected: one === 24 }, t(scene, `hours.${one}`))),
  )
  const how = h('p', { class: 'state', role: 'alert' })
  const again = h('input', { ...UNKEPT, type: 'text', maxlength: '200' })
  const shown = h(
    'div',
    { class: 'card' },
    h('p', { class: 'code' }, digitsOf(digits)),
    h('p', { class: 'note' }, t(scene, 'codeAsWords')),
    h('p', {}, wordsOf(digits, list).join(' ')),
  )
  const check = h(
    'div',
    { hidden: true },
    form(() => void take(), field(t(scene, 'codeAgain'), again), h('button', { class: 'main' }, t(scene, 'codeKeep'))),
    button(t(scene, 'codeShow'), () => flip(false)),
  )
  const first = h(
    'div',
    {},
    shown,
    h('p', { class: 'note' }, t(scene, 'codeNote')),
    button(t(scene, 'codeSaved'), () => flip(true), 'main'),
  )
  const flip = (typing: boolean) => {
    first.hidden = typing
    check.hidden = !typing
    if (typing) again.focus()
  }
  let busy = false
  const take = async () => {
    if (busy) return
    if (!readTyped(again.value, [list]).includes(digits)) {
      how.textContent = t(scene, 'codeOther')
      return
    }
    busy = true
    how.textContent = t(scene, 'waiting')
    const kept = await keep(digits, hours ?? (Number(choice.value) as Hours))
    busy = false
    again.value = ''
    if (kept) done()
    else how.textContent = t(scene, 'codeNotKept')
  }
  return {
    nodes: [
      title(t(scene, 'codeTitle')),
      h('p', {}, t(scene, hours ? 'codeForRequest' : 'codeText')),
      hours ? h('span') : field(t(scene, 'codeHours'), choice),
      first,
      check,
      how,
      button(t(scene, 'notNow'), back),
    ],
  }
}
