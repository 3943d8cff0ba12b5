import { describe, expect, test } from 'vitest'
import { forbidden, JOURNEY } from '../../../guide/check/phrases.ts'
import { TELLING_WORDS, tellingWord } from '../../../guide/check/telling.ts'
import { countWords, figuresIn } from '../../../guide/check/tokens.ts'
import type { Content } from '../../../guide/content.ts'
import { of, planted, stepOf, wordsOf } from './fixture.ts'
import { testRules } from './rules.ts'

const MONEY = (language: string) => `locales/${language}/ua-money.json`

describe('words: one planted fault each', () => {
  testRules([
    {
      rule: 'missing-words',
      says: 'a step has none in the base language',
      plant: (c) => void delete c.words.uk['ua-money']!.steps!.money,
      file: MONEY('uk'),
      step: 'money',
    },
    {
      rule: 'long-sentence',
      says: 'a sentence has more words than are read in one go',
      plant: (c) => void (wordsOf(c, 'uk', 'ua-money', 'money').text = [`${'слово '.repeat(26).trim()}.`]),
      file: MONEY('uk'),
      step: 'money',
    },
    ...['"слово"', "об'єднання", 'слово - слово', 'слово...', 'слово  слово', 'слово , слово'].map((text) => ({
      rule: 'typewriter-sign',
      says: text,
      plant: (c: Content) => void (wordsOf(c, 'uk', 'ua-money', 'money').text = [text]),
      file: MONEY('uk'),
      step: 'money',
    })),
    {
      rule: 'missing-words',
      says: 'a title is missing',
      plant: (c) => void delete wordsOf(c, 'uk', 'ua-money', 'money').title,
      file: MONEY('uk'),
      step: 'money',
    },
    {
      rule: 'missing-words',
      says: 'a text is missing in another language',
      plant: (c) => void (wordsOf(c, 'ru', 'ua-money', 'money').text = []),
      file: MONEY('ru'),
      step: 'money',
    },
    {
      rule: 'missing-words',
      says: 'a hope is missing',
      plant: (c) => void delete wordsOf(c, 'en', 'ua-money', 'money').hope,
      file: MONEY('en'),
      step: 'money',
    },
    {
      rule: 'missing-words',
      says: 'a label is missing',
      plant: (c) => void delete wordsOf(c, 'en', 'ua-money', 'money').choices!.more,
      file: MONEY('en'),
      step: 'money',
    },
    {
      rule: 'missing-words',
      says: 'a word of the interface is missing',
      plant: (c) => void (c.words.en.ui = { document: { title: 'Стежка' } }),
      file: 'locales/en/ui.json',
    },
    {
      rule: 'misshapen-words',
      says: 'the text is no list',
      plant: (c) => void (wordsOf(c, 'en', 'ua-money', 'money').text = 'one' as never),
      file: MONEY('en'),
      step: 'money',
    },
    {
      rule: 'stale-words',
      says: 'the step is gone',
      plant: (c) => void (c.words.en['ua-money']!.steps!['money-old'] = { title: 'x' }),
      file: MONEY('en'),
      step: 'money-old',
    },
    {
      rule: 'stale-words',
      says: 'the choice is gone',
      plant: (c) => void (wordsOf(c, 'en', 'ua-money', 'money').choices!.old = 'x'),
      file: MONEY('en'),
      step: 'money',
    },
    {
      rule: 'stale-words',
      says: 'a word of the interface exists in one language only',
      plant: (c) => void (c.words.en.ui!.old = 'x'),
      file: 'locales/en/ui.json',
    },
    {
      rule: 'language-behind',
      says: 'a language has another number of paragraphs',
      plant: (c) => void wordsOf(c, 'ru', 'ua-money', 'money').text!.push('Ещё.'),
      file: MONEY('ru'),
      step: 'money',
    },
    {
      rule: 'unused-label',
      says: 'no step offers the choice',
      plant: (c) => void ((c.words.en.choices!.choices as Record<string, string>).none = 'x'),
      file: 'locales/en/choices.json',
      level: 'warning',
    },
  ])

  test('the safe screen needs no hope', () => {
    expect(
      of(
        planted((c) => void delete wordsOf(c, 'uk', 'common', 'safe-screen').hope),
        'missing-words',
      ),
    ).toEqual([])
  })
})

