/** Words that are missing, words of what no longer exists, and languages that fell behind. */
import type { Country, Language } from '../../schema/terms.ts'
import type { Content } from '../content.ts'
import { type Atlas, baseFor, everyStep, isRecord, labelOf, languagesFor, languagesOf, type Placed, wordsAt, wordsOf } from './atlas.ts'
import { type Finding, fault, warning } from './finding.ts'

/** Languages that may still lag behind, country by country: they fall back key by key. Every other must be complete. */
const LAGS: Partial<Record<Country, readonly Language[]>> = {}

/** @param country null for what all countries share */
export const missingIn = (language: Language, country: Country | null = null) =>
  country !== null && LAGS[country]?.includes(language) ? warning : fault

function missingWords(content: Content, language: Language, placed: Placed): Finding[] {
  const say = missingIn(language, placed.guide.country)
  const words = wordsOf(content, language, placed)
  const where = wordsAt(language, placed)
  if (!words)
    return [
      say(
        'missing-words',
        where,
        `The step has no words in "${language}".`,
        `Add "steps.${placed.id}" with title, text, hope and choices.`,
      ),
    ]
  const missing = [
    ...(words.title.trim() ? [] : ['title']),
    ...(words.text.some((paragraph) => paragraph.trim()) ? [] : ['text']),
    ...(words.hope.trim() || placed.step.ends === 'safe' ? [] : ['hope']),
    ...placed.step.choices
      .filter((choice) => !labelOf(content, language, placed, choice.id).trim())
      .map((choice) => `choices.${choice.id}`),
  ]
  return missing.map((key) =>
    say(
      'missing-words',
      where,
      `"${key}" has no words in "${language}".`,
      `Add "steps.${placed.id}.${key}"${key.startsWith('choices.') ? ', or the label in choices.json' : ''}.`,
    ),
  )
}

function misshapen(content: Content, language: Language, placed: Placed): Finding[] {
  const raw: unknown = content.words[language]?.[placed.guide.namespace]?.steps?.[placed.id]
  if (raw === undefined) return []
  const good =
    isRecord(raw) &&
    (raw.title === undefined || typeof raw.title === 'string') &&
    (raw.hope === undefined || typeof raw.hope === 'string') &&
    (raw.text === undefined || (Array.isArray(raw.text) && raw.text.every((paragraph) => typeof paragraph === 'string'))) &&
    (raw.choices === undefined || (isRecord(raw.choices) && Object.values(raw.choices).every((label) => typeof label === 'string')))
  return good
    ? []
    : [
        fault(
          'misshapen-words',
          wordsAt(language, placed),
          'The words have another shape than { title, text: [paragraphs], hope, choices: { id: label } }.',
          'Write them in that shape.',
        ),
      ]
}

function staleWords(content: Content, language: Language): Finding[] {
  const found: Finding[] = []
  for (const [namespace, table] of Object.entries(content.words[language] ?? {})) {
    if (!isRecord(table.steps)) continue
    const guide = content.guides.find((guide) => guide.namespace === namespace)
    const file = `locales/${language}/${namespace}.json`
    for (const [id, words] of Object.entries(table.steps)) {
      const step = guide?.steps[id]
      if (!step) {
        found.push(
          fault(
            'stale-words',
            { file, step: id },
            `Words for the step "${id}", which ${guide ? guide.file : 'no guide file'} does not hold.`,
            'Remove them, or write the step.',
          ),
        )
        continue
      }
      const labels = isRecord(words) && isRecord(words.choices) ? Object.keys(words.choices) : []
      for (const label of labels)
        if (!step.choices.some((choice) => choice.id === label))
          found.push(
            fault(
              'stale-words',
              { file, step: id },
              `A label for the choice "${label}", which the step does not offer.`,
              'Remove the label, or add the choice.',
            ),
          )
    }
  }
  return found
}

/** A language whose step has another number of paragraphs than the base was most likely not changed with it. */
function behind(content: Content, language: Language, placed: Placed): Finding[] {
  const base = wordsOf(content, baseFor(placed), placed)
  const words = wordsOf(content, language, placed)
  if (!base || !words || base.text.length === words.text.length) return []
  return [
    missingIn(language, placed.guide.country)(
      'language-behind',
      wordsAt(language, placed),
      `${words.text.length} paragraphs in "${language}", ${base.text.length} in "${baseFor(placed)}".`,
      'Bring the words in step: the same paragraphs in the same order.',
    ),
  ]
}

function unusedLabels(content: Content): Finding[] {
  const used = new Set(everyStep(content).flatMap(({ step }) => step.choices.map((choice) => choice.id)))
  return languagesOf(content).flatMap((language) => {
    const labels = content.words[language]?.choices?.choices
    return Object.keys(isRecord(labels) ? labels : {})
      .filter((id) => !used.has(id))
      .map((id) =>
        warning(
          'unused-label',
          { file: `locales/${language}/choices.json` },
          `No step offers a choice "${id}".`,
          'Remove the label, if nothing will use it.',
        ),
      )
  })
}

export function checkWords({ content }: Atlas): Finding[] {
  const steps = everyStep(content)
  return [
    ...steps.flatMap((placed) =>
      languagesFor(content, placed).flatMap((language) => [
        ...missingWords(content, language, placed),
        ...misshapen(content, language, placed),
        ...behind(content, language, placed),
      ]),
    ),
    ...languagesOf(content).flatMap((language) => staleWords(content, language)),
    ...unusedLabels(content),
  ]
}
