/** It is over, and why: nothing of what was said stands here any more. */
import { button, h } from '../dom.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import { lines } from './lines.ts'
import { title } from './title.ts'

export const over = (scene: Scene, why: string, anew: () => void): Screen => ({
  nodes: [
    title(t(scene, `over.${why}`)),
    h('p', {}, t(scene, `overText.${why}`)),
    h(
      'div',
      { class: 'choices' },
      button(t(scene, 'askAnew'), anew),
      h('button', { type: 'button', 'data-choice': 'home' }, t(scene, 'home')),
    ),
    lines(scene),
  ],
})
