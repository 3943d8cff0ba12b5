/** Nobody on shift: when somebody will be, as the organisation publishes it, and when nothing is published, that it is not known. */

import type { Span } from '../../../../guide/hours.ts'
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

/** What is published, read once a screen. `isNow`: hours in which somebody should answer, whoever is there. */
type Published = { now: Date; spans: Span[]; isNow: boolean }

function published(scene: Scene, present: Present): Published {
  const now = new Date(present.now * 1000)
  const spans = coming(present.hours, scene.words.language, now).slice(0, MOST)
  return { now, spans, isNow: spans[0]?.from.getTime() === now.getTime() }
}

/** `again`: it is worth looking again in a few minutes. */
export function nobody(scene: Scene, present: Present): { text: string; again: boolean } {
  const { now, spans, isNow } = published(scene, present)
  const [first, ...later] = spans
  if (first === undefined) return { text: t(scene, 'nobody'), again: false }
  if (isNow) return { text: t(scene, 'nobodyYet'), again: true }
  const next = t(scene, 'nobodyUntil', { when: spanText(scene, first, now) })
  const then = later.map((span) => spanText(scene, span, now)).join('; ')
  return { text: then === '' ? next : `${next} ${t(scene, 'hoursAfter', { when: then })}`, again: false }
}

/** When it is worth coming back to a request kept now; what is said when it is gone before that. */
export function whenKept(scene: Scene, present: Present): string[] {
  const { now, spans, isNow } = published(scene, present)
  const [next] = spans
  if (next === undefined || isNow) return []
  const isTooLate = next.from.getTime() > now.getTime() + REQUEST_HOURS * HOUR_MS
  return [t(scene, 'keptUntil', { when: spanText(scene, next, now) }), ...(isTooLate ? [t(scene, 'keptTooShort')] : [])]
}

/** Her request is kept under a code: when it is worth coming back, and whether the code lasts so long. */
export function kept(scene: Scene, present: Present, home: () => void): Screen {
  return {
    nodes: [
      title(t(scene, 'keptTitle')),
      h('p', {}, t(scene, 'keptText')),
      ...whenKept(scene, present).map((text, nth) => h('p', nth > 0 ? { class: 'caution' } : {}, text)),
      h('div', { class: 'choices' }, button(t(scene, 'home'), home)),
      lines(scene),
    ],
  }
}