describe('numbers: one planted fault each', () => {
  const text = (language: 'uk' | 'ru' | 'en', paragraph: string) => (c: Parameters<typeof wordsOf>[0]) =>
    void (wordsOf(c, language, 'ua-money', 'money').text![0] = paragraph)
  testRules([
    {
      rule: 'unequal-numbers',
      says: 'a number differs between languages',
      plant: text('en', 'The order lasts up to 72 days.'),
      file: MONEY('en'),
      step: 'money',
    },
    {
      rule: 'unequal-numbers',
      says: 'a number is spelt out',
      plant: text('ru', 'Предписание действует до десяти дней.'),
      file: MONEY('ru'),
      step: 'money',
    },
    {
      rule: 'unequal-numbers',
      says: 'a token is missing',
      plant: (c) => void (wordsOf(c, 'en', 'ua-money', 'money').text![1] = 'You can ask.'),
      file: MONEY('en'),
      step: 'money',
    },
    {
      rule: 'unequal-numbers',
      says: 'a citation differs',
      plant: (c) => void (c.words.en.facts = { cards: { 'ua-law-01': 'Art. 6' } }),
      file: 'locales/en/facts.json',
    },
    {
      rule: 'uncited-number',
      says: 'no cited fact holds it',
      plant: text('uk', 'Припис діє до 30 днів.'),
      file: MONEY('uk'),
      step: 'money',
    },
    { rule: 'raw-phone', says: 'a short number is typed', plant: text('uk', 'Дзвоніть 15-47.'), file: MONEY('uk'), step: 'money' },
    { rule: 'raw-phone', says: 'a long number is typed', plant: text('en', 'Call +380 44 123 45 67.'), file: MONEY('en'), step: 'money' },
    {
      rule: 'dead-phone',
      says: 'a table holds a number that may not be shown',
      plant: (c) =>
        void (c.services[0]!.phones.push({ number: '0 800 111 222', note: null, show: false }),
        ((c.words.uk.services as Record<string, unknown>).cautions = { a: 'Лінія 0 800 111 222' })),
      file: 'locales/uk/services.json',
    },
  ])

  test.each(['Цілодобово, 24/7.', 'Від 22 серпня 2018 року, 24/7.'])('a figure of a cited fact is no fault: %s', (paragraph) => {
    expect(of(planted(text('uk', paragraph)), 'uncited-number')).toEqual([])
  })

  test('figures are read whole, tokens are not figures', () => {
    expect(figuresIn('24/7, 1 700 грн, {{tel:ua-1547}}, ст. 126-1').map((figure) => figure.text)).toEqual(['24/7', '1 700', '126-1'])
    expect(countWords('Лінія {{tel:ua-line}} — поруч.')).toBe(3)
  })
})

