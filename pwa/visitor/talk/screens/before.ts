/** Before anything is sent: who answers, when, what they see and what is kept, when they must act. She goes on by tapping yes. */
import { button, h } from '../dom.ts'
import { clock } from '../hours.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import type { Present } from '../sealed/people.ts'
import { lines } from './lines.ts'
import { nobody, shouldBe } from './nobody.ts'
import { title } from './title.ts'

export type Before = { yes(): void; code(): void; again(): void }

/** @param present  undefined while it is asked for; null when the server did not answer */
export function before(scene: Scene, present: Present | null | undefined, { yes, code, again }: Before): Screen {
  const { language } = scene.words
  const here = present?.counsellors.filter(({ state }) => state !== 'break') ?? []
  const speaks = here.filter(({ person }) => person.langs.includes(language))
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
      h('p', { class: 'state', role: 'status' }, h('span', {}, present === undefined ? t(scene, 'looking') : state(scene, present))),
      ...(present === undefined
        ? []
        : [
            h(
              'div',
              { class: 'choices' },
              present !== null && button(t(scene, here.length > 0 ? 'beforeYes' : 'keepYes'), yes, 'main'),
              present === null && button(t(scene, 'retry'), again),
              present !== null && here.length === 0 && shouldBe(scene, present) && button(t(scene, 'lookAgain'), again),
              button(t(scene, 'haveCode'), code),
            ),
            present !== null && here.length > 0 && speaks.length === 0 ? h('p', { class: 'note' }, t(scene, 'otherLanguages')) : h('span'),
            lines(scene),
          ]),
    ],
  }
}

/** True hours and wait, as the server tells them and nothing more. */
export function state(scene: Scene, present: Present | null): string {
  if (present === null) return t(scene, 'unreachable')
  const all = present.counsellors.filter(({ state }) => state !== 'break')
  const speaks = all.filter(({ person }) => person.langs.includes(scene.words.language))
  const here = speaks.length > 0 ? speaks : all
  if (here.length === 0) return nobody(scene, present)
  const until = new Date(Math.max(...here.map(({ notAfter }) => notAfter)) * 1000)
  const isFree = here.some(({ state }) => state === 'free')
  const wait = present.waiting === 0 ? t(scene, isFree ? 'free' : 'busy') : t(scene, 'queue', { count: present.waiting })
  return `${t(scene, 'onShift', { until: clock(scene, until) })} ${wait}`
}
