/** What may be stated, as what, and until when. */
import { type Atlas, at, everyStep, isRecord, languagesOf, readIn } from './atlas.ts'
import { daysBetween, isPast } from './day.ts'
import { type Finding, fault } from './finding.ts'
import { missingIn } from './words.ts'

/** A claim is read again within a year of the last reading. */
export const FACT_DAYS = 365

function gradeFaults(atlas: Atlas): Finding[] {
  return everyStep(atlas.content).flatMap((placed) => [
    ...placed.step.facts
      .filter((id) => atlas.facts.get(id)?.fact.grade === 'C')
      .map((id) =>
        fault(
          'states-unconfirmed',
          at(placed),
          `"facts" holds "${id}", which is not confirmed (grade C).`,
          'Move it to "open" and let the words only ask.',
        ),
      ),
    ...placed.step.open
      .filter((id) => atlas.facts.has(id) && atlas.facts.get(id)?.fact.grade !== 'C')
      .map((id) =>
        fault(
          'open-but-confirmed',
          at(placed),
          `"open" holds "${id}", whose grade is ${atlas.facts.get(id)?.fact.grade}.`,
          'Move it to "facts"; "open" is for grade C only.',
        ),
      ),
  ])
}

function clockFaults(atlas: Atlas, today: string): Finding[] {
  return everyStep(atlas.content).flatMap((placed) =>
    [...placed.step.facts, ...placed.step.open].flatMap((id) => {
      const known = atlas.facts.get(id)
      if (!known) return []
      const { fact, card } = known
      if (fact.until !== undefined && isPast(fact.until, today))
        return [
          fault(
            'expired-fact',
            at(placed),
            `The fact "${id}" may be stated until ${fact.until} only.`,
            `Read the source again and date it in ${card.file}, or take the claim out of the words.`,
          ),
        ]
      if (daysBetween(card.read_on, today) > FACT_DAYS)
        return [
          fault(
            'stale-fact',
            at(placed),
            `The fact "${id}" was last read on ${card.read_on}, more than ${FACT_DAYS} days ago.`,
            `Read the source again and renew "read_on" in ${card.file}.`,
          ),
        ]
      return []
    }),
  )
}

function cardFaults(atlas: Atlas): Finding[] {
  const { content } = atlas
  const ids = content.cards.flatMap((card) => card.facts.map((fact) => fact.id))
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
  return [
    ...content.cards.flatMap((card) =>
      card.facts
        .filter((fact) => twice.has(fact.id))
        .map((fact) => fault('duplicate-fact', { file: card.file }, `Two facts have the id "${fact.id}".`, 'Give one of them another id.')),
    ),
    ...languagesOf(content).flatMap((language) => {
      const cited = content.words[language]?.facts?.cards
      return content.cards
        .filter((card) => readIn(content, card.country).includes(language))
        .filter((card) => !(isRecord(cited) && typeof cited[card.card] === 'string' && cited[card.card] !== ''))
        .map((card) =>
          missingIn(language, card.country)(
            'uncited-card',
            { file: `locales/${language}/facts.json` },
            `The card "${card.card}" has no citation in "${language}".`,
            `Add "cards.${card.card}": the law or body a visitor reads as the source.`,
          ),
        )
    }),
  ]
}

export const checkFacts = (atlas: Atlas, today: string): Finding[] => [
  ...gradeFaults(atlas),
  ...clockFaults(atlas, today),
  ...cardFaults(atlas),
]
