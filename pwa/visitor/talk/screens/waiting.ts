/** Sealed and on its way to who is on shift. She need not stay on this screen: a small bar tells when somebody came. */
import { button, h } from '../dom.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import type { Talk } from '../sealed/talk.ts'
import { lines } from './lines.ts'
import { title } from './title.ts'

export type Waiting = { read(): unknown; takeBack(): void }

export function waiting(scene: Scene, talk: Talk, { read, takeBack }: Waiting): Screen {
  const how = h('p', { class: 'state', role: 'status' })
  const refresh = () => {
    const minutes = Math.floor((Date.now() - talk.since) / 60_000)
    const text = talk.lost
      ? t(scene, 'lost')
      : [
          talk.ahead !== null && (talk.ahead > 0 ? t(scene, 'ahead', { count: talk.ahead }) : t(scene, 'youAreNext')),
          minutes > 0 && t(scene, 'waited', { count: minutes }),
        ]
          .filter(Boolean)
          .join(' ')
    // Said once, not again each second.
    if (how.textContent !== text) how.textContent = text
  }
  refresh()
  return {
    refresh,
    nodes: [
      title(t(scene, 'waitingTitle')),
      h('p', {}, t(scene, 'waitingText')),
      how,
      h('div', { class: 'choices' }, button(t(scene, 'readOn'), read, 'main'), button(t(scene, 'takeBack'), takeBack)),
      lines(scene, t(scene, 'linesMeanwhile')),
    ],
  }
}
