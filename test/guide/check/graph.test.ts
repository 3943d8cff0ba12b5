import { describe, expect, test } from 'vitest'
import { checkContent } from '../../../guide/check.ts'
import { cleanContent, guideOf, planted, service, step, stepOf, TODAY } from './fixture.ts'
import { testRules } from './rules.ts'

const COMMON = 'guide/content/guides/common.yaml'
const MONEY = 'guide/content/guides/ua/money.yaml'

test('the clean content has no finding at all', () => {
  expect(planted(() => {})).toEqual([])
})

test('the check never changes what it reads', () => {
  const content = cleanContent()
  const before = structuredClone(content)
  checkContent(content, { today: TODAY })
  expect(content).toEqual(before)
})

describe('the graph: one planted fault each', () => {
  testRules([
    {
      rule: 'no-start',
      says: 'there is no first step',
      plant: (c) => void delete guideOf(c, 'common').steps.start,
      file: 'guide/content/guides',
      step: 'start',
    },
    {
      rule: 'unreachable',
      says: 'no way leads there',
      plant: (c) => void (guideOf(c, 'common').steps.lost = step({ call: ['ua-line'], ends: 'phone' })),
      file: COMMON,
      step: 'lost',
    },
    {
      rule: 'dead-end',
      says: 'no choice and no ending',
      plant: (c) => void (stepOf(c, 'ua-money', 'money-more').choices = []),
      file: MONEY,
      step: 'money-more',
    },
    {
      rule: 'dead-end',
      says: 'with some answers no choice is left',
      plant: (c) => {
        stepOf(c, 'ua-money', 'money').choices[0] = { id: 'more', next: 'money-more', sets: { home: 'together' } }
        stepOf(c, 'ua-money', 'money-more').choices = [{ id: 'help', next: 'list-legal', when: { home: 'together' } }]
      },
      file: MONEY,
      step: 'money-more',
    },
    {
      rule: 'ending-without-number',
      says: 'an ending shows no number',
      plant: (c) => void (stepOf(c, 'common', 'the-line').call = []),
      file: COMMON,
      step: 'the-line',
    },
    {
      rule: 'safe-screen-shows-number',
      says: 'the safe screen shows a number',
      plant: (c) => void (stepOf(c, 'common', 'safe-screen').call = ['ua-line']),
      file: COMMON,
      step: 'safe-screen',
    },
    {
      rule: 'unknown-step',
      says: 'a choice goes nowhere',
      plant: (c) => void stepOf(c, 'ua-money', 'money').choices.push({ id: 'x', next: 'gone' }),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'duplicate-choice',
      says: 'two choices share an id',
      plant: (c) => void stepOf(c, 'ua-money', 'money').choices.push({ id: 'more', next: 'start' }),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'reserved-choice',
      says: 'a choice takes an id the engine answers itself',
      plant: (c) => void stepOf(c, 'ua-money', 'money').choices.push({ id: 'home', next: 'money-more' }),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'duplicate-step',
      says: 'a step stands in two files of one country',
      plant: (c) => void (guideOf(c, 'ua-police').steps['money-more'] = step()),
      file: MONEY,
      step: 'money-more',
    },
    {
      rule: 'step-id-of-topic',
      says: 'an id does not begin with its topic',
      plant: (c) => void (guideOf(c, 'ua-money').steps.other = step()),
      file: MONEY,
      step: 'other',
    },
    {
      rule: 'no-first-step',
      says: 'the topic lacks its first step',
      plant: (c) => void delete guideOf(c, 'ua-money').steps.money,
      file: MONEY,
      step: 'money',
    },
    { rule: 'topic-without-need', says: 'the topic names no need', plant: (c) => void delete guideOf(c, 'ua-money').need, file: MONEY },
    {
      rule: 'missing-topic',
      says: 'a topic has no file',
      plant: (c) => void (c.guides = c.guides.filter((guide) => guide.topic !== 'money')),
      file: MONEY,
    },
  ])

  test('a country may replace a common step of the same id', () => {
    const found = planted((c) => {
      c.guides.push({
        file: 'guide/content/guides/ua/doors.yaml',
        country: 'UA',
        namespace: 'ua-doors',
        steps: { 'list-legal': step({ services: 'legal', choices: [{ id: 'back-to-start', next: 'start' }] }) },
      })
    })
    expect(found.map((finding) => finding.rule)).not.toContain('duplicate-step')
  })
})

