/** How far each topic is covered, country by country and language by language. */
import { type Country, LANGUAGES, type Language, MADE_OF, SPOKEN, TOPICS, type Topic } from '../../schema/terms.ts'
import type { Content } from '../content.ts'
import { type Atlas, baseFor, type Land, labelOf, openAtlas, type Placed, wordsOf } from './atlas.ts'
import { MOST_TAPS, servicesFor, tapsTo } from './help.ts'

/** `nearest`: the country has no such topic, and another stands in for it. */
export type Cover = 'full' | 'partial' | 'no facts' | 'missing' | 'nearest'
export type CoverageRow = { country: Country; topic: Topic; language: Language; cover: Cover; steps: number }

/** Whether somebody who had not seen the source has read it back; what others are translated from needs none. */
const isReadBack = (content: Content, language: Language, placed: Placed): boolean =>
  language === baseFor(placed) ||
  ['read', 'reviewed'].includes(content.states[language][placed.guide.namespace]?.[`steps.${placed.id}`] ?? 'drafted')

const isSpoken = (content: Content, language: Language, placed: Placed): boolean => {
  const words = wordsOf(content, language, placed)
  return (
    words !== null &&
    words.title !== '' &&
    words.text.length > 0 &&
    (words.hope !== '' || placed.step.ends === 'safe') &&
    placed.step.choices.every((choice) => labelOf(content, language, placed, choice.id) !== '')
  )
}

/** Grades that may be stated as law or sourced practice; G alone is not enough. */
const statesFact = (atlas: Atlas, placed: Placed): boolean =>
  placed.step.facts.some((id) => ['A', 'B', 'S'].includes(atlas.facts.get(id)?.fact.grade ?? ''))

function coverOf(atlas: Atlas, land: Land, topic: Topic, language: Language, steps: Placed[]): Cover {
  const first = land.steps.get(topic)
  if (!first && atlas.content.nearest[land.country]?.[topic]) return 'nearest'
  if (!first || steps.length === 0) return 'missing'
  if (!steps.some((placed) => wordsOf(atlas.content, language, placed))) return 'missing'
  if (!steps.some((placed) => statesFact(atlas, placed))) return 'no facts'
  const { need } = first.guide
  const ledToServices =
    need !== undefined &&
    servicesFor(atlas, land, need).length > 0 &&
    tapsTo(land, first, (placed) => placed.step.services === need) <= MOST_TAPS
  // where a call is a danger, reading is what there is
  const isMet = steps.every((placed) => placed.step.quiet) || ledToServices
  return steps.length > 1 &&
    isMet &&
    steps.every((placed) => isSpoken(atlas.content, language, placed) && isReadBack(atlas.content, language, placed))
    ? 'full'
    : 'partial'
}

export function coverage(content: Content): CoverageRow[] {
  const atlas = openAtlas(content)
  return atlas.lands.flatMap((land) =>
    TOPICS.flatMap((topic) => {
      const steps = [...land.steps.values()].filter((placed) => placed.guide.topic === topic)
      return SPOKEN[land.country]
        .filter((language) => MADE_OF[language] === undefined)
        .map((language) => ({
          country: land.country,
          topic,
          language,
          cover: coverOf(atlas, land, topic, language, steps),
          steps: steps.length,
        }))
    }),
  )
}

/** The rows as a table for a terminal: a topic a line, a language a column. */
export function coverageTable(rows: CoverageRow[]): string {
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => cell.padEnd(index === 1 ? 20 : index === 2 ? 6 : 9))
      .join(' ')
      .trimEnd()
  const lines = [line(['country', 'topic', 'steps', ...LANGUAGES])]
  const keys = [...new Set(rows.map((row) => `${row.country} ${row.topic}`))]
  for (const key of keys) {
    const own = rows.filter((row) => `${row.country} ${row.topic}` === key)
    const covers = LANGUAGES.map((language) => own.find((row) => row.language === language)?.cover ?? '')
    lines.push(line([own[0]?.country ?? '', own[0]?.topic ?? '', String(own[0]?.steps ?? 0), ...covers]))
  }
  const own = rows.filter((row) => row.cover !== 'nearest')
  const full = own.filter((row) => row.cover === 'full').length
  return [...lines, `${full} of ${own.length} full`].join('\n')
}
