/** What is never said to her: blame, orders, "why", a word that makes her one thing; and, on the way out, that she travels. */
import { type Atlas, everyStep, languagesOf, shownTexts, wordsAt, wordsOf } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { tablesOf } from './tables.ts'
import { tellingWord } from './telling.ts'

type Phrase = { rule: string; pattern: RegExp; remedy: string }

const B = '(?<![\\p{L}])'
const phrase = (rule: string, sources: string[], remedy: string): Phrase => ({
  rule,
  pattern: new RegExp(`${B}(?:${sources.join('|')})`, 'iu'),
  remedy,
})

export const PHRASES: Phrase[] = [
  phrase(
    'blame',
    [
      '(?:чому|чого|навіщо) (?:ж )?(?:ти|ви)(?!\\p{L})',
      '(?:почему|зачем) (?:же )?(?:ты|вы)(?!\\p{L})',
      "why (?:did|do|have|are|were|would|could)(?:n[’']t)? you",
      'why you (?:did|stay|never)',
      '(?:ти|ви) сам[аі]? (?:винн|винуват)',
      '(?:ты|вы) сам[аи]? виноват',
      'your (?:own )?fault that',
      '(?:неге|неліктен) (?:сен|сіз)(?!\\p{L})',
      '(?:эмне үчүн|эмнеге) (?:сен|сиз)(?!\\p{L})',
      '(?:nega|nima uchun) (?:sen|siz)(?!\\p{L})',
      'чаро (?:ту|шумо)(?!\\p{L})',
      '(?:näme üçin|näme sebäpden|näçün) (?:sen|siz)(?!\\p{L})',
      'өзі(?:ң|ңіз) кінәлі',
      'өзү(?:ң|ңүз) күнөөлү',
      'oʻzi(?:ng|ngiz) aybdor',
      'худ(?:ат|атон) гунаҳкор',
      'öz(?:üň|üňiz) günäkär',
    ],
    'Take it out: nobody is asked why, and nothing is her fault.',
  ),
  phrase(
    'must',
    [
      "(?:ви|вам|ти|тобі) (?:обов[’'ʼ]язково )?(?:повинн[аіі]|повинен|мусите|мусиш|зобов[’'ʼ]язан\\p{L}*|слід)",
      '(?:вы|ты) (?:обязательно )?(?:должн[аы]|должен|обязан[аы]?)',
      '(?:вам|тебе) следует',
      'you (?:must|should|ought to|are obliged to)(?! not be blamed)',
      "you(?:[’']d| had) better",
      '(?:тиіссі[зң]|міндеттісі[зң])(?! бе)',
      '(?:тийишси[зң]|милдеттүүсү[зң]|милдеттүүсүң)',
      '(?:majbursiz|majbursan|shartsiz)',
      '(?:шумо|ту) (?:ҳатман )?(?:бояд|вазифадор)',
      '(?:siz|sen|size|saňa) (?:hökman|borçly|borçlusyňyz|borçlusyň)(?!\\p{L})',
    ],
    'Write "you can" and say what follows from it.',
  ),
  phrase(
    'victim',
    [
      'жертв\\p{L}*',
      'victims?(?!\\p{L})',
      'құрбан\\p{L}*',
      'курмандык\\p{L}*',
      'qurbon\\p{L}*',
      'қурбон\\p{L}*',
      'gurban(?:y|lar|lary)?(?!\\p{L})',
      'pida\\p{L}*',
    ],
    'Write «постраждала людина», «пострадавший человек», "a person who was hurt", or the survivor.',
  ),
]

/** Orders are allowed only in the negative: "do not confront" is advice we give. */
export const ORDERS: Phrase[] = [
  phrase(
    'order-to-leave',
    [
      '(?:негайно |одразу |краще |просто )?(?:йдіть|іди|ідіть|тікайте|тікай|піди|підіть) (?:від|геть)',
      '(?:покиньте|залиште|покинь|залиш|киньте|кинь) (?:його|її|кривдника|чоловіка)',
      'негайно (?:йдіть|тікайте|покиньте|залиште)',
      '(?:уходите|уйдите|уйди|беги|бегите|сбегите) (?:от|прочь)',
      '(?:бросьте|брось|покиньте|покинь|оставьте|оставь) (?:его|её|ее|обидчика|мужа)(?!\\p{L})',
      'немедленно (?:уходите|уйдите|бегите)',
      'leave (?:him|her|them|your (?:partner|husband|wife|home))(?!\\p{L})',
      'leave (?:now|at once|immediately)',
      'get out (?:now|at once|immediately)',
      '(?:ondan|ärinden|öýden) (?:gidiň|git|çykyň|çyk|gaçyň|gaç)(?!\\p{L})',
      '(?:derrew|dessine) (?:gidiň|git|gaçyň|gaç)(?!\\p{L})',
    ],
    'Give the choice and what follows from it; leaving is the most dangerous time.',
  ),
  phrase(
    'order-to-report',
    [
      // `заяви` is also the noun: an order only where a sentence begins
      "(?:повідомте|повідом|заявіть|(?<=^|[.!?:] )заяви|зверніться обов[’'ʼ]язково) (?:у|в|до|про це) ?(?:поліці|насильств)?\\p{L}*",
      "обов[’'ʼ]язково (?:повідомте|заявіть|подайте)",
      '(?:сообщите|сообщи|заявите|(?<=^|[.!?:] )заяви) (?:в|об этом|о насили)',
      'обязательно (?:сообщите|заявите|подайте)',
      'report (?:it|him|her|them|this)(?!\\p{L})',
      'go to the police(?!\\p{L})',
      'polisiýa (?:habar beriň|habar ber|ýüz tutuň|ýüz tut|aýdyň)(?!\\p{L})',
    ],
    'Say that it can be reported and what then happens; the choice is hers.',
  ),
  phrase(
    'order-to-confront',
    [
      "(?:поговоріть|поговори|з[’'ʼ]ясуйте|помиріться|помирися) (?:стосунки )?(?:з|із) (?:ним|нею|кривдником|чоловіком)",
      '(?:скажіть|скажи) (?:йому|їй|кривднику) (?:прямо|у вічі|все)',
      '(?:поговорите|поговори|помиритесь|помирись) с (?:ним|ней|обидчиком|мужем)',
      '(?:скажите|скажи) (?:ему|ей|обидчику) (?:прямо|в лицо|всё)',
      'confront (?:him|her|them|the)',
      '(?:talk|speak) (?:it out|to him about it)',
      'tell him (?:directly|to his face)',
      '(?:äriňiz|äriň|ol|onuň) bilen (?:ýaraşyň|ýaraş|gepleşiň|gepleş)(?!\\p{L})',
    ],
    'Never send anybody to confront or to reconcile.',
  ),
]

