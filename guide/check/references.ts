/** Everything a step names must exist and may be shown. */
import { type Country, HOSTS } from '../../schema/terms.ts'
import { type Atlas, at, everyStep, labelOf, languagesFor, type Placed, textsOf, wordsAt, wordsOf } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { telIn, tokensIn, withIn } from './tokens.ts'

/** Tokens the organisation's own file fills. */
const OWN_TOKENS = new Set(['addresses', 'organisation', 'exit', 'otherExit'])

/** People from Ukraine are told the lines of the country that took them in. */
const isHosting = (host: string, country: Country): boolean => country === 'UA' && HOSTS.some((one) => one === host)

function serviceFault(atlas: Atlas, country: Country | null, id: string, where: { file: string; step: string }, how: string): Finding[] {
  const service = atlas.services.get(id)
  if (!service)
    return [
      fault(
        'unknown-service',
        where,
        `${how} names the service "${id}", which does not exist.`,
        'Correct the id; each service is a file in guide/content/services.',
      ),
    ]
  if (service.publish === 'no')
    return [fault('unpublished-service', where, `${how} names "${id}", which may not be published.`, 'Take another service.')]
  if (!service.phones.some((phone) => phone.show))
    return [
      fault(
        'service-without-number',
        where,
        `${how} names "${id}", which has no number that may be shown.`,
        'Take another service, or list it by "services".',
      ),
    ]
  if (country !== null && service.country !== country && !isHosting(service.country, country))
    return [
      fault(
        'service-of-other-country',
        where,
        `${how} names "${id}" of ${service.country} on a screen of ${country}.`,
        'Take a service of this country: the same code means another service elsewhere.',
      ),
    ]
  return []
}

/** The law of one country is false advice in another; practice (`facts/common`) holds in each. */
function factFault(atlas: Atlas, placed: Placed, id: string): Finding[] {
  const card = atlas.facts.get(id)?.card
  if (!card)
    return [
      fault(
        'unknown-fact',
        at(placed),
        `It cites the fact "${id}", which does not exist.`,
        'Correct the id; facts stand in guide/content/facts.',
      ),
    ]
  if (card.country === null || card.country === placed.guide.country) return []
  return [
    fault(
      'fact-of-other-country',
      at(placed),
      `It cites the fact "${id}" of ${card.country} on a screen of ${placed.guide.country ?? 'every country'}.`,
      "Cite this country's own fact, or one of guide/content/facts/common.",
    ),
  ]
}

function namedFaults(atlas: Atlas, placed: Placed): Finding[] {
  const { step, guide } = placed
  return [
    ...step.call.flatMap((id) => serviceFault(atlas, guide.country, id, at(placed), '"call"')),
    ...[...step.facts, ...step.open].flatMap((id) => factFault(atlas, placed, id)),
    ...step.care
      .filter((id) => !atlas.care.has(id))
      .map((id) =>
        fault(
          'unknown-care',
          at(placed),
          `It lists the care "${id}", which does not exist.`,
          'Correct the id; care stands in guide/content/care.',
        ),
      ),
  ]
}

function tokenFaults(atlas: Atlas, placed: Placed): Finding[] {
  return languagesFor(atlas.content, placed).flatMap((language) =>
    [...new Set(textsOf(atlas.content, language, placed).flatMap(tokensIn))].flatMap((token) => {
      const where = wordsAt(language, placed)
      if (token.startsWith('tel:')) return serviceFault(atlas, placed.guide.country, token.slice('tel:'.length), where, `{{${token}}}`)
      if (token.startsWith('with:')) return serviceFault(atlas, placed.guide.country, token.slice('with:'.length), where, `{{${token}}}`)
      if (OWN_TOKENS.has(token)) return []
      return [
        fault(
          'unknown-token',
          where,
          `{{${token}}} means nothing.`,
          'Write {{tel:<service id>}}, {{with:<service id>}}, {{addresses}}, {{organisation}}, {{exit}} or {{otherExit}}.',
        ),
      ]
    }),
  )
}

/** Titles and labels are plain text on every channel: a number in them would stay empty. What the organisation says of itself is filled in. */
function plainFaults(atlas: Atlas, placed: Placed): Finding[] {
  return languagesFor(atlas.content, placed).flatMap((language) => {
    const title = wordsOf(atlas.content, language, placed)?.title ?? ''
    const labels = placed.step.choices.map((choice) => labelOf(atlas.content, language, placed, choice.id))
    const unfilled = [title, ...labels].flatMap(tokensIn).filter((token) => /^(tel|with):/.test(token))
    return unfilled.map((token) =>
      fault(
        'token-not-filled',
        wordsAt(language, placed),
        `{{${token}}} stands in a title or a label, where nothing fills it.`,
        'Move it into the text, or put the service under "call".',
      ),
    )
  })
}

/** `{{with:…}}` opens a paragraph that speaks of a number the step shows. */
function tieFaults(atlas: Atlas, placed: Placed): Finding[] {
  return languagesFor(atlas.content, placed).flatMap((language) => {
    const words = wordsOf(atlas.content, language, placed)
    if (!words) return []
    const where = wordsAt(language, placed)
    const misplaced = [words.hope, ...words.text.map((text) => text.replace(/^(• )?(\{\{with:[^{}]*\}\})+/, ''))].flatMap(withIn)
    const shown = new Set([...placed.step.call, ...words.text.flatMap(telIn)])
    return [
      ...misplaced.map((id) =>
        fault('misplaced-tie', where, `{{with:${id}}} does not stand at the beginning of a paragraph.`, 'Move it before the first word.'),
      ),
      ...words.text
        .flatMap(withIn)
        .filter((id) => !shown.has(id))
        .map((id) =>
          fault(
            'tie-without-number',
            where,
            `{{with:${id}}} speaks of a number the step does not show.`,
            'Add the service to "call", or correct the id.',
          ),
        ),
    ]
  })
}

/** People whose reading itself is a danger are given nothing to call and nowhere to write. */
function quietFaults(atlas: Atlas, placed: Placed): Finding[] {
  const { step, guide } = placed
  if (guide.topic === 'occupied' && !step.quiet)
    return [fault('occupied-not-quiet', at(placed), 'A step for occupied territory is not marked quiet.', 'Add "quiet: true".')]
  if (!step.quiet) return []
  const found: Finding[] = []
  if (step.call.length > 0 || step.services !== undefined)
    found.push(fault('quiet-shows-number', at(placed), 'A quiet step has "call" or "services".', 'Remove them: there a call is a danger.'))
  for (const language of languagesFor(atlas.content, placed))
    if (
      textsOf(atlas.content, language, placed).some((text) => tokensIn(text).some((token) => token.startsWith('tel:') || token === 'bot'))
    )
      found.push(
        fault(
          'quiet-shows-number',
          wordsAt(language, placed),
          'The words of a quiet step hold a number to call or an address to write to.',
          'Write them without {{tel:…}} and {{bot}}.',
        ),
      )
  return found
}

export const checkReferences = (atlas: Atlas): Finding[] =>
  everyStep(atlas.content).flatMap((placed) => [
    ...namedFaults(atlas, placed),
    ...tokenFaults(atlas, placed),
    ...plainFaults(atlas, placed),
    ...tieFaults(atlas, placed),
    ...quietFaults(atlas, placed),
  ])
