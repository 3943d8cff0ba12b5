/** What the counsellor is told first: language, wish, topic, a few words; and two words for the two of them. All but the language may stay empty. */
import type { Wish } from '../../../../schema/api.ts'
import type { FirstWords } from '../../../../schema/said.ts'
import { LANGUAGES, type Language, type Topic } from '../../../../schema/terms.ts'
import { button, field, form, h, UNKEPT } from '../dom.ts'
import { type Scene, type Screen, t } from '../scene.ts'
import { fitting, type Present } from '../sealed/people.ts'
import { lines } from './lines.ts'
import { nobody } from './nobody.ts'
import { title } from './title.ts'

export type Asked = { first: FirstWords; duress: string }

export type Ask = { send(asked: Asked): void; keep(asked: Asked): void; back(): void }

const WISHES: Wish[] = ['any', 'woman', 'man']
/** Ways through the guide that say nothing of what happened. */
const UNTOLD = ['counsellor', 'services', 'privacy']

/** What she read about last; she may change it, or say nothing. */
function topicOf({ book, at }: Scene): Topic | undefined {
  const topics = [...at.trail].reverse().flatMap((step) => book.guide.steps[step]?.topic ?? [])
  return topics.find((topic) => !UNTOLD.includes(topic))
}

function topicsOf({ book }: Scene): { id: Topic; name: string }[] {
  const ids = [...new Set(Object.values(book.guide.steps).flatMap(({ topic }) => topic ?? []))].filter((id) => !UNTOLD.includes(id))
  return ids.flatMap((id) => {
    const name = book.words.choices[id] ?? book.words.steps[id]?.title
    return name ? [{ id, name }] : []
  })
}

/** @param trouble  why the last try did not go through */
export function ask(scene: Scene, present: Present, was: Asked | null, trouble: string | null, { send, keep, back }: Ask): Screen {
  const spoken = LANGUAGES.filter(
    (language) => scene.book.files.languages[language] || present.counsellors.some(({ person }) => person.langs.includes(language)),
  )
  const before = was?.first
  const language = h(
    'select',
    UNKEPT,
    ...spoken.map((one) => option(one, t(scene, `language.${one}`), one === (before?.language ?? scene.words.language))),
  )
  const wish = h('select', UNKEPT, ...WISHES.map((one) => option(one, t(scene, `wish.${one}`), one === before?.wish)))
  const told = before ? before.topic : topicOf(scene)
  const topic = h(
    'select',
    UNKEPT,
    option('', t(scene, 'topicNone'), told === undefined),
    ...topicsOf(scene).map(({ id, name }) => option(id, name, id === told)),
  )
  const words = h('textarea', { ...UNKEPT, rows: '4', maxlength: '600' })
  const agreed = h('input', { ...UNKEPT, type: 'text', maxlength: '40' })
  const duress = h('input', { ...UNKEPT, type: 'text', maxlength: '40' })
  words.value = before?.text ?? ''
  agreed.value = before?.word ?? ''
  duress.value = was?.duress ?? ''
  const asked = (): Asked => ({
    first: {
      v: 1,
      language: language.value as Language,
      ...(topic.value && { topic: topic.value as Topic }),
      wish: wish.value as Wish,
      text: words.value.trim(),
      ...(agreed.value.trim() && { word: agreed.value.trim() }),
      again: false,
      before: [],
    },
    duress: duress.value.trim(),
  })
  const now = h('p', { class: 'state', role: 'status' })
  const go = h('button', { class: 'main' })
  const here = present.counsellors.filter(({ state }) => state !== 'break')
  const show = () => {
    const isThere = fitting(here, language.value as Language, wish.value as Wish).length > 0
    const nobodyHere = here.length > 0 ? t(scene, 'nobodyFits') : nobody(scene, present).text
    now.textContent = isThere ? t(scene, 'somebodyFits') : nobodyHere
    go.textContent = t(scene, isThere ? 'send' : 'keepRequest')
    go.dataset.keep = isThere ? '' : 'yes'
  }
  for (const one of [language, wish]) one.addEventListener('change', show)
  show()
  return {
    nodes: [
      title(t(scene, 'askTitle')),
      trouble ? h('p', { class: 'caution', role: 'alert' }, trouble) : h('span'),
      form(
        () => (go.dataset.keep ? keep : send)(asked()),
        field(t(scene, 'askLanguage'), language),
        field(t(scene, 'askWish'), wish),
        field(t(scene, 'askTopic'), topic),
        field(t(scene, 'askWords'), words, t(scene, 'askWordsNote')),
        h(
          'details',
          { class: 'words', open: Boolean(agreed.value || duress.value) },
          h('summary', {}, t(scene, 'twoWords')),
          field(t(scene, 'agreedWord'), agreed, t(scene, 'agreedWordNote')),
          field(t(scene, 'duressWord'), duress, t(scene, 'duressWordNote')),
        ),
        now,
        go,
      ),
      button(t(scene, 'notNow'), back),
      lines(scene),
    ],
  }
}

const option = (value: string, label: string, selected: boolean): HTMLOptionElement => h('option', { value, selected }, label)
