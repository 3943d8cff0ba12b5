/** Care that has a time limit: its words, its fact, its hours. */
import { type Atlas, isRecord, readIn } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { missingIn } from './words.ts'

const WORDS = ['name', 'possible', 'later'] as const

/** Without a limit there is no "later". */
const wantedWords = (hours: number | null) => WORDS.filter((key) => hours !== null || key !== 'later')

export function checkCare(atlas: Atlas): Finding[] {
  return atlas.content.care.flatMap((care) => {
    const found: Finding[] = []
    const known = atlas.facts.get(care.fact)?.fact
    const hours = care.within_hours
    if (!known)
      found.push(
        fault(
          'unknown-fact',
          { file: care.file },
          `The care "${care.id}" rests on the fact "${care.fact}", which does not exist.`,
          'Correct the id; facts stand in guide/content/facts.',
        ),
      )
    else if (known.grade === 'C' || known.grade === 'G')
      found.push(
        fault(
          'states-unconfirmed',
          { file: care.file },
          `The care "${care.id}" rests on "${care.fact}" of grade ${known.grade}.`,
          'A time limit needs a fact of grade A, B or S.',
        ),
      )
    if (
      known &&
      hours !== null &&
      !known.numbers.includes(String(hours)) &&
      !(hours % 24 === 0 && known.numbers.includes(String(hours / 24)))
    )
      found.push(
        fault(
          'uncited-number',
          { file: care.file },
          `The fact "${care.fact}" does not hold the ${hours} hours of "${care.id}".`,
          'Correct "within_hours", or cite the fact that holds them.',
        ),
      )
    for (const language of readIn(atlas.content, care.country)) {
      const table = atlas.content.words[language]?.care?.care
      const words = isRecord(table) ? table[care.id] : undefined
      for (const key of wantedWords(hours))
        if (!(isRecord(words) && typeof words[key] === 'string' && words[key] !== ''))
          found.push(
            missingIn(language, care.country)(
              'care-without-words',
              { file: `locales/${language}/care.json` },
              `The care "${care.id}" has no "${key}" in "${language}".`,
              `Add "care.${care.id}.${key}".`,
            ),
          )
    }
    return found
  })
}
