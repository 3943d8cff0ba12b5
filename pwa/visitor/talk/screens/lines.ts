/** Numbers that are there whatever becomes of the talk, and the way to all of them. */
import { h } from '../dom.ts'
import { type Scene, t } from '../scene.ts'

export function lines(scene: Scene, title = t(scene, 'lines')): HTMLElement {
  const { calls, text } = scene.view
  // The first two say what this step is without script; what comes after is about the numbers, as who else is told of a call.
  const cautions = text.slice(2)
  return h(
    'section',
    {},
    h('h2', {}, title),
    h(
      'ul',
      { class: 'calls' },
      ...calls.map(({ tel, text, name }) => h('li', {}, h('a', { class: 'call', href: `tel:${tel}` }, h('b', {}, text), ` ${name}`))),
    ),
    ...cautions.map((paragraph) => h('p', { class: 'note' }, ...paragraph.map((one) => (typeof one === 'string' ? one : one.text)))),
    calls.length > 0 && h('p', { class: 'note' }, t(scene, 'callWarning')),
    h('button', { type: 'button', 'data-choice': 'hotline' }, t(scene, 'allLines')),
  )
}
