/** Before anything is sent: who answers, when, what they see and what is kept, when they must act. She goes on by tapping yes. */
import { button, h } from '../dom.ts'
import { clock } from '../hours.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import type { Counsellor, Present } from '../sealed/people.ts'
import { lines } from './lines.ts'
import { nobody } from './nobody.ts'
import { title } from './title.ts'

export type Before = { yes(): void; code(): void; again(): void }

/** @param present  undefined while it is asked for; null when the server did not answer */
export function before(scene: Scene, present: Present | null | undefined, { yes, code, again }: Before): Screen {
  const { language } = scene.words
  const here = present?.counsellors.filter(({ state }) => state !== 'break') ?? []
  const speaks = here.filter(({ person }) => person.langs.includes(language))
  const absent = present && here.length === 0 ? nobody(scene, present) : null
  return {
    nodes: [
      title(t(scene, 'beforeTitle')),
      h(
        'ul',
        { class: 'prose' },
        h('li', {}, t(scene, 'beforeWho', { organisation: scene.book.house.name })),
        h('li', {}, t(scene, 'beforeSees')),
        h('li', {}, t(scene, 'beforeMust')),
      ),
      h(
        'p',
        { class: 'state', role: 'status' },
        h(
          'span',
          {},
          present === undefined ? t(scene, 'looking') : (absent?.text ?? state(scene, present, speaks.length > 0 ? speaks : here)),
        ),
      ),
      ...(present === undefined
        ? []
        : [
            h(
              'div',
              { class: 'choices' },
              present !== null && button(t(scene, here.length > 0 ? 'beforeYes' : 'keepYes'), yes, 'main'),
              present === null && button(t(scene, 'retry'), again),
              absent?.again && button(t(scene, 'lookAgain'), again),
              button(t(scene, 'haveCode'), code),
            ),
            present !== null && here.length > 0 && speaks.length === 0 ? h('p', { class: 'note' }, t(scene, 'otherLanguages')) : h('span'),
            lines(scene),
          ]),
    ],
  }
}

/** True hours and wait, as the server tells them and nothing more. @param here  who could answer her */
function state(scene: Scene, present: Present | null, here: readonly Counsellor[]): string {
  if (present === null) return t(scene, 'unreachable')
  const until = new Date(Math.max(...here.map(({ notAfter }) => notAfter)) * 1000)
  const isFree = here.some(({ state }) => state === 'free')
  const wait = present.waiting === 0 ? t(scene, isFree ? 'free' : 'busy') : t(scene, 'queue', { count: present.waiting })
  return `${t(scene, 'onShift', { until: clock(scene, until) })} ${wait}`
}
