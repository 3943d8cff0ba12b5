/** How a text reads: no sentence longer than one breath, and the signs a printer would use. */
import { type Atlas, everyStep, languagesOf, wordsAt, wordsOf } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { tablesOf } from './tables.ts'
import { countWords } from './tokens.ts'

/** Half of ours have five words or six; what is longer than this is read twice by somebody who is afraid. */
export const SENTENCE_WORDS = 25

const CODE_WORDS = 'codeWords'

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?…:;])\s/)

/** What a typewriter puts for a sign, with what stands there in print. */
const SIGNS: [pattern: RegExp, remedy: string][] = [
  [/["„]/, 'Quotes are «…», in English “…”.'],
  [/(?<=\p{L})['`´](?=\p{L})/u, 'The apostrophe is ’, in Uzbek ʻ and ʼ.'],
  [/\s-\s|--/, 'Between parts of a sentence stands a dash: —.'],
  [/\.\.\./, 'Three dots are one sign: …'],
  [/\S {2,}\S/, 'One space is enough.'],
  [/\s[,;:!?](?!\))/, 'No space stands before this sign.'],
]

function faultsIn(where: { file: string; step?: string }, text: string): Finding[] {
  const plain = text.replace(/\{\{with:[^{}]*\}\}/g, '').replace(/\{\{[^{}]*\}\}/g, '□')
  const long = sentencesOf(plain).filter((sentence) => countWords(sentence) > SENTENCE_WORDS)
  return [
    ...long.map((sentence) =>
      fault(
        'long-sentence',
        where,
        `${countWords(sentence)} words in one sentence, at most ${SENTENCE_WORDS} are read in one go: «${sentence}»`,
        'Make two of it.',
      ),
    ),
    ...SIGNS.flatMap(([pattern, remedy]) => {
      const found = pattern.exec(plain)
      return found ? [fault('typewriter-sign', where, `"${found[0]}" in «${plain}».`, remedy)] : []
    }),
  ]
}

export function checkReading({ content }: Atlas): Finding[] {
  return languagesOf(content).flatMap((language) => [
    ...everyStep(content).flatMap((placed) => {
      const words = wordsOf(content, language, placed)
      const texts = words ? [words.title, ...words.text, words.hope, ...Object.values(words.choices)] : []
      return texts.flatMap((text) => faultsIn(wordsAt(language, placed), text))
    }),
    // citations keep the wording of the law, and the words of a code are no sentence
    ...tablesOf(content, language)
      .filter(([namespace]) => namespace !== 'facts')
      .flatMap(([namespace, sentences]) =>
        sentences
          .filter(({ key }) => key !== CODE_WORDS)
          .flatMap(({ text }) => faultsIn({ file: `locales/${language}/${namespace}.json` }, text)),
      ),
  ])
}
