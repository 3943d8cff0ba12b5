/** Nobody on shift: when somebody will be, as the organisation publishes it, and when nothing is published, that it is not known. */
import { button, h } from '../dom.ts'
import { coming, spanText } from '../hours.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import { REQUEST_HOURS } from '../sealed/capsule.ts'
import type { Present } from '../sealed/people.ts'
import { lines } from './lines.ts'
import { title } from './title.ts'

const HOUR_MS = 60 * 60_000

/** More are a table, not an answer. */
const MOST = 3

const spansOf = (scene: Scene, { hours, now }: Present) => coming(hours, scene.words.language, new Date(now * 1000)).slice(0, MOST)

/** Hours in which somebody should answer, whoever is there. */
export const shouldBe = (scene: Scene, present: Present): boolean => spansOf(scene, present)[0]?.from.getTime() === present.now * 1000

export function nobody(scene: Scene, present: Present): string {
  const [first, ...later] = spansOf(scene, present)
  if (first === undefined) return t(scene, 'nobody')
  if (shouldBe(scene, present)) return t(scene, 'nobodyYet')
  const now = new Date(present.now * 1000)
  const next = t(scene, 'nobodyUntil', { when: spanText(scene, first, now) })
  const then = later.map((span) => spanText(scene, span, now)).join('; ')
  return then === '' ? next : `${next} ${t(scene, 'hoursAfter', { when: then })}`
}

/** Whether a request kept now is gone before somebody is there. */
export function tooLate(scene: Scene, present: Present): boolean {
  const [next] = spansOf(scene, present)
  return next !== undefined && next.from.getTime() > present.now * 1000 + REQUEST_HOURS * HOUR_MS
}

/** Her request is kept under a code: when it is worth coming back, and whether the code lasts so long. */
export function kept(scene: Scene, present: Present, home: () => void): Screen {
  const [next] = spansOf(scene, present)
  const now = new Date(present.now * 1000)
  return {
    nodes: [
      title(t(scene, 'keptTitle')),
      h('p', {}, t(scene, 'keptText')),
      next && !shouldBe(scene, present) ? h('p', {}, t(scene, 'keptUntil', { when: spanText(scene, next, now) })) : h('span'),
      tooLate(scene, present) ? h('p', { class: 'caution' }, t(scene, 'keptTooShort')) : h('span'),
      h('div', { class: 'choices' }, button(t(scene, 'home'), home)),
      lines(scene),
    ],
  }
}
