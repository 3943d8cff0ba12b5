/** Numbers that are there whatever becomes of the talk, and the way to all of them. */
import { h } from '../dom.ts'
import { type Scene, t } from '../scene.ts'

export function lines(scene: Scene, title = t(scene, 'lines')): HTMLElement {
  const { calls } = scene.view
  return h(
    'section',
    {},
    h('h2', {}, title),
    h(
      'ul',
      { class: 'calls' },
      ...calls.map(({ tel, text, name }) => h('li', {}, h('a', { class: 'call', href: `tel:${tel}` }, h('b', {}, text), ` ${name}`))),
    ),
    calls.length > 0 && h('p', { class: 'note' }, t(scene, 'callWarning')),
    h('button', { type: 'button', 'data-choice': 'hotline' }, t(scene, 'allLines')),
  )
}