describe('what is never said: one planted fault each', () => {
  const hope = (language: 'uk' | 'ru' | 'en', said: string) => (c: Parameters<typeof wordsOf>[0]) =>
    void (wordsOf(c, language, 'ua-money', 'money').hope = said)
  testRules([
    { rule: 'blame', says: 'why, in Ukrainian', plant: hope('uk', 'Чому ти мовчиш?'), file: MONEY('uk'), step: 'money' },
    { rule: 'blame', says: 'why, in English', plant: hope('en', 'Why did you stay?'), file: MONEY('en'), step: 'money' },
    { rule: 'must', says: 'a duty, in Ukrainian', plant: hope('uk', 'Ви повинні знати.'), file: MONEY('uk'), step: 'money' },
    { rule: 'must', says: 'a duty, in Russian', plant: hope('ru', 'Вы должны знать.'), file: MONEY('ru'), step: 'money' },
    { rule: 'must', says: 'a duty, in English', plant: hope('en', 'You must know.'), file: MONEY('en'), step: 'money' },
    { rule: 'victim', says: 'the word, in Ukrainian', plant: hope('uk', 'Для жертви.'), file: MONEY('uk'), step: 'money' },
    { rule: 'victim', says: 'the word, in English', plant: hope('en', 'For victims.'), file: MONEY('en'), step: 'money' },
    { rule: 'order-to-leave', says: 'an order to leave', plant: hope('en', 'Leave him.'), file: MONEY('en'), step: 'money' },
    { rule: 'order-to-report', says: 'an order to report', plant: hope('uk', 'Повідомте в поліцію.'), file: MONEY('uk'), step: 'money' },
    { rule: 'order-to-confront', says: 'an order to confront', plant: hope('ru', 'Поговорите с ним.'), file: MONEY('ru'), step: 'money' },
    {
      rule: 'exit-word',
      says: 'the exit says evacuation',
      plant: (c) => void (c.words.uk.ui = { exit: { label: 'Евакуація' }, document: { title: 'Стежка' } }),
      file: 'locales/uk/ui.json',
    },
    {
      rule: 'exit-word',
      says: 'what leaving is called among the choices means a journey',
      plant: (c) => void (c.words.ru.choices = { choices: { ...(c.words.ru.choices?.choices as object), leaving: 'Выезд' } }),
      file: 'locales/ru/choices.json',
    },
    {
      rule: 'telling-word',
      says: 'the document title tells',
      plant: (c) => void (c.words.en.ui = { exit: { label: 'OK' }, document: { title: 'Domestic violence guide' } }),
      file: 'locales/en/ui.json',
    },
    {
      rule: 'telling-word',
      says: 'a public string tells',
      strings: [{ where: 'organisation.toml', text: 'Притулок поруч' }],
      file: 'organisation.toml',
    },
    {
      rule: 'telling-safe-screen',
      says: 'the safe screen tells',
      plant: (c) => void (wordsOf(c, 'uk', 'common', 'safe-screen').text = ['Лінія допомоги.']),
      file: 'locales/uk/common.json',
      step: 'safe-screen',
    },
  ])

  test.each([
    ['blame', 'Näme üçin siz dymýarsyňyz?'],
    ['must', 'Siz borçly.'],
    ['victim', 'Pidalar üçin.'],
    ['order-to-leave', 'Ondan gidiň.'],
    ['order-to-report', 'Polisiýa habar beriň.'],
    ['order-to-confront', 'Äriňiz bilen ýaraşyň.'],
  ])('%s is seen in Turkmen: %s', (rule, said) => {
    expect(forbidden(said).map((one) => one.rule)).toEqual([rule])
  })

  test('the Turkmen word of the exit means no journey', () => {
    expect(JOURNEY.test('Çykmak')).toBe(false)
    expect(JOURNEY.test('Syýahat')).toBe(true)
  })

  test.each([
    'Не говоріть: «він зміниться». Do not confront him.',
    'Never confront the person.',
    'Ви не повинні це терпіти.',
    'Пожертва.',
    'Лікування не залежить від заяви в поліцію.',
    'You do not have to report it.',
  ])('advice against is no order: %s', (said) => {
    expect(forbidden(said)).toEqual([])
  })

  test.each([
    ['violence', 'en'],
    ['насильство', 'uk'],
    ['Зґвалтування', 'uk'],
    ['домашнее насилие', 'ru'],
    ['изнасилование', 'ru'],
    ['зорлық-зомбылық', 'kk'],
    ['kömek telefony', 'tk'],
    ['maşgaladaky zorluk', 'tk'],
    ['hot line', 'en'],
    ['/rape-help', 'en'],
    ['crisisRoom', 'en'],
    ['Телефон довіри', 'uk'],
  ])('%s is a telling word (%s)', (text) => {
    expect(tellingWord(text)).not.toBeNull()
  })

  test.each(['Стежка', 'Stezhka', '/start', '/menu', '/language', '/stop', 'Погода', 'Грапа', 'grape harvest', 'Довідник'])(
    '%s tells nothing',
    (text) => {
      expect(tellingWord(text)).toBeNull()
    },
  )

  test('every list of telling words finds its own words', () => {
    for (const word of Object.values(TELLING_WORDS).flat()) expect(tellingWord(word), word).not.toBeNull()
  })
})

test('a label shared through choices.json counts as words', () => {
  const found = planted((c) => void stepOf(c, 'ua-money', 'money').choices.push({ id: 'back-to-start', next: 'start' }))
  expect(found).toEqual([])
})
