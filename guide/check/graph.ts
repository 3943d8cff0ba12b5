/** The shape of the graph: what leads where, and what leads nowhere. */
import { COUNTRIES, type Country, TOPICS } from '../../schema/terms.ts'
import type { Content, GuideSource } from '../content.ts'
import { EVERYWHERE, SAFE_STEP } from '../engine.ts'
import { type Atlas, at, baseFor, type Land, type Placed } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { showsNumber } from './help.ts'

function reached(land: Land, from: Placed, nearest: Partial<Record<string, string>>): Set<string> {
  const seen = new Set([from.id])
  const open = [from]
  for (let placed = open.pop(); placed; placed = open.pop())
    for (const { next } of placed.step.choices) {
      const target = land.steps.get(next) ?? land.steps.get(nearest[next] ?? '')
      if (!target || seen.has(target.id)) continue
      seen.add(target.id)
      open.push(target)
    }
  return seen
}

function reachFaults(land: Land, nearest: Partial<Record<string, string>>): Finding[] {
  const start = land.steps.get('start')
  if (!start)
    return [
      fault(
        'no-start',
        { file: 'guide/content/guides', step: 'start' },
        `There is no step "start" for ${land.country}.`,
        'Write the step "start" with its five doors.',
      ),
    ]
  // the engine offers these on every screen: what is reached from them is reached
  const everywhere = [SAFE_STEP, ...EVERYWHERE].flatMap((id) => land.steps.get(id) ?? [])
  const seen = new Set([start, ...everywhere].flatMap((placed) => [...reached(land, placed, nearest)]))
  return [...land.steps.values()]
    .filter((placed) => !seen.has(placed.id))
    .map((placed) =>
      fault(
        'unreachable',
        at(placed),
        `No way leads from "start" to this step (${land.country}).`,
        'Let a choice of a reachable step go here, or remove the step.',
      ),
    )
}

function endFaults(atlas: Atlas, placed: Placed): Finding[] {
  const { step } = placed
  if (step.ends === 'phone' && !showsNumber(atlas, baseFor(placed), placed))
    return [
      fault(
        'ending-without-number',
        at(placed),
        'It ends with a number, but shows none.',
        'Add "call", or a {{tel:…}} in its words, of a service with a shown number.',
      ),
    ]
  if (step.ends === 'safe' && (showsNumber(atlas, baseFor(placed), placed) || step.call.length > 0 || step.services !== undefined))
    return [
      fault(
        'safe-screen-shows-number',
        at(placed),
        'The safe screen shows a number or services.',
        'Remove "call", "services" and {{tel:…}}: it must tell nothing.',
      ),
    ]
  if (step.ends === undefined && step.choices.length === 0)
    return [fault('dead-end', at(placed), 'It has no choice and is no ending.', 'Add a choice, or "ends: phone" with a number.')]
  return []
}

function choiceFaults(land: Land, placed: Placed, nearest: Partial<Record<string, string>>): Finding[] {
  const found: Finding[] = []
  const ids = placed.step.choices.map((choice) => choice.id)
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    found.push(fault('duplicate-choice', at(placed), `Two choices have the id "${id}".`, 'Give one of them another id.'))
  for (const id of ids.filter((id) => EVERYWHERE.includes(id)))
    found.push(
      fault('reserved-choice', at(placed), `"${id}" is offered on every screen by itself.`, 'Remove the choice, or give it another id.'),
    )
  for (const choice of placed.step.choices)
    if (!land.steps.has(nearest[choice.next] ?? choice.next) && !land.steps.has(choice.next))
      found.push(
        fault(
          'unknown-step',
          at(placed),
          `The choice "${choice.id}" goes to "${choice.next}", which does not exist (${land.country}).`,
          'Correct "next", or write the step.',
        ),
      )
  return found
}

function fileFaults(guide: GuideSource): Finding[] {
  const { topic } = guide
  if (topic === undefined) return []
  const found: Finding[] = []
  if (!(topic in guide.steps))
    found.push(
      fault(
        'no-first-step',
        { file: guide.file, step: topic },
        `The first step of the topic must have the id "${topic}".`,
        `Name the first step "${topic}".`,
      ),
    )
  if (guide.need === undefined)
    found.push(
      fault(
        'topic-without-need',
        { file: guide.file },
        `The topic "${topic}" does not say which need its services meet.`,
        'Add "need:" to the file.',
      ),
    )
  for (const id of Object.keys(guide.steps))
    if (id !== topic && !id.startsWith(`${topic}-`))
      found.push(
        fault(
          'step-id-of-topic',
          { file: guide.file, step: id },
          `Step ids in this file begin with "${topic}".`,
          `Rename it to "${topic}-${id}" and change what leads to it.`,
        ),
      )
  return found
}

/** A country's step may replace a common one; two of the same country may not. */
function duplicateSteps(guides: GuideSource[], country: Country | null): Finding[] {
  const first = new Map<string, string>()
  const found: Finding[] = []
  for (const guide of guides.filter((guide) => guide.country === country))
    for (const id of Object.keys(guide.steps)) {
      const other = first.get(id)
      if (other === undefined) first.set(id, guide.file)
      else found.push(fault('duplicate-step', { file: guide.file, step: id }, `This step also stands in ${other}.`, 'Rename one of them.'))
    }
  return found
}

function missingTopics({ guides, nearest }: Content, country: Country): Finding[] {
  return TOPICS.filter(
    (topic) =>
      nearest[country]?.[topic] === undefined &&
      !guides.some((guide) => guide.topic === topic && (guide.country === null || guide.country === country)),
  ).map((topic) =>
    fault(
      'missing-topic',
      { file: `guide/content/guides/${country.toLowerCase()}/${topic}.yaml` },
      `The topic "${topic}" has no file for ${country}.`,
      'Write the file, with its words; or name the nearest topic in guide/content/nearest.yaml.',
    ),
  )
}

export function checkGraph(atlas: Atlas): Finding[] {
  const { guides } = atlas.content
  return [
    ...atlas.lands.flatMap((land) => [
      ...reachFaults(land, atlas.content.nearest[land.country] ?? {}),
      ...[...land.steps.values()].flatMap((placed) => [
        ...endFaults(atlas, placed),
        ...choiceFaults(land, placed, atlas.content.nearest[land.country] ?? {}),
      ]),
    ]),
    ...guides.flatMap(fileFaults),
    ...[null, ...COUNTRIES].flatMap((country) => duplicateSteps(guides, country)),
    ...atlas.lands.flatMap(({ country }) => missingTopics(atlas.content, country)),
  ]
}
