/** A small content without a fault: every topic, every need, the five doors. Tests plant one fault in it. */

import { extendCodes } from '../../../guide/check/codes.ts'
import type { PublicString } from '../../../guide/check/telling.ts'
import { checkContent, type Finding } from '../../../guide/check.ts'
import type { Content, GuideSource, StepWords } from '../../../guide/content.ts'
import type { Service as ServiceFile, StepFile } from '../../../schema/content.ts'
import { DOORS, KINDS, LANGUAGES, type Language, NEEDS, TOPICS, type Topic } from '../../../schema/terms.ts'

export const TODAY = '2026-11-22'

type Service = ServiceFile & { file: string }

export const step = (parts: Partial<StepFile> = {}): StepFile => ({
  choices: [],
  call: [],
  facts: [],
  open: [],
  care: [],
  quiet: false,
  ...parts,
})

export function service(id: string, parts: Partial<Service> = {}): Service {
  return {
    file: `guide/content/services/${id}.yaml`,
    id,
    country: 'UA',
    name: { uk: 'Лінія', ru: 'Линия', en: 'Line' },
    kind: 'hotline',
    needs: [...NEEDS],
    leads_to: [],
    scope: 'national',
    areas: ['UA'],
    phones: [{ number: '1547', note: null, show: true }],
    channels: [],
    hours: null,
    hours_text: null,
    languages: null,
    serves: [],
    offers: [],
    free: null,
    anonymous: null,
    write: null,
    tells_police: null,
    address: null,
    address_confidential: false,
    place_confidential: false,
    contact_via: [],
    cautions: [],
    never: [],
    status: 'active-per-source',
    publish: 'yes',
    confidence: 'high',
    source: [{ title: 'public source, kept by the editors', url: null, date: '2026-01' }],
    notes: '',
    last_source_date: '2026-01',
    read_on: TODAY,
    verified: null,
    ...parts,
  }
}

export const hiddenShelter = (parts: Partial<Service> = {}): Service =>
  service('ua-ua18-shelter-1', {
    name: { uk: 'Притулок, Житомирська область', ru: 'Приют, Житомирская область', en: 'Shelter, Zhytomyrska oblast' },
    kind: 'shelter',
    needs: ['shelter'],
    scope: 'oblast',
    areas: ['UA18'],
    phones: [],
    address_confidential: true,
    place_confidential: true,
    contact_via: ['ua-line'],
    notes: 'Place known to editors only. Reached through contact_via.',
    ...parts,
  })

function topicFile(topic: Topic): GuideSource {
  const quiet = topic === 'occupied'
  return {
    file: `guide/content/guides/ua/${topic}.yaml`,
    country: 'UA',
    namespace: `ua-${topic}`,
    topic,
    need: 'legal',
    steps: {
      [topic]: step({
        quiet,
        facts: ['ua-law-01-1'],
        choices: [
          { id: 'more', next: `${topic}-more` },
          { id: 'help', next: quiet ? 'start' : 'list-legal' },
        ],
      }),
      [`${topic}-more`]: step({ quiet, facts: ['ua-law-01-1'], choices: [{ id: 'back-to-start', next: 'start' }] }),
    },
  }
}

const common: GuideSource = {
  file: 'guide/content/guides/common.yaml',
  country: null,
  namespace: 'common',
  steps: {
    start: step({
      call: ['ua-line'],
      choices: [
        ...DOORS.map((door) => ({ id: door, next: door })),
        { id: 'not-safe', next: 'safe-screen' },
        { id: 'all', next: 'topics-1' },
      ],
    }),
    'safe-screen': step({ ends: 'safe', choices: [{ id: 'back-to-start', next: 'start' }] }),
    'list-legal': step({ services: 'legal', choices: [{ id: 'back-to-start', next: 'start' }] }),
    'the-line': step({ ends: 'phone', call: ['ua-line'] }),
    ...Object.fromEntries(
      DOORS.map((door) => [
        door,
        step({
          choices: [
            { id: 'help', next: 'list-legal' },
            { id: 'call', next: 'the-line' },
          ],
        }),
      ]),
    ),
    ...menus(),
  },
}