describe('help is near: one planted fault each', () => {
  testRules([
    {
      rule: 'start-without-number',
      says: 'the first screen shows no number',
      plant: (c) => void (stepOf(c, 'common', 'start').call = []),
      file: COMMON,
      step: 'start',
    },
    {
      rule: 'missing-door',
      says: 'a door is not offered',
      plant: (c) =>
        void (stepOf(c, 'common', 'start').choices = stepOf(c, 'common', 'start').choices.filter((choice) => choice.id !== 'under-18')),
      file: COMMON,
      step: 'start',
    },
    {
      rule: 'door-too-far',
      says: 'help lies four taps behind a door',
      plant: (c) => {
        const { steps } = guideOf(c, 'common')
        stepOf(c, 'common', 'under-18').choices = [{ id: 'on', next: 'a' }]
        steps.a = step({ choices: [{ id: 'on', next: 'b' }] })
        steps.b = step({ choices: [{ id: 'on', next: 'c' }] })
        steps.c = step({ choices: [{ id: 'on', next: 'list-legal' }] })
      },
      file: COMMON,
      step: 'under-18',
    },
    {
      rule: 'door-too-far',
      says: 'a way that only some answers open does not count',
      plant: (c) =>
        void (stepOf(c, 'common', 'under-18').choices = [
          { id: 'help', next: 'list-legal', when: { home: 'together' } },
          { id: 'on', next: 'under-18' },
        ]),
      file: COMMON,
      step: 'under-18',
    },
    {
      rule: 'no-way-to-help',
      says: 'two steps only lead to each other',
      plant: (c) => {
        const { steps } = guideOf(c, 'common')
        stepOf(c, 'common', 'under-18').choices.push({ id: 'on', next: 'a' })
        steps.a = step({ choices: [{ id: 'on', next: 'b' }] })
        steps.b = step({ choices: [{ id: 'on', next: 'a' }] })
      },
      file: COMMON,
      step: 'a',
    },
    {
      rule: 'empty-services',
      says: 'no service meets the need',
      plant: (c) => void (c.services[0] = service('ua-line', { needs: ['hotline'] })),
      file: COMMON,
      step: 'list-legal',
    },
  ])
})

