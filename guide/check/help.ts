/** Help on a screen, and how many taps away it is. */
import { DOORS, type Language, type Need, SPOKEN } from '../../schema/terms.ts'
import { type Atlas, at, type Land, languagesOf, type Placed, shownTexts } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { telIn } from './tokens.ts'

/** REQUIREMENTS B7. */
export const MOST_TAPS = 3

/** Whether this service has a number a visitor may be given. */
export function hasShownNumber(atlas: Atlas, id: string): boolean {
  const service = atlas.services.get(id)
  return service !== undefined && service.publish !== 'no' && service.phones.some((phone) => phone.show)
}

/** Services a list for this need may hold in this country. */
export const servicesFor = (atlas: Atlas, land: Land, need: Need) =>
  atlas.content.services.filter(
    (service) =>
      service.country === land.country && service.publish !== 'no' && (service.needs.includes(need) || service.leads_to.includes(need)),
  )

export function showsNumber(atlas: Atlas, language: Language, placed: Placed): boolean {
  const ids = [...placed.step.call, ...shownTexts(atlas.content, language, placed).flatMap(telIn)]
  return ids.some((id) => hasShownNumber(atlas, id))
}

export function showsHelp(atlas: Atlas, land: Land, language: Language, placed: Placed): boolean {
  const need = placed.step.services
  return showsNumber(atlas, language, placed) || (need !== undefined && servicesFor(atlas, land, need).length > 0)
}

/** Steps one tap away whatever was answered before. */
const neighbours = (land: Land, placed: Placed): Placed[] =>
  placed.step.choices.filter((choice) => choice.when === undefined).flatMap((choice) => land.steps.get(choice.next) ?? [])

/** Fewest taps from `from` to a step that meets `goal`; `Infinity` when none is in reach. */
export function tapsTo(land: Land, from: Placed, goal: (placed: Placed) => boolean): number {
  const seen = new Set([from.id])
  let front = [from]
  for (let taps = 0; front.length > 0; taps++) {
    if (front.some(goal)) return taps
    front = front
      .flatMap((placed) => neighbours(land, placed))
      .filter((placed) => {
        if (seen.has(placed.id)) return false
        seen.add(placed.id)
        return true
      })
  }
  return Number.POSITIVE_INFINITY
}

/** For people under occupation reading itself is the help. */
const isHelp = (atlas: Atlas, land: Land, language: Language) => (placed: Placed) =>
  placed.step.quiet || showsHelp(atlas, land, language, placed)

function startFaults(atlas: Atlas, land: Land, language: Language, start: Placed): Finding[] {
  const found: Finding[] = []
  if (!showsNumber(atlas, language, start))
    found.push(
      fault(
        'start-without-number',
        at(start),
        `The first screen shows no number to call (${land.country}, ${language}).`,
        'Add a service with a shown number to its "call".',
      ),
    )
  for (const door of DOORS) {
    const choice = start.step.choices.find((choice) => choice.next === door && choice.when === undefined)
    const behind = land.steps.get(door)
    if (!choice || !behind) {
      found.push(
        fault(
          'missing-door',
          at(start),
          `The door "${door}" is not offered (${land.country}).`,
          `Add a choice of "start" that goes to "${door}", and the step itself.`,
        ),
      )
      continue
    }
    const taps = 1 + tapsTo(land, behind, isHelp(atlas, land, language))
    if (taps > MOST_TAPS)
      found.push(
        fault(
          'door-too-far',
          at(behind),
          `Behind the door "${door}" help is ${Number.isFinite(taps) ? `${taps} taps away` : 'never reached'} (${land.country}, ${language}); at most ${MOST_TAPS} are allowed.`,
          'Put "call" on a step nearer to the door, or a choice to a "services-…" step.',
        ),
      )
  }
  return found
}

export function checkHelp(atlas: Atlas): Finding[] {
  const found: Finding[] = []
  for (const land of atlas.lands) {
    const start = land.steps.get('start')
    for (const language of languagesOf(atlas.content).filter((one) => SPOKEN[land.country].includes(one))) {
      if (start) found.push(...startFaults(atlas, land, language, start))
      for (const placed of land.steps.values())
        if (
          placed.step.ends === undefined &&
          placed.step.choices.length > 0 &&
          !Number.isFinite(tapsTo(land, placed, isHelp(atlas, land, language)))
        )
          found.push(
            fault(
              'no-way-to-help',
              at(placed),
              `Its choices only lead round: no number and no services are ever reached (${land.country}, ${language}).`,
              'Let one choice go to a step with "call" or to a "services-…" step.',
            ),
          )
    }
    for (const placed of land.steps.values())
      if (placed.step.services !== undefined && servicesFor(atlas, land, placed.step.services).length === 0)
        found.push(
          fault(
            'empty-services',
            at(placed),
            `No service of ${land.country} meets or leads to "${placed.step.services}", so the list is empty.`,
            'Add a service with this need, or list another need.',
          ),
        )
  }
  return found
}