/** Menus of six topics and one way on. */
function menus(): Record<string, StepFile> {
  const pages = Array.from({ length: Math.ceil(TOPICS.length / 6) }, (_, page) => TOPICS.slice(page * 6, page * 6 + 6))
  return Object.fromEntries(
    pages.map((topics, page) => [
      `topics-${page + 1}`,
      step({
        choices: [
          ...topics.map((topic) => ({ id: `to-${topic}`, next: topic })),
          { id: 'on', next: page + 1 < pages.length ? `topics-${page + 2}` : 'list-legal' },
        ],
      }),
    ]),
  )
}

/** The languages of this small content. */
const TOLD = ['uk', 'ru', 'en', 'kk'] as const
type Told = (typeof TOLD)[number]

const SAY: Record<Told, { title: string; text: string[]; hope: string; label: string }> = {
  uk: { title: 'Спокійно', text: ['Припис діє до 10 днів.', 'Можна запитати: {{tel:ua-line}}.'], hope: 'Крок за кроком.', label: 'Далі' },
  ru: {
    title: 'Спокойно',
    text: ['Предписание действует до 10 дней.', 'Можно спросить: {{tel:ua-line}}.'],
    hope: 'Шаг за шагом.',
    label: 'Дальше',
  },
  en: { title: 'Calmly', text: ['The order lasts up to 10 days.', 'You can ask: {{tel:ua-line}}.'], hope: 'Step by step.', label: 'Next' },
  kk: {
    title: 'Тыныш',
    text: ['Нұсқама 10 күнге дейін күшінде.', 'Сұрауға болады: {{tel:ua-line}}.'],
    hope: 'Қадам-қадаммен.',
    label: 'Әрі қарай',
  },
}

const CALM: Record<Told, string> = {
  uk: 'Погода сьогодні ясна.',
  ru: 'Погода сегодня ясная.',
  en: 'The weather is clear today.',
  kk: 'Бүгін ауа райы ашық.',
}

function wordsFor(language: Told, guide: GuideSource): Record<string, StepWords> {
  const said = SAY[language]
  return Object.fromEntries(
    Object.entries(guide.steps).map(([id, step]) => {
      const choices = Object.fromEntries(
        step.choices.filter((choice) => choice.id !== 'back-to-start').map((choice) => [choice.id, said.label]),
      )
      if (step.facts.length === 0 || step.quiet)
        return [id, { title: said.title, text: [CALM[language]], ...(step.ends === 'safe' ? {} : { hope: said.hope }), choices }]
      return [id, { title: said.title, text: [...said.text], hope: said.hope, choices }]
    }),
  )
}

const table = (ids: readonly string[], label: string) => Object.fromEntries(ids.map((id) => [id, label]))

const area = (pcode: string, level: string, parent: string, name_uk: string, name_ru: string, name_en: string) => ({
  pcode,
  level,
  parent,
  name_uk,
  name_ru,
  name_en,
  lat: '',
  lon: '',
})