/** On the way out a word that means a journey would be read as "I am leaving". */
export const JOURNEY =
  /(?<![\p{L}])(?:евакуац|евакую|эвакуац|эвакуир|evacuat|виїзд|виїха|від[’'ʼ]їзд|выезд|выеха|отъезд|подорож|путешеств|travel|journey|depart|втеч|тікат|побег|сбежа|escape|көшу|syýahat|ewakuas|gaçmak|gaçyp)\p{L}*/iu

// right before, or two words between: "do not have to"
const NEGATED = /(?:(?<!\p{L})(?:не|ні|ни|never|not|without|ніколи|никогда|без)|n[’']t)(?:\s+\p{L}+){0,2}\s*$/iu

export type Said = { rule: string; phrase: string; remedy: string }

/** Everything in a text that must not be said. */
export function forbidden(text: string): Said[] {
  const hits = PHRASES.flatMap(({ rule, pattern, remedy }) => {
    const match = pattern.exec(text)
    return match ? [{ rule, phrase: match[0], remedy }] : []
  })
  const orders = ORDERS.flatMap(({ rule, pattern, remedy }) =>
    [...text.matchAll(new RegExp(pattern.source, 'giu'))]
      .filter((match) => !NEGATED.test(text.slice(0, match.index)))
      .map((match) => ({ rule, phrase: match[0], remedy })),
  )
  return [...hits, ...orders]
}

const asFindings = (where: { file: string; step?: string }, texts: string[]): Finding[] =>
  texts.flatMap((text) => forbidden(text).map(({ rule, phrase, remedy }) => fault(rule, where, `"${phrase}" in «${text}».`, remedy)))

/** Where the words on the way out stand, by table: the exit of the pages, what is chosen about it, the bot's way of hiding. */
const WAY_OUT: Record<string, RegExp> = { ui: /exit|leave|quit|neutral|firstNote/i, choices: /(?:^|\.)(?:exit|leaving)/, bot: /hide|stop/i }

/** Steps about leaving the page; elsewhere somebody may well travel. */
const ABOUT_LEAVING = ['leaving', 'exit-limits']

const wayOut = (table: string, key: string): boolean => WAY_OUT[table]?.test(key) ?? false

function exitFaults(file: string, key: string, text: string): Finding[] {
  const word = JOURNEY.exec(text)
  return word
    ? [
        fault(
          'exit-word',
          { file },
          `"${key}" says "${word[0]}", which means a journey or an evacuation.`,
          'Take a plain word for closing a page.',
        ),
      ]
    : []
}

/** Keys of `ui.json` whose words others may read: the document's title, the manifest, commands, notices. */
const PUBLIC_KEY =
  /(?:^|\.)(?:document|manifest|commands?|notices?|neutral|app)(?:\.|$)|(?:^|\.)(?:documentTitle|pageTitle|appName|windowTitle)$/i

function publicFaults(file: string, key: string, text: string): Finding[] {
  const word = PUBLIC_KEY.test(key) ? tellingWord(text) : null
  return word === null
    ? []
    : [
        fault(
          'telling-word',
          { file },
          `"${key}" may be read by others and holds "${word}".`,
          'Choose a word that says nothing of what this is about.',
        ),
      ]
}

export function checkPhrases(atlas: Atlas): Finding[] {
  const { content } = atlas
  return languagesOf(content).flatMap((language) => [
    ...everyStep(content).flatMap((placed) => {
      if (!wordsOf(content, language, placed)) return []
      const texts = shownTexts(content, language, placed)
      const told = placed.step.ends === 'safe' ? texts.map(tellingWord).find((word) => word !== null) : undefined
      return [
        ...asFindings(wordsAt(language, placed), texts),
        ...(ABOUT_LEAVING.includes(placed.id) ? texts.flatMap((text) => exitFaults(wordsAt(language, placed).file, placed.id, text)) : []),
        ...(told
          ? [
              fault(
                'telling-safe-screen',
                wordsAt(language, placed),
                `The safe screen says "${told}".`,
                'Write two lines that tell nothing.',
              ),
            ]
          : []),
      ]
    }),
    ...tablesOf(content, language).flatMap(([namespace, sentences]) => {
      const file = `locales/${language}/${namespace}.json`
      // citations keep the wording of the law
      const said =
        namespace === 'facts'
          ? []
          : asFindings(
              { file },
              sentences.map(({ text }) => text),
            )
      return [
        ...said,
        ...sentences.filter(({ key }) => wayOut(namespace, key)).flatMap(({ key, text }) => exitFaults(file, key, text)),
        ...(namespace === 'ui' ? sentences.flatMap(({ key, text }) => publicFaults(file, key, text)) : []),
      ]
    }),
  ])
}
