/** Asked once more before something that cannot be taken back. */
import { button, h } from '../dom.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import { title } from './title.ts'

export const confirm = (scene: Scene, question: string, text: string, answers: readonly [label: string, does: () => void][]): Screen => ({
  nodes: [
    title(t(scene, question)),
    h('p', {}, t(scene, text)),
    h('div', { class: 'choices' }, ...answers.map(([label, does]) => button(t(scene, label), does))),
  ],
})