export function cleanContent(): Content {
  const guides = [structuredClone(common), ...TOPICS.map(topicFile)]
  const words = Object.fromEntries(
    TOLD.map((language) => [
      language,
      {
        ...Object.fromEntries(guides.map((guide) => [guide.namespace, { steps: wordsFor(language, guide) }])),
        choices: { choices: { 'back-to-start': SAY[language].label } },
        facts: { cards: { 'ua-law-01': 'Art. 5' } },
        care: { care: { 'ua-care': { name: 'A', possible: 'B {{hours}}', later: 'C' } } },
        services: { needs: table(NEEDS, 'A'), kinds: table(KINDS, 'A'), serves: {}, offers: {}, cautions: {} },
        ui: { exit: { label: 'OK' }, document: { title: 'Стежка' } },
      },
    ]),
  )
  const content: Content = {
    guides,
    words: { ...Object.fromEntries(LANGUAGES.map((language) => [language, {}])), ...words } as unknown as Content['words'],
    states: readBack(words),
    nearest: {},
    cards: [
      {
        file: 'guide/content/facts/ua/law-01.yaml',
        country: 'UA',
        card: 'ua-law-01',
        title: 'Law',
        read_on: TODAY,
        source: [{ title: 'register', date: null }],
        facts: [
          { id: 'ua-law-01-1', grade: 'A', says: 'up to 10 days; 72 hours', numbers: ['10', '72', '24/7', '22.08.2018'] },
          { id: 'ua-law-01-2', grade: 'C', says: 'unclear', numbers: ['30'] },
        ],
      },
    ],
    care: [{ file: 'guide/content/care/ua.yaml', country: 'UA', id: 'ua-care', within_hours: 72, need: 'medical', fact: 'ua-law-01-1' }],
    services: [service('ua-line'), hiddenShelter()],
    areas: [
      area('UA18', '1', 'UA', 'Житомирська', 'Житомирская', 'Zhytomyrska'),
      area('UA80', '1', 'UA', 'Київ', 'Киев', 'Kyiv'),
      area('UA1802', '2', 'UA18', 'Бердичівський', 'Бердичевский', 'Berdychivskyi'),
      area('UA1802001', '3', 'UA1802', 'Бердичівська', 'Бердичевская', 'Berdychivska'),
      area('UA8000', '2', 'UA80', 'Київ', 'Киев', 'Kyiv'),
    ],
    settlements: [
      { pcode: 'UA1804001001', name_uk: 'Житомир', name_en: 'Zhytomyr' },
      { pcode: 'UA1804002001', name_uk: 'Звягель', name_en: 'Zviahel' },
      { pcode: 'UA1802001001', name_uk: 'Бердичів', name_en: 'Berdychiv' },
      { pcode: 'UA1804003001', name_uk: 'Нова Борова', name_en: 'Nova Borova' },
    ],
    aliases: [{ code: 'UA1804002001', name: 'Новоград-Волынский', lang: 'ru', name_in_dataset: 'Звягель' }],
    codes: { steps: {}, choices: {}, services: {} },
  }
  return { ...content, codes: extendCodes(content, counter()) }
}

/** Codes one after the other, so that a test needs no chance. */
export function counter(): (length: number) => string {
  let next = 0
  return (length) => (next++).toString(36).padStart(length, '0')
}

export const guideOf = (content: Content, namespace: string): GuideSource => {
  const guide = content.guides.find((guide) => guide.namespace === namespace)
  if (!guide) throw new Error(`the fixture has no ${namespace}`)
  return guide
}

export const stepOf = (content: Content, namespace: string, id: string): StepFile => {
  const found = guideOf(content, namespace).steps[id]
  if (!found) throw new Error(`the fixture has no step ${id}`)
  return found
}

export const wordsOf = (content: Content, language: Language, namespace: string, id: string): StepWords => {
  const found = content.words[language][namespace]?.steps?.[id]
  if (!found) throw new Error(`the fixture has no words for ${id}`)
  return found
}

/** What the check says after one fault was planted. */
export function planted(plant: (content: Content) => void, publicStrings: PublicString[] = []): Finding[] {
  const content = cleanContent()
  plant(content)
  return checkContent(content, { today: TODAY, publicStrings })
}

export const of = (findings: Finding[], rule: string): Finding[] => findings.filter((finding) => finding.rule === rule)

/** Every step read back, in every language. */
function readBack(words: Record<string, Record<string, object>>): Content['states'] {
  const keys = (file: object) => Object.keys((file as { steps?: object }).steps ?? {}).map((id) => [`steps.${id}`, 'read'])
  const states = Object.entries(words).map(([language, files]) => [
    language,
    Object.fromEntries(Object.entries(files).map(([namespace, file]) => [namespace, Object.fromEntries(keys(file))])),
  ])
  return { ...Object.fromEntries(LANGUAGES.map((language) => [language, {}])), ...Object.fromEntries(states) }
}