describe('what a step names: one planted fault each', () => {
  testRules([
    {
      rule: 'unknown-service',
      says: '"call" names none that exists',
      plant: (c) => void (stepOf(c, 'ua-money', 'money').call = ['ua-gone']),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'unpublished-service',
      says: '"call" names one not to be published',
      plant: (c) => void (c.services.push(service('ua-no', { publish: 'no' })), (stepOf(c, 'ua-money', 'money').call = ['ua-no'])),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'service-without-number',
      says: '"call" names one whose number is not shown',
      plant: (c) =>
        void (c.services.push(service('ua-mute', { phones: [{ number: '1', note: null, show: false }] })),
        (stepOf(c, 'ua-money', 'money').call = ['ua-mute'])),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'service-of-other-country',
      says: '"call" names one of another country',
      plant: (c) => void (c.services.push(service('kz-111', { country: 'KZ' })), (stepOf(c, 'ua-money', 'money').call = ['kz-111'])),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'unknown-service',
      says: 'a {{tel:…}} names none that exists',
      plant: (c) => void (c.words.en['ua-money']!.steps!.money!.text = ['{{tel:ua-gone}}']),
      file: 'locales/en/ua-money.json',
      step: 'money',
    },
    {
      rule: 'unknown-token',
      says: 'a token means nothing',
      plant: (c) => void (c.words.en['ua-money']!.steps!.money!.hope = '{{phone}}'),
      file: 'locales/en/ua-money.json',
      step: 'money',
    },
    {
      rule: 'unknown-service',
      says: 'a paragraph is tied to a service that does not exist',
      plant: (c) => void (c.words.en['ua-money']!.steps!.money!.text![0] = '{{with:ua-nobody}}The number below.'),
      file: 'locales/en/ua-money.json',
      step: 'money',
    },
    {
      rule: 'tie-without-number',
      says: 'a paragraph is tied to a number not on the screen',
      plant: (c) => {
        c.services.push(service('ua-other'))
        c.words.en['ua-money']!.steps!.money!.text![0] = '{{with:ua-other}}The number below.'
      },
      file: 'locales/en/ua-money.json',
      step: 'money',
    },
    {
      rule: 'misplaced-tie',
      says: 'a tie stands inside a paragraph',
      plant: (c) => void (c.words.en['ua-money']!.steps!.money!.text![0] = 'The number {{with:ua-line}}below.'),
      file: 'locales/en/ua-money.json',
      step: 'money',
    },
    {
      rule: 'unequal-numbers',
      says: 'only one language ties a paragraph',
      plant: (c) => void (c.words.en['ua-money']!.steps!.money!.text![0] = '{{with:ua-line}}The order lasts up to 10 days.'),
      file: 'locales/en/ua-money.json',
      step: 'money',
    },
    {
      rule: 'token-not-filled',
      says: 'a number stands in a title',
      plant: (c) => void (c.words.en['ua-money']!.steps!.money!.title = '{{tel:ua-line}}'),
      file: 'locales/en/ua-money.json',
      step: 'money',
    },
    {
      rule: 'unknown-fact',
      says: 'a fact does not exist',
      plant: (c) => void (stepOf(c, 'ua-money', 'money').facts = ['ua-law-99-1']),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'fact-of-other-country',
      says: 'a step states the law of another country',
      plant: (c) => void Object.assign(c.cards[0]!, { country: 'KZ' }),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'fact-of-other-country',
      says: 'a step asks about the law of another country',
      plant: (c) => {
        c.cards.push({ ...c.cards[0]!, card: 'kz-law-01', facts: [{ id: 'kz-law-01-1', grade: 'C', says: 'unclear', numbers: [] }] })
        Object.assign(c.cards[1]!, { country: 'KZ' })
        stepOf(c, 'ua-money', 'money').open = ['kz-law-01-1']
      },
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'fact-of-other-country',
      says: 'a step common to all countries states the law of one',
      plant: (c) => void (stepOf(c, 'common', 'the-line').facts = ['ua-law-01-1']),
      file: COMMON,
      step: 'the-line',
    },
    {
      rule: 'unknown-care',
      says: 'care does not exist',
      plant: (c) => void (stepOf(c, 'ua-money', 'money').care = ['ua-none']),
      file: MONEY,
      step: 'money',
    },
    {
      rule: 'quiet-shows-number',
      says: 'a quiet step offers a call',
      plant: (c) => void (stepOf(c, 'ua-occupied', 'occupied').call = ['ua-line']),
      file: 'guide/content/guides/ua/occupied.yaml',
      step: 'occupied',
    },
    {
      rule: 'quiet-shows-number',
      says: 'a quiet step lists services',
      plant: (c) => void (stepOf(c, 'ua-occupied', 'occupied').services = 'legal'),
      file: 'guide/content/guides/ua/occupied.yaml',
      step: 'occupied',
    },
    {
      rule: 'quiet-shows-number',
      says: 'the words of a quiet step hold a number',
      plant: (c) => void (c.words.ru['ua-occupied']!.steps!.occupied!.hope = '{{tel:ua-line}}'),
      file: 'locales/ru/ua-occupied.json',
      step: 'occupied',
    },
    {
      rule: 'occupied-not-quiet',
      says: 'a step for occupied territory is not quiet',
      plant: (c) => void (stepOf(c, 'ua-occupied', 'occupied-more').quiet = false),
      file: 'guide/content/guides/ua/occupied.yaml',
      step: 'occupied-more',
    },
  ])
})
